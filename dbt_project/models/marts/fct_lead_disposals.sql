{% set hidden = [
    'is_approved', 'is_first', 'is_last', 'lead_unit_code', 'effort_day_count',
] -%}
{{ fact('int_disposals', hidden) }}
