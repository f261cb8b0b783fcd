"""Reservations: what is kept for a job from its approval, who is short, and who gets what came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result
from smallcmms.domain.stock import ReservationStatus
from smallcmms.domain.work_orders import HoldReason, NotOnSheet, WorkOrderStatus
from smallcmms.services import (
    check,
    parts,
    pm,
    pm_schedules,
    reservations,
    sheets,
    stock,
    work_orders,
)
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import MONDAY, entry

D = Decimal
ACTIVE, SHORT = ReservationStatus.ACTIVE, ReservationStatus.SHORT


def kept(store: Store, work_order_id: int) -> dict[str, tuple[Decimal, ReservationStatus]]:
    return {
        each.part_number: (each.quantity, each.status)
        for each in reservations.of_work_order(store, work_order_id)
    }


def free(store: Store, part_id: int) -> Decimal:
    return stock.standings(store, [part_id])[part_id].available


def order(
    store: Store, story: Story, quantity: int, *, level: Level = Level.MEDIUM, days: int = 7
) -> int:
    """Return an approved job that needs so many check valves, of which the truck has one."""
    made = work_orders.add(
        store,
        title="Replace check valves",
        wrong="They leak",
        level=level,
        customer_id=story.customer_id,
        site_id=story.site_id,
        due_on=MONDAY + timedelta(days=days),
    )
    work_orders.add_part(store, made, part_id=story.check_valve_id, quantity=D(quantity))
    assert kept(store, made) == {}
    work_orders.approve(store, made)
    return made


def receive(store: Store, story: Story, quantity: int) -> int:
    return stock.receive(
        store, story.check_valve_id, location_id=story.truck_id, quantity=D(quantity),
        moved_on=MONDAY,
    )  # fmt: skip


def test_planned_parts_are_kept_from_the_approval_on(store: Store, job: int, story: Story) -> None:
    assert kept(store, job) == {"FS-10": (1, ACTIVE), "CV-15": (1, ACTIVE)}
    assert free(store, story.float_switch_id) == 1
    [row] = reservations.of_part(store, story.float_switch_id)
    assert (row.work_order, row.part, row.is_short) == ("WO-2310", "Float switch, tether", False)
    assert check.problems(store) == []


def test_who_comes_too_late_is_short_until_enough_is_in(store: Store, story: Story) -> None:
    first, second = order(store, story, 1), order(store, story, 2, level=Level.CRITICAL)
    assert kept(store, first) == {"CV-15": (1, ACTIVE)}
    assert kept(store, second) == {"CV-15": (2, SHORT)}
    row = parts.rows(store, [story.check_valve_id])[story.check_valve_id]
    assert (row.on_hand, row.reserved, row.available, row.short) == (1, 3, -2, 2)
    receive(store, story, 1)
    assert kept(store, second) == {"CV-15": (2, SHORT)}
    receive(store, story, 1)
    assert kept(store, second) == {"CV-15": (2, ACTIVE)}
    store.undo()
    assert kept(store, second) == {"CV-15": (2, SHORT)}
    assert check.problems(store) == []


def test_the_worst_level_and_the_nearest_day_are_filled_first(store: Store, story: Story) -> None:
    order(store, story, 1)
    late = order(store, story, 1, days=9)
    soon = order(store, story, 1, days=2)
    bad = order(store, story, 1, level=Level.HIGH, days=20)
    for filled, waiting in (
        ({bad}, {soon, late}), ({bad, soon}, {late}), ({bad, soon, late}, set[int]()),
    ):  # fmt: skip
        receive(store, story, 1)
        assert all(kept(store, each) == {"CV-15": (1, ACTIVE)} for each in filled)
        assert all(kept(store, each) == {"CV-15": (1, SHORT)} for each in waiting)


def test_a_transfer_leaves_claims_alone_and_scrap_makes_one_short(
    store: Store, story: Story
) -> None:
    job = order(store, story, 1)
    place = parts.locations(store)[0].id
    stock.transfer(
        store, story.check_valve_id, from_id=story.truck_id, to_id=place, quantity=D(1),
        moved_on=MONDAY,
    )  # fmt: skip
    assert kept(store, job) == {"CV-15": (1, ACTIVE)}
    stock.scrap(
        store, story.check_valve_id, location_id=place, quantity=D(1), reason="Cracked",
        moved_on=MONDAY,
    )  # fmt: skip
    assert kept(store, job) == {"CV-15": (1, SHORT)}
    store.undo()
    assert kept(store, job) == {"CV-15": (1, ACTIVE)}


def test_what_is_planned_later_is_kept_as_well(store: Store, story: Story) -> None:
    job = order(store, story, 1)
    line = work_orders.add_part(store, job, part_id=story.hose_clamp_id, quantity=D(7))
    work_orders.add_part(store, job, text="Some tape")
    assert kept(store, job) == {"CV-15": (1, ACTIVE), "HC-2": (7, SHORT)}
    work_orders.edit_part(store, line, quantity=D(6))
    assert kept(store, job)["HC-2"] == (6, ACTIVE)
    assert check.problems(store) == []
    work_orders.remove_part(store, line)
    assert kept(store, job) == {"CV-15": (1, ACTIVE)}
    assert free(store, story.hose_clamp_id) == 6
    store.undo()
    assert kept(store, job)["HC-2"] == (6, ACTIVE)


def test_a_cancelled_job_gives_its_parts_to_the_next(store: Store, story: Story) -> None:
    first, second = order(store, story, 1), order(store, story, 1)
    work_orders.cancel(store, first, reason="Customer called it off")
    assert kept(store, first) == {}
    assert kept(store, second) == {"CV-15": (1, ACTIVE)}
    store.undo()
    assert kept(store, first) == {"CV-15": (1, ACTIVE)}
    assert kept(store, second) == {"CV-15": (1, SHORT)}
    assert check.problems(store) == []


def test_a_sheet_takes_from_the_truck_and_what_it_left_is_free_again(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    waiting = order(store, story, 1)
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, entry())
    assert kept(store, job) == {}
    assert stock.standings(store, [story.float_switch_id])[story.float_switch_id].on_hand == 1
    assert kept(store, waiting) == {"CV-15": (1, ACTIVE)}
    assert check.problems(store) == []
    store.undo()
    assert kept(store, job) == {"FS-10": (1, ACTIVE), "CV-15": (1, ACTIVE)}
    assert kept(store, waiting) == {"CV-15": (1, SHORT)}


def test_a_sheet_that_goes_back_keeps_what_it_did_not_use(
    store: Store, clock: Clock, job: int
) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, entry(result=Result.GO_BACK_TIME))
    assert kept(store, job) == {"CV-15": (1, ACTIVE)}
    assert [line.number for line in work_orders.get(store, job).used] == ["FS-10", "HC-2"]


def test_completing_frees_and_reopening_keeps_again(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    clock.moment = july(14, 10, 31)
    work_orders.begin(store, job, happened_at=july(13, 8, 0), is_locked_out=True)
    work_orders.complete(store, job, done_on=MONDAY, not_on_sheet=tuple(NotOnSheet))
    assert kept(store, job) == {}
    assert free(store, story.float_switch_id) == 2
    work_orders.reopen(store, job, reason="Not finished")
    assert kept(store, job) == {"FS-10": (1, ACTIVE), "CV-15": (1, ACTIVE)}
    assert check.problems(store) == []


def test_a_hold_for_parts_ends_when_they_are_in(store: Store, story: Story) -> None:
    job = order(store, story, 2)
    work_orders.hold(store, job, reason=HoldReason.PARTS)
    receive(store, story, 1)
    assert work_orders.get(store, job).status is WorkOrderStatus.APPROVED
    assert kept(store, job) == {"CV-15": (2, ACTIVE)}


def test_a_part_of_the_register_says_who_wants_it_and_when(store: Store, story: Story) -> None:
    order(store, story, 1)
    [row] = reservations.of_part(store, story.check_valve_id)
    assert (row.due_on, row.level) == (date(2026, 7, 20), Level.MEDIUM)
    assert (row.title, row.site) == ("Replace check valves", "1200 Riverside Dr")


def test_work_of_a_pm_schedule_keeps_the_parts_of_its_template(
    store: Store, clock: Clock, story: Story
) -> None:
    pm_schedules.add(
        store, name="Sump pump, monthly", site_id=story.site_id, asset_ids=[story.asset_id],
        every=1, anchor_on=date(2026, 7, 20), job_template_id=story.template_id,
    )  # fmt: skip
    clock.moment = july(14, 10, 24)
    pm.generate(store)
    [row] = reservations.of_part(store, story.float_switch_id)
    assert (row.title, row.quantity, row.status) == ("Sump pump, monthly", 1, ACTIVE)
    assert check.problems(store) == []


def test_checks_see_who_is_wrongly_short_and_what_is_not_kept(store: Store, story: Story) -> None:
    first, second = order(store, story, 1), order(store, story, 1)
    path, said = store.path, []
    store.close()
    for statement in (
        "UPDATE reservation SET status = 'active'",
        "UPDATE reservation SET status = 'short'",
        "UPDATE reservation SET quantity = 500 WHERE id = 1",
        "UPDATE reservation SET planned_part_id = 1",
        "DELETE FROM reservation WHERE id = 1",
        "UPDATE reservation SET settled_at = '2026-07-13 11:10:00.000000' WHERE id = 1",
        "UPDATE work_order SET status = 'completed' WHERE id = 1",
    ):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
            later = open_shop(path)
            said.append("; ".join(str(each) for each in check.problems(later)))
            later.close()
            connection.execute("DELETE FROM reservation")
            connection.executemany(
                "INSERT INTO reservation (id, planned_part_id, work_order_id, part_id, quantity,"
                " status, made_at) VALUES (?, ?, ?, ?, 1000, ?, '2026-07-13 11:10:00.000000')",
                [(1, 1, first, story.check_valve_id, "active"),
                 (2, 2, second, story.check_valve_id, "short")],
            )  # fmt: skip
            connection.commit()
    expected = (
        "more is kept for jobs than is on hand",
        "a job is short of it, and there is enough",
        "what is kept is not what is planned",
        "a planned part is kept twice",
        "a planned part is neither kept nor booked",
        "a reservation is over without a day, or has a day and is not over",
        "parts are kept for it, and it needs none",
    )
    assert [words in told for words, told in zip(expected, said, strict=True)] == [True] * 7, said


def test_a_part_whose_place_is_taken_is_not_bought_again(store: Store, story: Story) -> None:
    order(store, story, 3)
    assert parts.find(store, chip="low") == [story.check_valve_id]
    parts.edit(store, story.check_valve_id, superseded_by_id=story.hose_clamp_id)
    assert parts.find(store, chip="low") == []
    assert parts.rows(store, [story.check_valve_id])[story.check_valve_id].to_order == 0
    assert parts.counts(store).low == 0
    assert parts.get(store, story.hose_clamp_id).supersedes[0].number == "CV-15"
