"""The sample district: fictitious returns of 云川区, the same bytes for the same seed."""

from orchestration.sample.workbooks import write_sample

__all__ = ["write_sample"]
