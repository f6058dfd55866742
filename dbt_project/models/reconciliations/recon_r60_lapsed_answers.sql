-- Warnings that stand although the day to which their answer was accepted is over.
select
    coalesce(form, '') as form, unit_code, '{{ var("period") }}' as period, key,
    rule || '，说明“' || answer || '”，同意至' || waived_until as detail
from {{ ref('int_warnings') }}
where is_lapsed
