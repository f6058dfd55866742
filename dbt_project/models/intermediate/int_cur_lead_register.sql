{{ current_view('lead_register', 's.lead_no') }}
