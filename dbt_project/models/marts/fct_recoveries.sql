{{ fact('int_cur_recoveries', about=['lead_no', 'case_no']) }}
