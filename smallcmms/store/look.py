"""Looking at a file without touching it: whose it is, how new, and whether it is whole.

A plain open would roll back a journal that lies beside the file, and so change its bytes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from smallcmms import __version__
from smallcmms.store import disk
from smallcmms.store.errors import FileRefused, damaged, in_words
from smallcmms.store.revision import APPLICATION_ID, KNOWN, NEEDS, version_text

_PATIENCE: Final = 0.25
"""How many seconds the start of the program may look for damage; a backup looks at everything."""


def recognise(path: Path) -> None:
    """See that a file is a SmallCMMS file at all.

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
    if not is_file or _application(path) != APPLICATION_ID:
        raise FileRefused("{name} is not a SmallCMMS file.", name=path.name)


def examine(path: Path) -> str:
    """Return the revision of a SmallCMMS file that nobody else has open.

    Raises:
        FileRefused: it is damaged, or a newer version made it.
    """
    with in_words(path), _untouched(path) as connection:
        (needs,) = connection.execute("PRAGMA user_version").fetchone()
        if needs > NEEDS:
            raise _newer(path, version_text(needs))
        try:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.Error, UnicodeDecodeError, TypeError) as error:
            if _is_unfinished(path):
                return ""
            raise damaged(path) from error
        if revision not in KNOWN:
            raise _newer(path, f"> {__version__}")
        if not _is_unfinished(path) and not is_whole(connection, _PATIENCE):
            raise damaged(path)
    return str(revision)


def is_whole(connection: sqlite3.Connection, patience: float) -> bool:
    """Tell whether no damage was found in at most ``patience`` seconds."""
    end = time.monotonic() + patience
    connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return True
        raise
    else:
        return bool(found == "ok")
    finally:
        connection.set_progress_handler(None, 0)


def _application(path: Path) -> int:
    try:
        with in_words(path), _untouched(path) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
    except FileRefused:
        return 0
    return int(application)


def _is_unfinished(path: Path) -> bool:
    """Tell whether a crash left a journal, which the next opening rolls back."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.is_file() and journal.stat().st_size > 0


@contextmanager
def _untouched(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    with closing(connection):
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        yield connection


def _newer(path: Path, version: str) -> FileRefused:
    return FileRefused(
        "{name} needs SmallCMMS {version}; this is {own}.",
        name=path.name,
        version=version,
        own=__version__,
    )
