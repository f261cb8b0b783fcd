from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from smallcmms.cli.invoice import render
from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.models import Invoice, Request, WorkOrder
from smallcmms.services import (
    check,
    contact_log,
    contacts,
    customers,
    invoices,
    payments,
    requests,
    sites,
    standings,
    timeline,
    work_orders,
)
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.store import dump
from smallcmms.store.store import Store
from tests.build import Story


@pytest.fixture
def twice(store: Store, story: Story) -> int:
    """Return the second record of Harbor View, with what came to stand there."""
    assert story.customer_id
    return customers.add(
        store,
        name="Harbor View Apts",
        bill_to="Another address",
        exemption_certificate="OH-7",
        notes="Pays by check",
        contact=NewContact(name="PRIYA NATARAJAN", phone="937 555 0117", email="p@harbor.example"),
        site=NewSite(address="1210 Riverside Dr"),
    )


def billed(store: Store, customer_id: int, price: str, *, is_issued: bool) -> int:
    made = invoices.draft_by_hand(store, customer_id=customer_id)
    invoices.add_line(store, made, text="Service", price=Decimal(price))
    if is_issued:
        invoices.issue(store, made, render=render)
    return made


def owner(store: Store, kind: Any, row_id: int) -> Any:
    with store.read() as session:
        return session.get_one(kind, row_id).customer_id


def test_everything_goes_over_and_what_was_issued_stays(
    store: Store, story: Story, twice: int
) -> None:
    call = requests.log(store, words="Drips", level=Level.MEDIUM, customer_id=twice)
    order = work_orders.add(store, title="Fan rattles", level=Level.LOW, customer_id=twice)
    contact_log.log(store, twice, how=Way.TEXT, said="Hello")
    draft = billed(store, twice, "10", is_issued=False)
    issued = billed(store, twice, "90", is_issued=True)
    paper = invoices.document(store, issued)
    before = list(dump.lines(store))
    customers.merge(store, twice, into=story.customer_id)
    for kind, row_id in ((WorkOrder, order), (Request, call), (Invoice, draft)):
        assert owner(store, kind, row_id) == story.customer_id
    assert [each.said for each in contact_log.rows(store, story.customer_id)] == ["Hello"]
    assert len(sites.sites(store, story.customer_id)) == 2
    assert owner(store, Invoice, issued) == twice
    assert invoices.document(store, issued) == paper
    page = customers.get(store, story.customer_id)
    assert (page.exemption_certificate, page.notes) == ("OH-7", "Pays by check")
    assert page.bill_to.startswith("1200 Riverside Drive")
    assert customers.get(store, twice).merged_into_id == story.customer_id
    assert list(customers.find(store)) == [story.customer_id]
    assert check.problems(store) == []
    store.undo()
    assert list(dump.lines(store)) == before


def test_what_the_merged_one_owes_is_owed_and_paid_by_the_one_that_is_left(
    store: Store, story: Story, twice: int
) -> None:
    issued = billed(store, twice, "90", is_issued=True)
    customers.merge(store, twice, into=story.customer_id)
    assert standings.of(store, story.customer_id).owed == Decimal("90.00")
    assert customers.rows(store, [story.customer_id])[story.customer_id].owed == Decimal("90.00")
    told = invoices.Filters(customer_id=story.customer_id)
    assert list(invoices.find(store, filters=told)) == [issued]
    payments.take(store, customer_id=story.customer_id, amount=Decimal(50))
    payments.take(store, invoice_id=issued, amount=Decimal(40))
    assert standings.of(store, story.customer_id).owed == 0
    assert [each.amount for each in payments.rows(store, story.customer_id)] == [40, 50]
    assert check.problems(store) == []


def test_a_bill_that_is_reissued_goes_to_the_one_that_is_left(
    store: Store, story: Story, twice: int
) -> None:
    issued = billed(store, twice, "90", is_issued=True)
    customers.merge(store, twice, into=story.customer_id)
    again = invoices.credit_and_reissue(store, issued, reason="Wrong name", render=render)
    assert owner(store, Invoice, again.credit_note_id) == twice
    assert owner(store, Invoice, again.draft_id) == story.customer_id
    assert standings.of(store, story.customer_id).owed == 0
    assert check.problems(store) == []


def test_a_person_of_both_records_is_there_once_and_keeps_the_calls(
    store: Store, story: Story, twice: int
) -> None:
    [second] = contacts.contacts(store, twice)
    call = requests.log(store, words="Drips", level=Level.MEDIUM, contact_id=second.id)
    customers.merge(store, twice, into=story.customer_id)
    [person] = contacts.contacts(store, story.customer_id)
    assert (person.id, person.name, person.email) == (
        story.contact_id,
        "Priya Natarajan",
        "p@harbor.example",
    )
    with store.read() as session:
        assert session.get_one(Request, call).contact_id == story.contact_id


def test_a_merged_customer_cannot_be_merged_or_brought_back(
    store: Store, story: Story, twice: int
) -> None:
    with pytest.raises(RuleBroken, match="with itself"):
        customers.merge(store, twice, into=twice)
    customers.merge(store, twice, into=story.customer_id)
    with pytest.raises(RuleBroken, match="merged already"):
        customers.merge(store, story.customer_id, into=twice)
    with pytest.raises(RuleBroken, match="was merged into C-014"):
        customers.restore(store, twice)
    third = customers.add(store, name="Harbor")
    customers.merge(store, story.customer_id, into=third)
    assert customers.get(store, twice).merged_into_id == third


def test_an_archived_customer_takes_nobody_in(store: Store, story: Story, twice: int) -> None:
    customers.archive(store, twice)
    with pytest.raises(RuleBroken, match="Bring it back first"):
        customers.merge(store, story.customer_id, into=twice)
    customers.merge(store, twice, into=story.customer_id)


def test_the_timeline_tells_of_the_merge_and_of_who_looked_at_a_code(
    store: Store, story: Story, twice: int
) -> None:
    sites.show_code(store, story.site_id)
    customers.merge(store, twice, into=story.customer_id)
    told = timeline.of(store, "customer", story.customer_id)
    assert [each.text.format(**each.values) for each in told][:3] == [
        "Harbor View Apts, C-015, merged into it",
        "PRIYA NATARAJAN archived",
        "Access code of 1200 Riverside Dr shown",
    ]
    [last, *_] = timeline.of(store, "customer", twice)
    assert last.text.format(**last.values) == "Merged into C-014"
