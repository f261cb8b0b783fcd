from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms.services import check
from smallcmms.store.store import Store
from tests import build
from tests.conftest import Clock
from tests.trust.forgeries import forge, sell, told


@pytest.fixture
def sold(store: Store, clock: Clock) -> Path:
    """Return the path of a file with invoices, a credit note, payments and stock."""
    clock.moment = build.july(14, 10, 32)
    sell(store)
    assert check.problems(store) == []
    return store.path


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM invoice_line WHERE id = 1", "not as it was issued"),
        ("DELETE FROM invoice WHERE number = 'INV-1188'", "INV-1188 is missing"),
        ("UPDATE invoice_line SET sequence = 9 WHERE id = 1", "not as it was issued"),
        ("UPDATE invoice SET chain_hash = 'x' WHERE number = 'INV-1187'", "seal is broken"),
        (
            "UPDATE invoice SET snapshot = replace(snapshot, 'Ridgeline', 'Bridgeline')",
            "seal is broken",
        ),
        (
            "UPDATE invoice SET snapshot = replace(snapshot, ': ', ':  ')",
            "not as it was issued",
        ),
        ("UPDATE invoice SET total = 1 WHERE state = 'draft'", "the total does not add up"),
        ("UPDATE invoice_line SET net = 1 WHERE invoice_id = 3", "a line does not add up"),
        ("UPDATE invoice_tax SET base = 1 WHERE invoice_id = 3", "a tax does not add up"),
        ("UPDATE invoice SET currency = 'XQX' WHERE id = 3", "what it says does not add up"),
        (
            "UPDATE invoice_line SET labour_id = 1 WHERE invoice_id = 4",
            "the same labor is billed twice",
        ),
        (
            "UPDATE invoice_line SET used_part_id = 1 WHERE invoice_id = 4",
            "the same part is billed twice",
        ),
        (
            "UPDATE invoice SET snapshot = '{\"invoice\": 1.5}' WHERE number = 'INV-1187'",
            "seal is broken",
        ),
        ("UPDATE invoice SET total = -1, net = -1 WHERE number = 'CN-1'", "does not negate"),
        ("UPDATE payment SET amount = 1", "more went towards invoices than came in"),
        ("UPDATE payment_allocation SET invoice_id = 3", "for a draft is on it"),
        ("UPDATE payment_allocation SET amount = 9999", "more is paid than it comes to"),
        ("UPDATE used_part SET quantity = 5000 WHERE id = 1", "not what left the stock"),
        ("UPDATE stock_move SET part_id = 3 WHERE used_part_id = 1", "that is another part"),
        (
            "UPDATE stock_move SET reverses_id = 1 WHERE id = 4",
            "reversed by one that is not its opposite",
        ),
        (
            "UPDATE stock_move SET quantity = -90000, override_reason = '' WHERE used_part_id = 1",
            "less than nothing lies in a place, and no move says why",
        ),
        ("UPDATE stock_move SET kind = 'transfer' WHERE id = 1", "has no other end"),
        ("UPDATE stock_move SET reverses_id = 1 WHERE id IN (4, 5)", "taken back twice"),
        ("UPDATE part SET superseded_by_id = id WHERE id = 1", "take each other's place"),
        ("UPDATE work_order SET closed_at = NULL", "finished and has no end"),
        ("UPDATE work_order SET hold_reason = 'parts'", "has a reason and is not on hold"),
        ("UPDATE work_order SET number = 'WO-9999'", "WO-9999 is ahead of its series"),
        (
            "UPDATE work_order SET invoiced_at = '2026-07-14 10:00:00.000000'",
            "says invoiced, and no invoice of it stands",
        ),
        ("UPDATE number_series SET next = 1200 WHERE kind = 'invoice'", "INV-1199 is missing"),
        ("UPDATE number_series SET next = 1188 WHERE kind = 'invoice'", "no number of its series"),
        ("UPDATE invoice SET count = 1190 WHERE number = 'INV-1188'", "no number of its series"),
        ("UPDATE event SET record_id = 99 WHERE record = 'customer'", "3 of customer are missing"),
        ("UPDATE event SET record = 'customers' WHERE record = 'part'", "there are no customers"),
    ],
)
def test_what_breaks_an_invariant_is_named(
    store: Store, sold: Path, statement: str, message: str
) -> None:
    store.close()
    forge(sold, statement)
    assert message in "\n".join(told(sold))


def test_a_state_that_no_event_tells_of_is_named(store: Store, sold: Path) -> None:
    store.close()
    forge(
        sold,
        'INSERT INTO event (record, record_id, kind, was, now, reason, "values", happened_at,'
        " recorded_at) VALUES ('work_order', 1, 'held', 'approved', 'on_hold', '', '{}',"
        " '2026-07-14 10:00:00.000000', '2026-07-14 10:00:00.000000')",
    )
    assert "WO-2310: it is closed, and its last event says on_hold." in told(sold)


def test_a_document_that_rots_or_is_gone_is_named(store: Store, sold: Path) -> None:
    [first, *_] = sorted(path for path in store.files.folder.rglob("*") if path.is_file())
    store.close()
    first.write_bytes(first.read_bytes() + b"\n")
    assert any("A document is damaged" in problem for problem in told(sold))
    first.unlink()
    assert any("A document is missing" in problem for problem in told(sold))


def test_a_recorded_gap_is_no_missing_number(store: Store, sold: Path) -> None:
    store.close()
    forge(
        sold,
        "UPDATE number_series SET next = 1200 WHERE kind = 'invoice'",
        "INSERT INTO number_gap (kind, first, last, reason)"
        " VALUES ('invoice', 1189, 1199, 'restored')",
    )
    assert told(sold) == []
