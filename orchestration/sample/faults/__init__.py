"""Every kind of fault that the contracts know, planted in returns, with the truth beside them.

Faults that stop a return at its receipt come in files of their own (`door.py`, `files.py`), handed
in before the unit's sound return of the month; those that only several returns together show
(`between.py`) are added to what the units state.
"""

from orchestration.sample.faults.planting import Planting

__all__ = ["Planting"]
