-- Generated from queries/completeness.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- How complete each form is, all forms first: units that have reported of those that owe it, and
-- the share of last year's rows that they carried. Rounded before it is formatted.
select
    complete.period,
    complete.form <> '' as is_form,
    case complete.form when '' then '全部报表' else coalesce(forms.title, complete.form) end
        as form_name,
    complete.reported_unit_count || ' / ' || complete.owed_unit_count as units_text,
    coalesce(
        regexp_replace(
            format('{:.1f}%', round(complete.volume_share * 100, 1)), '\.0(%)$', '\1'
        ),
        '—'
    ) as volume_text
from marts.rpt_completeness as complete
left join about.forms as forms on complete.form = forms.form
order by complete.period, is_form, form_name
) as rows on true
