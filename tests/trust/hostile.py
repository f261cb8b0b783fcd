"""A worked shop whose every text is a trap: markup that names a picture, tags and entities.

The story is played first, so that every page has its records; then each text that a person may
type is written over. What is issued is frozen, so one more bill is issued afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from smallcmms.cli.invoice import render
from smallcmms.domain.invoices import InvoiceState
from smallcmms.models import Base, Invoice
from smallcmms.reports import work_order
from smallcmms.services import invoices, missed_calls, sheets
from smallcmms.services.samples import story
from smallcmms.store.opening import create
from smallcmms.store.store import Store

KEPT = {
    *("attachment.record", "attachment.hash", "choice.kind", "choice.code", "customer.language"),
    *("event.record", "event.kind", "number_gap.kind", "number_series.kind"),
    *("number_series.prefix", "shop.code", "shop.currency", "shop.locale", "shop.zone"),
    *("shop.logo_hash", "shop.paper", "triage_fact.code", "site.zone", "site.latitude"),
    *("site.longitude", "technician.sheet_language", "contact.phone_digits", "choice.code"),
    *(
        "missed_call.digits",
        "contact.mobile_digits",
        "work_order.hold_reason",
        "work_order.problem",
        "work_order.cause",
    ),
    *(
        "sheet_copy.document_hash",
        "asset_audit.document_hash",
        "stock_count.document_hash",
        "invoice.currency",
        "invoice.document_hash",
    ),
    *("invoice.chain_hash", "visit.outcome", "task.value", "event.was", "event.now"),
}
"""Keys, hashes, codes and what is worked out: nobody types these."""
LISTS = ("asset.lock_out_steps", "task.choices", "template_task.choices", "job_template.safety")
SHORT = {"technician.initials": 4, "task.initials": 4, "part.unit": 8, "task.unit": 8}

OWNER = {"invoice": "id", "invoice_line": "invoice_id", "invoice_tax": "invoice_id"}
ISSUED = sa.select(Invoice.id).where(Invoice.state == InvoiceState.ISSUED)


@dataclass(frozen=True)
class Trap:
    """What is written everywhere, and the picture that nothing may open."""

    canary: Path

    @property
    def markup(self) -> str:
        """Return the markup; it is short, so that a label does not cut it."""
        return f'<img src="{self.canary}"><b>x</b>&amp;'

    def text(self, column: str, row_id: int) -> str:
        """Return the text for a field: no two are alike."""
        return f"{self.markup} {column} {row_id}"


def trap(folder: Path) -> Trap:
    """Return a trap with a real picture behind it."""
    canary = folder / "canary.png"
    Image.new("RGB", (9, 9), "red").save(canary)
    return Trap(canary)


def fields() -> Iterator[sa.Column[str]]:
    """Yield every column that holds what a person types."""
    for table in Base.metadata.sorted_tables:
        if table.info.get("undoable", True):
            for column in table.columns:
                is_text = isinstance(column.type, sa.String) and not isinstance(
                    column.type, sa.Enum
                )
                name = f"{table.name}.{column.name}"
                if is_text and column.name != "number" and name not in KEPT:
                    yield column


def fill(store: Store, told: Trap) -> int:
    """Write the trap into every field of every row that may still change; return how many."""
    count = 0
    with store.change("Fill {what}", what=told.markup) as session:
        for column in fields():
            table = column.table
            rows = sa.select(table.c.id)
            if table.name.startswith("invoice"):
                rows = rows.where(sa.column(OWNER[table.name]).not_in(ISSUED))
            for row_id in session.scalars(rows).all():
                text = told.text(f"{table.name}.{column.name}", row_id)
                written = sa.update(table).where(table.c.id == row_id)
                session.execute(written.values({column.name: text}))
                count += 1
        for name in LISTS:
            table_name, column_name = name.split(".")
            table = Base.metadata.tables[table_name]
            texts = [told.text(name, each) for each in range(2)]
            session.execute(sa.update(table).values({column_name: texts}))
    return count


def shop(path: Path, told: Trap) -> Store:
    """Return a worked shop full of traps: a call, jobs, a sheet that is out, drafts and bills."""
    clock = story.Clock()
    store = create(path, now=clock)
    played = story.play(store, clock.set, render_sheet=work_order.render, render_invoice=render)
    second = story.triage_it(store, played.start, story.log_the_call(store, played.start))
    third = story.triage_it(store, played.start, story.log_the_call(store, played.start))
    sheets.print_copy(store, third, render=work_order.render)
    story.log_the_call(store, played.start)
    fourth = invoices.draft_by_hand(store, customer_id=played.start.customer_id, text="By hand")
    fifth = invoices.draft_by_hand(store, customer_id=played.start.customer_id, text="By hand")
    for each in (fourth, fifth):
        invoices.add_line(store, each, text="Work", price=story.TOTAL, is_taxed=True)
    missed_calls.log(store, phone="9375550190", name="BRANDT H", note="No heat")
    fill(store, told)
    invoices.issue(store, fifth, render=render)
    sheets.print_copy(store, second, render=work_order.render)
    clock.moment += timedelta(hours=1)
    return store
