-- Only what January of the year states counts (returns.md §2.1).
{{ current_view('targets', 's.indicator_id, s.target_unit_code', this_january=true) }}
