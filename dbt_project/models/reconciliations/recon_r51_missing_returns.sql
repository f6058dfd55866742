-- Owed returns of the period that nobody has accepted after the day they were due.
select
    o.form, o.unit_code, '{{ var("period") }}' as period, '' as key,
    '应于' || strftime(c.due_on, '%Y-%m-%d') || '前报送' as detail
from {{ as_of_period('int_scope') }} as o
inner join {{ ref('calendar') }} as c on c.period = '{{ var("period") }}'
where o.unit_code <> 'QX00' and o.is_missing
    and cast(cast('{{ var("as_of") }}' as timestamp) as date) > c.due_on
