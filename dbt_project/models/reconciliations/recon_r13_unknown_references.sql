-- Problems to be put right that name a lead nobody has stated.
select {{ failing('rectifications', 'x.unit_code', 'x.issue_no', 'x.lead_no') }}
from {{ listed('rectifications') }} as x
anti join {{ history('leads') }} as l on x.lead_no = l.lead_no
where x.lead_no is not null and not {{ before_system('x.lead_no') }}
