-- Generated from queries/passport_rules.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The rules that each indicator rests on, passed, open or waived: for the district every rule of
-- the forms that feed it, every reconciliation whose finding can touch it, and whatever else has
-- done so; for a unit those that it has not passed, as far as a finding touches the indicator. Of
-- rules that name an S3 column only how many. Beside them the reasons that units gave.
with indicator_forms as (
select
    indicators.indicator,
    forms.form,
    forms.title as form_name
from marts.dim_indicator as indicators
inner join about.forms as forms
    on list_contains(string_split(indicators.forms, ' '), forms.form)
order by indicators.no, forms.form
),

found as (
    select
        open_ones.rule,
        open_ones.unit_code,
        coalesce(open_ones.is_waived, false) as is_waived,
        open_ones.answer,
        unnest(
            list_distinct(list_transform(open_ones.effect, lambda moved: moved.indicator))
        ) as indicator
    from marts.rpt_findings as open_ones
),

concerned as (
    select
        indicator_forms.indicator,
        rule_forms.rule
    from indicator_forms
    inner join about.rule_forms as rule_forms on indicator_forms.form = rule_forms.form
    union
    select
        found.indicator,
        found.rule
    from found
),

counted as (
    select
        found.indicator,
        found.rule,
        unnest(list_distinct(['QX00', found.unit_code])) as unit_code,
        found.is_waived,
        found.answer
    from found
),

hits as (
    select
        counted.indicator,
        counted.rule,
        counted.unit_code,
        count(*) filter (where not counted.is_waived) as open_cnt,
        count(*) filter (where counted.is_waived) as waived_cnt,
        string_agg(distinct counted.answer, '、' order by counted.answer) as answers
    from counted
    group by all
),

listed as (
    select
        concerned.indicator,
        concerned.rule,
        'QX00' as unit_code,
        coalesce(hits.open_cnt, 0) as open_cnt,
        coalesce(hits.waived_cnt, 0) as waived_cnt,
        hits.answers
    from concerned
    left join hits
        on concerned.indicator = hits.indicator
        and concerned.rule = hits.rule
        and hits.unit_code = 'QX00'
    union all
    select
        hits.indicator,
        hits.rule,
        hits.unit_code,
        hits.open_cnt,
        hits.waived_cnt,
        hits.answers
    from hits
    where hits.unit_code <> 'QX00'
)

select
    listed.indicator,
    listed.unit_code,
    case when rules.is_private then '涉人员信息规则' else listed.rule end as rule,
    case when rules.is_private then '（不列内容）' else rules.meaning end as meaning,
    sum(listed.open_cnt)::integer as open_cnt,
    sum(listed.waived_cnt)::integer as waived_cnt,
    case
        when sum(listed.open_cnt) > 0 then '未解决'
        when sum(listed.waived_cnt) > 0 then '已豁免'
        else '通过'
    end as result_text,
    coalesce(string_agg(distinct listed.answers, '、' order by listed.answers), '—') as answer_text
from listed
inner join about.rules as rules on listed.rule = rules.rule
where listed.unit_code = 'QX00' or not rules.is_private
group by all
order by
    listed.indicator asc, listed.unit_code asc, open_cnt desc, waived_cnt desc, rule asc
) as rows on true
