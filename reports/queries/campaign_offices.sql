-- Output of the livelihood campaigns by lead office: one row per period, office and campaign.
select
    printed.period,
    printed.unit_code,
    units_listed.printed_name as office_name,
    units_listed.sort::integer as office_sort,
    codes.label as campaign_name,
    codes.sort::integer as campaign_sort,
    max(printed.cell) filter (printed.slice like '%:items') as problem_cnt,
    max(printed.cell) filter (printed.slice like '%:leads') as lead_cnt,
    max(printed.cell) filter (printed.slice like '%:cases') as case_cnt,
    max(printed.cell) filter (printed.slice like '%:cases' and printed.value = 0) is not null
    and max(printed.cell) filter (printed.slice like '%:leads' and printed.value = 0) is not null
        as is_idle
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
inner join marts.dim_period as periods on printed.period = periods.period
inner join marts.dim_code as codes
    on codes.list = 'campaign'
    and split_part(printed.slice, ':', 1) = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
where printed.indicator = 'livelihood_campaign_output_cnt'
group by all
order by printed.period, office_sort, campaign_sort
