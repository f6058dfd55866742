-- Tasks of the livelihood campaigns that another unit reports than the one that leads them.
select
    {{ failing('key_tasks', 't.unit_code', 't.task_no',
               "c.label || ' 由 ' || json_extract_string(c.attributes, '$.lead') || ' 牵头'") }}
from {{ listed('key_tasks') }} as t
inner join {{ ref('code_lists') }} as c on c.list = 'campaign' and t.campaign_code = c.code
where t.task_kind_code = '21'
    and t.rolled_up_unit_code <> json_extract_string(c.attributes, '$.lead')
