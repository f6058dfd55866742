{{ fact('int_cur_reforms', about=[]) }}
