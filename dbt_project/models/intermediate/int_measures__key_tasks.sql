-- Tasks of lists, campaigns and plans, under the unit that reports them.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (task_kind_code = '10' and is_of_year) as supervision,
        count(*) filter (task_kind_code = '22' and is_of_year) as livelihood_fields,
        count(distinct campaign_code) filter (task_kind_code = '21' and (is_of_year or is_open))
            as livelihood_campaigns,
        count(distinct field) filter (
            task_kind_code in ('20', '21') and (is_of_year or is_open)
            and campaign_code not in ('EDU', 'PRV', 'MAS')
        ) as fields,
        coalesce(sum(plan_count) filter (task_kind_code = '40' and is_of_year), 0) as rounds,
        count(*) filter (status_code <> '3' and done_count < planned_by_now) as lagging,
        {% for name, campaign in [('finance', 'FIN'), ('statistics', 'STA')] -%}
        {% set tasks = "filter (task_kind_code = '20' and campaign_code = '" ~ campaign ~ "')" -%}
        count(*) {{ tasks }} as {{ name }}_tasks,
        count(*) filter (
            task_kind_code = '20' and campaign_code = '{{ campaign }}' and status_code = '3'
        ) as {{ name }}_done,
        coalesce(sum(plan_count) {{ tasks }}, 0) as {{ name }}_plan,
        coalesce(sum(done_count) {{ tasks }}, 0) as {{ name }}_quantity,
        {% endfor -%}
        count(*) filter (is_urged and done_on between greatest(year_start, urged_on) and as_of)
            as done_when_urged,
        count(*) filter (done_on between year_start and as_of) as done,
        count(*) filter (task_kind_code = '50' and is_of_year) as assigned,
        count(*) filter (
            task_kind_code = '50' and is_of_year and status_code = '3' and done_on <= due_on
        ) as assigned_done,
        count(*) filter (status_code <> '3' and due_on < as_of) as overdue,
        coalesce(sum(plan_count) filter (task_kind_code = '30' and is_of_year), 0) as documents,
        coalesce(sum(done_count) filter (task_kind_code = '30' and is_of_year), 0)
            as documents_done
    from ({{ by_unit('key_tasks', 'int_key_tasks') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('pol_sup_key_task_cnt', 'supervision') }},
            {{ figure('livelihood_field_cnt', 'livelihood_fields') }},
            {{ figure('livelihood_campaign_cnt', 'livelihood_campaigns') }},
            {{ figure('livelihood_campaign_by_office_cnt', 'livelihood_campaigns') }},
            {{ figure('campaign_field_cnt', 'fields') }},
            {{ figure('insp_round_planned_cnt', 'rounds') }},
            {{ figure('key_task_lag_cnt', 'lagging') }},
            {{ rate('finance_campaign_progress_rate', 'finance_done', 'finance_tasks') }},
            {{ rate('finance_campaign_progress_rate', 'finance_quantity', 'finance_plan',
                    "'quantity'") }},
            {{ rate('stat_fraud_progress_rate', 'statistics_done', 'statistics_tasks') }},
            {{ rate('stat_fraud_progress_rate', 'statistics_quantity', 'statistics_plan',
                    "'quantity'") }},
            {{ rate('task_done_only_after_push_rate', 'done_when_urged', 'done') }},
            {{ rate('assigned_task_done_rate', 'assigned_done', 'assigned') }},
            {{ figure('overdue_task_cnt', 'overdue') }},
            {{ figure('institution_plan_cnt', 'documents') }},
            {{ rate('institution_plan_done_rate', 'documents_done', 'documents') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.*
from figures
where case f.indicator
        when 'pol_sup_key_task_cnt' then unit_code = 'QX00'
        when 'livelihood_field_cnt' then unit_code = 'QX00'
        when 'livelihood_campaign_cnt' then unit_code = 'QX00'
        when 'insp_round_planned_cnt' then unit_code = 'QX00'
        when 'livelihood_campaign_by_office_cnt' then unit_code <> 'QX00'
        else true
    end
