{#- What the parts of figures are called by, as `int_parts` counts them: of which indicator, and of
    which of its slices. A part's id is indicator@unit/subject:part. -#}
{% macro part_subjects() %}
    select * from (
        values
        ('petition_channel', 'petition_cnt', ''),
        ('petition_class', 'petition_cnt', ''),
        ('petition_signed', 'petition_cnt', 'class1'),
        ('lead_source', 'lead_accepted_cnt', ''),
        ('lead_method', 'lead_disposed_cnt', ''),
        ('case_discipline', 'case_filed_person_cnt', ''),
        ('filed', 'case_filed_person_cnt', ''),
        ('public', 'punished_person_cnt', ''),
        ('party_punishment', 'party_punished_person_cnt', ''),
        ('gov_punishment', 'gov_punished_person_cnt', ''),
        ('form', 'four_forms_cnt', ''),
        ('recovery_kind', 'recovered_amount_wan', ''),
        ('problem', 'eight_rules_problem_cnt', ''),
        ('handled', 'eight_rules_person_cnt', ''),
        ('disciplined', 'eight_rules_punished_cnt', '')
    ) as subjects (subject, indicator, whole_slice)
{% endmacro %}
