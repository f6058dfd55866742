{% macro create_rule_functions() %}
create or replace macro param(parameter, on_date) as (
    select max_by(p.value, p.since)
    from seeds.parameters as p
    where p.name = parameter and p.since <= on_date
);
create or replace macro workdays_between(after_day, to_day) as (
    (
        select count(*) filter (where w.is_workday)
        from seeds.workdays as w
        where w.day > least(after_day, to_day) and w.day <= greatest(after_day, to_day)
    ) * case
        when after_day is null or to_day is null then null
        when after_day > to_day then -1
        else 1
    end
);
create or replace macro item_owed(item, unit_type, unit) as (
    select bool_or(
        list_contains(string_split(i.owed_by, ' '), unit_type)
        or list_contains(string_split(i.owed_by, ' '), unit)
    )
    from seeds.activity_items as i
    where i.item_code = item
);
{% endmacro %}
