from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.models import TriageFact
from smallcmms.services import (
    assets,
    callers,
    contacts,
    drafts,
    requests,
    sites,
    warranties,
)
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.requests import RequestsPage
from tests import past
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import (
    WATER,
    WORDS,
    begin,
    only,
    order_on_the_pump,
)
from tests.ui.hands import ALT, CONTROL, KEY, SHIFT, Hands


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    assert story
    made = Hands(qtbot, store, background, RequestsPage)
    yield made
    made.close()


def test_the_call_of_the_story_takes_forty_nine_keys(
    hands: Hands, store: Store, story: Story, clock: Clock
) -> None:
    begin(hands)
    clock.advance(seconds=15)
    hands.key(KEY.Key_Tab)
    assert hands.focus.startswith("SP-A Sump pump A-0133")
    hands.key(KEY.Key_Space, KEY.Key_Tab)
    assert hands.focus == "Water or gas escaping"
    hands.key(KEY.Key_Space)
    call = hands.page.call
    hands.until(lambda: "L2" in call.how_bad.why.text())
    assert call.how_bad.why.text() == "Suggested L2: water escaping. Answer by 11:10 AM."
    assert call.assets.standing.text() == "· no warranty · no open work"
    hands.key(KEY.Key_Return, held=CONTROL)
    assert hands.pressed == 1 + len("priya") + 1 + len(WORDS) + 4 + 1
    page = only(store)
    assert (page.row.number, page.row.words, page.row.level) == ("R-1037", WORDS, Level.HIGH)
    assert (page.row.received_at, page.row.answer_by) == (july(13, 7, 10), july(13, 11, 10))
    assert (page.caller, page.phone) == ("Priya Natarajan", "(937) 555-0117")
    assert (page.customer_id, page.contact_id) == (story.customer_id, story.contact_id)
    assert (page.site_id, page.location_id) == (story.site_id, story.location_id)
    assert (page.asset_id, page.facts) == (story.asset_id, (WATER,))
    assert page.row.channel is Channel.PHONE
    assert page.row.level_reason == "water escaping"
    assert page.intake_seconds == 15


def test_fast_hands_need_not_wait_for_any_answer(hands: Hands, store: Store, story: Story) -> None:
    begin(hands)
    hands.key(KEY.Key_Return, held=CONTROL)
    assert only(store).asset_id == story.asset_id


def test_a_known_caller_brings_phone_site_and_what_is_owed(hands: Hands) -> None:
    begin(hands, "")
    caller = hands.page.call.caller
    assert caller.who.text == "Priya Natarajan, Harbor View Apartments"
    assert caller._tell_phone.text() == "(937) 555-0117"
    assert caller._tell_more.text() == "· Property manager · owes nothing"
    assert caller.site.combo.currentText() == "1200 Riverside Dr"
    assert hands.focus == "What is wrong"


def test_four_digits_of_the_phone_find_a_caller(hands: Hands) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("0117")
    hands.key(KEY.Key_Return)
    assert hands.page.call.caller.who.text.startswith("Priya Natarajan")


def test_the_site_is_where_the_caller_was_last_and_the_place_where_the_asset_stands(
    hands: Hands, store: Store, story: Story
) -> None:
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    requests.log(store, words="Door", customer_id=story.customer_id, site_id=other)
    begin(hands)
    call = hands.page.call
    assert call.caller.site_id == other
    call.caller.go_to(story.site_id)
    call.caller.site.changed.emit()
    assert call.assets.asset_id == story.asset_id
    assert call.caller.place.combo.currentText() == "Building A, Basement"


def test_a_call_without_words_is_refused_beside_the_box(hands: Hands, store: Store) -> None:
    begin(hands, "")
    hands.key(KEY.Key_Return, held=CONTROL)
    assert hands.page.call.words.error.text() == "Write what is wrong."
    assert hands.focus == "What is wrong"
    assert requests.find(store) == []


def test_a_quick_problem_is_words_enough(hands: Hands, store: Store) -> None:
    begin(hands, "")
    hands.page.call.problems._chips["no_heat"].click()
    hands.key(KEY.Key_Return, held=CONTROL)
    page = only(store)
    assert (page.row.words, page.problem_codes) == ("No heat", ("no_heat",))


def test_nobody_knows_the_caller_and_the_call_is_logged_all_the_same(
    hands: Hands, store: Store
) -> None:
    for who, words in (("A neighbour", "Water on the stairs"), ("9375550190", "It smells of gas")):
        hands.key(KEY.Key_L, held=CONTROL)
        hands.type(who)
        hands.key(KEY.Key_Escape, KEY.Key_Tab)
        assert hands.focus == "What is wrong"
        hands.type(words)
        hands.key(KEY.Key_S, held=CONTROL)
    known = [requests.get(store, each) for each in requests.find(store)]
    assert [(page.caller, page.phone) for page in known] == [
        ("A neighbour", ""),
        ("", "(937) 555-0190"),
    ]


