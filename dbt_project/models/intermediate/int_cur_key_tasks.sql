{{ current_view('key_tasks', 's.task_no') }}
