"""Load what draws and sets, and read one period: `merely_loaded.py DATABASE PERIOD`."""

import sys

import docx  # noqa: F401  loading is what is measured
import duckdb
import matplotlib.figure  # noqa: F401  likewise
import typst  # noqa: F401  likewise

if __name__ == "__main__":
    database, period = sys.argv[1:]
    with duckdb.connect(database, read_only=True) as con:
        rows = con.execute("from marts.rpt_indicators where period = ?", [period]).fetchall()
    print(len(rows))
