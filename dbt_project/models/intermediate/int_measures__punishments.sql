-- Persons punished and held to account; a person counts once a year.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(person_key) as persons,
        count(*) filter (has_party) as party,
        count(*) filter (has_government) as government
    from ({{ by_unit('punishments', 'int_punished_persons') }})
    group by all
),

accountable as (
    select cut_period, basis, scope_unit_code as unit_code, count(person_key) as persons
    from ({{ by_unit('punishments', 'int_accountable_persons') }})
    group by all
),

figures as (
    select
        c.cut_period, c.basis, c.unit_code,
        unnest([
            {{ figure('punished_person_cnt', 'c.persons') }},
            {{ figure('party_punished_person_cnt', 'c.party') }},
            {{ figure('gov_punished_person_cnt', 'c.government') }},
            {{ figure('dual_punished_person_cnt', 'c.party + c.government - c.persons') }},
            {{ figure('two_resp_accountability_cnt', 'a.persons') }}
        ]) as f
    from counted as c
    inner join accountable as a using (cut_period, basis, unit_code)
),

ranks as (
    select
        s.cut_period, s.basis, s.unit_code, c.code, count(p.person_key) as persons
    from {{ ref('int_scope') }} as s
    cross join {{ ref('code_lists') }} as c
    left join {{ ref('int_punished_persons') }} as p
        on s.cut_period = p.cut_period and s.basis = p.basis and c.code = p.rank_code
        and s.unit_code in (p.rolled_up_unit_code, 'QX00')
    where s.form = 'punishments' and c.list = 'rank_level' and c.is_leaf
    group by all
    having count(p.person_key) > 0 or s.unit_code = 'QX00'
)

select cut_period, basis, unit_code, f.* from figures
union all
select
    cut_period, basis, unit_code, 'punished_person_cnt', 'rank:' || code, persons,
    null, null, null
from ranks
