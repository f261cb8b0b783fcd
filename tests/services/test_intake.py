from __future__ import annotations

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.services import assets, intake, requests, triage
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock

WATER = "water_or_gas_escaping"
WORDS = "Sump pump alarm is on, water is high"


def log(store: Store, story: Story, **more: object) -> int:
    """Log the call of the story."""
    call: dict[str, object] = {
        "words": WORDS,
        "customer_id": story.customer_id,
        "contact_id": story.contact_id,
        "site_id": story.site_id,
        "location_id": story.location_id,
        "asset_id": story.asset_id,
        "facts": [WATER],
        "intake_seconds": 15,
    }
    return requests.log(store, **(call | more))  # type: ignore[arg-type]


def test_water_escaping_at_ten_past_seven_wants_an_answer_by_ten_past_eleven(
    store: Store, story: Story
) -> None:
    found = intake.suggest(store, facts=[WATER], asset_id=story.asset_id)
    assert (found.level, found.reasons) == (Level.HIGH, ("water escaping",))
    assert found.answer_by == july(13, 11, 10)


def test_another_level_has_its_own_answer_time(store: Store, story: Story) -> None:
    found = intake.suggest(store, facts=[], level=Level.CRITICAL)
    assert (found.level, found.answer_by) == (Level.MEDIUM, july(13, 8, 10))
    assert story.asset_id


def test_an_asset_of_criticality_a_raises_a_routine_call(store: Store, story: Story) -> None:
    assets.edit(store, story.asset_id, criticality="a")
    assert intake.suggest(store, facts=[], asset_id=story.asset_id).level is Level.HIGH


def test_the_words_of_the_caller_put_the_asset_they_name_first(store: Store, story: Story) -> None:
    boiler = assets.add(store, site_id=story.site_id, name="Heating boiler", short_code="Boiler A")
    first, second = intake.guesses(store, site_id=story.site_id, words="The sump pump is loud")
    assert (first.asset_id, second.asset_id) == (story.asset_id, boiler)
    assert intake.guesses(store, site_id=story.site_id, words="boiler out")[0].asset_id == boiler


def test_an_asset_tells_its_warranty_and_its_open_work(store: Store, story: Story) -> None:
    assert intake.standing(store, story.asset_id) == intake.Standing(None, ())
    order_id = triage.make_work_order(store, log(store, story))
    assert intake.standing(store, story.asset_id).open_numbers == ("WO-2310",)
    [guess] = intake.guesses(store, site_id=story.site_id, words="")
    assert guess.open_number == "WO-2310"
    assert order_id


def test_the_same_asset_or_two_shared_words_make_a_duplicate(store: Store, story: Story) -> None:
    triage.make_work_order(
        store,
        log(store, story),
        technician_ids=[story.technician_id],
        planned_from=july(13, 8, 0),
        planned_to=july(13, 10, 0),
    )
    [same] = intake.duplicates(
        store, site_id=story.site_id, asset_id=story.asset_id, words="It hums"
    )
    assert (same.number, same.technician, same.visit_from) == (
        "WO-2310",
        "Marco Reyes",
        july(13, 8, 0),
    )
    by_words = {"site_id": story.site_id, "asset_id": None}
    assert intake.duplicates(store, words="alarm, and water everywhere", **by_words)  # type: ignore[arg-type]
    assert not intake.duplicates(store, words="The door squeaks", **by_words)  # type: ignore[arg-type]


def test_the_call_is_kept_with_its_words_its_clock_and_its_reason(
    store: Store, story: Story
) -> None:
    page = requests.get(store, log(store, story))
    assert page.row.number == "R-1037"
    assert (page.row.words, page.row.level, page.row.level_reason) == (
        WORDS,
        Level.HIGH,
        "water escaping",
    )
    assert (page.row.received_at, page.row.answer_by) == (july(13, 7, 10), july(13, 11, 10))
    assert (page.caller, page.phone, page.asset) == (
        "Priya Natarajan",
        "(937) 555-0117",
        "SP-A Sump pump",
    )
    assert page.rule_name == "Water or gas escaping"


def test_a_call_needs_words_and_nothing_else(store: Store, story: Story) -> None:
    with pytest.raises(RuleBroken, match="what is wrong") as refused:
        requests.log(store, words="  ")
    assert refused.value.field == "words"
    request_id = requests.log(store, words="Something hums", caller="A neighbour", phone="5550100")
    page = requests.get(store, request_id)
    assert (page.row.customer, page.caller, page.row.level) == (
        "A neighbour",
        "A neighbour",
        Level.MEDIUM,
    )
    assert story.customer_id


