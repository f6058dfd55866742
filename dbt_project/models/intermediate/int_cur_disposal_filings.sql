{{ current_view('disposal_filings', 's.lead_no, s.seq_no') }}
