-- Units most of whose first opinions of the year were proposed on the last day or the day before.
select
    {{ failing('disposals', 'rolled_up_unit_code', "''",
               "'本年首次处置意见 ' || count(*) || ' 件，其中期限当日或前一日提出 '"
               " || count(*) filter (due_on - proposed_on in (0, 1)) || ' 件'") }}
from {{ as_of_period('int_opinions') }}
where proposed_on between year_start and as_of
group by rolled_up_unit_code
having count(*) >= 5
    and count(*) filter (due_on - proposed_on in (0, 1)) >= 0.6 * count(*)
