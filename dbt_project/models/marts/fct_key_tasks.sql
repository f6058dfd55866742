-- What leaders assign and urge is counted, not named (returns.md §3).
select
    t.* replace (
        case when t.task_kind_code not in ('50', '60', '70') then t.title end as title
    )
from ({{ fact('int_cur_key_tasks', about=[]) }}) as t
