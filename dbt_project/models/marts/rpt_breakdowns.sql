-- District figures split as national bulletins split them, each part with its share of the whole:
-- persons filed and punished by public level of rank, and the four forms.
with subjects as ({{ part_subjects() }}),

counted as (
    select
        cut_period as period,
        indicator,
        subject,
        part,
        value
    from {{ ref('int_parts') }}
    where basis = 'this' and unit_code = 'QX00' and subject in ('filed', 'public', 'form')
),

-- Every level of rank has a row, also one of nobody.
listed as (
    select distinct
        ranked.subject,
        coalesce(codes.parent, codes.code) as part
    from {{ ref('code_lists') }} as codes
    cross join (values ('filed'), ('public')) as ranked (subject)
    where codes.list = 'rank_level' and codes.is_leaf
    union
    select
        subject,
        part
    from counted
),

district as (
    select
        period,
        indicator,
        value,
        status
    from {{ ref('rpt_indicators') }}
    where unit_code = 'QX00' and slice = ''
),

parts as (
    select
        subjects.indicator,
        district.period,
        listed.part,
        coalesce(counted.value, 0) as value
    from listed
    inner join subjects on listed.subject = subjects.subject
    inner join district on subjects.indicator = district.indicator
    left join counted
        on listed.subject = counted.subject
        and listed.part = counted.part
        and district.period = counted.period
)

select
    parts.indicator,
    parts.period,
    parts.part,
    whole.status,
    case when whole.status = 'value' then parts.value end as value,
    whole.value as whole,
    parts.value / nullif(whole.value, 0) as share
from parts
inner join district as whole
    on parts.indicator = whole.indicator and parts.period = whole.period
order by parts.indicator, parts.period, parts.part
