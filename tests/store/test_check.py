from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from smallcmms.domain.invoices import InvoiceState
from smallcmms.models import Base, Invoice
from smallcmms.store import dump, schema
from smallcmms.store.check import check
from smallcmms.store.errors import FileRefused
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests.store.rows import add_customer, rename
from tests.store.test_files import attach


def findings(store: Store) -> list[str]:
    return [str(finding) for finding in check(store)]


def tamper(shop: Path, *statements: str) -> Store:
    with closing(sqlite3.connect(shop)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return open_shop(shop)


def test_a_file_in_order_has_no_finding(store: Store) -> None:
    add_customer(store)
    attach(store, b"photo")
    assert findings(store) == []


def test_a_missing_or_changed_document_is_found(store: Store) -> None:
    gone, changed = attach(store, b"gone"), attach(store, b"changed")
    store.files.path(gone).unlink()
    store.files.path(changed).write_bytes(b"?")
    assert findings(store) == [
        f"A document is missing: photo.jpg (asset), {gone}.",
        f"A document is damaged: photo.jpg (asset), {changed}.",
    ]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE stowaway (x)", "The file's schema differs: table stowaway."),
        ("DROP INDEX ix_customer_name", "The file's schema differs: index ix_customer_name."),
        (
            "DROP TRIGGER invoice_frozen_of_update",
            "The file's schema differs: trigger invoice_frozen_of_update.",
        ),
        (
            "CREATE TRIGGER spy AFTER INSERT ON customer BEGIN DELETE FROM history; END",
            "The file's schema differs: trigger spy.",
        ),
        ("ALTER TABLE part ADD COLUMN more", "The file's schema differs: table part."),
    ],
)
def test_a_schema_that_is_not_ours_is_found(shop: Path, statement: str, told: str) -> None:
    store = tamper(shop, statement)
    assert findings(store) == [told]
    store.close()


def test_a_setting_that_is_no_longer_safe_is_found(store: Store) -> None:
    raw = store._writer.raw_connection()
    raw.cursor().execute("PRAGMA synchronous = NORMAL")
    raw.close()
    assert findings(store) == [
        "The disk or SQLite does not allow the safe setting synchronous = 3."
    ]


def test_an_orphan_is_found(store: Store) -> None:
    add_customer(store)
    store.close()
    orphan = "INSERT INTO site SELECT 7, 99, '', '', '', '', '', '', '', '', '', NULL"
    later = tamper(store.path, orphan)
    assert "The file: site 7 refers to a missing customer." in findings(later)
    later.close()


@pytest.mark.parametrize("value", ["1.5", "'twelve'", "x'00'"])
def test_money_that_is_no_whole_number_is_found(store: Store, value: str) -> None:
    add_customer(store)
    store.close()
    later = tamper(store.path, f"UPDATE customer SET not_to_exceed = {value}")
    assert findings(later) == ["1 rows of customer hold no whole number."]
    later.close()


def test_text_that_cannot_be_read_is_found_and_told(store: Store) -> None:
    add_customer(store)
    store.close()
    later = tamper(store.path, "UPDATE customer SET notes = CAST(x'ff41' AS TEXT)")
    assert findings(later) == ["customer holds text that cannot be read."]
    with pytest.raises(FileRefused, match="is damaged"):
        list(dump.lines(later))
    later.close()


def test_a_search_index_that_differs_is_found(store: Store) -> None:
    add_customer(store)
    store.close()
    later = tamper(store.path, "UPDATE customer SET name = 'Somebody else'")
    assert findings(later) == ["The search index does not say what the records say."]
    later.close()


def test_a_dump_has_one_line_a_row_by_table_and_key(store: Store) -> None:
    customer_id = add_customer(store, "A\nline")
    add_customer(store, "B")
    rename(store, customer_id, "Ümlaut\n\u2028")
    lines = list(dump.lines(store))
    assert [line.split(" ")[0] for line in lines] == ["customer", "customer"]
    assert all(line.isascii() and len(line.splitlines()) == 1 for line in lines)
    assert '"name": "\\u00dcmlaut\\n\\u2028"' in lines[0]
    assert '"id": 1' in lines[0]


def test_a_dump_does_not_show_what_was_done_and_undone(store: Store) -> None:
    customer_id = add_customer(store, "Acme")
    before = list(dump.lines(store))
    rename(store, customer_id, "Bolt")
    assert list(dump.lines(store)) != before
    store.undo()
    assert list(dump.lines(store)) == before


