"""Bringing an older file up to date: a copy is migrated and verified, then takes its place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from smallcmms.store import backup, disk, engine, schema, search
from smallcmms.store.copying import copy_whole, count_rows, find_damage
from smallcmms.store.errors import FileRefused, in_words
from smallcmms.store.revision import HEAD, NEEDS

SCRIPTS: Final = Path(__file__).with_name("migrations")
_LOOSE: Final = {**engine.SETTINGS, "foreign_keys": 0}
"""With foreign keys on, a table that is rebuilt would take every child row with it."""

_FORGOTTEN: Final = ("undo_step", "alembic_version")


def upgrade(path: Path, *, scripts: Path = SCRIPTS, head: str = HEAD, needs: int = NEEDS) -> None:
    """Migrate a shop file that is locked and that nobody has open.

    A backup stays behind in the folder of backups. Undo does not reach back before an upgrade.

    Raises:
        FileRefused: the migrated copy is not whole; the file is left as it was.
        DiskFull: the disk took no more; the file is left as it was.
    """
    part = path.with_name(f".{path.name}.upgrade")
    with in_words(path):
        try:
            _keep_old(path, head)
            copy_whole(path, part)
            _migrate(part, path, scripts, head)
            _finish(part, path, needs)
            disk.sync(part)
            disk.replace(part, path)
        finally:
            part.unlink(missing_ok=True)


def run_revisions(connection: sa.Connection, scripts: Path, head: str) -> None:
    """Run the revisions up to ``head`` within the transaction that is open."""
    directory = ScriptDirectory(str(scripts))
    environment = EnvironmentContext(
        Config(),
        directory,
        fn=lambda revision, _: directory._upgrade_revs(head, revision),  # noqa: SLF001
        destination_rev=head,
    )
    with environment:
        environment.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        environment.run_migrations()


def _keep_old(path: Path, head: str) -> None:
    place = backup.folder(path)
    disk.make_private_folder(place)
    copy_whole(path, place / f"{path.stem} before {head}{path.suffix}")


def _migrate(part: Path, path: Path, scripts: Path, head: str) -> None:
    connections = engine.writing(part, _LOOSE)
    try:
        with connections.begin() as connection:
            raw = engine.raw(connection)
            before = count_rows(raw)
            schema.drop_derived(raw)
            run_revisions(connection, scripts, head)
            _refuse_losses(path, before, count_rows(raw))
            for statement in schema.derived():
                raw.execute(statement)
            search.rebuild(connection)
            raw.execute("DELETE FROM undo_step")
            _refuse_difference(path, schema.found(raw), head)
    finally:
        connections.dispose()


def _refuse_losses(path: Path, before: dict[str, int], after: dict[str, int]) -> None:
    lost = [
        name
        for name, count in before.items()
        if name not in _FORGOTTEN and after.get(name, 0) != count
    ]
    if lost:
        raise _refusal(path, ", ".join(lost))


def _refuse_difference(path: Path, found: dict[str, object], head: str) -> None:
    """See that the file is now as a new one; a rebuilt table easily loses AUTOINCREMENT."""
    if head == HEAD:
        for name, expected in schema.expected().items():
            if found.get(name) != expected:
                raise _refusal(path, name)


def _finish(part: Path, path: Path, needs: int) -> None:
    with closing(engine.connect(part)) as connection:
        problems = find_damage(connection)
        if problems:
            raise _refusal(path, problems[0])
        connection.execute(f"PRAGMA user_version = {needs:d}")


def _refusal(path: Path, reason: str) -> FileRefused:
    return FileRefused(
        "{name} could not be brought up to date and was left as it was: {reason}.",
        name=path.name,
        reason=reason,
    )
