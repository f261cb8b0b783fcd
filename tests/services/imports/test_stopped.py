from __future__ import annotations

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Kind
from smallcmms.exchange import tables
from smallcmms.services import imports
from smallcmms.store import dump
from smallcmms.store.store import Store
from tests.build import Story

ROWS = "".join(f"Customer {count},{count} Main St\n" for count in range(1200))


@pytest.mark.parametrize("last", [0, 1, 2])
def test_an_import_that_is_stopped_leaves_no_trace(store: Store, story: Story, last: int) -> None:
    assert story.customer_id
    book = tables.read(f"Customer,Address\n{ROWS}".encode(), "customers.csv")
    heard: list[int] = []
    looked = imports.preview(
        store,
        book,
        imports.guess(store, Kind.CUSTOMERS, book),
        step=lambda done, _of: heard.append(done),
    )
    assert heard == [500, 1000, 1200]
    before = list(dump.lines(store, everything=True))

    def stop(done: int, _of: int) -> None:
        if done == last:
            raise RuleBroken("Stopped.")

    with pytest.raises(RuleBroken, match="Stopped"):
        imports.run(store, looked, step=stop)
    assert list(dump.lines(store, everything=True)) == before
