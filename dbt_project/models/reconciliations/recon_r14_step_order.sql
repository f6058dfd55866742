-- Steps of a lead with a gap in their numbers, approvals running backwards or an opinion before
-- receipt.
with steps as (
    select
        d.lead_no, d.seq_no, d.unit_code,
        d.seq_no <> row_number() over lead_steps as is_gap,
        d.approved_on < max(d.approved_on) over earlier as is_backwards,
        d.proposed_on < l.received_on as is_early
    from {{ as_of_period('int_disposals') }} as d
    inner join {{ as_of_period('int_leads') }} as l on d.lead_no = l.lead_no
    window
        lead_steps as (partition by d.lead_no order by d.seq_no),
        earlier as (
            partition by d.lead_no order by d.seq_no
            rows between unbounded preceding and 1 preceding
        )
)

select
    {{ failing('disposals', 'unit_code', "lead_no || '/' || seq_no",
               "concat_ws('、', case when is_gap then '序号不连续' end,"
               " case when is_backwards then '批准日期早于前一步' end,"
               " case when is_early then '处置意见早于收到日期' end)") }}
from steps
where is_gap or is_backwards or is_early
