"""Many times what has landed: `grown.py RAW FACTOR TARGET`, with new keys, under the same units.

Each copy of a matter has numbers of its own, in two digits that the sample leaves at zero.
Tallies, targets, tasks and reforms, of which a unit has only so many, do not grow.
"""

import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.contract import Contract, contracts

MOST = 100
STAYS = ("activities", "targets", "key_tasks", "reforms")
FREE = {"RY": 2}  # where the free digits of a number begin; else in the serial's second
NOBODY = "RY00000000"  # who is reflected is not known; of this there is one


def grow(raw: Path, factor: int, target: Path) -> int:
    """Write the grown folder; the number of rows of returns in it."""
    assert factor <= MOST, f"at most {MOST} copies have numbers of their own"
    count = 0
    for form, contract in contracts().items():
        copies = 1 if form in STAYS else factor
        for landed in sorted((raw / form).rglob("*.parquet")):
            table = pq.read_table(landed, partitioning=None)
            place = target / landed.relative_to(raw)
            place.parent.mkdir(parents=True, exist_ok=True)
            with pq.ParquetWriter(place, table.schema) as writer:
                for nth in range(copies):
                    writer.write_table(_copy(contract, table, nth))
            count += table.num_rows * copies
    shutil.copytree(raw / "_register", target / "_register")
    return count


def _copy(contract: Contract, table: pa.Table, nth: int) -> pa.Table:
    """The rows under the numbers of the copy; they stand in the same returns."""
    if nth == 0:
        return table
    for place, name in enumerate(table.column_names):
        if name == "person_key":
            numbers = pc.binary_join_element_wise(table[name], str(nth), "-")
        elif name in contract.names and contract.column(name).type == "id":
            numbers = _numbered(table[name], nth)
        else:
            continue
        table = table.set_column(place, name, numbers)
    return table


def _numbered(numbers: pa.ChunkedArray, nth: int) -> pa.Array:
    letters = next((n[:2] for n in numbers.to_pylist() if n), "")
    free = FREE.get(letters, 7)
    parts = (pc.utf8_slice_codeunits(numbers, 0, free), pc.utf8_slice_codeunits(numbers, free + 2))
    own = pc.binary_join_element_wise(parts[0], f"{nth:02}", parts[1], "")
    return pc.if_else(pc.equal(numbers, NOBODY), numbers, own)


if __name__ == "__main__":
    print(grow(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
