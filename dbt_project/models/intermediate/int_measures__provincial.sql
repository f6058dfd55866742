-- Cases and persons out of what the provincial inspection handed over, since that campaign began.
{% set start = campaign_start('PRV') -%}
with cases as (
    select c.*
    from {{ ref('int_cases') }} as c
    inner join {{ ref('int_provincial_matters') }} as m
        on c.cut_period = m.cut_period and c.basis = m.basis and c.case_no = m.matter_no
    where c.stat_on between {{ start }} and c.as_of
),

case_persons as (
    select distinct
        p.cut_period, p.basis, p.case_no, p.person_key, c.rolled_up_unit_code
    from {{ ref('int_cur_cases') }} as p
    inner join cases as c
        on p.cut_period = c.cut_period and p.basis = c.basis and p.case_no = c.case_no
    where p.is_person and p.merged_into_case_no is null and p.stat_on <= p.as_of
),

handled as (
    select
        p.cut_period, p.basis, p.person_key, p.rolled_up_unit_code,
        case when left(p.org_handling_code, 1) = '1' then '1xx' else '' end as slice
    from {{ ref('int_punishments') }} as p
    where p.kind_code = '3' and p.stat_on between {{ start }} and p.as_of
        and exists (
            select 1
            from {{ ref('int_provincial_matters') }} as m
            where m.cut_period = p.cut_period and m.basis = p.basis
                and m.matter_no in (p.lead_no, p.case_no)
        )
    qualify row_number() over (
            partition by p.cut_period, p.basis, p.person_key, slice order by p.stat_on, p.punish_no
        ) = 1
),

counted as (
    select
        s.cut_period, s.basis, s.as_of, s.unit_code, 'prov_insp_case_cnt' as indicator,
        '' as slice, count(c.case_no) as value
    from {{ ref('int_scope') }} as s
    left join cases as c
        on s.cut_period = c.cut_period and s.basis = c.basis
        and s.unit_code in (c.rolled_up_unit_code, 'QX00')
    where s.form = 'cases'
    group by all
    union all
    select
        s.cut_period, s.basis, s.as_of, s.unit_code, 'prov_insp_case_person_cnt', '',
        count(p.person_key)
    from {{ ref('int_scope') }} as s
    left join case_persons as p
        on s.cut_period = p.cut_period and s.basis = p.basis
        and s.unit_code in (p.rolled_up_unit_code, 'QX00')
    where s.form = 'cases'
    group by all
    union all
    select
        s.cut_period, s.basis, s.as_of, s.unit_code, 'prov_insp_org_handled_cnt', x.slice,
        count(h.person_key)
    from {{ ref('int_scope') }} as s
    cross join (values (''), ('1xx')) as x (slice)
    left join handled as h
        on s.cut_period = h.cut_period and s.basis = h.basis and x.slice = h.slice
        and s.unit_code in (h.rolled_up_unit_code, 'QX00')
    where s.form = 'punishments'
    group by all
)

select
    cut_period, basis, indicator, unit_code, slice,
    cast({{ since('PRV', 'value') }} as double) as value,
    cast(null as double) as numerator, cast(null as double) as denominator,
    cast(null as varchar) as text_value
from counted
