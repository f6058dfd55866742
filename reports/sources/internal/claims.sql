-- Generated from queries/claims.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The sentences of the bulletin's summary, period by period, as the bulletin has them.
select
    claims.period,
    claims.place,
    claims.claim,
    claims.sentence
from about.claims as claims
order by claims.period, claims.place
) as rows on true
