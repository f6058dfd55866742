-- Cases and persons handed over to the procuratorate.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(distinct case_no) filter (stat_on between year_start and as_of) as cases,
        count(distinct person_key) filter (stat_on between year_start and as_of) as persons
    from ({{ by_unit('transfers', 'int_cur_transfers') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('transfer_case_cnt', 'cases') }},
            {{ figure('transfer_person_cnt', 'persons') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
