-- Money recovered, in 万元: the kinds that count, and losses made good shown beside.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        {% for name, condition in [
            ('counted', "try_cast(kind_code as int) <= param('recovered_kind_max', as_of)"),
            ('duty_losses', "kind_code = '5'"),
            ('losses', "kind_code = '6'"),
        ] -%}
    coalesce(sum(cast(amount_wan as decimal(18, 4))) filter (
        {{ condition }} and stat_on between year_start and as_of
        ), 0) as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
    from ({{ by_unit('recoveries', 'int_cur_recoveries') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('recovered_amount_wan', 'counted') }},
            {{ figure('recovered_amount_wan', 'duty_losses', "'5'") }},
            {{ figure('recovered_amount_wan', 'losses', "'6'") }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
