{{ current_view('recoveries', 's.asset_no') }}
