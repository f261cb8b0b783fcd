"""Looking at a file without touching it: whose it is, how new, and whether it is whole.

A plain open would roll back a journal that lies beside the file, and so change its bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from smallcmms import __version__
from smallcmms.store import disk, engine
from smallcmms.store.errors import FileRefused, damaged, in_words
from smallcmms.store.revision import APPLICATION_ID, KNOWN, NEEDS, version_text

_AT_ONCE: Final = 32 * 1024 * 1024
"""Up to how many bytes the start of the program looks for damage; a backup looks at it all."""


def recognise(path: Path) -> None:
    """See that a file is a SmallCMMS file at all, or the remains of some file of SQLite's.

    Raises:
        FileRefused: it is not there, cannot be read, or is something else.
    """
    try:
        is_file = disk.is_plain_file(path) and path.stat().st_size > 0
    except FileNotFoundError as error:
        raise FileRefused("There is no file {name}.", name=path.name) from error
    except OSError as error:
        raise FileRefused(
            "{name} cannot be read: {reason}.", name=path.name, reason=error.strerror
        ) from error
    if not is_file or _is_foreign(path):
        raise _foreign(path)


def examine(path: Path, named: Path | None = None) -> str:
    """Return the revision of a SmallCMMS file that nobody has open; ``named`` is its real name.

    Raises:
        FileRefused: it is damaged, or a newer version made it.
    """
    named = named or path
    with in_words(named), untouched(path) as connection:
        if not _is_ours(connection):
            raise _foreign(named)
        revision = _revision(connection)
        _refuse_newer(named, connection, revision)
        if revision is None or not _is_whole(connection, path):
            raise damaged(named)
    return revision


def examine_unfinished(path: Path) -> None:
    """Examine a file that a crash left with a journal, by rolling the journal back into a copy.

    Raises:
        FileRefused: it is damaged, or a newer version made it; both files are left as they were.
    """
    copy = path.with_name(f".{path.name}.look")
    try:
        with in_words(path):
            for source, target in ((path, copy), (journal_of(path), journal_of(copy))):
                disk.copy(source, target)
            roll_back(copy)
        examine(copy, path)
    finally:
        for each in (copy, journal_of(copy)):
            each.unlink(missing_ok=True)


def roll_back(path: Path) -> None:
    """Let SQLite take back what a crash left unfinished."""
    with closing(engine.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema")


def _is_whole(connection: sqlite3.Connection, path: Path) -> bool:
    size = path.stat().st_size
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    if size % page:  # SQLite reads what is cut off as zeros
        return False
    if size > _AT_ONCE:
        return True
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return bool(found == "ok")


def journal_of(path: Path) -> Path:
    """Return where the journal of a file lies while a change is under way."""
    return path.with_name(f"{path.name}-journal")


def is_unfinished(path: Path) -> bool:
    """Tell whether a crash left a journal, which the next opening rolls back."""
    journal = journal_of(path)
    return journal.is_file() and journal.stat().st_size > 0


def _is_foreign(path: Path) -> bool:
    """Tell whether a file is surely not ours; a power cut may have torn one that is."""
    try:
        with untouched(path) as connection:
            return not _is_ours(connection)
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT


def _is_ours(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(application == APPLICATION_ID)


def _foreign(path: Path) -> FileRefused:
    return FileRefused("{name} is not a SmallCMMS file.", name=path.name)


def _revision(connection: sqlite3.Connection) -> str | None:
    """Return the revision; none where it cannot be read."""
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, UnicodeDecodeError, TypeError):
        return None
    return str(revision)


def _refuse_newer(path: Path, connection: sqlite3.Connection, revision: str | None) -> None:
    (needs,) = connection.execute("PRAGMA user_version").fetchone()
    if needs > NEEDS or (revision is not None and revision not in KNOWN):
        version = version_text(needs) if needs > NEEDS else f"> {__version__}"
        raise FileRefused(
            "{name} needs SmallCMMS {version}; this is {own}.",
            name=path.name,
            version=version,
            own=__version__,
        )


@contextmanager
def untouched(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to look into it without a lock, a journal or a changed byte."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    with closing(connection):
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        yield connection
