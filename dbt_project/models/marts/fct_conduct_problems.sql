{{ fact('int_cur_conduct_problems', hidden=['happened_on'], about=['lead_no', 'case_no']) }}
