{{ fact('int_disposals', ['is_approved', 'is_first', 'is_last', 'lead_unit_code']) }}
