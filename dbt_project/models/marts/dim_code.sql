select list, code, label, parent, sort, is_leaf, attributes, valid_from, valid_to
from {{ ref('code_lists') }}
union all
select
    'activity_item' as list, item_code as code, label, null as parent, sort, true as is_leaf,
    null as attributes, date '2020-01-01' as valid_from, null as valid_to
from {{ ref('activity_items') }}
