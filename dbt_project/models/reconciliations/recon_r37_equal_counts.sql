-- Headline counts of the district that have nothing to do with each other, are large, and equal.
with counts as (
    select f.indicator, f.value, i.no, i.name_zh, split_part(i.forms, ' ', 1) as form
    from {{ as_of_period('int_figures') }} as f
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    where f.unit_code = 'QX00' and f.slice = '' and f.value >= 50
        and f.indicator in (
            'petition_cnt', 'lead_disposed_cnt', 'case_filed_cnt', 'punished_person_cnt',
            'lead_accepted_cnt', 'lead_open_cnt'
        )
),

failing as (
    select
        a.form, a.indicator,
        a.name_zh || '、' || b.name_zh || ' 均为 ' || cast(a.value as bigint) as told
    from counts as a
    inner join counts as b on a.value = b.value and a.no < b.no
)

select {{ failing('form', "'QX00'", 'indicator', 'told') }}
from failing
