-- What figures are made up of, part by part: leads by kind of source and by first method and
-- persons by discipline, of the district and per unit; petitions by channel, class and whether
-- signed, persons by their heaviest punishment and money by kind, of the district. Parts of nobody
-- have no row.
with petitions as (
    select
        cut_period,
        basis,
        unnest([
            {'subject': 'petition_channel', 'part': left(channel_code, 1)},
            {'subject': 'petition_class', 'part': class_code},
            {
                'subject': 'petition_signed',
                'part': case
                    when class_code = '1' and is_real_name then '1' when class_code = '1' then '0'
                end
            }
        ]) as of_part,
        1.0 as value
    from {{ ref('int_petitions') }}
    where is_received
),

heaviest as (
    select
        cut_period,
        basis,
        person_key,
        kind_code,
        max(weight) as weight
    from {{ ref('int_punishments') }}
    where is_punishment and is_in_year
    group by cut_period, basis, person_key, kind_code
),

punished as (
    select
        cut_period,
        basis,
        {
            'subject': case kind_code when '1' then 'party_punishment' else 'gov_punishment' end,
            'part': cast(weight as varchar)
        } as of_part,
        1.0 as value
    from heaviest
),

recovered as (
    select
        cut_period,
        basis,
        {'subject': 'recovery_kind', 'part': kind_code} as of_part,
        cast(amount_wan as double) as value
    from {{ ref('int_cur_recoveries') }}
    where stat_on between year_start and as_of
        and try_cast(kind_code as integer) <= param('recovered_kind_max', as_of)
),

district as (
    select * from petitions
    union all
    select * from punished
    union all
    select * from recovered
),

of_district as (
    select
        cut_period, basis, 'QX00' as unit_code, of_part.subject, of_part.part,
        round(sum(value), 4) as value
    from district
    where of_part.part is not null
    group by all
),

accepted as (
    select
        l.cut_period, l.basis, l.scope_unit_code as unit_code, 'lead_source' as subject,
        coalesce(c.parent, c.code) as part, count(*) as value
    from ({{ by_unit('leads', 'int_leads') }}) as l
    inner join {{ ref('code_lists') }} as c
        on c.list = 'lead_source' and l.source_code = c.code
    where l.is_accepted
    group by all
),

disposed as (
    select
        cut_period, basis, scope_unit_code as unit_code, 'lead_method' as subject,
        method_code as part, count(*) as value
    from ({{ by_unit('disposals', 'int_first_disposals') }})
    where is_disposed
    group by all
),

filed as (
    select
        cut_period, basis, scope_unit_code as unit_code, 'case_discipline' as subject,
        coalesce(discipline_code, '') as part, count(*) as value
    from ({{ by_unit('cases', 'int_cur_cases') }})
    where merged_into_case_no is null and is_person and stat_on between year_start and as_of
    group by all
)

select * from of_district
union all
select * from accepted
union all
select * from disposed
union all
select * from filed
