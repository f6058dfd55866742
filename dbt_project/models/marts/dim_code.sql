select list, code, label, parent, sort, is_leaf, attributes, valid_from, valid_to
from {{ ref('code_lists') }}
