"""The jobs that sensor and schedules start, and people too: each for one period."""

import dagster as dg

from orchestration.defs.collecting import chasing_list, templates
from orchestration.defs.documents import bulletin, site
from orchestration.defs.release import release
from orchestration.defs.run import ASSETS

open_period = dg.define_asset_job(
    "open_period", selection=[templates], description="开期：写出各单位本期空白报表册"
)
chase = dg.define_asset_job(
    "chase", selection=[chasing_list], description="催报：列出本期未报和退回未重报的单位与报表"
)
land_and_build = dg.define_asset_job(
    "land_and_build",
    selection=[asset for asset in ASSETS if asset is not release],
    description="入库、复核、计算、核对到本期；不发布",
)
close_period = dg.define_asset_job(
    "close_period",
    selection=[*ASSETS, bulletin],
    description="关账：入库、复核、计算、核对、正式发布并写通报；有未解决的错误则不发布",
)
build_site = dg.define_asset_job(
    "build_site", selection=[site], description="建数据站：从当前发布，需要 Node"
)
