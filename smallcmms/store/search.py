"""Search over everything: one FTS5 index, which follows every change within its transaction.

It follows the recorder's notes, and so cascades, bulk updates and undo alike. Triggers cannot keep
it: SQLite up to 3.40 refuses a virtual table in a trigger where the schema is not trusted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.store.engine import raw
from smallcmms.store.search_words import DROPPED, Wide, expression, wide

_ROOM: Final = 1 << 40
_FIND: Final = "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC"
_OF_KIND: Final = (
    "SELECT rowid - ? FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid"
)
_FEW: Final = 25
"""So many records are looked at to see whether most of them hold what was typed."""


@dataclass(frozen=True)
class Searched:
    """What one table puts into the index; a kind of a higher ``place`` is found first."""

    place: int
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


SEARCHED: Final = MappingProxyType(
    {
        "customer": Searched(9, ("name", "bill_to"), ("number",)),
        "contact": Searched(8, ("name", "email"), (), ("phone", "mobile")),
        "site": Searched(7, ("name", "address", "city")),
        "asset": Searched(
            4,
            ("name", "short_code", "own_tag", "make", "model", "serial"),
            ("number", "short_code", "own_tag", "serial"),
        ),
        "request": Searched(2, ("words", "caller"), ("number",), ("phone",)),
        "work_order": Searched(
            1,
            ("title", "wrong", "found_and_did", "po_number", "claim_number"),
            ("number", "earlier_number", "po_number", "claim_number"),
        ),
        "invoice": Searched(3, ("text",), ("number",)),
        "part": Searched(5, ("name", "supplier_number"), ("number", "barcode", "supplier_number")),
        "technician": Searched(6, ("name", "initials"), (), ("phone",)),
        "asset_audit": Searched(10, ("walked_by",), ("number",)),
        "purchase_order": Searched(11, ("note", "reference"), ("number", "reference")),
        "supplier": Searched(12, ("name", "email"), ("account",), ("phone",)),
        "contact_log": Searched(13, ("said",)),
        "missed_call": Searched(14, ("name", "note"), (), ("phone",)),
        "pm_schedule": Searched(15, ("name",), ("number",)),
        "stock_count": Searched(16, ("counted_by",), ("number",)),
    }
)


@dataclass(frozen=True)
class Hit:
    """A record that was found: the name of its table and its id."""

    kind: str
    id: int


def find(
    session: Session,
    text: str,
    *,
    kinds: Iterable[str] = SEARCHED,
    limit: int = 50,
    most: int | None = None,
) -> list[Hit]:
    """Return records that hold every word typed, kind by kind, the newest of a kind first.

    At most ``limit`` records of a kind come back, and at most ``most`` in all. A word is found by
    its beginning; numbers and phones also without their dashes and blanks.
    """
    return found(raw(session.connection()), text, kinds=kinds, limit=limit, most=most)


def found(
    connection: sqlite3.Connection,
    text: str,
    *,
    kinds: Iterable[str] = SEARCHED,
    limit: int = 50,
    most: int | None = None,
) -> list[Hit]:
    """Return what ``find`` finds, by a connection that the store lends."""
    match, wider = expression(text, connection), wide(text, connection)
    wanted = {SEARCHED[kind].place: kind for kind in kinds}
    hits: list[Hit] = []
    bound = _ROOM * (max(wanted, default=0) + 1)
    while match and bound > _ROOM:
        below, bound = bound, 0
        counts = dict.fromkeys(wanted.values(), 0)
        for rowid in _rowids(connection, match, wider, below):
            kind = wanted.get(rowid // _ROOM, "")
            if counts.get(kind, limit) == limit:
                bound = rowid // _ROOM * _ROOM  # go on below this kind
                break
            counts[kind] += 1
            hits.append(Hit(kind, rowid % _ROOM))
            if len(hits) == most:
                break
    return hits


def _rowids(
    connection: sqlite3.Connection, match: str, wider: Wide | None, below: int
) -> Iterator[int]:
    """Yield what was found, the newest first.

    The newest of what a wider question finds are looked at first: where many of them hold what
    was typed, FTS5 need not add up all that do. Where none of a few does, FTS5 is asked.
    """
    while wider is not None:
        rows = connection.execute(f"{_FIND} LIMIT {_FEW}", (wider.match, below)).fetchall()
        held = [rowid for rowid, *texts in _told(connection, rows) if wider.means(*texts)]
        yield from held
        if len(rows) < _FEW:
            return
        below = rows[-1][0]
        wider = wider if held else None
    yield from (rowid for (rowid,) in connection.execute(_FIND, (match, below)))


def _told(
    connection: sqlite3.Connection, rows: Sequence[tuple[int]]
) -> Iterator[tuple[int, str, str]]:
    """Yield the words and the numbers of records beside their rowids, in the same order."""
    for place, own in groupby((rowid for (rowid,) in rows), lambda rowid: rowid // _ROOM):
        kind = next(kind for kind, searched in SEARCHED.items() if searched.place == place)
        ids = str([rowid % _ROOM for rowid in own])
        yield from connection.execute(
            f"SELECT {_first(kind)} + id, {_words(kind, _of(kind))}, {_numbers(kind, _of(kind))}"
            f' FROM "{kind}" WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC',
            (ids,),
        )


def matching(kind: str, text: str) -> sa.Select[tuple[int]] | None:
    """Return the question for the ids of one kind that hold every word typed; none, no question."""
    match = expression(text)
    if not match:
        return None
    index = sa.table("search", sa.column("rowid", sa.Integer), sa.column("search"))
    return sa.select((index.c.rowid - _first(kind)).label("id")).where(
        index.c.search.op("MATCH")(match),
        index.c.rowid.between(_first(kind), _last(kind)),
    )


def ids(connection: sqlite3.Connection, kind: str, text: str) -> list[int] | None:
    """Return the ids of one kind that hold every word typed; None where no word was typed."""
    match = expression(text, connection)
    if not match:
        return None
    within = (_first(kind), match, _first(kind), _last(kind))
    return [row_id for (row_id,) in connection.execute(_OF_KIND, within)]


def statements() -> Iterator[str]:
    """Yield what makes the index."""
    yield "CREATE VIEW search_source (id, words, numbers) AS\n" + "\nUNION ALL ".join(
        f"SELECT {_first(table)} + id, {_words(table, _of(table))}, {_numbers(table, _of(table))}"
        f' FROM "{table}"'
        for table in SEARCHED
    )
    yield (
        "CREATE VIRTUAL TABLE search USING fts5 (words, numbers, content='search_source',"
        " content_rowid='id', columnsize=0, prefix='2 3',"
        " tokenize='unicode61 remove_diacritics 2')"
    )


class Follower:
    """Carries what the recorder noted over into the index."""

    def __init__(self, tables: Mapping[str, Sequence[str]]) -> None:
        self._statements = {
            table: _following(table, tables[table]) for table in SEARCHED if table in tables
        }

    def follow(self, connection: sa.Connection, tables: Iterable[str]) -> None:
        """Bring the index up to the rows of ``tables`` that the notes name."""
        for table in tables:
            for statement in self._statements.get(table, ()):
                connection.exec_driver_sql(statement)


def rebuild(connection: sa.Connection) -> None:
    """Make the index anew from the records."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('rebuild')")


