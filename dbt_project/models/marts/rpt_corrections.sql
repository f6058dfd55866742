-- The revision records: returns accepted again, each with the reason that its cover gives and what
-- it changed. A reason is free text: one with a number as long as an identity number, and those of
-- the staff office, are kept back.
select
    r.period,
    r.unit_code,
    r.form,
    cast(r.version as integer) as version,
    r.received_at,
    cast(r.received_at as date) > p.closes_on as is_after_close,
    case
        when starts_with(r.unit_code, 'GBJ') or regexp_matches(r.reason, '\d{15}') then null
        else nullif(trim(r.reason), '')
    end as reason,
    c.added as added_row_count,
    c.gone as gone_row_count,
    c.changed as changed_row_count,
    c.cells as changed_cell_count
from {{ ref('stg_register__returns') }} as r
inner join {{ ref('calendar') }} as p on r.period = p.period
left join {{ source('register', 'changes') }} as c on r.return_id = c.return_id
where r.outcome = 'accepted'
    and r.version > 1
    and r.received_at <= cast('{{ var("as_of") }}' as timestamp)
order by r.period, r.unit_code, r.form, r.version
