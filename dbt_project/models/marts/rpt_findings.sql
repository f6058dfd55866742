-- The open findings of the reconciliations, with the message of their entry and their waiver.
{% set models = [
    'recon_r01_late_opinions',
    'recon_r02_unfiled_steps',
    'recon_r03_filed_methods',
    'recon_r04_filings_without_step',
    'recon_r05_filed_details',
    'recon_r06_unregistered_leads',
    'recon_r07_unlisted_leads',
    'recon_r08_ledger_conflicts',
    'recon_r09_signing_dates',
    'recon_r10_two_owners',
    'recon_r12_orphans',
    'recon_r14_step_order',
    'recon_r16_filed_outcomes',
    'recon_r20_early_decisions',
    'recon_r23_double_punishments',
    'recon_r34_resident_filings',
    'recon_r39_disappeared',
    'recon_r51_missing_returns'
] %}
with failing as (
    {% for model in models -%}
    select '{{ model }}' as model, f.form, f.unit_code, f.period, f.key, f.detail
    from {{ ref(model) }} as f
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- A finding waived twice is one waiver: the one that reaches furthest, then the lower name.
waived as (
    select w.finding, w.key, w.by, w.until
    from {{ source('register', 'waivers') }} as w
    qualify row_number() over (partition by w.finding, w.key order by w.until desc, w.by) = 1
)

select
    r.id as rule,
    r.severity,
    f.period,
    f.form,
    f.unit_code,
    f.key,
    replace(replace(replace(replace(
        r.message, '{unit_code}', coalesce(f.unit_code, '')),
        '{period}', coalesce(f.period, '')),
        '{key}', coalesce(f.key, '')),
        '{detail}', coalesce(f.detail, '')) as message,
    w.finding is not null as is_waived,
    w.by as waived_by,
    w.until as waived_until
from failing as f
inner join {{ source('register', 'reconciliations') }} as r on f.model = r.model
left join waived as w
    on
        r.id = w.finding
        and coalesce(nullif(f.key, ''), f.unit_code) = w.key
        and w.until >= '{{ var("period") }}'
