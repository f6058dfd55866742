{{ fact('int_cur_petitions', handled_by='handling_unit_code') }}
