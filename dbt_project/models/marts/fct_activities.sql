{{ fact('int_cur_activities', about_leads=false) }}
