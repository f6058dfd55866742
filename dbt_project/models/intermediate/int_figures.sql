-- Every figure of its own forms, this year and last, with its status. What is made from other
-- figures (targets met, comparison with last year) comes after.
{% set subjects = [
    "leads", "lead_cases", "opinions", "disposals", "filings", "cases", "rankings", "punishments",
    "four_forms", "transfers", "recoveries", "conduct", "campaigns", "campaign_items",
    "campaign_output", "provincial", "petitions", "key_tasks", "reforms", "rectifications",
    "registry",
] -%}
with ledgers as (
    {% for subject in subjects -%}
    select
        m.cut_period, m.basis, m.indicator, m.unit_code, m.slice, m.value,
        m.numerator, m.denominator, m.text_value, coalesce(i.forms, '') as forms
    from {{ ref('int_measures__' ~ subject) }} as m
    inner join {{ ref('indicators') }} as i on m.indicator = i.indicator
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

needs as (
    select distinct forms from ledgers
),

missing_units as (
    select s.cut_period, s.basis, s.unit_code, s.ranking_group, f.forms
    from {{ ref('int_scope') }} as s
    inner join needs as f
        on list_contains(string_split(f.forms, ' '), s.form)
    where s.is_missing
    group by all
),

missing_counts as (
    select cut_period, basis, forms, unnest([unit_code, 'QX00', ranking_group]) as unit_code
    from missing_units
),

counted as (
    select cut_period, basis, forms, unit_code, count(*) as unit_missing_count
    from missing_counts
    where unit_code is not null
    group by all
),

reported as (
    select cut_period, basis, list(distinct form) as reported_forms
    from {{ ref('int_returns_in_force') }}
    where left(period, 4) = left(stated_to, 4)
    group by all
)

select
    l.* exclude (forms), -- noqa: RF02
    case
        when l.forms <> ''
            and not coalesce(list_has_any(r.reported_forms, string_split(l.forms, ' ')), false)
            and l.unit_code in ('QX00', 'office', 'dispatched', 'town')
            then 'missing'
        when l.value is null and l.text_value is null then 'na'
        else 'value'
    end as status,
    coalesce(c.unit_missing_count, 0) as unit_missing_count
from ledgers as l
left join reported as r on l.cut_period = r.cut_period and l.basis = r.basis
left join counted as c
    on l.cut_period = c.cut_period and l.basis = c.basis and l.forms = c.forms
    and l.unit_code = c.unit_code
union all by name
select * from {{ ref('int_measures__tally') }}
