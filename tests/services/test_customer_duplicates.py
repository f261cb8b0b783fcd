from __future__ import annotations

import pytest

from smallcmms.domain.likeness import Likeness
from smallcmms.services import customer_duplicates, customers
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.store.store import Store
from tests.build import Story


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"name": "Harbour View Apts."}, Likeness.NAME),
        ({"name": "Apartments Harbor View, LLC"}, Likeness.NAME),
        ({"name": "P. Natarajan", "phone": "+1 937 555 0117"}, Likeness.PHONE),
        ({"name": "HVA", "address": "1200 Riverside Drive, Dayton"}, Likeness.ADDRESS),
    ],
)
def test_a_customer_that_is_there_already_is_found(
    store: Store, story: Story, told: dict[str, str], reason: Likeness
) -> None:
    customers.add(store, name="Bluebird Bakery", contact=NewContact(name="Anya", phone="5550151"))
    found = customer_duplicates.like(store, **told)
    assert [(each.id, each.reasons) for each in found] == [(story.customer_id, (reason,))]


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Harbor View Marina"},
        {"name": "Somebody", "address": "1210 Riverside Dr, Dayton"},
        {"name": "", "phone": "0117"},
    ],
)
def test_a_neighbour_is_not_taken_for_them(
    store: Store, story: Story, told: dict[str, str]
) -> None:
    assert story.customer_id
    assert customer_duplicates.like(store, **told) == []


def test_every_pair_is_told_once_the_surest_first(store: Store, story: Story) -> None:
    again = customers.add(
        store,
        name="Harbor View Apartments Inc.",
        contact=NewContact(name="Accounts", phone="(937) 555-0117"),
        site=NewSite(address="1200 Riverside Dr", city="Dayton"),
    )
    one = customers.add(store, name="Oakmont Dental Group")
    other = customers.add(store, name="Oakmont Dentl Group")
    customers.archive(store, customers.add(store, name="Oakmont Dental Group"))
    first, second = customer_duplicates.every(store)
    assert (first.one, first.other) == (story.customer_id, again)
    assert first.reasons == (Likeness.PHONE, Likeness.ADDRESS, Likeness.NAME)
    assert (second.one, second.other, second.reasons) == (one, other, (Likeness.NAME,))
    assert [each.id for each in customer_duplicates.of(store, again)] == [story.customer_id]
