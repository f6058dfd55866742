{{ fact('int_cur_targets', about=[]) }}
