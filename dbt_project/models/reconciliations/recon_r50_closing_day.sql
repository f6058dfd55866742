-- Units most of whose closings of the month bear the same day.
with days as (
    select rolled_up_unit_code as unit_code, closed_on, count(*) as lead_count
    from {{ as_of_period('int_leads') }}
    where {{ in_month('closed_stat_on') }}
    group by rolled_up_unit_code, closed_on
)

select
    {{ failing('leads', 'unit_code', "''",
               "'本月办结 ' || sum(lead_count) || ' 件，其中 ' || max_by(closed_on, lead_count) || ' 一日 '"
               " || max(lead_count) || ' 件'") }}
from days
group by unit_code
having sum(lead_count) >= 5 and max(lead_count) >= 0.7 * sum(lead_count)
