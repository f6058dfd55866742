-- Headline counts of the district that are not the sum of its units, closed ones rolled up.
with figures as (
    {% for subject in [
        'leads', 'disposals', 'cases', 'punishments', 'transfers', 'recoveries',
    ] -%}
    select indicator, unit_code, slice, value
    from {{ as_of_period('int_measures__' ~ subject) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

totals as (
    select
        i.forms as form, f.indicator, i.name_zh,
        round(coalesce(sum(f.value) filter (f.unit_code = 'QX00'), 0), 4) as whole,
        round(coalesce(sum(f.value) filter (f.unit_code <> 'QX00'), 0), 4) as parts
    from figures as f
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    where f.slice = '' and f.unit_code not in ('office', 'dispatched', 'town')
        and f.indicator in (
            'lead_accepted_cnt', 'lead_disposed_cnt', 'lead_open_cnt', 'case_filed_cnt',
            'self_case_cnt', 'punished_person_cnt', 'transfer_case_cnt', 'recovered_amount_wan'
        )
    group by all
)

select
    form, 'QX00' as unit_code, '{{ var("period") }}' as period, indicator as key,
    name_zh || '：全区 ' || format('{:.10g}', whole) || '，各单位合计 ' || format('{:.10g}', parts)
        as detail
from totals
where whole <> parts
