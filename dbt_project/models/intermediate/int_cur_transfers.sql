{{ current_view('transfers', 's.transfer_no') }}
