select
    c.cut_period, c.basis, c.as_of, c.year_start, c.stated_to,
    r.form, r.unit_code, r.period, r.return_id, r.is_nil
from {{ ref('int_cuts') }} as c
inner join {{ ref('stg_register__returns') }} as r
    on c.stated_to >= r.period and c.known_until >= r.received_at
where r.outcome = 'accepted'
qualify
    row_number() over (
        partition by c.cut_period, c.basis, r.form, r.unit_code, r.period order by r.version desc
    ) = 1
