{{ fact('int_cur_lead_register', handled_by='handling_unit_code') }}
