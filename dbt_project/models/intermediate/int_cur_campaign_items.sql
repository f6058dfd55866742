{{ current_view('campaign_items', 's.item_no') }}
