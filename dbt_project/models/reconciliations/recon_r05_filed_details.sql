-- Filings that differ from the step taken, one row per field; a step another unit stated first
-- may name that unit.
with first_stated as (
    select lead_no, seq_no, min_by(unit_code, period) as unit_code
    from {{ history('disposals') }}
    group by lead_no, seq_no
),

paired as (
    select
        d.lead_no, d.seq_no, d.unit_code,
        unnest([
            {field: '批准日期', differs: d.approved_on is distinct from f.approved_on},
            {field: '处置结果', differs: coalesce(d.result_code <> f.result_code, false)},
            {
                field: '承办单位',
                differs: d.rolled_up_unit_code is distinct from u.rolled_up_unit_code
                and s.unit_code = d.unit_code
            }
        ]) as compared
    from {{ as_of_period('int_disposals') }} as d
    inner join {{ as_of_period('int_leads') }} as l on d.lead_no = l.lead_no
    inner join {{ as_of_period('int_cur_disposal_filings') }} as f
        on d.lead_no = f.lead_no and d.seq_no = f.seq_no
    inner join first_stated as s on d.lead_no = s.lead_no and d.seq_no = s.seq_no
    left join {{ ref('int_rolled_units') }} as u
        on f.cut_period = u.cut_period and f.handling_unit_code = u.unit_code
    where coalesce(l.closed_stat_on >= l.year_start, true)
        and not starts_with(d.unit_code, 'GBJ')
        and not starts_with(f.handling_unit_code, 'GBJ')
)

select {{ failing('disposals', 'unit_code', "lead_no || '/' || seq_no", 'compared.field') }}
from paired
where compared.differs
