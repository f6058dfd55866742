{{ current_view('rectifications', 's.issue_no') }}
