-- Attributes of one person that differ between the case and the punishment, one row per field.
{% set columns = ['political_status_code', 'is_supervisee', 'supervisee_class_code', 'rank_code'] %}
with paired as (
    select
        p.punish_no, p.unit_code,
        unnest([
            {%- for column in columns %}
            {
                field: '{{ label_of("punishments", column) }}',
                differs: p.{{ column }} is distinct from c.{{ column }}
            }{{ ',' if not loop.last }}
            {%- endfor %}
        ]) as compared
    from {{ listed('punishments') }} as p
    inner join {{ as_of_period('int_cur_cases') }} as c
        on p.case_no = c.case_no and p.person_key = c.person_key
)

select {{ failing('punishments', 'unit_code', 'punish_no', 'compared.field') }}
from paired
where compared.differs
