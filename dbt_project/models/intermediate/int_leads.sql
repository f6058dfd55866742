-- LEAD of returns.md §6.0: a lead in transit is open, whatever its old unit wrote.
with lead_rows as (
    select
        * exclude (person_key, is_person, outcome_code, closed_on, closed_stat_on),
        case when status_code <> '70' then closed_on end as closed_on,
        case when status_code <> '70' then closed_stat_on end as closed_stat_on
    from {{ ref('int_cur_leads') }}
    where not is_duplicate and merged_into_lead_no is null
    qualify
        row_number() over (
            partition by cut_period, basis, lead_no order by period desc, unit_code asc, row_no asc
        ) = 1
)

select
    l.*,
    [l.campaign_code, l.campaign2_code] as campaign_codes,
    cast(l.received_on + interval 1 month as date) as due_on,
    coalesce(json_extract_string(c.attributes, '$.found') = 'true', false) as is_self_found,
    coalesce(l.stat_on between l.year_start and l.as_of, false) as is_accepted,
    coalesce(l.closed_stat_on between l.year_start and l.as_of, false) as is_closed,
    coalesce(l.stat_on <= l.as_of, false)
    and not coalesce(l.closed_stat_on <= l.as_of, false) as is_open
from lead_rows as l
left join {{ ref('code_lists') }} as c on c.list = 'lead_source' and l.source_code = c.code
