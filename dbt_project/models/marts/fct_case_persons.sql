{{ fact(
    'int_cur_cases', ['party_filed_on', 'gov_filed_on', 'detained_from_on', 'detained_to_on']
) }}
