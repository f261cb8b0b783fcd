"""Upgrades, with a second revision that only these tests have."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from smallcmms.store import backup, dump, engine, migrate, schema
from smallcmms.store.errors import FileRefused
from smallcmms.store.opening import open_shop
from smallcmms.store.revision import HEAD, KNOWN
from smallcmms.store.store import Store
from tests.store.rows import add_customer, names
from tests.store.test_check import findings

GOOD = """
    with op.batch_alter_table("customer") as batch:
        batch.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default=""))
        batch.alter_column("notes", new_column_name="remarks")
    op.execute("UPDATE customer SET nickname = substr(name, 1, 3)")
"""


def scripts_with(tmp_path: Path, body: str) -> Path:
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "0002_second.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        'revision = "0002"\ndown_revision = "0001"\nbranch_labels = None\ndepends_on = None\n\n\n'
        f"def upgrade():{body}\n"
    )
    return scripts


def filled(store: Store) -> Path:
    customer_id = add_customer(store, "Acme")
    with store.change("Site") as session:
        session.execute(
            sa.text("INSERT INTO site SELECT 1, :id, '', 'Here', '', '', '', '', '', '', '', NULL"),
            {"id": customer_id},
        )
    store.close()
    return store.path


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def test_the_first_revision_makes_exactly_the_schema_of_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "migrated.db"
    path.touch()
    connections = engine.writing(path)
    with connections.begin() as connection:
        migrate.run_revisions(connection, migrate.SCRIPTS, HEAD)
        found = schema.found(engine.raw(connection))
    connections.dispose()
    made = {name: parts for name, parts in schema.expected().items() if _is_table(name)}
    assert found == made, "run resources/makers/write_schema.py while no version is out"


def _is_table(name: str) -> bool:
    return name.startswith(("table ", "index ")) and name != "table search"


def test_an_upgraded_file_has_exactly_the_schema_of_a_new_one(store: Store, tmp_path: Path) -> None:
    path = filled(store)
    body = """
    with op.batch_alter_table("invoice", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("text", existing_type=sa.String(), nullable=False)"""
    migrate.upgrade(path, scripts=scripts_with(tmp_path, body), head="0002")
    with closing(sqlite3.connect(path)) as connection:
        assert schema.found(connection) == schema.expected()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
        connection.commit()
    later = open_shop(path)
    assert findings(later) == []
    later.close()


def test_the_newest_revision_is_known_without_alembic() -> None:
    directory = ScriptDirectory(str(migrate.SCRIPTS))
    assert directory.get_heads() == [HEAD]
    assert {script.revision for script in directory.walk_revisions()} == set(KNOWN)


def test_an_upgrade_keeps_every_row_and_its_children(store: Store, tmp_path: Path) -> None:
    path = filled(store)
    before = ask(path, "SELECT * FROM site")
    migrate.upgrade(path, scripts=scripts_with(tmp_path, GOOD), head="0002", needs=2000)
    assert ask(path, "SELECT name, nickname, remarks FROM customer") == [("Acme", "Acm", "")]
    assert ask(path, "SELECT * FROM site") == before
    assert ask(path, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert ask(path, "PRAGMA user_version") == [(2000,)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "SELECT count(*) FROM undo_step") == [(0,)]
    assert ask(path, "SELECT count(*) FROM history") == [(2,)]
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileRefused, match=r"needs SmallCMMS 0\.2\.0"):
        open_shop(path)


def test_an_upgrade_leaves_a_backup_of_the_old_file(store: Store, tmp_path: Path) -> None:
    before = list(dump.lines(store))
    path = filled(store)
    migrate.upgrade(path, scripts=scripts_with(tmp_path, GOOD), head="0002")
    (old,) = backup.folder(path).glob("*before 0002*")
    assert names_in(old) == ["Acme"]
    assert before == []


def test_an_upgrade_that_would_use_keys_again_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(store)
    before = path.read_bytes()
    monkeypatch.setattr(migrate, "HEAD", "0002")
    body = """
    with op.batch_alter_table("invoice") as batch:
        batch.alter_column("text", existing_type=sa.String(), nullable=False)"""
    with pytest.raises(FileRefused, match="table invoice"):
        migrate.upgrade(path, scripts=scripts_with(tmp_path, body), head="0002")
    assert path.read_bytes() == before


def names_in(path: Path) -> list[str]:
    store = open_shop(path)
    try:
        return names(store)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("\n    op.execute('DELETE FROM site')", "brought up to date .*: site"),
        ("\n    op.drop_table('site')", "brought up to date .*: site"),
        ("\n    op.execute('UPDATE site SET customer_id = 99')", "refers to a missing customer"),
    ],
)
def test_an_upgrade_that_loses_something_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path, body: str, told: str
) -> None:
    path = filled(store)
    before = path.read_bytes()
    with pytest.raises(FileRefused, match=told):
        migrate.upgrade(path, scripts=scripts_with(tmp_path, body), head="0002")
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []
    assert names_in(path) == ["Acme"]


def test_an_upgrade_that_fails_midway_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = filled(store)
    before = path.read_bytes()
    scripts = scripts_with(tmp_path, "\n    op.execute('DROP TABLE site')\n    raise KeyError('x')")
    with pytest.raises(KeyError):
        migrate.upgrade(path, scripts=scripts, head="0002")
    assert path.read_bytes() == before
    assert names_in(path) == ["Acme"]


def test_an_older_file_is_migrated_when_it_is_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(store)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    asked: list[Path] = []
    monkeypatch.setattr("smallcmms.store.look.KNOWN", ("0000", HEAD))
    monkeypatch.setattr(migrate, "upgrade", asked.append)
    open_shop(path).close()
    assert asked == [path]