def test_a_dump_of_everything_shows_history_and_steps(store: Store) -> None:
    add_customer(store, "Acme")
    tables = {line.split(" ")[0] for line in dump.lines(store, everything=True)}
    assert tables == {"customer", "history", "undo_step"}


ANOTHER_LINE = (
    "INSERT INTO invoice_line SELECT 9, invoice_id, 2, kind, NULL, NULL, text, quantity, unit,"
    " price, base, allowance, charge, tax_id, net FROM invoice_line"
)
ANOTHER_TAX = (
    "INSERT INTO invoice_tax SELECT 9, invoice_id, tax_id, name, percent, base, amount"
    " FROM invoice_tax"
)


def issue_by_hand(store: Store) -> int:
    customer_id = add_customer(store)
    with store.change("Draft") as session:
        invoice = Invoice(
            customer_id=customer_id, currency="USD", terms_days=30, drafted_at=store.now()
        )
        session.add(invoice)
        session.flush()
        invoice_id = invoice.id
        session.connection().exec_driver_sql(
            "INSERT INTO invoice_line (invoice_id, sequence, kind, text, quantity, unit, price,"
            " base, allowance, charge, net) VALUES (?, 1, 'text', 'x', 1000, '', 9, 1, 0, 0, 5)",
            (invoice_id,),
        )
        session.connection().exec_driver_sql(
            "INSERT INTO invoice_tax (invoice_id, name, percent, base, amount)"
            " VALUES (?, 'tax', 7500, 5, 0)",
            (invoice_id,),
        )
    with store.change("Issue", barrier=True) as session:
        session.execute(
            sa.update(Invoice).values(
                state=InvoiceState.ISSUED, number="INV-1", invoice_on=date(2026, 7, 14)
            )
        )
    return invoice_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice SET total = 1",
        "UPDATE invoice SET state = 'draft', number = NULL",
        "UPDATE invoice SET id = 99",
        "DELETE FROM invoice",
        "REPLACE INTO invoice SELECT * FROM invoice",
        "UPDATE invoice_line SET net = 6",
        "UPDATE invoice_line SET invoice_id = 2",
        "DELETE FROM invoice_line",
        ANOTHER_LINE,
        "UPDATE invoice_tax SET amount = 1",
        "DELETE FROM invoice_tax",
        ANOTHER_TAX,
    ],
)
def test_an_issued_invoice_refuses_every_change_also_from_outside(
    store: Store, statement: str
) -> None:
    issue_by_hand(store)
    before = list(dump.lines(store))
    with pytest.raises(sa.exc.IntegrityError, match="issued"), store.change("Cheat") as session:
        session.connection().exec_driver_sql(statement)
    assert list(dump.lines(store)) == before
    with closing(sqlite3.connect(store.path)) as outside:
        outside.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="issued documents do not change"):
            outside.execute(statement)


def test_a_draft_may_change_and_go(store: Store) -> None:
    customer_id = add_customer(store)
    with store.change("Draft") as session:
        session.add(
            Invoice(customer_id=customer_id, currency="USD", terms_days=30, drafted_at=store.now())
        )
    with store.change("Reword") as session:
        session.execute(sa.update(Invoice).values(text="New"))
    with store.change("Drop") as session:
        session.execute(sa.delete(Invoice))
    assert len(list(dump.lines(store))) == 1


def test_every_undoable_table_has_one_whole_number_as_its_key() -> None:
    for table in Base.metadata.sorted_tables:
        assert [column.name for column in table.primary_key] == ["id"], table.name
        assert table.dialect_options["sqlite"]["autoincrement"], table.name


def test_every_reference_can_be_followed_back_by_an_index() -> None:
    """Without one, taking a record away looks through all rows that could refer to it."""
    for table in Base.metadata.sorted_tables:
        refers = {key.parent.name for key in table.foreign_keys}
        indexed = {
            next(iter(each.columns)).name
            for each in (*table.indexes, *table.constraints)
            if isinstance(each, sa.Index | sa.UniqueConstraint)
        }
        assert refers <= indexed, (table.name, refers - indexed)


def test_no_column_holds_fractions() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema.statements():
            connection.execute(statement)
        kinds = {
            kind
            for table in Base.metadata.tables
            for (kind,) in connection.execute("SELECT type FROM pragma_table_info(?)", (table,))
        }
    assert not kinds & {"REAL", "FLOAT", "NUMERIC", "DOUBLE"}
