"""Search over everything: one FTS5 index, which follows every change within its transaction.

It follows the recorder's notes, and so cascades, bulk updates and undo alike. Triggers cannot keep
it: SQLite up to 3.40 refuses a virtual table in a trigger where the schema is not trusted.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.store.engine import raw

_ROOM: Final = 1 << 40
_DROPPED: Final = "- .()/+#"
_FIND: Final = "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC"
OWN_TABLES: Final = (
    "CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, search, instance)",
)
"""What a connection that looks has of its own: every term of the index, in order."""
_NEXT_TERM: Final = "SELECT term FROM temp.search_terms WHERE term >= ? LIMIT 1"
_PIECES: Final = re.compile(r"[\W_]+")
"""What FTS5 splits a word at."""
_LONGEST_PREFIX: Final = 3
"""The index knows which records hold a beginning of two or three letters without adding up."""
_MOST_TERMS: Final = 8


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
    match = expression(text, connection)
    wanted = {SEARCHED[kind].place: kind for kind in kinds}
    hits: list[Hit] = []
    bound = _ROOM * (max(wanted, default=0) + 1)
    while match and bound > _ROOM:
        rows = connection.execute(_FIND, (match, bound))
        bound = 0
        counts = dict.fromkeys(wanted.values(), 0)
        for (rowid,) in rows:
            kind = wanted.get(rowid // _ROOM, "")
            if counts.get(kind, limit) == limit:
                bound = rowid // _ROOM * _ROOM  # go on below this kind
                break
            counts[kind] += 1
            hits.append(Hit(kind, rowid % _ROOM))
            if len(hits) == most:
                break
        rows.close()
    return hits


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
    for dropped in _DROPPED:
        text = f"replace({text}, '{dropped}', '')"
    return text


def expression(text: str, connection: sqlite3.Connection | None = None) -> str:
    """Return what FTS5 is asked for a text, empty where it holds no word.

    With a ``connection`` the words that a long beginning stands for are looked up first: FTS5 adds
    up all records of all of them before it gives the first, but walks those of a whole word.
    """
    plain = text.encode(errors="ignore").decode().replace('"', " ").replace("\0", " ")
    words = [word for word in plain.split() if _has_word(word)]
    return " AND ".join(_beginning(word, connection) for word in words)


def _beginning(word: str, connection: sqlite3.Connection | None) -> str:
    squeezed = "".join(letter for letter in word if letter not in _DROPPED)
    found = f'"{word}"{_star(_PIECES.sub(" ", word).split()[-1])}'
    if squeezed != word:
        return f'({found} OR "{squeezed}"{_star(squeezed)})'
    if connection is not None and word.isascii() and word.isalpha() and len(word) > _LONGEST_PREFIX:
        terms = _terms(connection, word.lower())
        found = f"({' OR '.join(terms)})" if terms else found
    return found


def _star(letters: str) -> str:
    """Return what asks for a beginning; for one letter FTS5 would add up a tenth of the index."""
    return " *" if len(letters) > 1 else ""


def _terms(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Return the words of the index that begin so; none where they are too many."""
    terms: list[str] = []
    at = beginning
    while len(terms) <= _MOST_TERMS:
        row = connection.execute(_NEXT_TERM, (at,)).fetchone()
        if row is None or not row[0].startswith(beginning):
            return terms
        terms.append(f'"{row[0]}"')
        at = f"{row[0]}\x01"
    return []


def _has_word(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
