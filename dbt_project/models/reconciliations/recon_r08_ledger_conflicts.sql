-- Leads on which the register and the unit's ledger differ, one row per field.
with paired as (
    select
        l.lead_no, l.handling_unit_code as unit_code,
        unnest([
            {field: '线索来源', differs: l.source_code is distinct from r.source_code},
            {
                field: '承办单位',
                differs: l.rolled_up_unit_code is distinct from u.rolled_up_unit_code
            },
            {field: '反映对象数', differs: l.person_count is distinct from r.person_count},
            {field: '是否重复件', differs: l.is_duplicate is distinct from r.is_duplicate},
            {field: '线索状态', differs: l.status_code is distinct from r.status_code},
            {field: '办结日期', differs: l.closed_on is distinct from r.closed_on},
            {field: '办结结果', differs: l.outcome_code is distinct from r.outcome_code}
        ]) as compared
    from {{ as_of_period('int_ledger_leads') }} as l
    inner join {{ as_of_period('int_cur_lead_register') }} as r on l.lead_no = r.lead_no
    left join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.handling_unit_code = u.unit_code
    where (
        coalesce(l.closed_stat_on >= l.year_start, true)
        or coalesce(r.closed_stat_on >= l.year_start, true)
    )
    and not starts_with(l.handling_unit_code, 'GBJ')
    and not starts_with(coalesce(r.handling_unit_code, ''), 'GBJ')
)

select {{ failing('leads', 'unit_code', 'lead_no', 'compared.field') }}
from paired
where compared.differs
