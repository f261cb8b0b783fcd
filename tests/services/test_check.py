from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from smallcmms.services import check, invoices, payments
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import rendered
from tests.conftest import Clock

FORGED = 30
"""Edits tried in a normal run; the script of tests/trust tries 1,000."""


@pytest.fixture
def sold(store: Store, clock: Clock) -> Path:
    """Return the path of a closed file with two invoices, a credit note, payments and stock."""
    build.ridgeline(store)
    story = build.story(store)
    clock.moment = build.july(14, 10, 32)
    first = invoices.draft(store, bills.sheet_2310(store, story))
    invoices.issue(store, first, render=rendered)
    payments.take(store, invoice_id=first, amount=Decimal(100))
    invoices.credit_and_reissue(store, first, reason="Wrong price", render=rendered)
    second = invoices.draft_by_hand(store, customer_id=story.customer_id, text="By hand")
    invoices.add_line(store, second, text="Work", price=Decimal("19.99"), is_taxed=True)
    invoices.issue(store, second, render=rendered)
    payments.take(store, invoice_id=second, amount=Decimal(30), keep_rest=True)
    assert check.problems(store) == []
    return store.path


def forge(path: Path, *statements: str) -> None:
    """Change the file behind the program's back, without its triggers and its constraints."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def told(path: Path) -> list[str]:
    """Return what the check says of a file."""
    store = open_shop(path)
    try:
        return [str(problem) for problem in check.problems(store)]
    finally:
        store.close()


Forgery = Callable[[sqlite3.Connection, random.Random], str]


def any_field(connection: sqlite3.Connection, dice: random.Random) -> str:
    """Return a statement that changes one field of one issued document, its lines or taxes."""
    issued = "(SELECT id FROM invoice WHERE state = 'issued')"
    table, of = dice.choice(
        [("invoice", "id"), ("invoice_line", "invoice_id"), ("invoice_tax", "invoice_id")]
    )
    rows = connection.execute(f"SELECT * FROM {table} WHERE {of} IN {issued}")
    names = [column[0] for column in rows.description]
    row = dice.choice(rows.fetchall())
    place = dice.randrange(len(names))
    return f"UPDATE {table} SET {names[place]} = {other(row[place], dice)} WHERE id = {row[0]}"


def other(value: object, dice: random.Random) -> str:
    """Return an SQL value that is another one, near or far."""
    if value is None:
        return dice.choice(["1", "0", "''", "'x'"])
    if isinstance(value, int):
        return dice.choice(
            [str(value + 1), str(value - 1), str(value + 1000), "NULL", "'x'", "0.5"]
        )
    text = str(value).replace("'", "''")
    changed = [f"'{text} '", f"'{text[:-1]}'", f"'x{text}'", "''", "NULL"]
    return dice.choice([each for each in changed if each != f"'{text}'"])


def found(path: Path, dice: random.Random) -> tuple[str, bool]:
    """Forge one field of a copy; return how, and whether the check finds it."""
    copy = path.with_name("forged.smallcmms")
    copy.write_bytes(path.read_bytes())
    files = copy.with_name("forged.files")
    if not files.exists():
        files.symlink_to(path.with_name(f"{path.stem}.files"))
    with closing(sqlite3.connect(copy)) as connection:
        statement = any_field(connection, dice)
    try:
        forge(copy, statement)
    except sqlite3.IntegrityError:
        return statement, True
    return statement, bool(told(copy))


def test_every_forged_field_of_an_issued_document_is_found(store: Store, sold: Path) -> None:
    store.close()
    dice = random.Random(1187)
    missed = [how for how, is_found in (found(sold, dice) for _ in range(FORGED)) if not is_found]
    assert missed == []


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
        ("UPDATE payment SET amount = 1", "more went towards invoices than came in"),
        ("UPDATE payment_allocation SET invoice_id = 3", "for a draft is on it"),
        ("UPDATE payment_allocation SET amount = 9999", "more is paid than it comes to"),
        ("UPDATE used_part SET quantity = 5000 WHERE id = 1", "not what left the stock"),
        ("UPDATE stock_move SET part_id = 3 WHERE used_part_id = 1", "that is another part"),
        (
            "UPDATE stock_move SET reverses_id = 1 WHERE id = 4",
            "reversed by one that is not its opposite",
        ),
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
