-- Owed returns of the period that nobody has accepted after the day they were due.
with owed as (
    select s.form, s.unit_code, s.is_missing
    from {{ as_of_period('int_scope') }} as s
    where s.unit_code <> 'QX00'
    union all
    select distinct 'activities', u.unit_code, r.return_id is null
    from {{ as_of_period('int_units_valid') }} as u
    inner join {{ ref('activity_items') }} as i
        on list_has_any(string_split(i.owed_by, ' '), [u.unit_type_code, u.unit_code])
    left join {{ as_of_period('int_returns_in_force') }} as r
        on u.unit_code = r.unit_code and r.form = 'activities' and r.period = '{{ var("period") }}'
)

select
    o.form, o.unit_code, '{{ var("period") }}' as period, '' as key,
    '应于' || strftime(c.due_on, '%Y-%m-%d') || '前报送' as detail
from owed as o
inner join {{ ref('calendar') }} as c on c.period = '{{ var("period") }}'
where o.is_missing and cast(cast('{{ var("as_of") }}' as timestamp) as date) > c.due_on
