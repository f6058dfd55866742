{{ current_view('cases', 's.case_no, s.person_key') }}
