-- How each indicator is counted, in words, and where it is shown beside the catalogue page.
with sources as (
    select
        indicators.indicator,
        string_agg(forms.title, '、' order by forms.title) as forms_text
    from marts.dim_indicator as indicators
    inner join about.forms as forms
        on list_contains(string_split(indicators.forms, ' '), forms.form)
    group by indicators.indicator
)

select
    indicators.no,
    indicators.indicator,
    titles.place,
    titles.title,
    indicators.unit_of_measure,
    case indicators."window"
        when 'YTD' then '当年累计'
        when 'YoY' then '当年累计，与去年同期比较'
        when 'PIT' then '截至期末'
        when 'CAMP' then '专项启动以来'
        when 'ROUND' then '巡察轮次'
        when 'ANN' then '全年'
    end as window_text,
    indicators.definition,
    coalesce(nullif(indicators.denominator, ''), '—') as denominator_text,
    -- Another text or another way to count is another version.
    left(
        md5(
            concat_ws(
                '|', indicators.definition, indicators.denominator, indicators.unit_of_measure,
                indicators."window", indicators.forms
            )
        ),
        8
    ) as version,
    indicators.section,
    case indicators.tier
        when 'R' then '讲话数字'
        when 'C' then '讲话指出的问题'
        when 'D' then '派生'
        when 'P' then '参考'
    end as tier_text,
    coalesce(sources.forms_text, '单位名录、日历') as forms_text,
    coalesce(indicator_places.places_text, '本页') as places_text
from marts.dim_indicator as indicators
inner join indicator_titles as titles on indicators.indicator = titles.indicator
left join sources on indicators.indicator = sources.indicator
left join indicator_places on indicators.indicator = indicator_places.indicator
order by titles.place