def compare(connection: sa.Connection) -> bool:
    """Tell whether the index says what the records say."""
    try:
        connection.exec_driver_sql(
            "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"
        )
    except sa.exc.DatabaseError:
        return False
    return True


def _following(table: str, columns: Sequence[str]) -> tuple[str, str]:
    """Return what takes the former words out of the index, and what puts the present ones in."""
    slots = {column: f"l.c{place}" for place, column in enumerate(columns)}
    was_words, was_numbers = _words(table, slots.__getitem__), _numbers(table, slots.__getitem__)
    words, numbers = _words(table, _of("t")), _numbers(table, _of("t"))
    first_notes = f"(SELECT min(seq), * FROM temp.change_log WHERE tbl = '{table}' GROUP BY id) l"
    differ = f"({was_words} <> {words} OR {was_numbers} <> {numbers})"
    take = (
        "INSERT INTO search (search, rowid, words, numbers)"
        f" SELECT 'delete', {_first(table)} + l.id, {was_words}, {was_numbers}"
        f' FROM {first_notes} LEFT JOIN main."{table}" t ON t.id = l.id'
        f" WHERE l.op <> 'I' AND (t.id IS NULL OR {differ})"
    )
    put = (
        "INSERT INTO search (rowid, words, numbers)"
        f" SELECT {_first(table)} + t.id, {words}, {numbers}"
        f' FROM {first_notes} JOIN main."{table}" t ON t.id = l.id'
        f" WHERE l.op = 'I' OR {differ}"
    )
    return take, put


def _first(kind: str) -> int:
    return SEARCHED[kind].place * _ROOM


def _last(kind: str) -> int:
    return _first(kind) + _ROOM - 1


def _of(row: str) -> Callable[[str], str]:
    return lambda column: f'{row}."{column}"'


def _words(table: str, value: Callable[[str], str]) -> str:
    return _together([_text(value(column)) for column in SEARCHED[table].words])


def _numbers(table: str, value: Callable[[str], str]) -> str:
    """Return an expression of the numbers as people type them: WO-0042 as wo0042, 0042, 42."""
    parts = []
    for column in SEARCHED[table].numbers:
        text = _text(value(column))
        tail = f"substr({text}, instr({text}, '-') + 1)"
        parts += [_squeezed(text), tail, f"ltrim({tail}, '0')"]
    for column in SEARCHED[table].phones:
        digits = _squeezed(_text(value(column)))
        parts += [digits, f"substr({digits}, -7)", f"substr({digits}, -4)"]
    return _together(parts)


def _together(parts: Sequence[str]) -> str:
    return " || ' ' || ".join(parts) or "''"


def _text(value: str) -> str:
    return f"coalesce({value}, '')"


def _squeezed(text: str) -> str:
    for dropped in DROPPED:
        text = f"replace({text}, '{dropped}', '')"
    return text
