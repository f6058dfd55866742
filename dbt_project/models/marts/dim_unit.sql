select
    unit_code, name, short_name, unit_type_code, ranking_group, contact_office_code,
    is_case_handling, valid_from, valid_to, successor_code, sort
from {{ ref('units') }}
