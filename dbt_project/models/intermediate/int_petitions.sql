-- Petitions with the matter they belong to (件): a petition and its repeats share one.
with current_petitions as (
    select
        *,
        coalesce(first_petition_no, petition_no) as matter_no,
        coalesce(channel_code = '62', false) as is_from_provincial_inspection
    from {{ ref('int_cur_petitions') }}
)

select
    *,
    coalesce(stat_on between year_start and as_of, false) as is_received,
    is_from_provincial_inspection
    and coalesce(stat_on between {{ campaign_start('PRV') }} and as_of, false) as is_handed_over,
    coalesce(bool_or(is_from_provincial_inspection and closed_on <= as_of) over (
        partition by cut_period, basis, matter_no
    ), false) as is_matter_closed
from current_petitions
