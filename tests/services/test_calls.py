from __future__ import annotations

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.services import (
    advice,
    assets,
    callers,
    contacts,
    customers,
    drafts,
    job_templates,
    requests,
    sites,
    technicians,
    timeline,
    triage,
)
from smallcmms.services.advice import Call
from smallcmms.services.calls import NewCustomer
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock

WATER = "water_or_gas_escaping"
WORDS = "Sump pump alarm is on, water is high"


def log(store: Store, story: Story, words: str = WORDS, **more: object) -> int:
    """Log a call about the sump pump."""
    told: dict[str, object] = {
        "customer_id": story.customer_id,
        "contact_id": story.contact_id,
        "site_id": story.site_id,
        "asset_id": story.asset_id,
    }
    return requests.log(store, words=words, **(told | more))  # type: ignore[arg-type]


def test_a_new_customer_is_taken_in_with_the_call_and_goes_with_it(
    store: Store, story: Story
) -> None:
    assert story
    new = NewCustomer(name="Helen Brandt", phone="(937) 555-0199", address="12 Elm St")
    page = requests.get(store, requests.log(store, words="No heat", new_customer=new))
    assert (page.caller, page.phone, page.address) == (new.name, new.phone, new.address)
    assert page.row.customer == "Helen Brandt"
    store.undo()
    assert requests.find(store) == []
    assert callers.callers(store, "0199") == []


def test_a_new_customer_may_have_no_street_and_must_have_a_name(store: Store, story: Story) -> None:
    assert story
    request_id = requests.log(store, words="No heat", new_customer=NewCustomer(name="Helen"))
    assert requests.get(store, request_id).site_id is None
    with pytest.raises(RuleBroken, match="needs a name") as refused:
        requests.log(store, words="No heat", new_customer=NewCustomer(name=" "))
    assert refused.value.field == "name"


def test_a_call_is_added_to_a_work_order_in_the_step_that_logs_it(
    store: Store, story: Story
) -> None:
    order_id = triage.make_work_order(store, log(store, story))
    again = log(store, story, "Now it is over the step", same_as=order_id)
    page = requests.get(store, again)
    assert (page.row.status, page.work_order) == ("duplicate", "WO-2310")
    assert any(
        "over the step" in str(row.values) for row in timeline.of(store, "work_order", order_id)
    )
    store.undo()
    assert requests.count(store, which=requests.ANSWERED_TODAY) == 1


def test_the_draft_of_a_call_goes_when_it_is_logged_and_stays_when_it_is_refused(
    store: Store, story: Story
) -> None:
    drafts.keep(store, "call", "one", {"words": WORDS})
    with pytest.raises(RuleBroken):
        log(store, story, level=Level.CRITICAL, draft="one")
    assert drafts.get(store, "call", "one") == {"words": WORDS}
    log(store, story, draft="one")
    assert drafts.get(store, "call", "one") is None


def test_a_level_that_was_suggested_anyway_needs_no_reason(store: Store, story: Story) -> None:
    page = requests.get(store, log(store, story, facts=[WATER], level=Level.HIGH))
    assert (page.row.override_reason, page.rule_level) == ("", Level.HIGH)


# what the desk is told


def test_the_first_guess_is_taken_when_the_words_name_it(store: Store, story: Story) -> None:
    fan = assets.add(store, site_id=story.site_id, name="Exhaust fan", short_code="EF-1")
    call = Call(words=WORDS, site_id=story.site_id, facts=[WATER], received_at=july(13, 7, 10))
    told = advice.on(store, call)
    assert [guess.asset_id for guess in told.guesses] == [story.asset_id, fan]
    assert told.asset_id == story.asset_id
    assert told.standing is not None
    assert told.duplicate is None
    assert (told.suggested.level, told.suggested.answer_by) == (Level.HIGH, july(13, 11, 10))


def test_words_that_name_nothing_pick_nothing_however_few_assets_there_are(
    store: Store, story: Story
) -> None:
    told = advice.on(store, Call(words="The door squeaks", site_id=story.site_id))
    assert [guess.is_named for guess in told.guesses] == [False]
    assert (told.asset_id, told.standing) == (None, None)


def test_what_somebody_picked_stays_whatever_is_said(store: Store, story: Story) -> None:
    others = [
        assets.add(store, site_id=story.site_id, name=f"Sump pump {number}")
        for number in range(1, 4)
    ]
    fan = assets.add(store, site_id=story.site_id, name="Exhaust fan")
    told = advice.on(store, Call(words=WORDS, site_id=story.site_id, asset_id=fan, is_picked=True))
    assert told.asset_id == fan
    assert told.guesses[0].asset_id == fan
    assert len(told.guesses) == advice.GUESSES < len(others) + 2
    nothing = advice.on(store, Call(words=WORDS, site_id=story.site_id, is_picked=True))
    assert nothing.asset_id is None


