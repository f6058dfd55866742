-- Figures split by a list of codes, for the district and per unit: leads accepted by kind of
-- source, leads disposed of by first method, persons filed by discipline. Every part of a unit
-- is there, zeros included; the parts of a figure sum to it.
with accepted as (
    select
        l.cut_period,
        l.scope_unit_code,
        coalesce(c.parent, c.code) as code,
        count(*) as value
    from ({{ by_unit('leads', 'int_leads') }}) as l
    inner join {{ ref('code_lists') }} as c
        on c.list = 'lead_source' and l.source_code = c.code
    where l.basis = 'this' and l.is_accepted
    group by all
),

disposed as (
    select
        cut_period,
        scope_unit_code,
        method_code as code,
        count(*) as value
    from ({{ by_unit('disposals', 'int_first_disposals') }})
    where basis = 'this' and is_disposed
    group by all
),

filed as (
    select
        cut_period,
        scope_unit_code,
        coalesce(discipline_code, '') as code,
        count(*) as value
    from ({{ by_unit('cases', 'int_cur_cases') }})
    where basis = 'this' and merged_into_case_no is null and is_person
        and stat_on between year_start and as_of
    group by all
),

counted as (
    select
        *,
        'lead_accepted_cnt' as indicator
    from accepted
    union all
    select
        *,
        'lead_disposed_cnt' as indicator
    from disposed
    union all
    select
        *,
        'case_filed_person_cnt' as indicator
    from filed
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
    and whole.unit_code = counted.scope_unit_code
    and parts.code = counted.code
where whole.slice = ''
order by whole.indicator, whole.period, whole.unit_code, parts.code
