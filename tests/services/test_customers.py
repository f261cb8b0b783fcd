from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Event
from smallcmms.services import contacts, customers
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.store.store import Changed, Store
from tests import build, questions


@pytest.fixture(autouse=True)
def _shop(store: Store) -> None:
    build.ridgeline(store)


def kinds(store: Store, record: str, record_id: int) -> list[str]:
    query = select(Event.kind).where(Event.record == record, Event.record_id == record_id)
    with store.read() as session:
        return list(session.scalars(query.order_by(Event.id)))


def test_a_customer_with_a_person_and_a_site_is_one_step(store: Store) -> None:
    customer_id = customers.add(
        store,
        name=" Harbor View Apartments ",
        terms_days=30,
        not_to_exceed=Decimal("500.00"),
        contact=NewContact(name="Priya Natarajan", phone="(937) 555-0117"),
        site=NewSite(address="1200 Riverside Dr", city="Dayton"),
    )
    page = customers.get(store, customer_id)
    assert (page.number, page.name, page.not_to_exceed) == (
        "C-014",
        "Harbor View Apartments",
        Decimal("500.00"),
    )
    assert [person.name for person in page.contacts] == ["Priya Natarajan"]
    assert [site.label for site in customers.sites(store, customer_id)] == ["1200 Riverside Dr"]
    assert kinds(store, "customer", customer_id) == ["added", "contact_added", "site_added"]
    store.undo()
    assert list(customers.find(store)) == []


def test_a_customer_without_a_name_is_refused_beside_its_box(store: Store) -> None:
    with pytest.raises(RuleBroken, match="needs a name") as refused:
        customers.add(store, name="  ")
    assert refused.value.field == "name"


def test_a_customer_without_terms_shows_the_shops(store: Store) -> None:
    page = customers.get(store, customers.add(store, name="Carol Miller"))
    assert (page.terms_days, page.shown_terms_days) == (None, 30)


def test_an_edit_changes_one_field_in_one_step_and_says_so(store: Store) -> None:
    customer_id = customers.add(store, name="Harbor View")
    heard: list[Changed] = []
    store.listen(heard.append)
    customers.edit(store, customer_id, name="Harbor View Apartments")
    assert customers.get(store, customer_id).name == "Harbor View Apartments"
    assert str(store.next_undo()) == "Edit C-014"
    assert heard[0].rows["customer"] == {customer_id}
    store.undo()
    assert customers.get(store, customer_id).name == "Harbor View"


def test_an_edit_that_changes_nothing_is_no_step(store: Store) -> None:
    customer_id = customers.add(store, name="Harbor View")
    customers.edit(store, customer_id, name="Harbor View")
    assert str(store.next_undo()) == "Add customer Harbor View"


def test_a_field_that_is_no_customers_cannot_be_edited(store: Store) -> None:
    customer_id = customers.add(store, name="Harbor View")
    with pytest.raises(TypeError, match="number"):
        customers.edit(store, customer_id, number="C-1")
    with pytest.raises(RuleBroken, match="needs a name"):
        customers.edit(store, customer_id, name="")


def test_an_archived_customer_leaves_the_list_and_comes_back(store: Store) -> None:
    customer_id = customers.add(store, name="Harbor View")
    customers.archive(store, customer_id)
    assert list(customers.find(store)) == []
    assert list(customers.find(store, is_archived=True)) == [customer_id]
    customers.restore(store, customer_id)
    assert list(customers.find(store)) == [customer_id]


@pytest.mark.parametrize(
    "text", ["harb", "view har", "priya", "0117", "river", "C-014", "c-014", "priya harbor"]
)
def test_customers_are_found_by_name_person_phone_address_and_number(
    store: Store, text: str
) -> None:
    story = build.story(store)
    customers.add(store, name="Bluebird Bakery")
    assert list(customers.find(store, text=text)) == [story.customer_id]


def test_customers_are_listed_by_name_whatever_its_letters(store: Store) -> None:
    last = customers.add(store, name="Zebra")
    first = customers.add(store, name="apple")
    assert list(customers.find(store)) == [first, last]


def test_a_row_shows_the_first_person_or_the_own_phone(store: Store) -> None:
    story = build.story(store)
    home = customers.add(
        store,
        name="Carol Miller",
        kind=CustomerKind.RESIDENTIAL,
        contact=NewContact(name="Carol Miller", phone="(937) 555-0105"),
    )
    bare = customers.add(store, name="Nobody yet")
    rows = customers.rows(store, [story.customer_id, home, bare])
    assert [rows[each].second for each in (story.customer_id, home, bare)] == [
        "Priya Natarajan",
        "(937) 555-0105",
        "",
    ]


def test_a_persons_number_is_found_after_it_was_changed(store: Store) -> None:
    story = build.story(store)
    contacts.edit_contact(store, story.contact_id, mobile="937.555.0999")
    assert [row.name for row in customers.callers(store, "5550999")] == ["Priya Natarajan"]
    with pytest.raises(RuleBroken, match="needs a name"):
        contacts.edit_contact(store, story.contact_id, name=" ")


def test_an_archived_person_calls_no_more(store: Store) -> None:
    story = build.story(store)
    contacts.archive_contact(store, story.contact_id)
    assert contacts.contacts(store, story.customer_id) == []
    assert [row.contact_id for row in customers.callers(store, "Harbor")] == [None]


def test_what_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with pytest.raises(NotFound):
        customers.get(store, 99)


def test_a_list_asks_two_questions_whatever_its_length(store: Store) -> None:
    ids = [customers.add(store, name=f"Customer {count}") for count in range(5)]
    assert len(questions.statements(store, lambda: customers.rows(store, ids))) <= 2
    plan = questions.plan(store, lambda: customers.rows(store, ids))
    assert not [line for line in plan if line.startswith(("SCAN work_order", "SCAN invoice"))]