def test_a_new_customer_is_taken_in_with_the_call_in_one_step(hands: Hands, store: Store) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("Helen Brandt")
    hands.key(KEY.Key_Return)
    hands.type("9375550199")
    hands.key(KEY.Key_Tab)
    hands.type("12 Elm St")
    hands.key(KEY.Key_Tab)
    hands.type("No heat at all")
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.caller, page.phone, page.address) == (
        "Helen Brandt",
        "(937) 555-0199",
        "12 Elm St",
    )
    [found] = callers.callers(store, "0199")
    assert found.customer == "Helen Brandt"
    hands.window.undo()
    assert requests.find(store) == []
    assert callers.callers(store, "0199") == []


def test_a_new_customer_without_a_name_is_asked_for_it(hands: Hands, store: Store) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("9375550199")
    hands.key(KEY.Key_Return)
    assert hands.focus == "Name"
    hands.page.call.words.setFocus()
    hands.type("No heat")
    hands.key(KEY.Key_S, held=CONTROL)
    assert hands.page.call.caller.name.error.text() == "A customer needs a name."
    assert requests.find(store) == []


def test_a_likely_duplicate_takes_the_fill_and_ctrl_enter_adds_the_call_to_it(
    hands: Hands, store: Store, story: Story
) -> None:
    order_id = order_on_the_pump(store, story)
    begin(hands)
    hands.key(KEY.Key_Tab)
    call = hands.page.call
    assert call.strip.isVisible()
    assert call.strip.first.text() == "Same as WO-2310?"
    assert call.strip.second.text() == "Marco, today 1:00 PM"
    assert call.make.kind == ""
    hands.key(KEY.Key_Return, held=CONTROL)
    assert requests.find(store) == []
    [_first, second] = sorted(requests.find(store, which=requests.ANSWERED_TODAY))
    page = requests.get(store, second)
    assert (page.row.status, page.work_order_id) == ("duplicate", order_id)
    assert hands.toast == "R-1038 added to WO-2310"
    hands.window.undo()
    assert requests.count(store, which=requests.ANSWERED_TODAY) == 1


def test_a_call_that_is_different_gets_its_fill_back(
    hands: Hands, store: Store, story: Story
) -> None:
    order_on_the_pump(store, story)
    begin(hands)
    hands.key(KEY.Key_Tab)
    hands.until(hands.page.call.strip.isVisible)
    hands.page.call.press_different()
    assert not hands.page.call.strip.isVisible()
    assert hands.page.call.make.kind == "primary"
    hands.type(" ")  # it has the keys too
    assert only(store).row.number == "R-1038"


def test_an_asset_tells_its_warranty_and_its_open_work(
    hands: Hands, store: Store, story: Story
) -> None:
    warranties.add(
        store, story.asset_id, kind=WarrantyKind.PARTS, starts_on=july(1, 9, 0).date(),
        ends_on=july(31, 9, 0).date(), guarantor="Halden",
    )  # fmt: skip
    order_on_the_pump(store, story)
    begin(hands)
    hands.key(KEY.Key_Tab)
    told = hands.page.call.assets.standing.text()
    assert told == "· under warranty until Jul 31, 2026 · open: WO-2310"
    assert hands.focus == "SP-A Sump pump A-0133 WO-2310 open"


def test_words_that_name_no_asset_pick_none(hands: Hands, store: Store) -> None:
    begin(hands, "The door squeaks")
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).asset_id is None


def test_another_asset_is_found_by_typing_on_the_rows(
    hands: Hands, store: Store, story: Story
) -> None:
    boiler = assets.add(store, site_id=story.site_id, short_code="B-1", name="Boiler")
    begin(hands)
    hands.key(KEY.Key_Tab)
    hands.type("boil")
    assert hands.focus == "Find another asset"
    hands.key(KEY.Key_Return)
    assert hands.page.call.assets.asset_id == boiler
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).asset_id == boiler


def test_the_tag_of_an_asset_is_enough_to_know_where_it_is(
    hands: Hands, store: Store, story: Story
) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.page.call.words.setFocus()
    hands.type("It hums")
    hands.key(KEY.Key_Tab)
    hands.type("A0133")
    hands.page.call.assets.other.line.setText("A-0133")
    hands.page.call.assets.other.line.textEdited.emit("A-0133")
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.asset_id, page.site_id, page.customer_id) == (
        story.asset_id,
        story.site_id,
        story.customer_id,
    )


def test_another_level_asks_why_in_the_form(hands: Hands, store: Store) -> None:
    begin(hands)
    hands.key(KEY.Key_1, held=ALT)
    assert hands.focus == "Why this level"
    hands.key(KEY.Key_Return, held=CONTROL)
    assert hands.page.call.how_bad.reason.error.text() == "Say why it is L1."
    assert requests.find(store) == []
    hands.type("Water over the switch")
    hands.key(KEY.Key_Return, held=CONTROL)
    page = only(store)
    assert (page.row.level, page.row.override_reason) == (Level.CRITICAL, "Water over the switch")
    assert page.row.answer_by == july(13, 8, 10)


