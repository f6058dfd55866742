-- What district figures are made up of, part by part, this year beside last year: petitions by
-- channel, class and whether signed, leads by source and by first way of disposal, persons by their
-- heaviest punishment, money by kind. Every part of the code list has a row, also one of nobody.
with subjects as ({{ part_subjects() }}),

counted as (
    select cut_period, basis, subject, part, value
    from {{ ref('int_parts') }}
    where unit_code = 'QX00'
),

listed as (
    select
        lists.subject,
        lists.list,
        subjects.indicator,
        subjects.whole_slice as slice,
        lists.last_part
    from (
        values
        ('petition_channel', 'petition_channel', 9),
        ('petition_class', 'petition_class', 9),
        ('lead_source', 'lead_source', 9),
        ('lead_method', 'disposal_method', 9),
        ('party_punishment', 'party_punishment', 6),
        ('gov_punishment', 'gov_punishment', 6),
        ('recovery_kind', 'recovery_kind', 4)
    ) as lists (subject, list, last_part)
    inner join subjects on lists.subject = subjects.subject
),

parts as (
    select
        listed.subject,
        listed.indicator,
        listed.slice,
        codes.code as part,
        codes.label as part_name,
        codes.valid_from,
        codes.valid_to,
        codes.sort
    from listed
    inner join {{ ref('code_lists') }} as codes
        on listed.list = codes.list and codes.parent is null
    where try_cast(codes.code as integer) <= listed.last_part
    union all
    select
        subjects.subject,
        subjects.indicator,
        subjects.whole_slice as slice,
        signed.part,
        signed.part_name,
        date '2020-01-01' as valid_from,
        null as valid_to,
        signed.sort
    from (values ('1', '实名', 1), ('0', '匿名', 2)) as signed (part, part_name, sort)
    inner join subjects on subjects.subject = 'petition_signed'
)

select
    parts.subject,
    whole.period,
    parts.part,
    parts.part_name,
    parts.indicator,
    parts.slice,
    whole.status,
    case when whole.status = 'value' then coalesce(counted.value, 0) end as value,
    case when whole.value_last_year is not null then coalesce(before.value, 0) end
        as value_last_year,
    whole.value as whole,
    coalesce(counted.value, 0) / nullif(whole.value, 0) as share,
    cast(parts.sort as integer) as sort
from parts
inner join {{ ref('rpt_indicators') }} as whole
    on parts.indicator = whole.indicator
    and parts.slice = whole.slice
    and whole.unit_code = 'QX00'
inner join {{ ref('calendar') }} as periods
    on whole.period = periods.period
    and periods.ends_on between parts.valid_from and coalesce(parts.valid_to, date '9999-12-31')
left join counted
    on parts.subject = counted.subject
    and parts.part = counted.part
    and whole.period = counted.cut_period
    and counted.basis = 'this'
left join counted as before
    on parts.subject = before.subject
    and parts.part = before.part
    and whole.period = before.cut_period
    and before.basis = 'last'
order by parts.subject, whole.period, parts.sort
