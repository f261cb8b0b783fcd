from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smallcmms.domain.certificates import Lack
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.who_can_go import Near
from smallcmms.services import (
    asset_classes,
    assets,
    call_backs,
    certificates,
    contact_log,
    requests,
    sheets_of_a_day,
    technicians,
    timeline,
    triage,
    visits,
    work_orders,
)
from smallcmms.services.triage import Offer
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import draw, plan

KIND = "EPA 608"


@pytest.fixture
def call(store: Store, story: Story) -> int:
    """Return a request about the sump pump, logged on Monday at 7:10."""
    return requests.log(
        store, words="Sump pump alarm is on", facts=["water_or_gas_escaping"],
        customer_id=story.customer_id, site_id=story.site_id, asset_id=story.asset_id,
    )  # fmt: skip


def offer(store: Store, request_id: int, who: str) -> Offer:
    return next(each for each in triage.offers(store, request_id) if each.technician == who)


def make(store: Store, request_id: int, story: Story, **told: Any) -> int:
    return triage.make_work_order(
        store, request_id, technician_ids=[story.technician_id],
        planned_from=july(13, 8, 0), planned_to=july(13, 10, 0), **told,
    )  # fmt: skip


@pytest.mark.parametrize("where", ["class", "asset", "site"])
def test_who_lacks_a_certificate_is_offered_last_and_goes_for_a_reason(
    store: Store, story: Story, call: int, where: str
) -> None:
    kind = asset_classes.add(store, name="Pumps")
    assets.edit(store, story.asset_id, asset_class_id=kind)
    asked = {"class": ("asset_class_id", kind), "asset": ("asset_id", story.asset_id)}
    name, value = asked.get(where, ("site_id", story.site_id))
    certificates.ask_for(store, kind=KIND, **{name: value})
    jess = technicians.add(store, name="Jess Okafor")
    certificates.add(store, jess, kind="epa 608")
    first, last = triage.offers(store, call)
    assert (first.technician, first.lacks) == ("Jess Okafor", ())
    assert (last.technician, last.lacks) == ("Marco Reyes", (Lack(KIND),))
    with pytest.raises(RuleBroken, match="nobody who goes holds it") as refused:
        make(store, call, story)
    assert refused.value.field == "override_reason"
    made = make(store, call, story, override_reason="Jess is on the phone with him")
    scheduled = next(
        row for row in timeline.of(store, "work_order", made) if row.kind == "scheduled"
    )
    assert scheduled.values["reason"] == "Jess is on the phone with him"


def test_one_of_the_crew_with_the_certificate_is_enough(
    store: Store, story: Story, call: int
) -> None:
    certificates.ask_for(store, kind=KIND, site_id=story.site_id)
    jess = technicians.add(store, name="Jess Okafor")
    held = certificates.add(store, jess, kind=KIND, expires_on=date(2026, 7, 13))
    made = triage.make_work_order(
        store, call, technician_ids=[story.technician_id, jess],
        planned_from=july(13, 8, 0), planned_to=july(13, 9, 0),
    )  # fmt: skip
    visit = work_orders.get(store, made).visits[0].id
    told: Any = {"planned_from": july(14, 8, 0), "planned_to": july(14, 9, 0)}
    with pytest.raises(RuleBroken, match=KIND):
        visits.reschedule(store, visit, **told)
    assert offer(store, _again(store, story), "Jess Okafor").lacks == ()
    certificates.edit(store, held, expires_on=date(2026, 7, 14))
    visits.reschedule(store, visit, **told)
    certificates.archive(store, held)
    assert certificates.rows(store) == []


def _again(store: Store, story: Story) -> int:
    return requests.log(store, words="Pump again", site_id=story.site_id)


def test_a_need_is_asked_once_and_taken_back(store: Store, story: Story, call: int) -> None:
    need = certificates.ask_for(store, kind=KIND, site_id=story.site_id)
    with pytest.raises(RuleBroken, match="asked for there already"):
        certificates.ask_for(store, kind="epa  608", site_id=story.site_id)
    with pytest.raises(RuleBroken, match="Say which class"):
        certificates.ask_for(store, kind=KIND)
    (row,) = certificates.needs(store)
    assert (row.kind, row.where, row.record) == (KIND, "1200 Riverside Dr", "site")
    assert certificates.kinds(store) == [KIND]
    certificates.ask_no_more(store, need)
    assert certificates.needs(store) == []
    assert make(store, call, story)
    with pytest.raises(NotFound):
        certificates.ask_no_more(store, 999)


