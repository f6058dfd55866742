{{ current_view('reforms', 's.reform_no') }}
