"""The keys of a call, counted [design/spec.md, section 11]: known and new callers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.imports import Kind
from smallcmms.exchange import tables
from smallcmms.services import assets, customers, imports, requests
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.requests import RequestsPage
from tests.build import Story
from tests.ui.at_requests import WATER, only
from tests.ui.hands import CONTROL, KEY, Hands

WORDS = "Circulator leaks and the floor is wet."
REGISTER = (
    "Name,Short code,Customer,Site,Location,Make\n"
    "Hot-water circulator,P-1,St. Brendan Parish School,410 Chapel Rd,Basement,Taco\n"
    "Water heater,WH-1,St. Brendan Parish School,410 Chapel Rd,Basement,A. O. Smith\n"
)
PEOPLE = (
    "Name,Contact,Phone,Address\n"
    "St. Brendan Parish School,Tom Veldkamp,(937) 555-0163,410 Chapel Rd\n"
)


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    assert story
    for kind, text in ((Kind.CUSTOMERS, PEOPLE), (Kind.ASSETS, REGISTER)):
        book = tables.read(text.encode(), "list.csv")
        plan = imports.guess(store, kind, book)
        imports.run(store, imports.preview(store, book, plan), is_agreed=True)
    made = Hands(qtbot, store, background, RequestsPage)
    yield made
    made.close()


def test_a_known_caller_on_an_imported_asset_takes_forty_nine_keys(
    hands: Hands, store: Store
) -> None:
    assert len(WORDS) == 38
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("velk")
    hands.key(KEY.Key_Return)
    hands.type(WORDS)
    hands.key(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)
    hands.key(KEY.Key_Return, held=CONTROL)
    page = only(store)
    assert (page.caller, page.asset, page.facts) == (
        "Tom Veldkamp",
        "P-1 Hot-water circulator",
        (WATER,),
    )
    assert page.row.words == WORDS
    assert hands.pressed <= 49


def test_a_new_caller_takes_ninety_four_keys(hands: Hands, store: Store) -> None:
    name, phone, street = "Helen C Brandt", "9375550199", "12 Elm Street East"
    assert (len(name), len(phone), len(street)) == (14, 10, 18)
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type(name)
    hands.key(KEY.Key_Return)
    hands.type(phone)
    hands.key(KEY.Key_Tab)
    hands.type(street)
    hands.key(KEY.Key_Tab)
    hands.type(WORDS)
    hands.key(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)
    hands.key(KEY.Key_Return, held=CONTROL)
    page = only(store)
    assert (page.caller, page.phone, page.address) == (name, "(937) 555-0199", street)
    assert (page.row.words, page.facts) == (WORDS, (WATER,))
    assert hands.pressed <= 94
    assert customers.find(store, text="Brandt") == [page.customer_id]


def test_the_asset_that_nobody_had_costs_its_name_and_one_key(hands: Hands, store: Store) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("velk")
    hands.key(KEY.Key_Return)
    hands.type("It leaks")
    hands.key(KEY.Key_Tab)
    before = hands.pressed
    hands.type("Ice maker")
    hands.key(KEY.Key_Return)
    assert hands.pressed - before == len("Ice maker") + 1
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert page.asset == "Ice maker"
    assert page.asset_id is not None
    assert assets.get(store, page.asset_id).row.site_id == page.site_id
    assert requests.count(store) == 1
