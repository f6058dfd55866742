{{ fact('int_cur_punishments') }}
