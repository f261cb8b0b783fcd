from __future__ import annotations

import threading
from pathlib import Path

from smallcmms.store import backup
from smallcmms.store.store import Store
from tests.store.rows import add_customer, names
from tests.store.test_migrate import ask


def test_two_hundred_backups_made_while_writing_are_all_whole(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.wait(0.002):
            number += 1
            add_customer(store, f"{number}")

    writer = threading.Thread(target=write)
    writer.start()
    counts: list[int] = []
    target = tmp_path / "copy.smallcmms"
    try:
        for _ in range(200):
            backup.back_up(store, target)
            counts.append(ask(target, "SELECT count(*) FROM customer")[0][0])
    finally:
        stop.set()
        writer.join(30)
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= len(names(store))