def test_the_words_say_which_level_was_suggested_and_which_was_chosen(hands: Hands) -> None:
    begin(hands)
    hands.key(KEY.Key_1, held=ALT)
    why = hands.page.call.how_bad.why
    hands.until(lambda: "8:10" in why.text())
    assert why.text() == "L1 is your choice, suggested L3: Routine repair. Answer by 8:10 AM."
    hands.key(KEY.Key_3, held=ALT)
    assert not hands.page.call.how_bad.reason.isVisible()


def test_alt_and_a_letter_jump_to_the_parts_of_the_call(hands: Hands) -> None:
    begin(hands)
    hands.key(KEY.Key_B, held=ALT)
    assert hands.focus == "Water or gas escaping"
    hands.key(KEY.Key_M, held=ALT)
    assert hands.focus.startswith("SP-A")
    hands.key(KEY.Key_W, held=ALT)
    assert hands.focus == "What is wrong"


def test_tab_goes_through_the_call_and_comes_to_every_box(hands: Hands) -> None:
    begin(hands)
    seen: list[str] = []
    while hands.focus not in seen:
        seen.append(hands.focus)
        hands.key(KEY.Key_Tab)
    call = seen[: seen.index("Save for triage") + 1]
    assert [name.split(" A-")[0] for name in call] == [
        "What is wrong",
        "SP-A Sump pump",
        "Water or gas escaping",
        "Someone could get hurt",
        "They cannot work",
        "Several people affected",
        "L3 Medium",
        "No heat",
        "Make work order",
        "Save for triage",
    ]
    hands.page.call.words.setFocus()
    hands.key(KEY.Key_Tab, held=SHIFT)
    assert hands.focus == "Where in the site"
    hands.key(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Tab, held=SHIFT)
    assert hands.focus == "Other ways in which it came"
    hands.key(KEY.Key_Tab, held=SHIFT)
    assert hands.focus == "Phone"


def test_saving_for_triage_leaves_the_cursor_in_an_empty_form(hands: Hands, store: Store) -> None:
    begin(hands)
    hands.key(KEY.Key_S, held=CONTROL)
    assert hands.focus == "Who is calling"
    assert hands.page.call.is_empty
    assert hands.toast == "R-1037 logged"
    assert drafts.rows(store, "call") == []


def test_a_call_begins_with_the_customer_that_was_open(hands: Hands, story: Story) -> None:
    hands.window.begin(
        "requests", "call", customer_id=story.customer_id, asset_id=story.asset_id, words="It hums"
    )
    call = hands.page.call
    assert call.caller.who.text == "Priya Natarajan, Harbor View Apartments"
    assert (call.assets.asset_id, call.words.text) == (story.asset_id, "It hums")
    assert hands.focus == "Who is calling"
    hands.key(KEY.Key_Return)
    assert hands.focus == "What is wrong"


def test_names_of_people_are_shown_as_they_are(hands: Hands, store: Store, story: Story) -> None:
    contacts.add_contact(store, story.customer_id, name="<b>Bobby</b> & Co {x}", phone="5550100")
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("bobby")
    hands.key(KEY.Key_Return)
    assert hands.page.call.caller.who.text.startswith("<b>Bobby</b> & Co {x}")
    hands.type("{level} & <i>x</i>")
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).row.words == "{level} & <i>x</i>"


def test_the_walk_in_is_told_from_the_phone(hands: Hands, store: Store) -> None:
    begin(hands)
    hands.page.call.channel.choose(Channel.WALK_IN)
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).row.channel is Channel.WALK_IN


def test_what_is_owed_late_is_said_of_the_caller(hands: Hands, store: Store, story: Story) -> None:
    past.bill(store, story.customer_id, total=124000, sent_on=july(13, 7, 0).date())
    past.bill(store, story.customer_id, total=46890, sent_on=date(2026, 5, 20))
    begin(hands, "")
    told = hands.page.call.caller._tell_more.text()
    assert told == "· Property manager · owes $1,708.90, $468.90 late"


def test_facts_that_the_shop_gave_other_words_stand_in_the_form(hands: Hands, store: Store) -> None:
    begin(hands)
    hands.page.call.how_bad.ticks[WATER].click()
    with store.change("Edit a fact") as session:
        fact = session.scalars(select(TriageFact).where(TriageFact.code == WATER)).one()
        fact.text = "Water {or} gas & <b>oil</b>"
    tick = hands.page.call.how_bad.ticks[WATER]
    assert tick.accessibleName() == "Water {or} gas & <b>oil</b>"
    assert tick.isChecked()
    hands.until(tick.isVisible)
    hands.page.call.go_to_asset()
    hands.key(KEY.Key_Tab)
    assert hands.focus == tick.accessibleName()
