-- HAND of returns.md §6.0: measures in force, each with the first one of its person's year.
with measures as (
    select
        p.* exclude (revoked_on),
        p.kind_code <> '3' as is_punishment,
        try_cast(coalesce(p.party_punishment_code, p.gov_punishment_code) as int) as weight
    from {{ ref('int_cur_punishments') }} as p
    where p.stat_on <= p.as_of
        and not coalesce(p.revoked_on <= p.as_of, false)
        and (
            p.kind_code = '3'
            or p.kind_code = '1' and cast(p.party_punishment_code as int) <= 6
            or p.kind_code = '2' and cast(p.gov_punishment_code as int) <= 6
        )
)

select
    m.*,
    list_concat(l.campaign_codes, k.campaign_codes) as campaign_codes,
    m.stat_on between m.year_start and m.as_of as is_in_year
from measures as m
left join {{ ref('int_cases') }} as k
    on m.cut_period = k.cut_period and m.basis = k.basis and m.case_no = k.case_no
left join {{ ref('int_leads') }} as l
    on m.cut_period = l.cut_period and m.basis = l.basis
    and coalesce(m.lead_no, k.lead_no) = l.lead_no
