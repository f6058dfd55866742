-- Figures split by a list of codes, for the district and per unit: leads accepted by kind of
-- source, leads disposed of by first method, persons filed by discipline. Every part of a unit
-- is there, zeros included; the parts of a figure sum to it.
with counted as (
    select
        cut_period,
        unit_code,
        replace(part, 'none', '') as code,
        value,
        indicator
    from {{ ref('int_parts') }}
    where basis = 'this' and subject in ('lead_source', 'lead_method', 'case_discipline')
),

parts as (
    select distinct
        case list
            when 'lead_source' then 'lead_accepted_cnt'
            when 'disposal_method' then 'lead_disposed_cnt'
            else 'case_filed_person_cnt'
        end as indicator,
        list,
        code
    from {{ ref('code_lists') }}
    where
        list in ('disposal_method', 'discipline_type')
        or (list = 'lead_source' and parent is null)
    union all
    select
        'case_filed_person_cnt' as indicator,
        'discipline_type' as list,
        '' as code
)

select
    whole.indicator,
    whole.period,
    whole.unit_code,
    parts.list,
    parts.code,
    whole.status,
    case when whole.status = 'value' then coalesce(counted.value, 0) end::double as value
from {{ ref('rpt_indicators') }} as whole
inner join parts on whole.indicator = parts.indicator
left join counted
    on whole.indicator = counted.indicator
    and whole.period = counted.cut_period
    and whole.unit_code = counted.unit_code
    and parts.code = counted.code
where whole.slice = ''
order by whole.indicator, whole.period, whole.unit_code, parts.code
