-- FORM of returns.md §6.0: each person in each matter once, under the heaviest of the four forms;
-- who was handed over to the procuratorate stands under form 4. Unit and date are the first row's.
with measures as (
    select
        p.cut_period, p.basis, p.as_of, p.year_start, p.person_key, p.stat_on,
        p.rolled_up_unit_code, p.form_code, '1' || p.punish_no as tie,
        coalesce(p.lead_no, k.lead_no, p.case_no) as matter_no
    from {{ ref('int_punishments') }} as p
    left join {{ ref('int_cases') }} as k
        on p.cut_period = k.cut_period and p.basis = k.basis and p.case_no = k.case_no
    union all
    select
        t.cut_period, t.basis, t.as_of, t.year_start, t.person_key, t.stat_on,
        t.rolled_up_unit_code, '4', '2' || t.transfer_no,
        coalesce(k.lead_no, t.case_no)
    from {{ ref('int_cur_transfers') }} as t
    left join {{ ref('int_cases') }} as k
        on t.cut_period = k.cut_period and t.basis = k.basis and t.case_no = k.case_no
    where t.stat_on <= t.as_of
)

select
    cut_period, basis, as_of, year_start, matter_no, person_key,
    max(form_code) as form_code,
    min(stat_on) as stat_on,
    arg_min(rolled_up_unit_code, (stat_on, tie)) as rolled_up_unit_code,
    min(stat_on) >= year_start as is_in_year
from measures
where person_key is not null
group by cut_period, basis, as_of, year_start, matter_no, person_key
