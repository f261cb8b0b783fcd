"""The whole schema of a new shop file: tables, and the triggers that the file itself keeps."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from smallcmms.models import Base
from smallcmms.store import search
from smallcmms.store.revision import APPLICATION_ID, NEEDS

_DIALECT = sqlite.dialect()
_VERSION_TABLE = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
    "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
)


def statements(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Yield every statement that makes the schema of a new file, in order."""
    yield from tables(metadata)
    yield from derived(metadata)


def tables(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Yield the statements that make the tables and their indexes; revisions change these."""
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=_DIALECT)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=_DIALECT)).strip()


def derived(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Yield what is made anew after every upgrade: triggers, and the index of the search."""
    for table in metadata.sorted_tables:
        yield from _frozen(table)
    yield from search.statements()


def drop_derived(connection: sqlite3.Connection) -> None:
    """Take away what would stand in the way of a revision that rebuilds a table."""
    kinds = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') OR name = 'search'"
    ).fetchall()
    for kind, name in kinds:
        connection.execute(f'DROP {kind} "{name}"')


def _frozen(table: sa.Table) -> Iterator[str]:
    """Yield the triggers that let an issued document never change again."""
    for when, condition in (
        ("UPDATE", table.info.get("frozen")),
        ("DELETE", table.info.get("frozen")),
        ("INSERT", table.info.get("frozen_new")),
        ("UPDATE", table.info.get("frozen_new")),
    ):
        if condition:
            row = "into" if condition == table.info.get("frozen_new") else "of"
            yield (
                f'CREATE TRIGGER "{table.name}_frozen_{row}_{when.lower()}" BEFORE {when}'
                f' ON "{table.name}" WHEN {condition}'
                f" BEGIN SELECT RAISE(ABORT, 'issued documents do not change'); END"
            )


def stamp(connection: sqlite3.Connection, revision: str) -> None:
    """Write into a new file whose it is and which revision it has."""
    connection.execute(_VERSION_TABLE)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {NEEDS}")


@cache
def expected() -> dict[str, object]:
    """Return what a file of the newest revision holds, to be compared with what is found."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements():
            connection.execute(statement)
        stamp(connection, "")
        return found(connection)


def found(connection: sqlite3.Connection) -> dict[str, object]:
    """Return what a file's schema says, however it came to say so: by name, without order."""
    objects = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema"
        " WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'search~_%' ESCAPE '~'"
        " OR name = 'search_source'"
    ).fetchall()
    return {
        f"{kind} {name}": _structure(connection, kind, name, sql) for kind, name, sql in objects
    }


def _structure(connection: sqlite3.Connection, kind: str, name: str, sql: str) -> object:
    plain = " ".join(sql.split())
    if kind != "table" or plain.startswith("CREATE VIRTUAL"):
        return plain
    columns = connection.execute(
        "SELECT name, upper(type), [notnull], dflt_value, pk FROM pragma_table_xinfo(?)", (name,)
    )
    keys = connection.execute(
        "SELECT [from], [table], [to], on_delete FROM pragma_foreign_key_list(?)", (name,)
    )
    uniques = connection.execute(
        "SELECT (SELECT group_concat(name) FROM pragma_index_info(l.name))"
        " FROM pragma_index_list(?) l WHERE origin = 'u'",
        (name,),
    )
    checks = re.findall(r"CHECK \(.*\)", sql)
    parts = (set(columns), set(keys), set(uniques), set(checks))
    return (*parts, "AUTOINCREMENT" in plain.upper())
