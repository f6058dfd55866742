-- Generated from queries/scopes.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- What a page can be narrowed to: the district, then every unit with figures under its last name.
with units as (
select
    u.unit_code,
    arg_max(u.name, u.valid_from) as unit_name,
    case arg_max(coalesce(u.ranking_group, ''), u.valid_from) when 'dispatched' then '驻' else '' end
    || arg_max(u.short_name, u.valid_from) as short_name,
    case arg_max(coalesce(u.ranking_group, ''), u.valid_from)
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻机构'
        when 'town' then '镇（街道）'
        else '其他部门'
    end as group_name,
    arg_max(coalesce(u.ranking_group, ''), u.valid_from) as ranking_group,
    coalesce(
        strftime(arg_max_null(u.valid_to, u.valid_from), '已撤并（至%Y年%-m月%-d日）'), '—'
    ) as closed_text,
    arg_max(u.sort, u.valid_from)::integer as unit_sort
from marts.dim_unit as u
where u.unit_code in (select i.unit_code from marts.rpt_indicators as i)
group by u.unit_code
order by unit_sort
)

select
    'QX00' as unit_code,
    '全区' as scope_text,
    0 as place
union all
select
    units.unit_code,
    units.short_name as scope_text,
    units.unit_sort as place
from units
order by place
) as rows on true
