{{ fact(
    'int_cur_transfers',
    hidden=['amount_wan', 'supplement_count', 'prosecuted_on', 'nonprosecuted_on', 'judged_on'],
    about=['case_no']
) }}
