from __future__ import annotations

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.missed_calls import Outcome, Ring
from smallcmms.services import contacts, customers, missed_calls, requests
from smallcmms.services.calls import Brings
from smallcmms.store import dump
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock

PRIYA = "+1 937-555-0117"


def test_a_missed_call_is_matched_to_the_customer_whose_number_it_is(
    store: Store, story: Story
) -> None:
    missed_calls.log(store, phone=PRIYA, called_at=july(13, 6, 40))
    [row] = missed_calls.waiting(store)
    assert (row.phone, row.caller) == ("(937) 555-0117", "Priya Natarajan")
    assert (row.customer_id, row.contact_id) == (story.customer_id, story.contact_id)
    assert row.called_at == july(13, 6, 40)


def test_a_number_without_its_area_is_the_same_line(store: Store, story: Story) -> None:
    missed_calls.log(store, phone="555-0117")
    assert missed_calls.waiting(store)[0].customer_id == story.customer_id


def test_a_number_that_two_customers_share_is_nobody_s(store: Store, story: Story) -> None:
    assert story
    other = customers.add(store, name="Oakmont Dental")
    contacts.add_contact(store, other, name="Alan", phone="937 555 0117")
    missed_calls.log(store, phone=PRIYA, name="RIVERSIDE DR")
    [row] = missed_calls.waiting(store)
    assert (row.customer_id, row.caller) == (None, "RIVERSIDE DR")


def test_a_number_that_two_people_of_a_customer_share_is_the_customer_s(
    store: Store, story: Story
) -> None:
    contacts.add_contact(store, story.customer_id, name="W. Hensley", phone="937 555 0117")
    missed_calls.log(store, phone=PRIYA)
    [row] = missed_calls.waiting(store)
    assert (row.customer_id, row.contact_id) == (story.customer_id, None)
    assert row.caller == "Harbor View Apartments"


def test_who_rang_three_times_waits_once(store: Store, story: Story) -> None:
    assert story
    for minute in (10, 20, 30):
        missed_calls.log(store, phone=PRIYA, called_at=july(13, 6, minute))
    [row] = missed_calls.waiting(store)
    assert (row.rings, row.called_at, row.last_at) == (3, july(13, 6, 10), july(13, 6, 30))
    assert missed_calls.count(store) == 1
    missed_calls.returned(store, row.id, outcome=Outcome.SPOKE, note="Wanted the bill again")
    assert missed_calls.waiting(store) == []
    store.undo()
    assert missed_calls.waiting(store)[0].rings == 3


def test_who_does_not_answer_goes_on_waiting(store: Store, clock: Clock) -> None:
    missed_call_id = missed_calls.log(store, phone="9375550190")
    clock.advance(minutes=30)
    missed_calls.returned(store, missed_call_id, outcome=Outcome.NO_ANSWER)
    [row] = missed_calls.waiting(store)
    assert (row.tries, row.tried_at) == (1, july(13, 7, 40))


def test_a_returned_call_is_not_returned_again(store: Store) -> None:
    missed_call_id = missed_calls.log(store, phone="9375550190")
    missed_calls.returned(store, missed_call_id, outcome=Outcome.NOBODY)
    with pytest.raises(RuleBroken, match="has been returned"):
        missed_calls.returned(store, missed_call_id, outcome=Outcome.SPOKE)


def test_a_call_that_is_logged_returns_the_missed_call_in_the_same_step(
    store: Store, story: Story
) -> None:
    missed_call_id = missed_calls.log(store, phone=PRIYA)
    before = list(dump.lines(store))
    requests.log(
        store,
        words="No heat",
        customer_id=story.customer_id,
        brings=Brings(missed_call_id=missed_call_id),
    )
    assert missed_calls.waiting(store) == []
    store.undo()
    assert list(dump.lines(store)) == before


def test_the_list_of_a_telephone_may_come_twice(store: Store, story: Story) -> None:
    assert story
    rings = [
        Ring(PRIYA, july(13, 6, 40), "NATARAJAN P"),
        Ring("(937) 555-0117", july(13, 6, 40)),
        Ring("937.555.0190", july(13, 6, 50)),
        Ring("Anonymous", july(13, 6, 55)),
    ]
    assert missed_calls.bring_in(store, rings) == missed_calls.BroughtIn(2, 1, 1)
    before, step = list(dump.lines(store)), store.next_undo()
    assert missed_calls.bring_in(store, rings) == missed_calls.BroughtIn(0, 3, 1)
    assert (list(dump.lines(store)), store.next_undo()) == (before, step)
    store.undo()
    assert missed_calls.waiting(store) == []


def test_a_call_without_a_number_cannot_be_returned(store: Store) -> None:
    with pytest.raises(RuleBroken, match="Write the number"):
        missed_calls.log(store, phone="unknown")


def test_the_same_call_is_not_written_down_twice(store: Store) -> None:
    missed_calls.log(store, phone="9375550190")
    with pytest.raises(RuleBroken, match="in the list already"):
        missed_calls.log(store, phone="937 555 0190")
