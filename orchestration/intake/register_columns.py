"""Columns that came after a register was made."""

import sqlalchemy as sa


def add_missing(db: sa.Connection, tables: sa.MetaData) -> None:
    """Add to the tables the columns they lack, empty, so that earlier rows say nothing there."""
    seen = sa.inspect(db)
    for table in tables.sorted_tables:
        there = {c["name"] for c in seen.get_columns(table.name)}
        for column in (c for c in table.columns if c.name not in there):
            kind = column.type.compile(db.dialect)
            db.exec_driver_sql(f'alter table "{table.name}" add column "{column.name}" {kind}')
            for index in (i for i in table.indexes if column.name in i.columns):
                index.create(db, checkfirst=True)
