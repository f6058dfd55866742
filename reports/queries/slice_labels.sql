-- What the parts of a figure are called.
with parts as (
    select distinct
        figures.indicator,
        figures.slice
    from marts.rpt_indicators as figures
),

words (slice, label) as (
    values
    ('', '合计'),
    ('items', '按件'),
    ('class1', '检举控告'),
    ('ytd', '当年累计'),
    ('quantity', '按工作量'),
    ('late', '逾期后提出'),
    ('missing', '至今未提出'),
    ('carried', '上年到期未提出'),
    ('max', '最大值'),
    ('mean', '平均值'),
    ('median', '中位数'),
    ('le30', '30天以内'),
    ('31_90', '31－90天'),
    ('91_180', '91－180天'),
    ('gt180', '180天以上'),
    ('diff', '相差'),
    ('ratio', '倍数'),
    ('unreported', '未报单位'),
    ('1xx', '批评教育帮助')
),

lists as (
    select
        parts.*,
        regexp_replace(parts.slice, '^rank:|:[a-z]+$', '', 'g') as code,
        regexp_extract(parts.slice, ':([a-z]+)$', 1) as output,
        case
            when parts.indicator = 'four_forms_cnt' then 'four_forms'
            when parts.indicator = 'recovered_amount_wan' then 'recovery_kind'
            when parts.indicator = 'reform_item_cnt' then 'reform_status'
            when parts.indicator = 'staff_lead_ledger_cnt' then 'staff_status'
            when parts.slice like 'rank:%' then 'rank_level'
            when regexp_matches(parts.slice, '^A[0-9]{4}$') then 'activity_item'
            when regexp_matches(parts.slice, '^[A-Z]{3}') then 'campaign'
        end as list
    from parts
)

select
    lists.indicator,
    lists.slice,
    case
        when lists.indicator like 'insp_%' and lists.slice <> '' then '第' || lists.code || '轮'
        else coalesce(words.label, codes.label, titles.title, lists.code)
    end
    || case lists.output
        when 'items' then '：督改问题'
        when 'leads' then '：线索'
        when 'cases' then '：立案'
        when 'claimed' then '自报完成未认定'
        else ''
    end as slice_text
from lists
left join words on lists.slice = words.slice
left join marts.dim_code as codes
    on lists.list = codes.list and lists.code = codes.code and codes.valid_to is null
left join indicator_titles as titles on lists.slice = titles.indicator
order by lists.indicator, lists.slice
