{{ fact('int_cur_disposal_filings', handled_by='handling_unit_code') }}
