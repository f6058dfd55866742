{{ current_view('punishments', 's.punish_no') }}
