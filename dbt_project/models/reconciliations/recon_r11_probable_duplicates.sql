-- Two leads about one person, of one source, received within 30 days, neither marked a duplicate.
select distinct
    {{ failing('leads',
               "case when starts_with(b.unit_code, 'GBJ') then b.unit_code else a.unit_code end",
               'a.lead_no', "b.lead_no || '（' || b.unit_code || '）'") }}
from {{ listed('leads') }} as a
inner join {{ listed('leads') }} as b
    on a.person_key = b.person_key and a.source_code = b.source_code and a.lead_no < b.lead_no
where a.is_person and not a.is_duplicate and not b.is_duplicate
    and abs(a.received_on - b.received_on) <= 30
