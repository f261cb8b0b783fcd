from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from smallcmms.store.opening import open_shop
from tests.trust import kills, stock


def test_stock_is_the_sum_of_its_moves_after_every_change_and_kill(tmp_path: Path) -> None:
    outcome = stock.run(5, 3, tmp_path)
    assert outcome.differences == []
    assert outcome.kills == 5
    assert outcome.changes > kills.OPERATIONS / 2


def test_a_move_that_was_lost_would_be_noticed(tmp_path: Path) -> None:
    start, _held = kills.prepare(tmp_path)
    expected = stock.sums(start)
    with closing(sqlite3.connect(start)) as connection, connection:
        connection.execute("DELETE FROM stock_move WHERE id = 1")
    outcome, store = stock.Outcome(), open_shop(start)
    stock.compare(outcome, store, expected)
    store.close()
    assert outcome.differences
