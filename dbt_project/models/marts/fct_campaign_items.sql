{{ fact('int_cur_campaign_items') }}
