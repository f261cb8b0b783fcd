"""Undo of anything that can be done to rows, on tables of every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.store import disk, engine
from smallcmms.store.recorder import Operation, Recorder, touched

METADATA = sa.MetaData()
sa.Table(
    "parent",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.types.NullType),
    sa.Column("order", sa.Integer, unique=True),
    sqlite_autoincrement=True,
)
sa.Table(
    "child",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent_id", sa.ForeignKey("parent.id", ondelete="CASCADE"), nullable=False),
    sa.Column("other_id", sa.ForeignKey("parent.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,
)
sa.Table("counter", METADATA, sa.Column("id", sa.Integer, primary_key=True), info={"undoable": 0})


CHILD = (
    "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " parent_id NOT NULL REFERENCES parent (id) ON DELETE CASCADE,"
    " other_id REFERENCES parent (id) ON DELETE SET NULL)"
)


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[sa.Engine]:
    path = tmp_path / "rows.db"
    disk.make_empty(path)
    plain = engine.writing(path)
    with plain.begin() as connection:
        for statement in (
            'CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, value, "order" UNIQUE)',
            CHILD,
            "CREATE TABLE counter (id INTEGER PRIMARY KEY)",
        ):
            connection.exec_driver_sql(statement)
    plain.dispose()
    found = engine.writing(path)
    sa.event.listen(found, "connect", lambda raw, _: Recorder(METADATA).attach(raw))
    yield found
    found.dispose()


def rows(connection: sa.Connection) -> list[Any]:
    return [
        connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").all()
        for table in ("parent", "child")
    ]


def do(connections: sa.Engine, *statements: str) -> list[Operation]:
    with connections.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return _through_json(Recorder(METADATA).take(connection))


def _through_json(operations: list[Operation]) -> list[Operation]:
    told: list[Operation] = json.loads(json.dumps(operations))
    return told


FAMILY = (
    "INSERT INTO parent VALUES (1, 'a', 1), (2, NULL, 2), (3, 'c', 3)",
    "INSERT INTO child VALUES (1, 1, 2), (2, 1, NULL), (3, 3, 1)",
)


@pytest.mark.parametrize(
    "statements",
    [
        ("INSERT INTO parent (value) SELECT value FROM parent",),
        ("UPDATE parent SET value = value || 'x', \"order\" = id + 10",),
        ("DELETE FROM parent WHERE id = 1",),
        ("DELETE FROM parent",),
        ("DELETE FROM child", "DELETE FROM parent"),
        ("REPLACE INTO parent VALUES (2, 'other', 3)",),
        ("UPDATE parent SET value = 1", "UPDATE parent SET value = 2", "DELETE FROM parent"),
        (
            "PRAGMA defer_foreign_keys = ON",
            "UPDATE parent SET id = 9 WHERE id = 3",
            "UPDATE child SET parent_id = 9 WHERE parent_id = 3",
        ),
        ('UPDATE parent SET "order" = -"order"', 'UPDATE parent SET "order" = 4 + "order"'),
        (
            "INSERT INTO parent VALUES (8, 'h', 8)",
            "INSERT INTO child VALUES (8, 8, 8)",
            "DELETE FROM parent WHERE id = 8",
        ),
    ],
)
def test_whatever_was_done_to_rows_is_undone_and_done_again(
    connections: sa.Engine, statements: tuple[str, ...]
) -> None:
    recorder = Recorder(METADATA)
    do(connections, *FAMILY)
    with connections.begin() as connection:
        before = rows(connection)
    operations = do(connections, *statements)
    with connections.begin() as connection:
        after = rows(connection)
        recorder.take_back(connection, operations)
        assert rows(connection) == before
        again = _through_json(recorder.take(connection))
    with connections.begin() as connection:
        recorder.take_back(connection, again)
        assert rows(connection) == after


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.binary(max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(old=VALUES, new=VALUES)
def test_every_value_comes_back_exactly(connections: sa.Engine, old: Any, new: Any) -> None:
    recorder = Recorder(METADATA)
    ask = "SELECT value, typeof(value) FROM parent WHERE id = 1"
    with connections.begin() as connection:
        connection.exec_driver_sql("DELETE FROM parent")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, ?, 1)", (old,))
        recorder.take(connection)
        before = connection.exec_driver_sql(ask).one()
        connection.exec_driver_sql("UPDATE parent SET value = ?", (new,))
        changed = _through_json(recorder.take(connection))
        connection.exec_driver_sql("DELETE FROM parent")
        deleted = _through_json(recorder.take(connection))
        recorder.take_back(connection, deleted)
        recorder.take_back(connection, changed)
        assert connection.exec_driver_sql(ask).one() == before


def test_a_table_that_is_not_undoable_is_not_noted(connections: sa.Engine) -> None:
    assert do(connections, "INSERT INTO counter VALUES (1)") == []


def test_what_was_touched_is_told_by_table(connections: sa.Engine) -> None:
    do(connections, *FAMILY)
    operations = do(connections, "DELETE FROM parent WHERE id = 1")
    assert touched(operations) == {"parent": frozenset({1}), "child": frozenset({1, 2, 3})}


@pytest.mark.parametrize(
    "operation",
    [
        ["D", "sqlite_schema", 1, ["table", "x", "x", 0, "x"]],
        ["I", "counter", 1, []],
        ["I", 'parent" WHERE 1; --', 1, []],
        ["I", "parent", "1 OR 1", []],
        ["U", "parent", 99, [99, None, 9]],
        ["U", "parent", 1, ["too", "short"]],
        ["U", "parent", 1, {"value": 1}],
        ["U", "parent", 1, [1, ["list"], 1]],
        ["U", "parent", 1, [1, {"sql": "x"}, 1]],
        ["D", "parent", 1, [1, "again", 1]],
        ["DROP", "parent", 1, [1, "a", 1]],
        ["I", "parent"],
        "DROP TABLE parent",
    ],
)
def test_a_step_that_does_not_fit_is_refused_and_runs_nothing(
    connections: sa.Engine, operation: Any
) -> None:
    do(connections, *FAMILY)
    with connections.connect() as connection:
        before = rows(connection)
        with pytest.raises(RuleBroken, match="can no longer be taken back"):
            Recorder(METADATA).take_back(connection, [operation])
        connection.rollback()
        assert rows(connection) == before


def test_a_step_that_would_leave_an_orphan_is_refused(connections: sa.Engine) -> None:
    do(connections, *FAMILY)
    orphan = ["U", "child", 1, [1, 77, None]]
    with connections.connect() as connection:
        Recorder(METADATA).take_back(connection, [orphan])
        with pytest.raises(sa.exc.IntegrityError):
            connection.commit()


def test_ten_thousand_rows_are_taken_back_at_once(connections: sa.Engine) -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
        " INSERT INTO parent SELECT i, 'row ' || i, i FROM n"
    )
    operations = do(connections, many)
    with connections.begin() as connection:
        Recorder(METADATA).take_back(connection, operations)
        assert rows(connection)[0] == []
