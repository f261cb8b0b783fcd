"""The connections to the shop file, and the settings that keep it safe."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from smallcmms.store import gate
from smallcmms.store.errors import FileRefused

SETTINGS: Mapping[str, str | int] = MappingProxyType(
    {
        "journal_mode": "delete",
        "synchronous": 3,  # EXTRA: the folder is synced too once the journal is gone
        "fullfsync": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "temp_store": 2,  # memory: no temporary file is left anywhere
        "cache_size": -16000,
    }
)
READS_ONLY: Mapping[str, str | int] = MappingProxyType({**SETTINGS, "query_only": 1})

_COMPILED: Final[LRUCache[object, object]] = LRUCache(1500)
"""The questions that were put into SQL, whichever engine asked first."""


class Dialect(SQLiteDialect_pysqlite):
    """SQLite as every engine here speaks it: what one of them put into SQL serves the others."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect)

    def __hash__(self) -> int:
        return hash(Dialect)


registry.register("sqlite.shop", __name__, Dialect.__name__)


def writing(path: Path, settings: Mapping[str, str | int] = SETTINGS) -> sa.Engine:
    """Return the engine of the one connection that writes."""
    return _engine(path, 1, settings, "BEGIN IMMEDIATE")


def reading(path: Path, connections: int, own: Sequence[str] = ()) -> sa.Engine:
    """Return an engine of connections that only look; ``own`` makes tables that only they see."""
    return _engine(path, connections, READS_ONLY, "BEGIN", own)


def connect(
    path: Path, settings: Mapping[str, str | int] = SETTINGS, own: Sequence[str] = ()
) -> sqlite3.Connection:
    """Open the file with the safe settings, and see that they are on.

    ``own`` makes tables of the connection's own, before it may only look.

    Raises:
        FileRefused: a setting could not be had.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        for name, value in settings.items():
            if name == "query_only":
                _make(connection, own)
            connection.execute(f"PRAGMA {name} = {value}")
        see_settings(connection, settings)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection, tables: Sequence[str]) -> None:
    for table in tables:
        connection.execute(table)


def see_settings(connection: sqlite3.Connection, settings: Mapping[str, str | int]) -> None:
    """Ask every setting back.

    Raises:
        FileRefused: one of them is not as it must be.
    """
    for name, value in settings.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != value:
            raise FileRefused(
                "The disk or SQLite does not allow the safe setting {setting} = {value}.",
                setting=name,
                value=value,
            )


def raw(connection: sa.Connection) -> sqlite3.Connection:
    """Return SQLite's own connection under one of SQLAlchemy's."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def lent(connection: sa.PoolProxiedConnection) -> sqlite3.Connection:
    """Return SQLite's own connection under one that the pool lends."""
    return cast("sqlite3.Connection", connection.driver_connection)


def _engine(
    path: Path,
    connections: int,
    settings: Mapping[str, str | int],
    begin: str,
    own: Sequence[str] = (),
) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite+shop://",
        creator=lambda: connect(path, settings, own),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_reset_on_return=None,  # a session that ends has rolled back already
        execution_options={"compiled_cache": _COMPILED},
        json_serializer=gate.to_json,
    )
    gate.guard(engine)
    sa.event.listen(engine, "begin", lambda connection: raw(connection).execute(begin))
    return engine
