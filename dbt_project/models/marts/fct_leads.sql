{{ fact('int_cur_leads', ['is_staff', 'staff_status_code', 'first_stat_on', 'first_received_on']) }}
