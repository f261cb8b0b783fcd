from __future__ import annotations

import pytest

from smallcmms.domain.requests import Channel
from smallcmms.services import customers, requests
from smallcmms.services.customers import NewContact
from smallcmms.store.store import Store
from tests import build, past


@pytest.mark.parametrize(
    "text", ["pri", "Priya", "natar", "harbor", "0117", "555-0117", "pri harb"]
)
def test_a_caller_is_found_by_letters_or_digits(
    store: Store, story: build.Story, text: str
) -> None:
    [row] = customers.callers(store, text)
    assert (row.contact_id, row.customer, row.phone) == (
        story.contact_id,
        "Harbor View Apartments",
        "(937) 555-0117",
    )


@pytest.mark.parametrize("text", ["pr", "  ", "117", "%%%", "___", "zzz"])
def test_too_little_finds_nobody(store: Store, story: build.Story, text: str) -> None:
    assert story.contact_id
    assert customers.callers(store, text) == []


def test_who_called_last_stands_first(store: Store, story: build.Story) -> None:
    other = customers.add(
        store, name="Oakmont Dental", contact=NewContact(name="Priya Anand", phone="9375550199")
    )
    assert [row.name for row in customers.callers(store, "priya")] == [
        "Priya Anand",
        "Priya Natarajan",
    ]
    past.call(store, story, channel=Channel.PHONE)
    assert [row.name for row in customers.callers(store, "priya")] == [
        "Priya Natarajan",
        "Priya Anand",
    ]
    assert requests.find(store)
    assert other
