-- District figures split as national bulletins split them, each part with its share of the whole:
-- persons filed and punished by public level of rank, and the four forms.
with ranks as (
    select distinct
        code,
        coalesce(parent, code) as part
    from {{ ref('code_lists') }}
    where list = 'rank_level' and is_leaf
),

filed as (
    select
        cut_period as period,
        rank_code,
        count(*) as persons
    from {{ ref('int_cur_cases') }}
    where basis = 'this' and merged_into_case_no is null and is_person
        and stat_on between year_start and as_of
    group by cut_period, rank_code
),

district as (
    select
        period,
        indicator,
        slice,
        value,
        status
    from {{ ref('rpt_indicators') }}
    where unit_code = 'QX00'
),

parts as (
    select
        'punished_person_cnt' as indicator,
        district.period,
        ranks.part,
        sum(district.value) as value
    from district
    inner join ranks on district.slice = 'rank:' || ranks.code
    where district.indicator = 'punished_person_cnt'
    group by district.period, ranks.part
    union all
    select
        'case_filed_person_cnt' as indicator,
        district.period,
        ranks.part,
        coalesce(sum(filed.persons), 0) as value
    from district
    cross join ranks
    left join filed on district.period = filed.period and ranks.code = filed.rank_code
    where district.indicator = 'case_filed_person_cnt'
    group by district.period, ranks.part
    union all
    select
        indicator,
        period,
        slice as part,
        value
    from district
    where indicator = 'four_forms_cnt' and slice <> ''
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
    on parts.indicator = whole.indicator and parts.period = whole.period and whole.slice = ''
order by parts.indicator, parts.period, parts.part
