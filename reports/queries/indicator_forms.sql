-- Which forms feed which indicator; none for what comes from the registry or the calendar.
select
    indicators.indicator,
    forms.form,
    forms.title as form_name
from marts.dim_indicator as indicators
inner join about.forms as forms
    on list_contains(string_split(indicators.forms, ' '), forms.form)
order by indicators.no, forms.form
