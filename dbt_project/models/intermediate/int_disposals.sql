-- Steps on the leads of LEAD; one stated by two units in one month belongs to the lead's owner.
with stated as ({{ statements('disposals') }}),

cur as (
    select s.*, l.rolled_up_unit_code as lead_unit_code, l.unit_code = s.unit_code as is_owner
    from stated as s
    inner join {{ ref('int_leads') }} as l
        on s.cut_period = l.cut_period and s.basis = l.basis and s.lead_no = l.lead_no
    qualify
        row_number() over (
            partition by s.cut_period, s.basis, s.lead_no, s.seq_no
            order by s.period desc, s.unit_code = l.unit_code desc, s.unit_code
        ) = 1
)

select
    c.* exclude (is_owner, started_on, ended_on), -- noqa: RF02
    u.rolled_up_unit_code,
    c.stat_on <= c.as_of as is_approved,
    c.stat_on <= c.as_of and row_number() over steps = 1 as is_first,
    c.stat_on <= c.as_of and row_number() over steps_back = 1 as is_last
from cur as c
inner join {{ ref('int_rolled_units') }} as u
    on c.cut_period = u.cut_period and c.unit_code = u.unit_code
window
    steps as (
        partition by c.cut_period, c.basis, c.lead_no, coalesce(c.stat_on <= c.as_of, false)
        order by c.seq_no
    ),
    steps_back as (
        partition by c.cut_period, c.basis, c.lead_no, coalesce(c.stat_on <= c.as_of, false)
        order by c.seq_no desc
    )