def test_certificates_that_run_out_are_told_in_time(store: Store, story: Story) -> None:
    marco = story.technician_id
    late = certificates.add(store, marco, kind="First aid", expires_on=date(2026, 7, 1))
    soon = certificates.add(store, marco, kind=KIND, expires_on=date(2026, 8, 1))
    certificates.add(store, marco, kind="Confined space", expires_on=date(2027, 1, 1))
    assert [each.id for each in certificates.running_out(store)] == [late, soon]
    with pytest.raises(RuleBroken, match="run out before it was issued"):
        certificates.edit(store, soon, issued_on=date(2026, 9, 1))
    with pytest.raises(RuleBroken, match="Say which certificate"):
        certificates.add(store, marco, kind=" ")


def test_an_absence_moves_the_offer_and_says_until_when(
    store: Store, story: Story, call: int
) -> None:
    told = {"first_on": date(2026, 7, 13), "last_on": date(2026, 7, 14)}
    technicians.add_absence(store, story.technician_id, **told)
    away = offer(store, call, "Marco Reyes")
    assert (away.away_until, away.starts_at) == (date(2026, 7, 14), july(15, 8, 0))
    assert not away.is_in_time
    technicians.add_absence(
        store, story.technician_id, first_on=date(2026, 7, 15), last_on=date(2026, 8, 31)
    )
    assert triage.offers(store, call) == []
    (rest,) = triage.propose(store, call).not_free
    assert rest.away_until == date(2026, 8, 31)
    technicians.remove_absence(store, story.technician_id, **told)
    assert offer(store, call, "Marco Reyes").starts_at == july(13, 8, 0)


def test_who_is_there_anyway_is_offered_before_who_is_not(
    store: Store, story: Story, call: int
) -> None:
    jess = technicians.add(store, name="Ann Lee")
    other = work_orders.add(store, title="Fan", wrong="Rattles", level=Level.MEDIUM,
                            site_id=story.site_id)  # fmt: skip
    work_orders.schedule(store, other, technician_ids=[story.technician_id],
                         planned_from=july(13, 15, 0), planned_to=july(13, 16, 0))  # fmt: skip
    first, second = triage.offers(store, call)
    assert (first.technician, first.near, first.load_minutes) == ("Marco Reyes", Near.SITE, 60)
    assert (second.technician_id, second.near, second.capacity_minutes) == (jess, "", 480)


def test_who_can_only_begin_in_time_is_offered_until_the_next_visit(
    store: Store, story: Story, clock: Clock
) -> None:
    clock.moment = july(13, 10, 24)
    call = requests.log(
        store, words="Flood", level=Level.CRITICAL, override_reason="Cellar full",
        received_at=july(13, 10, 12),
    )  # fmt: skip
    ann = technicians.add(store, name="Ann Lee")
    fan: Any = {"title": "Fan", "wrong": "Rattles", "level": Level.MEDIUM}
    for who, spans in (
        (story.technician_id, [((8, 0), (11, 0)), ((12, 30), (16, 0))]),
        (ann, [((8, 0), (11, 45)), ((12, 30), (15, 0))]),
    ):
        for begins, ends in spans:
            work_orders.schedule(
                store, work_orders.add(store, site_id=story.site_id, **fan), technician_ids=[who],
                planned_from=july(13, *begins), planned_to=july(13, *ends),
            )  # fmt: skip
    marco, late = triage.offers(store, call, minutes=120)
    assert (marco.starts_at, marco.ends_at) == (july(13, 11, 0), july(13, 12, 30))
    assert (marco.is_in_time, marco.is_short, marco.free_minutes) == (True, True, 90)
    assert (late.starts_at, late.ends_at) == (july(13, 15, 0), july(13, 17, 0))
    assert (late.is_in_time, late.is_short) == (False, False)


