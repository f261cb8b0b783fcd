"""Looking a shop file over: is it whole, is it safe, is every document there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from smallcmms.models import Base
from smallcmms.store import copying, documents, engine, schema, search
from smallcmms.store.errors import FileRefused
from smallcmms.store.store import Store


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be: a message id and its values."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the finding in English."""
        return self.message.format(**self.values)


def check(store: Store) -> list[Finding]:
    """Return what is wrong with the open file, its settings, its search index and its documents."""
    with store.read() as session:
        connection = session.connection()
        raw = engine.raw(connection)
        found = [Finding("The file: {text}.", {"text": text}) for text in copying.find_damage(raw)]
        found += _settings(raw, engine.READS_ONLY)
        found += _schema(raw)
        found += _fractions(connection)
        found += _unreadable(raw)
    with store.keep() as session:
        found += _settings(engine.raw(session.connection()), engine.SETTINGS)
        if not search.compare(session.connection()):
            found.append(Finding("The search index does not say what the records say."))
    missing, changed = documents.spoiled(store)
    for message, hashes in (
        ("A document is missing: {name}.", missing),
        ("A document is damaged: {name}.", changed),
    ):
        names = documents.names(store, hashes)
        found += [Finding(message, {"name": names[each]}) for each in hashes]
    return found


def _settings(raw: sqlite3.Connection, settings: Mapping[str, str | int]) -> list[Finding]:
    try:
        engine.see_settings(raw, settings)
    except FileRefused as refusal:
        return [Finding(refusal.message, refusal.values)]
    return []


def _schema(raw: sqlite3.Connection) -> list[Finding]:
    """Return what the file's schema lacks, or has that is not ours."""
    ours, found = schema.expected(), schema.found(raw)
    return [
        Finding("The file's schema differs: {name}.", {"name": name})
        for name in sorted(ours.keys() | found.keys())
        if ours.get(name) != found.get(name)
    ]


def _fractions(connection: sa.Connection) -> list[Finding]:
    """Return the columns of whole numbers, money and quantities above all, that hold others."""
    found = []
    for table in Base.metadata.sorted_tables:
        whole = [column.name for column in table.columns if _is_whole(column.type)]
        wrong = " OR ".join(f"typeof(\"{name}\") NOT IN ('integer', 'null')" for name in whole)
        (count,) = connection.exec_driver_sql(
            f'SELECT count(*) FROM "{table.name}" WHERE {wrong}'
        ).one()
        if count:
            found.append(
                Finding(
                    "{count} rows of {table} hold no whole number.",
                    {"count": count, "table": table.name},
                )
            )
    return found


def _unreadable(raw: sqlite3.Connection) -> list[Finding]:
    """Return the tables that hold text whose bytes mean nothing; SQLite does not mind them."""
    found = []
    for table in Base.metadata.sorted_tables:
        try:
            for _ in raw.execute(f'SELECT * FROM "{table.name}"'):
                pass
        except sqlite3.OperationalError:
            found.append(Finding("{table} holds text that cannot be read.", {"table": table.name}))
    return found


def _is_whole(kind: sa.types.TypeEngine[object]) -> bool:
    inner = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    return isinstance(inner, sa.Integer | sa.Boolean)
