-- Leads accepted, open, closed and in stock: per unit and for the district.
with scoped as ({{ by_unit('leads', 'int_leads') }}),

counted as (
    select
        s.cut_period, s.basis, s.as_of, s.scope_unit_code as unit_code,
        count(*) filter (s.is_accepted) as accepted,
        count(*) filter (s.is_accepted and s.closed_stat_on <= s.as_of) as accepted_closed,
        count(*) filter (s.is_accepted and s.is_self_found) as self_found,
        count(*) filter (s.is_open) as open_count,
        count(*) filter (l.is_overdue) as overdue,
        count(distinct s.rolled_up_unit_code) filter (l.is_overdue) as overdue_units,
        count(*) filter (
            s.stat_on < s.year_start and coalesce(s.closed_stat_on >= s.year_start, true)
        ) as stock,
        count(*) filter (s.stat_on < s.year_start and s.is_closed) as stock_cleared,
        count(*) filter (
            s.is_accepted
            and ({{ tagged('RUR', 's') }} or {{ tagged('LIV', 's') }} or {{ tagged('ENG', 's') }})
        ) as key_field,
        count(*) filter (
            s.is_accepted and s.source_code = '22' and u.unit_type_code in ('TWN', 'STR')
        ) as found_by_towns,
        count(*) filter (s.source_code = '44' and s.stat_on <= s.as_of) as from_inspection,
        {% for name, condition in [
            ('staff', 'true'), ('staff_serving', "s.staff_status_code = '1'"),
            ('staff_retired', "s.staff_status_code = '2'"),
        ] -%}
        count(*) filter (
            s.is_staff and s.stat_on <= s.as_of and {{ condition }}
            and coalesce(s.closed_stat_on >= {{ campaign_start('EDU') }}, true)
        ) as {{ name }},
        {% endfor -%}
        count(*) filter (
            s.is_staff and s.stat_on between {{ campaign_start('EDU') }} and s.as_of
        ) as staff_new,
        median(s.closed_on - s.received_on) filter (s.is_closed) as cycle_median,
        avg(s.closed_on - s.received_on) filter (s.is_closed) as cycle_mean,
        median(s.as_of - s.received_on) filter (s.is_open) as hold_median,
        max(s.as_of - s.received_on) filter (s.is_open) as hold_max,
        count(*) filter (s.is_open and s.as_of - s.received_on <= 30) as le30,
        count(*) filter (s.is_open and s.as_of - s.received_on between 31 and 90) as le90,
        count(*) filter (s.is_open and s.as_of - s.received_on between 91 and 180) as le180,
        count(*) filter (s.is_open and s.as_of - s.received_on > 180) as gt180
    from scoped as s
    left join {{ ref('int_lead_limits') }} as l
        on s.cut_period = l.cut_period and s.basis = l.basis and s.lead_no = l.lead_no
    left join {{ ref('int_units_valid') }} as u
        on s.cut_period = u.cut_period and s.basis = u.basis
        and s.rolled_up_unit_code = u.unit_code
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('lead_accepted_cnt', 'accepted') }},
            {{ figure('new_lead_cnt', 'accepted') }},
            {{ figure('lead_open_cnt', 'open_count') }},
            {{ figure('self_found_lead_cnt', 'self_found') }},
            {{ rate('self_found_lead_share', 'self_found', 'accepted') }},
            {{ rate('lead_close_rate', 'accepted_closed', 'accepted') }},
            {{ figure('stock_lead_cnt', 'stock') }},
            {{ figure('stock_cleared_cnt', 'stock_cleared') }},
            {{ rate('stock_clear_rate', 'stock_cleared', 'stock') }},
            {{ figure('key_field_lead_cnt', 'key_field') }},
            {{ figure('town_check_lead_cnt', 'found_by_towns') }},
            {{ figure('insp_lead_transferred_cnt', 'from_inspection') }},
            {{ figure('staff_lead_ledger_cnt', since('EDU', 'staff')) }},
            {{ figure('staff_lead_ledger_cnt', since('EDU', 'staff_serving'), "'1'") }},
            {{ figure('staff_lead_ledger_cnt', since('EDU', 'staff_retired'), "'2'") }},
            {{ figure('staff_lead_new_cnt', since('EDU', 'staff_new')) }},
            {{ figure('lead_cycle_days', 'cycle_median', "'median'") }},
            {{ figure('lead_cycle_days', 'cycle_mean', "'mean'") }},
            {{ figure('lead_hold_days', 'hold_median', "'median'") }},
            {{ figure('lead_hold_days', 'hold_max', "'max'") }},
            {{ figure('lead_hold_days', 'le30', "'le30'") }},
            {{ figure('lead_hold_days', 'le90', "'31_90'") }},
            {{ figure('lead_hold_days', 'le180', "'91_180'") }},
            {{ figure('lead_hold_days', 'gt180', "'gt180'") }},
            {{ figure('lead_overdue_open_cnt', 'overdue') }},
            {{ rate('lead_overdue_open_rate', 'overdue', 'open_count') }},
            {{ figure('lead_overdue_unit_cnt', 'overdue_units') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
