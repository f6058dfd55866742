-- Petitions against last year's: figures that are last year's themselves, or the distance to them.
with petitions as (
    select * from {{ ref('int_figures') }}
    where indicator = 'petition_cnt' and slice = ''
),

compared as (
    select
        cut_period, basis, unit_code, status, unit_missing_count,
        case when status = 'value' then value end as value, value_before as before
    from ({{ beside_last_year('petitions') }})
),

figures as (
    select
        cut_period, basis, unit_code, status, unit_missing_count, before,
        unnest([
            {{ figure('petition_cnt_ly', 'before') }},
            {{ figure('petition_net_decrease_cnt', 'before - value') }},
            {{ rate('petition_decrease_rate', 'before - value', 'before') }}
        ]) as f
    from compared
)

select
    cut_period, basis, unit_code, f.*,
    case
        when before is null or (f.denominator = 0) then 'na'
        when f.indicator = 'petition_cnt_ly' then 'value'
        else status
    end as status,
    unit_missing_count
from figures
