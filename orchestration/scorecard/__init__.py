"""The score card of what is found: `score.py` counts, `table.py` tells, `__main__.py` runs."""