def test_a_call_from_nowhere_still_has_a_level(store: Store, story: Story) -> None:
    told = advice.on(store, Call(words=WORDS, asset_id=story.asset_id, is_picked=True))
    assert (told.guesses[0].asset_id, told.duplicate) == (story.asset_id, None)
    assert advice.on(store, Call()).suggested.level is Level.MEDIUM
    assert advice.places(store, None) == []
    assert len(advice.places(store, story.site_id)) == 2


def test_a_work_order_that_was_said_to_be_another_is_named_no_more(
    store: Store, story: Story
) -> None:
    first = triage.make_work_order(store, log(store, story))
    call = Call(words=WORDS, site_id=story.site_id)
    same = advice.on(store, call).duplicate
    assert same is not None
    assert same.work_order_id == first
    assert (
        advice.on(store, Call(words=WORDS, site_id=story.site_id, different=[first])).duplicate
        is None
    )


def test_a_known_caller_brings_the_sites_and_the_usual_one(store: Store, story: Story) -> None:
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    found = advice.known(store, story.customer_id, contact_id=story.contact_id)
    assert (found.caller.name, found.site_id) == ("Priya Natarajan", story.site_id)
    assert [site.id for site in found.sites] == [story.site_id, other]
    log(store, story, site_id=other, asset_id=None)
    assert advice.known(store, story.customer_id).site_id == other
    super_id = contacts.add_contact(
        store, story.customer_id, name="Walt Hensley", site_id=story.site_id
    )
    assert advice.known(store, story.customer_id, contact_id=super_id).site_id == story.site_id


def test_a_customer_without_sites_has_no_usual_one(store: Store, story: Story) -> None:
    assert story
    bare = customers.add(store, name="Bare")
    assert advice.known(store, bare).site_id is None
    with pytest.raises(NotFound):
        advice.known(store, 999)


# who calls


@pytest.mark.parametrize("text", ["nata", "ntrjn", "pri ntr", "harbor", "hrbr view"])
def test_a_few_letters_of_a_name_find_the_caller(store: Store, story: Story, text: str) -> None:
    assert [each.contact_id for each in callers.callers(store, text)] == [story.contact_id]


@pytest.mark.parametrize("text", ["tna", "xyz", "pria%", "_____"])
def test_letters_that_are_not_there_find_nobody(store: Store, story: Story, text: str) -> None:
    assert story
    assert callers.callers(store, text) == []


# who can go


def test_a_plan_names_the_template_that_the_call_names(store: Store, story: Story) -> None:
    job_templates.add(store, name="Pump", planned_minutes=30)
    job_templates.add(store, name="Boiler", planned_minutes=30)
    plan = triage.propose(store, log(store, story))
    assert (plan.template_id, plan.minutes) == (story.template_id, 120)
    assert [each.name for each in plan.templates] == ["Boiler", "Pump", "Sump pump"]
    bare = triage.propose(store, log(store, story, "The door squeaks", asset_id=None))
    assert (bare.template_id, bare.minutes) == (None, triage.USUAL_MINUTES)


def test_a_plan_for_other_hours_finds_other_gaps(store: Store, story: Story, clock: Clock) -> None:
    clock.moment = july(13, 7, 14)
    technicians.add(store, name="Jess Okafor", truck="Truck 2")
    request_id = log(store, story, facts=[WATER])
    triage.make_work_order(
        store,
        log(store, story, "Boiler out", asset_id=None),
        technician_ids=[story.technician_id],
        planned_from=july(13, 10, 0),
        planned_to=july(13, 12, 0),
    )
    jess, marco = triage.plan(store, request_id, template_id=None, minutes=180).offers
    assert (jess.technician, jess.starts_at, jess.then) == ("Jess Okafor", july(13, 8, 0), "")
    assert (marco.starts_at, marco.ends_at) == (july(13, 8, 0), july(13, 10, 0))
    assert (marco.is_in_time, marco.is_short, marco.free_minutes) == (True, True, 120)
    short = triage.plan(store, request_id, template_id=None, minutes=60).offers
    [marco] = [offer for offer in short if offer.technician_id == story.technician_id]
    assert (marco.starts_at, marco.free_until, marco.then) == (
        july(13, 8, 0),
        july(13, 10, 0),
        "Harbor View Apartments",
    )


def test_the_counts_tell_what_waits_and_whether_it_is_critical(store: Store, story: Story) -> None:
    assert requests.counts(store) == requests.Counts(0, 0, 0, is_critical=False)
    log(store, story)
    requests.decline(store, log(store, story), reason="No")
    assert requests.counts(store) == requests.Counts(1, 1, 1, is_critical=False)
    log(store, story, facts=["could_get_hurt"])
    assert requests.counts(store).is_critical
