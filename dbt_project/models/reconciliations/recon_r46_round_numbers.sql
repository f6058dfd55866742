-- Units whose larger values of the year are nearly all divisible by ten.
select
    {{ failing('activities', 'u.unit_code', "''",
               "'本年不小于20的数值 ' || count(*) || ' 个，其中10的倍数 '"
               " || count(*) filter (a.month_quantity % 10 = 0) || ' 个'") }}
from {{ as_of_period('int_units_valid') }} as u
inner join {{ as_of_period('int_cur_activities') }} as a on u.unit_code = a.unit_code
where a.period >= strftime(a.year_start, '%Y-%m') and a.month_quantity >= 20
group by u.unit_code
having count(*) >= 10 and count(*) filter (a.month_quantity % 10 = 0) >= 0.8 * count(*)
