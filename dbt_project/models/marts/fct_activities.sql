{{ fact('int_cur_activities', about=[]) }}
