{{ fact('int_cur_rectifications') }}
