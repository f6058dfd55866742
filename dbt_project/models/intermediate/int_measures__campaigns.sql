-- Leads, cases and persons of a campaign since its start; before it not applicable.
{% set counts = [
    ("staff_lead_disposed_cnt", "EDU", "disposals", "int_first_disposals", "lead_no", "x.is_staff"),
    ("rural_lead_cnt", "RUR", "disposals", "int_first_disposals", "lead_no", tagged("RUR", "x")),
    ("stat_fraud_case_cnt", "STA", "cases", "int_cases", "case_no", tagged("STA", "x")),
    ("medical_case_cnt", "MED", "cases", "int_cases", "case_no", tagged("MED", "x")),
    ("livelihood_case_cnt", "LIV", "cases", "int_cases", "case_no", tagged("LIV", "x")),
    ("livelihood_handled_person_cnt", "LIV", "punishments", "int_punishments", "person_key",
     tagged("LIV", "x")),
    ("rural_handled_person_cnt", "RUR", "punishments", "int_punishments", "person_key",
     tagged("RUR", "x")),
    ("rural_punished_cnt", "RUR", "punishments", "int_punishments", "person_key",
     tagged("RUR", "x") ~ " and x.is_punishment"),
] -%}
{% for indicator, campaign, form, set_model, counted, condition in counts %}
-- {{ indicator }}
select
    g.cut_period, g.basis, g.unit_code, '{{ indicator }}' as indicator, '' as slice,
    case
        when g.as_of >= {{ campaign_start(campaign) }} then cast(count(x.{{ counted }}) as double)
    end as value,
    cast(null as double) as numerator, cast(null as double) as denominator,
    cast(null as varchar) as text_value
from {{ ref('int_scope') }} as g
left join (
    select x.*
    from {{ ref(set_model) }} as x
    where {{ condition }} and x.stat_on between {{ campaign_start(campaign) }} and x.as_of
    qualify
        row_number() over (
            partition by x.cut_period, x.basis, x.{{ counted }}
            order by x.stat_on{{ ', x.punish_no' if form == 'punishments' }}
        ) = 1
) as x
    on g.cut_period = x.cut_period and g.basis = x.basis
    and g.unit_code in (x.rolled_up_unit_code, 'QX00')
where g.form = '{{ form }}'
group by g.cut_period, g.basis, g.unit_code, g.as_of
{{ 'union all' if not loop.last }}
{% endfor %}
