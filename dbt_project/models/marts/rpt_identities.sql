-- What must hold between published figures (I01 to I04): each side as it stands, and whether.
with figures as (
    select
        period,
        max(value) filter (indicator = 'punished_person_cnt') as punished,
        max(value) filter (indicator = 'party_punished_person_cnt') as party,
        max(value) filter (indicator = 'gov_punished_person_cnt') as government,
        max(value) filter (indicator = 'four_forms_cnt') as forms,
        max(value) filter (indicator = 'eight_rules_problem_cnt') as problems
    from {{ ref('rpt_indicators') }}
    where unit_code = 'QX00' and slice = ''
    group by period
),

splits as (
    select
        parts.period,
        sum(parts.value) filter (parts.indicator = 'punished_person_cnt') as ranks,
        string_agg(cast(cast(parts.value as bigint) as varchar), '＋' order by parts.part) filter (
            parts.indicator = 'punished_person_cnt' and parts.value > 0
        ) as rank_terms,
        sum(parts.value) filter (parts.indicator = 'four_forms_cnt') as forms,
        string_agg(cast(cast(parts.value as bigint) as varchar), '＋' order by parts.part) filter (
            parts.indicator = 'four_forms_cnt'
        ) as form_terms,
        round(sum(round(parts.share * 100, 1)) filter (parts.indicator = 'four_forms_cnt'), 1)
            as percent,
        string_agg(format('{:.1f}', round(parts.share * 100, 1)), '＋' order by parts.part) filter (
            parts.indicator = 'four_forms_cnt'
        ) as percent_terms
    from {{ ref('rpt_breakdowns') }} as parts
    group by parts.period
),

conduct as (
    select
        period,
        sum(problem_count) filter (type_code = '' and level_code <> '') as levels,
        string_agg(problem_count, '＋' order by level_code) filter (
            type_code = '' and level_code <> '' and problem_count > 0
        ) as level_terms,
        sum(problem_count) filter (type_code in ('X', 'H') and level_code = '') as kinds,
        string_agg(problem_count, '＋' order by type_code desc) filter (
            type_code in ('X', 'H') and level_code = ''
        ) as kind_terms,
        max(punished_count) filter (type_code = '' and level_code = '') as punished,
        max(person_count) filter (type_code = '' and level_code = '') as persons
    from {{ ref('rpt_conduct_levels') }}
    where unit_code = 'QX00'
    group by period
),

told as (
    select
        figures.period,
        unnest([
            {
                identity: 'I01', place: 1, name: '按职级处分人数之和等于处分人数',
                terms: splits.rank_terms, left_value: splits.ranks, relation: '=',
                right_value: figures.punished
            },
            {
                identity: 'I02', place: 2, name: '党纪、政务处分人数都不多于处分人数',
                terms: null, left_value: greatest(figures.party, figures.government),
                relation: '≤', right_value: figures.punished
            },
            {
                identity: 'I02', place: 3, name: '处分人数不多于党纪、政务处分人数之和',
                terms: null, left_value: figures.punished, relation: '≤',
                right_value: figures.party + figures.government
            },
            {
                identity: 'I03', place: 4, name: '四种形态之和等于总人次',
                terms: splits.form_terms, left_value: splits.forms, relation: '=',
                right_value: figures.forms
            },
            {
                identity: 'I03', place: 5, name: '四种形态占比之和为100%（相差不过0.2）',
                terms: splits.percent_terms, left_value: splits.percent, relation: '≈',
                right_value: case when figures.forms > 0 then 100 end
            },
            {
                identity: 'I04', place: 6, name: '八项规定问题各级别之和等于起数',
                terms: conduct.level_terms, left_value: conduct.levels, relation: '=',
                right_value: figures.problems
            },
            {
                identity: 'I04', place: 7, name: '形式主义官僚主义与享乐主义奢靡之风之和等于起数',
                terms: conduct.kind_terms, left_value: conduct.kinds, relation: '=',
                right_value: figures.problems
            },
            {
                identity: 'I04', place: 8, name: '八项规定问题处分人数不多于处理人数',
                terms: null, left_value: conduct.punished, relation: '≤',
                right_value: case when figures.problems is not null then conduct.persons end
            }
        ]) as t
    from figures
    left join splits on figures.period = splits.period
    left join conduct on figures.period = conduct.period
)

select
    told.period,
    told.t.identity,
    cast(told.t.place as integer) as place,
    told.t.name,
    coalesce(told.t.terms, '') as terms,
    cast(told.t.left_value as double) as left_value,
    told.t.relation,
    cast(told.t.right_value as double) as right_value,
    case told.t.relation
        when '=' then told.t.left_value = told.t.right_value
        when '≤' then told.t.left_value <= told.t.right_value
        else abs(told.t.left_value - told.t.right_value) <= 0.2001
    end as is_held
from told
order by told.period, told.t.place
