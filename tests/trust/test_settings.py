"""The safe settings, asked from the live connections of a shop at work."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import sqlalchemy as sa

from smallcmms.store import engine
from smallcmms.store.store import Store
from tests.store.rows import add_customer


def asked(connection: sa.Connection) -> dict[str, object]:
    execute = connection.exec_driver_sql
    return {name: execute(f"PRAGMA {name}").scalar_one() for name in (*WANTED, "query_only")}


WANTED = {
    "journal_mode": "delete",
    "synchronous": 3,
    "fullfsync": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
    "busy_timeout": 5000,
}


def test_the_writer_and_every_reader_of_a_shop_at_work_have_the_safe_settings(
    store: Store,
) -> None:
    add_customer(store)
    with store.keep() as session:
        assert asked(session.connection()) == WANTED | {"query_only": 0}
    with store.read() as session:
        assert asked(session.connection()) == WANTED | {"query_only": 1}
    found: list[dict[str, object]] = []

    def look() -> None:
        with store.read() as session:
            met.wait(20)
            found.append(asked(session.connection()))

    met = threading.Barrier(3)
    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(30)
    assert found == [WANTED | {"query_only": 1}] * 3


def test_they_are_on_before_the_first_question_of_every_connection(store: Store) -> None:
    """Every connection comes from one place, which refuses one without them."""
    with ExitStack() as open_ones:
        connections = [open_ones.enter_context(store._readers.connect()) for _ in range(3)]
        assert len({engine.raw(each) for each in connections}) == 3
        for each in connections:
            engine.see_settings(engine.raw(each), engine.READS_ONLY)
