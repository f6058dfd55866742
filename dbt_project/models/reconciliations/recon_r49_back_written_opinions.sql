-- Opinions within the limit that no return mentions until two months later or more; what stood in
-- the first returns in the system was not late.
with first_stated as (
    select s.lead_no, min(s.period) as period, min_by(u.rolled_up_unit_code, s.period) as unit_code
    from {{ history('disposals') }} as s
    inner join {{ ref('int_rolled_units') }} as u
        on s.cut_period = u.cut_period and s.unit_code = u.unit_code
    where s.seq_no = 1
    group by s.lead_no
),

openings as (
    select u.rolled_up_unit_code as unit_code, min(r.period) as period
    from {{ as_of_period('int_returns_in_force') }} as r
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.unit_code = u.unit_code
    where r.form = 'disposals'
    group by u.rolled_up_unit_code
)

select
    {{ failing('disposals', 'l.unit_code', "o.lead_no || '/1'",
               "'提出 ' || o.proposed_on || '，首次填报 ' || f.period") }}
from {{ as_of_period('int_opinions') }} as o
inner join {{ as_of_period('int_leads') }} as l on o.lead_no = l.lead_no
inner join first_stated as f on o.lead_no = f.lead_no
inner join openings as p on f.unit_code = p.unit_code
where o.is_on_time and f.period > p.period
    and coalesce(l.closed_stat_on >= l.year_start, true)
    and date_diff('month', o.proposed_on, cast(f.period || '-01' as date)) >= 2
