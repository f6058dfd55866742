"""Partitions are periods, as the calendar seed lists them; never units."""

import dagster as dg

from expectations.registry import calendar

periods = dg.StaticPartitionsDefinition(list(calendar()))


class Cut(dg.Config):
    """What a run knows: returns received up to `as_of`, and whether it may be provisional."""

    as_of: str
    is_provisional: bool = False
