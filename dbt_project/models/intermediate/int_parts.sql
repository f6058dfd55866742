-- What figures are made up of, part by part: leads by kind of source and by first method and
-- persons by discipline, of the district and per unit; petitions by channel, class and whether
-- signed, persons by their heaviest punishment and money by kind, of the district; as the published
-- tables have them: persons by public level of rank, the four forms, and problems against the eight
-- rules by type and level. Parts of nobody have no row.
with subjects as ({{ part_subjects() }}),

petitions as (
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
        coalesce(discipline_code, 'none') as part, count(*) as value
    from ({{ by_unit('cases', 'int_cur_cases') }})
    where merged_into_case_no is null and is_person and stat_on between year_start and as_of
    group by all
),

ranks as (
    select
        code,
        coalesce(parent, code) as part
    from {{ ref('code_lists') }}
    where list = 'rank_level' and is_leaf
    group by all
),

filed_by_rank as (
    select
        c.cut_period, c.basis, 'QX00' as unit_code, 'filed' as subject, r.part, count(*) as value
    from {{ ref('int_cur_cases') }} as c
    inner join ranks as r on c.rank_code = r.code
    where c.merged_into_case_no is null and c.is_person
        and c.stat_on between c.year_start and c.as_of
    group by all
),

punished_by_rank as (
    select
        f.cut_period, f.basis, f.unit_code, 'public' as subject, r.part, sum(f.value) as value
    from {{ ref('int_figures') }} as f
    inner join ranks as r on f.slice = 'rank:' || r.code
    where f.indicator = 'punished_person_cnt' and f.unit_code = 'QX00'
    group by all
),

four_forms as (
    select cut_period, basis, unit_code, 'form' as subject, slice as part, value
    from {{ ref('int_figures') }}
    where indicator = 'four_forms_cnt' and unit_code = 'QX00' and slice <> ''
),

-- Each problem stands in the cell of its type and level, and in the totals over either and both.
-- A person in two cells counts once in their total.
conduct_cells as (
    select
        cut_period, basis, scope_unit_code as unit_code, problem_no, person_key,
        is_problem_in_year, is_handled_in_year, is_punished,
        unnest(list_distinct(
            list_transform([type_code, left(type_code, 1), 'all'], lambda t: t || ':' || level_code)
            || list_transform([type_code, left(type_code, 1), 'all'], lambda t: t || ':all')
        )) as part
    from ({{ by_unit('conduct_problems', 'int_conduct_problems') }})
    where problem_no is not null
),

problems as (
    select
        cut_period, basis, unit_code, 'problem' as subject, part,
        count(distinct problem_no) filter (is_problem_in_year) as value
    from conduct_cells
    group by all
),

handled as (
    select
        cut_period, basis, unit_code, 'handled' as subject, part,
        count(distinct person_key) filter (is_handled_in_year) as value
    from conduct_cells
    group by all
),

disciplined as (
    select
        cut_period, basis, unit_code, 'disciplined' as subject, part,
        count(distinct person_key) filter (is_handled_in_year and is_punished) as value
    from conduct_cells
    group by all
),

every_part as (
    select * from of_district
    union all
    select * from accepted
    union all
    select * from disposed
    union all
    select * from filed
    union all
    select * from filed_by_rank
    union all
    select * from punished_by_rank
    union all
    select * from four_forms
    union all
    select * from problems
    union all
    select * from handled
    union all
    select * from disciplined
)

select
    p.cut_period, p.basis, s.indicator, p.unit_code, p.subject, p.part, p.value
from every_part as p
inner join subjects as s on p.subject = s.subject
where p.value > 0 or p.subject = 'form'
