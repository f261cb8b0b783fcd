"""The words typed into the search: what FTS5 is asked for them, and what a record must hold.

FTS5 adds up all records of all words that begin as typed before it gives the first; what is asked
here is made so that it walks them instead, where it can.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import Final

DROPPED: Final = "- .()/+#"
"""What stands in numbers and phones and need not be typed."""
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
_MANY: Final = 4000
"""FTS5 adds up so many records in a millisecond or two."""
_HAS_MANY: Final = (
    f"SELECT 1 FROM temp.search_terms WHERE term >= ? AND term < ? LIMIT 1 OFFSET {_MANY}"
)


@dataclass(frozen=True, slots=True)
class Wide:
    """A question that FTS5 walks, and that finds more than what was typed.

    A record was meant where it holds one of each of ``beginnings``.
    """

    match: str
    beginnings: tuple[tuple[str, ...], ...]

    def means(self, *columns: str) -> bool:
        """Tell whether a record with these words and numbers holds everything typed."""
        text = "|".join(f" {_PIECES.sub(' ', _folded(column))} " for column in columns)
        return all(any(each in text for each in word) for word in self.beginnings)


def expression(text: str, connection: sqlite3.Connection | None = None) -> str:
    """Return what FTS5 is asked for a text, empty where it holds no word.

    With a ``connection`` the words that a long beginning stands for are looked up first: FTS5 adds
    up all records of all of them before it gives the first, but walks those of a whole word.
    """
    return " AND ".join(_beginning(word, connection) for word in _words(text))


def wide(text: str, connection: sqlite3.Connection) -> Wide | None:
    """Return what finds the first letters of numbers that many records begin with, if any.

    A hundred thousand numbers may begin with inv1, each a word of its own.
    """
    words = _words(text)
    numbers = [word for word in words if _is_common_number(_squeezed(word), connection)]
    if not numbers:
        return None
    asked = [_shorter(each) if each in numbers else _beginning(each, connection) for each in words]
    return Wide(" AND ".join(asked), tuple(map(_beginnings, numbers)))


def _words(text: str) -> list[str]:
    plain = text.encode(errors="ignore").decode().replace('"', " ").replace("\0", " ")
    return [word for word in plain.split() if any(letter.isalnum() for letter in word)]


def _beginning(word: str, connection: sqlite3.Connection | None) -> str:
    squeezed = _squeezed(word)
    found = f'"{word}"{_star(_pieces(word)[-1])}'
    if squeezed != word:
        return f'({found} OR "{squeezed}"{_star(squeezed)})'
    if connection is not None and word.isascii() and word.isalpha() and len(word) > _LONGEST_PREFIX:
        terms = _terms(connection, word.lower())
        found = f"({' OR '.join(terms)})" if terms else found
    return found


def _shorter(word: str) -> str:
    """Return what asks for no more than the first letters of a number, and walks."""
    *whole, last = _pieces(word)
    last = last[:_LONGEST_PREFIX]
    found = f'"{_squeezed(word)[:_LONGEST_PREFIX]}" *'
    return f'("{" ".join((*whole, last))}"{_star(last)} OR {found})' if whole else found


def _beginnings(number: str) -> tuple[str, ...]:
    """Return what one word of a record must begin with, or some that follow one another."""
    pieces = _pieces(_folded(number))
    apart = f" {' '.join(pieces)}{'' if _star(pieces[-1]) else ' '}"
    return f" {_folded(_squeezed(number))}", apart


def _is_common_number(squeezed: str, connection: sqlite3.Connection) -> bool:
    is_number = squeezed.isascii() and squeezed.isalnum() and not squeezed.isalpha()
    if not is_number or len(squeezed) <= _LONGEST_PREFIX:
        return False
    first = squeezed.lower()
    return connection.execute(_HAS_MANY, (first, f"{first}\x7f")).fetchone() is not None


def _squeezed(word: str) -> str:
    return "".join(letter for letter in word if letter not in DROPPED)


def _pieces(word: str) -> list[str]:
    return _PIECES.sub(" ", word).split()


def _folded(text: str) -> str:
    """Return a text in small letters without accents, as FTS5 keeps its words."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


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