def test_another_level_needs_a_reason(store: Store, story: Story) -> None:
    with pytest.raises(RuleBroken, match="Say why it is L1"):
        log(store, story, level=Level.CRITICAL)
    request_id = log(store, story, level=Level.CRITICAL, override_reason="Water over the switch")
    page = requests.get(store, request_id)
    assert (page.row.level, page.row.answer_by) == (Level.CRITICAL, july(13, 8, 10))
    requests.set_level(store, request_id, level=Level.HIGH, reason="Water fell")
    assert requests.get(store, request_id).row.answer_by == july(13, 11, 10)


def test_the_queue_is_worst_first_then_by_deadline(
    store: Store, story: Story, clock: Clock
) -> None:
    late = requests.log(store, words="Fan rattles")
    clock.advance(minutes=5)
    high = log(store, story)
    clock.advance(minutes=5)
    later = requests.log(store, words="Door squeaks")
    assert requests.find(store) == [high, late, later]
    assert requests.count(store) == 3


def test_an_answered_request_leaves_the_queue_and_stays_answered(
    store: Store, story: Story
) -> None:
    request_id = log(store, story)
    with pytest.raises(RuleBroken, match="Say why"):
        requests.decline(store, request_id, reason="")
    requests.decline(store, request_id, reason="We do not do pumps")
    assert requests.find(store) == []
    assert requests.find(store, which=requests.DECLINED) == [request_id]
    assert requests.find(store, which=requests.ANSWERED_TODAY) == [request_id]
    with pytest.raises(RuleBroken, match="R-1037 has been answered"):
        requests.cancel(store, request_id, reason="They called again")
    store.undo()
    assert requests.find(store) == [request_id]


def test_a_request_waits_for_an_answer_and_is_taken_up(store: Store, story: Story) -> None:
    request_id = log(store, story)
    requests.wait_for_answer(store, request_id, reason="Which pump?")
    assert requests.get(store, request_id).row.status == "waiting"
    assert requests.find(store) == [request_id]
    requests.take_up(store, request_id)
    assert requests.get(store, request_id).row.status == "new"
    requests.cancel(store, request_id, reason="It was the neighbour's")
    assert requests.get(store, request_id).reason == "It was the neighbour's"


def test_a_second_call_is_added_to_the_work_order_of_the_first(store: Store, story: Story) -> None:
    order_id = triage.make_work_order(store, log(store, story))
    again = log(store, story, words="Now it is over the step")
    assert requests.get(store, again).open_here[0][1] == "WO-2310"
    requests.merge(store, again, work_order_id=order_id)
    page = requests.get(store, again)
    assert (page.row.status, page.work_order) == ("duplicate", "WO-2310")
    assert requests.find(store) == []


def test_a_note_for_the_truck_is_kept(store: Store, story: Story) -> None:
    request_id = log(store, story)
    requests.note(store, request_id, "Wet vac and caps")
    assert requests.get(store, request_id).note == "Wet vac and caps"


def test_triage_offers_the_first_gap_of_the_day(store: Store, story: Story, clock: Clock) -> None:
    clock.moment = july(13, 7, 14)
    [offer] = triage.offers(store, log(store, story), minutes=120)
    assert (offer.technician, offer.starts_at, offer.ends_at, offer.is_in_time) == (
        "Marco Reyes",
        july(13, 8, 0),
        july(13, 10, 0),
        True,
    )


def test_triage_makes_the_work_order_in_one_step(store: Store, story: Story) -> None:
    request_id = log(store, story)
    order_id = triage.make_work_order(
        store,
        request_id,
        technician_ids=[story.technician_id],
        planned_from=july(13, 8, 0),
        planned_to=july(13, 10, 0),
        template_id=story.template_id,
    )
    page = requests.get(store, request_id)
    assert (page.row.status, page.work_order_id, page.work_order) == (
        "accepted",
        order_id,
        "WO-2310",
    )
    with pytest.raises(RuleBroken, match="has been answered"):
        triage.make_work_order(store, request_id)
    store.undo()
    assert requests.get(store, request_id).row.status == "new"
    assert requests.find(store) == [request_id]


def test_a_long_call_makes_a_short_title(store: Store, story: Story) -> None:
    words = "The pump in the basement of building A has been humming since last night and now " * 2
    order_id = triage.make_work_order(store, log(store, story, words=words))
    title = intake.duplicates(store, site_id=story.site_id, asset_id=story.asset_id, words="")[0]
    assert title.title.endswith("…")
    assert len(title.title) <= triage.TITLE_LENGTH
    assert order_id