def test_an_l4_is_put_on_the_board_before_a_waiting_l1_only_for_a_reason(
    store: Store, story: Story, call: int, by_hand: int
) -> None:
    requests.set_level(store, call, level=Level.CRITICAL, reason="Cellar full")
    told: Any = {"planned_from": july(13, 8, 0), "planned_to": july(13, 9, 0)}
    with pytest.raises(RuleBroken, match="R-1037 is L1") as refused:
        work_orders.schedule(store, by_hand, technician_ids=[story.technician_id], **told)
    assert refused.value.field == "waiting_reason"
    work_orders.schedule(store, by_hand, technician_ids=[story.technician_id],
                         waiting_reason="He is next door", **told)  # fmt: skip
    assert sheets_of_a_day.asks(store, [by_hand]) is None
    kinds = [row.kind for row in timeline.of(store, "work_order", by_hand)]
    assert kinds.count("went_ahead") == 1


def test_a_batch_asks_once_and_records_the_reason_of_each(store: Store, story: Story) -> None:
    low = []
    for title in ("Fan", "Faucet"):
        made = work_orders.add(store, title=title, wrong=title, level=Level.LOW,
                               site_id=story.site_id)  # fmt: skip
        plan(store, story, made)
        low.append(made)
    assert sheets_of_a_day.asks(store, low) is None
    requests.log(store, words="Flood", level=Level.CRITICAL, override_reason="Cellar full")
    assert sheets_of_a_day.asks(store, low) == "R-1037"
    steps: list[tuple[int, int]] = []
    made_copies = sheets_of_a_day.print_copies(
        store, low, render=draw, waiting_reason="On the way", step=lambda *at: steps.append(at)
    )
    assert [each.work_order_id for each in made_copies] == low
    assert steps == [(0, 2), (1, 2)]
    for each in low:
        ahead = [row for row in timeline.of(store, "work_order", each) if row.kind == "went_ahead"]
        assert [row.values["reason"] for row in ahead] == ["On the way"]
    assert sheets_of_a_day.asks(store, low) is None


def test_a_request_that_repeats_another_goes_where_that_one_goes(
    store: Store, story: Story, call: int
) -> None:
    twin = requests.log(store, words="Alarm, cellar", site_id=story.site_id)
    third = requests.log(store, words="Beeping downstairs", site_id=story.site_id)
    assert [each[0] for each in requests.get(store, call).waiting_here] == [twin, third]
    requests.merge(store, third, into_request_id=twin)
    requests.merge(store, twin, into_request_id=call)
    assert requests.get(store, third).duplicate_of == "R-1037"
    made = make(store, call, story)
    for each in (twin, third):
        page = requests.get(store, each)
        assert (page.row.status, page.work_order_id) == ("duplicate", made)
    with pytest.raises(RuleBroken, match="has been answered"):
        requests.merge(store, twin, into_request_id=call)


def test_a_request_does_not_repeat_itself_nor_what_was_declined(
    store: Store, story: Story, call: int
) -> None:
    twin = requests.log(store, words="Alarm, cellar", site_id=story.site_id)
    with pytest.raises(RuleBroken, match="cannot repeat itself"):
        requests.merge(store, call, into_request_id=call)
    with pytest.raises(RuleBroken, match="Say which request or work order"):
        requests.merge(store, call)
    requests.decline(store, twin, reason="Not our work")
    with pytest.raises(RuleBroken, match="answered without a work order"):
        requests.merge(store, call, into_request_id=twin)


def test_a_call_back_is_logged_and_takes_up_what_waited_for_it(
    store: Store, story: Story, call: int
) -> None:
    requests.wait_for_answer(store, call, reason="Which pump?")
    call_backs.log(store, call, said="Rang twice", is_reached=False)
    assert requests.get(store, call).row.status == "waiting"
    call_backs.log(store, call, said="It is the one by the door")
    assert requests.get(store, call).row.status == "new"
    assert [row.said for row in contact_log.rows(store, story.customer_id)] == [
        "It is the one by the door",
        "Rang twice",
    ]
    kinds = [row.kind for row in timeline.of(store, "request", call)]
    assert {"called_back", "not_reached"} <= set(kinds)
    with pytest.raises(RuleBroken, match="Write what was said"):
        call_backs.log(store, call, said=" ")
