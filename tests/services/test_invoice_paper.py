from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import WorkOrder
from smallcmms.services import customers, invoices
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.store.store import Store
from tests import bills, build
from tests.build import Story
from tests.conftest import Clock

TUESDAY = date(2026, 7, 14)


@pytest.fixture
def story(story: Story, clock: Clock) -> Story:
    clock.moment = build.july(14, 10, 32)
    return story


@pytest.fixture
def draft_id(store: Store, story: Story) -> int:
    return invoices.draft(store, bills.sheet_2310(store, story))


def test_a_draft_has_no_document_and_no_code(store: Store, draft_id: int) -> None:
    with pytest.raises(RuleBroken, match="A draft has no document yet"):
        invoices.document(store, draft_id)
    sheet = paper(store, draft_id, text="Typed just now")
    assert (sheet.number, sheet.code, sheet.is_draft) == ("", "", True)
    assert (sheet.heading, sheet.text) == ("", "Typed just now")


def test_the_paper_names_the_parties_and_the_place(store: Store, draft_id: int) -> None:
    customers.edit(store, 1, bill_to="")
    sheet = paper(store, draft_id)
    assert sheet.bill_to == papers.Party(
        name="Harbor View Apartments", lines=("1200 Riverside Dr", "Dayton, OH 45405")
    )
    assert sheet.work_done_at == papers.Party(
        name="1200 Riverside Dr",
        lines=("Dayton, OH 45405", "Building A › Basement", "SP-A, tag A-0133"),
    )
    assert (sheet.heading, sheet.work_order, sheet.terms, sheet.customer_number) == (
        "Sump pump alarm is on, water is high.", "2310", "Net 30", "C-014",
    )  # fmt: skip
    assert [line.tax_mark for line in sheet.lines] == ["", "", "*", "*"]


def test_a_customer_who_wants_an_order_number_gets_it_on_the_paper(
    store: Store, story: Story
) -> None:
    customers.edit(store, story.customer_id, is_po_required=True, bill_to="Suite 4\n\nDayton")
    draft_id = invoices.draft(store, bills.sheet_2310(store, story))
    assert invoices.get(store, draft_id).warnings.needs_po
    with store.change("Give it a number") as session:
        session.get_one(WorkOrder, 1).po_number = "PO-9"
    assert not invoices.get(store, draft_id).warnings.needs_po
    assert paper(store, draft_id).work_order == "2310 · PO PO-9"
    assert paper(store, draft_id).bill_to.lines == ("Suite 4", "Dayton")
