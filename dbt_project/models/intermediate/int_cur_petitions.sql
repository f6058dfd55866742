{{ current_view('petitions', 's.petition_no') }}
