-- Problems and matters handled within the special campaigns.
with items as (
    select
        cut_period, basis, as_of, scope_unit_code as unit_code,
        count(*) filter (
            campaign_code = 'RUR' and item_kind_code = '1'
            and verified_on between {{ campaign_start('RUR') }} and as_of
        ) as rural_verified,
        count(*) filter (
            campaign_code = 'RUR' and item_kind_code = '1'
            and verified_on between {{ campaign_start('RUR') }} and as_of
            and verified_on >= year_start
        ) as rural_verified_in_year,
        count(*) filter (
            campaign_code = 'MAS' and item_kind_code = '2'
            and stat_on between {{ campaign_start('MAS') }} and as_of
        ) as accepted,
        count(*) filter (
            campaign_code = 'MAS' and item_kind_code = '2'
            and stat_on between {{ campaign_start('MAS') }} and as_of and verified_on <= as_of
        ) as closed,
        count(*) filter (
            campaign_code = 'STA' and item_kind_code = '3'
            and stat_on between {{ campaign_start('STA') }} and as_of
        ) as statistics_self_checked,
        count(*) filter (
            campaign_code = 'BIZ' and item_kind_code = '1'
            and stat_on between year_start and as_of
        ) as business_problems
    from ({{ by_unit('campaign_items', 'int_cur_campaign_items') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('rural_rectified_problem_cnt', since('RUR', 'rural_verified')) }},
            {{ figure('rural_rectified_problem_cnt', since('RUR', 'rural_verified_in_year'),
                      "'ytd'") }},
            {{ figure('mass_action_accepted_cnt', since('MAS', 'accepted')) }},
            {{ figure('mass_action_closed_cnt', since('MAS', 'closed')) }},
            {{ figure('mass_action_open_cnt', since('MAS', 'accepted - closed')) }},
            {{ rate('mass_action_close_rate', since('MAS', 'closed'), since('MAS', 'accepted')) }},
            {{ figure('stat_self_check_problem_cnt', since('STA', 'statistics_self_checked')) }},
            {{ figure('biz_env_problem_cnt', 'business_problems') }}
        ]) as f
    from items
)

select cut_period, basis, unit_code, f.* from figures
