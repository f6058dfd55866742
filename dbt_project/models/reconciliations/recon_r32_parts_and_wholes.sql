-- What is done and what is not done is not all: matters of the mass action, reforms, and the
-- problems of each round of inspection.
{% set sums = [
    ('campaign_items', 'campaign_items', 'mass_action_accepted_cnt', 'mass_action_closed_cnt',
     'mass_action_open_cnt'),
    ('reforms', 'reforms', 'reform_item_cnt', 'reform_done_cnt', 'reform_ongoing_cnt'),
    ('rectifications', 'rectifications', 'insp_feedback_problem_cnt', 'insp_rectified_cnt',
     'insp_unrectified_cnt'),
] %}
with figures as (
    {% for form, subject, whole, done, left in sums %}
    select
        '{{ form }}' as form, '{{ whole }}' as key, unit_code,
        {{ "''" if form == 'reforms' else 'slice' }} as slice,
        coalesce(sum(value) filter (
            indicator = '{{ whole }}'{{ " and slice = ''" if form == 'reforms' }}
        ), 0) as whole,
        coalesce(sum(value) filter (indicator = '{{ done }}'), 0) as done,
        coalesce(sum(value) filter (
            indicator = '{{ left }}'{{ " or slice = '1'" if form == 'reforms' }}
        ), 0) as not_done
    from {{ as_of_period('int_measures__' ~ subject) }}
    where indicator in ('{{ whole }}', '{{ done }}', '{{ left }}')
        and not ends_with(slice, ':claimed')
    group by all
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ failing('form', 'unit_code', 'key',
               "coalesce('第' || nullif(slice, '') || '轮：', '') || '共 ' || cast(whole as bigint)"
               " || '，完成 ' || cast(done as bigint) || '，未完成 ' || cast(not_done as bigint)") }}
from figures
where whole <> done + not_done
