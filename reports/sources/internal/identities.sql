-- Generated from queries/identities.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- What must hold between published figures, each side as printed: one row per period and relation.
with sides as (
    select
        *,
        case relation when '≈' then '%' else '' end as sign,
        format('{:.1f}', left_value) as left_number,
        format('{:.1f}', right_value) as right_number
    from marts.rpt_identities
)

select
    period,
    place,
    identity,
    name,
    case
        when is_held is null then '没有数字'
        else case when terms = '' then '' else terms || '=' end
            || regexp_replace(left_number, '\.0$', '') || sign
            || case when terms <> '' and relation = '=' then '，应为' else ' ' || relation || ' ' end
            || regexp_replace(right_number, '\.0$', '') || sign
    end as text,
    case when is_held then '成立' when is_held is null then '未核对' else '不成立' end as held_text
from sides
order by period, place
) as rows on true
