-- Figures compared with another number than last year's last final release printed. Closed units
-- are rolled up since: of them, and of who took them over, nothing is compared.
with rolled as (
    select unit_code
    from {{ ref('int_rolled_units') }}
    where cut_period = '{{ var("period") }}' and unit_code <> rolled_up_unit_code
    union
    select rolled_up_unit_code
    from {{ ref('int_rolled_units') }}
    where cut_period = '{{ var("period") }}' and unit_code <> rolled_up_unit_code
),

released as (
    select f.indicator, f.unit_code, f.slice, f.value as released, i.window, i.name_zh, i.forms
    from {{ source('register', 'frozen_figures') }} as f
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    anti join rolled as r on f.unit_code = r.unit_code
    where f.cut_period = '{{ var("period") }}'
        and (starts_with(i.window, 'YTD') or i.window = 'YoY')
),

compared as (
    select
        split_part(r.forms, ' ', 1) as form, r.unit_code, r.indicator, r.slice, r.name_zh,
        r.released, c.value_last_year as used
    from released as r
    inner join {{ ref('rpt_indicators') }} as c
        on r.indicator = c.indicator and r.unit_code = c.unit_code and r.slice = c.slice
        and c.period = '{{ var("period") }}'
    union all
    select
        split_part(r.forms, ' ', 1), r.unit_code, c.indicator, r.slice, i.name_zh, r.released,
        c.value
    from released as r
    inner join {{ ref('rpt_indicators') }} as c
        on r.indicator = 'petition_cnt' and c.indicator = 'petition_cnt_ly'
        and r.unit_code = c.unit_code and r.slice = c.slice and c.period = '{{ var("period") }}'
    inner join {{ ref('indicators') }} as i on c.indicator = i.indicator
)

select
    {{ failing('form', 'unit_code', "concat_ws('/', indicator, nullif(slice, ''))",
               "name_zh || '：去年正式发布 ' || coalesce(format('{:.10g}', released), '空')"
               " || '，本期所用 ' || coalesce(format('{:.10g}', used), '空')") }}
from compared
where used is distinct from released
