-- Output of each campaign since its start, with its lead office: one row per period and campaign.
select
    printed.period,
    printed.slice as campaign_code,
    codes.label as campaign_name,
    codes.sort::integer as campaign_sort,
    coalesce(units_listed.short_name, '—') as lead_office,
    coalesce(regexp_extract(codes.attributes, '"start":\s*"([0-9-]+)"', 1), '—') as started_on_text,
    max(printed.value) filter (printed.indicator = 'campaign_lead_cnt') as lead_value,
    max(printed.cell) filter (printed.indicator = 'campaign_problem_cnt') as problem_cnt,
    max(printed.cell) filter (printed.indicator = 'campaign_lead_cnt') as lead_cnt,
    max(printed.cell) filter (printed.indicator = 'campaign_case_cnt') as case_cnt,
    max(printed.cell) filter (printed.indicator = 'campaign_punished_cnt') as punished_cnt
from printed
inner join marts.dim_period as periods on printed.period = periods.period
inner join marts.dim_code as codes
    on codes.list = 'campaign'
    and printed.slice = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
left join units_listed
    on units_listed.unit_code = regexp_extract(codes.attributes, '"lead":\s*"(\w+)"', 1)
    and printed.period = units_listed.period
where printed.unit_code = 'QX00'
    and printed.indicator in (
        'campaign_problem_cnt', 'campaign_lead_cnt', 'campaign_case_cnt', 'campaign_punished_cnt'
    )
group by all
order by printed.period, campaign_sort
