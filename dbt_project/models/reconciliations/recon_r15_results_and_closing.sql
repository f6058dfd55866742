-- Leads closed without any disposal result, or open after a step that closes them.
with steps as (
    select
        lead_no,
        count(result_code) as result_count,
        arg_max(is_approved and (
            method_code = '4' or coalesce(
                result_code in ('11', '12', '22', '23', '24', '25', '26', '28')
                or starts_with(result_code, '4'), false
            )
        ), seq_no) as is_through
    from {{ as_of_period('int_disposals') }}
    group by lead_no
)

select
    {{ failing('leads', 'l.unit_code', 'l.lead_no',
               "case when l.closed_on is null then '最后一步处置已了结，线索未办结'"
               " else '线索已办结，无处置结果' end") }}
from {{ as_of_period('int_leads') }} as l
left join steps as s on l.lead_no = s.lead_no
where coalesce(l.closed_stat_on >= l.year_start, true)
    and l.status_code <> '70'
    and case
        when l.closed_on is null then coalesce(s.is_through, false)
        else coalesce(s.result_count, 0) = 0
    end
