from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result
from smallcmms.services import (
    check,
    load_lists,
    parts,
    restock,
    sheets,
    technicians,
    work_orders,
)
from smallcmms.services.load_lists import LoadLine
from smallcmms.services.papers.load_list import load_list as paper
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import build, jobs
from tests.build import Story, july
from tests.conftest import Clock

MONDAY = date(2026, 7, 13)


@pytest.fixture
def shelf(store: Store, story: Story) -> int:
    """Return the shop's own place, in the shop of the story."""
    assert story.truck_id
    return parts.locations(store)[0].id


@pytest.fixture
def belt(store: Store, shelf: int) -> int:
    """Return a part of which the shop has five."""
    part = build.part(store, "BLT-A42", "V-belt A42", "6.10", "16.00")
    parts.edit(store, part, bin="A-3")
    put(store, part, shelf, "5")
    return part


def put(store: Store, part: int, location_id: int, quantity: str) -> None:
    parts.receive(store, part, location_id=location_id, quantity=Decimal(quantity), moved_on=MONDAY)


def there(store: Store, part: int, location_id: int) -> Decimal:
    lying = (each for each in parts.where(store, part) if each.location_id == location_id)
    return sum((each.quantity for each in lying), Decimal(0))


def line_of(store: Store, story: Story, part: int | None) -> LoadLine:
    day = load_lists.load_list(store, technician_id=story.technician_id, on=MONDAY)
    return next(line for line in day.lines if line.part_id == part)


def row_of(store: Store, story: Story, number: str) -> tuple[str, bool, str]:
    said = paper(store, story.technician_id, MONDAY)
    row = next(each for each in said.rows if each.number == number)
    return row.where, row.is_fetched, row.note


def second_job(store: Store, story: Story, hour: int = 13) -> int:
    """Return an approved job of the same day, Marco's too."""
    order = work_orders.add(
        store,
        title="Fan",
        wrong="It rattles",
        level=Level.MEDIUM,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
    work_orders.approve(store, order)
    work_orders.schedule(
        store,
        order,
        technician_ids=[story.technician_id],
        planned_from=july(13, hour, 0),
        planned_to=july(13, hour + 1, 30),
    )
    return order


def test_a_day_names_its_stops_in_order_and_what_is_on_the_truck(
    store: Store, story: Story, job: int
) -> None:
    later = second_job(store, story)
    day = load_lists.load_list(store, technician_id=story.technician_id, on=MONDAY)
    assert [stop.work_order_id for stop in day.stops] == [job, later]
    assert (day.technician, day.truck, day.minutes) == ("Marco Reyes", "Truck 1", 210)
    assert row_of(store, story, "FS-10") == ("on Truck 1", False, "")
    assert [(line.number, line.fetch) for line in day.lines] == [("FS-10", 0), ("CV-15", 0)]


def test_nothing_is_loaded_on_another_day_or_for_another_technician(
    store: Store, story: Story, job: int
) -> None:
    jess = technicians.add(store, name="Jess Okafor", truck="Truck 2")
    for who, on in ((story.technician_id, date(2026, 7, 14)), (jess, MONDAY)):
        day = load_lists.load_list(store, technician_id=who, on=on)
        assert (day.stops, day.lines) == ((), ())
    with pytest.raises(RuleBroken, match="who loads"):
        load_lists.load_list(store, technician_id=999, on=MONDAY)
    assert job


def test_two_jobs_of_a_day_that_need_the_same_part_load_it_together(
    store: Store, story: Story, job: int, belt: int
) -> None:
    work_orders.add_part(store, job, part_id=belt, quantity=Decimal(1))
    work_orders.add_part(store, second_job(store, story), part_id=belt, quantity=Decimal(2))
    line = line_of(store, story, belt)
    assert (line.quantity, line.fetch, line.jobs) == (3, 3, ("WO-2310", "WO-2311"))
    assert row_of(store, story, "BLT-A42") == ("Shop A-3", True, "")


def test_what_the_truck_lacks_is_fetched_and_the_last_one_is_told(
    store: Store, story: Story, job: int, belt: int, shelf: int
) -> None:
    work_orders.add_part(store, job, part_id=belt, quantity=Decimal(2))
    put(store, belt, story.truck_id, "1")
    assert row_of(store, story, "BLT-A42") == ("on Truck 1: 1, Shop A-3: 1", True, "")
    pump = build.part(store, "PMP", "Pump", "80", "120")
    put(store, pump, shelf, "1")
    work_orders.add_part(store, job, part_id=pump, quantity=Decimal(1))
    assert row_of(store, story, "PMP") == ("Shop, last one", True, "")


def test_what_is_short_is_said_in_words_with_where_there_is_more(
    store: Store, story: Story, job: int, belt: int
) -> None:
    technicians.add(store, name="Jess Okafor", truck="Truck 2")
    (other,) = (each.id for each in parts.locations(store) if each.name == "Truck 2")
    put(store, belt, other, "3")
    work_orders.add_part(store, job, part_id=belt, quantity=Decimal(9))
    assert row_of(store, story, "BLT-A42") == ("Shop A-3: 5", True, "4 short, Truck 2 has 3")
    work_orders.add_part(store, job, text="Pipe hanger", quantity=Decimal(1))
    row = next(each for each in paper(store, story.technician_id, MONDAY).rows if each.number == "")
    assert (row.name, row.where) == ("Pipe hanger", "")
    assert row.note == "not kept in the shop, buy it"


def test_what_is_kept_for_another_day_stays_on_the_shelf(
    store: Store, story: Story, job: int, belt: int
) -> None:
    other = work_orders.add(
        store,
        title="Fan",
        wrong="It rattles",
        level=Level.HIGH,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
    work_orders.add_part(store, other, part_id=belt, quantity=Decimal(4))
    work_orders.approve(store, other)
    work_orders.add_part(store, job, part_id=belt, quantity=Decimal(2))
    line = line_of(store, story, belt)
    assert (line.fetch, line.short, line.kept) == (1, 1, 1)
    assert row_of(store, story, "BLT-A42")[2] == "1 short, 1 in the shop for other jobs"


def test_a_truck_is_loaded_in_one_step_and_unloaded_in_one(
    store: Store, story: Story, job: int, belt: int, shelf: int
) -> None:
    work_orders.add_part(store, job, part_id=belt, quantity=Decimal(2))
    parts.set_par(store, belt, location_id=story.truck_id, quantity=Decimal(1))
    before = list(dump(store))
    assert load_lists.load(store, technician_id=story.technician_id, on=MONDAY) == 1
    assert (there(store, belt, story.truck_id), there(store, belt, shelf)) == (3, 2)
    assert row_of(store, story, "BLT-A42") == ("on Truck 1", False, "")
    assert check.problems(store) == []
    with pytest.raises(RuleBroken, match="nothing to bring"):
        load_lists.load(store, technician_id=story.technician_id, on=MONDAY)
    store.undo()
    assert list(dump(store)) == before


def test_who_loads_may_take_something_else(store: Store, story: Story, job: int, belt: int) -> None:
    who = story.technician_id
    assert load_lists.load(store, technician_id=who, on=MONDAY, take={belt: Decimal(4)}) == 1
    assert there(store, belt, story.truck_id) == 4
    with pytest.raises(RuleBroken, match="more than zero"):
        load_lists.load(store, technician_id=who, on=MONDAY, take={belt: Decimal(-1)})
    assert job


def test_what_a_truck_lacks_of_its_par_is_proposed_and_what_is_short_is_told(
    store: Store, story: Story, belt: int
) -> None:
    for part, par in ((belt, 4), (story.hose_clamp_id, 6), (story.check_valve_id, 3)):
        parts.set_par(store, part, location_id=story.truck_id, quantity=Decimal(par))
    put(store, belt, story.truck_id, "1")
    found = restock.propose(store, truck_id=story.truck_id)
    assert (found.truck, found.from_name) == ("Truck 1", "Shop")
    told = [(line.number, line.lacks, line.take, line.short) for line in found.lines]
    assert told == [("BLT-A42", 3, 3, 0), ("CV-15", 2, 0, 2)]


def test_a_restock_takes_nothing_that_a_job_has_a_claim_to(
    store: Store, story: Story, belt: int
) -> None:
    parts.set_par(store, belt, location_id=story.truck_id, quantity=Decimal(4))
    order = second_job(store, story)
    work_orders.add_part(store, order, part_id=belt, quantity=Decimal(3))
    (line,) = restock.propose(store, truck_id=story.truck_id).lines
    assert (line.in_shop, line.free, line.take, line.short) == (5, 2, 2, 2)


def test_a_restock_is_done_in_one_step(store: Store, story: Story, belt: int, shelf: int) -> None:
    parts.set_par(store, belt, location_id=story.truck_id, quantity=Decimal(4))
    before = list(dump(store))
    assert restock.do_restock(store, truck_id=story.truck_id) == 1
    assert (there(store, belt, story.truck_id), there(store, belt, shelf)) == (4, 1)
    assert restock.propose(store, truck_id=story.truck_id).lines == ()
    store.undo()
    assert list(dump(store)) == before
    take = {belt: Decimal(2)}
    restock.do_restock(store, truck_id=story.truck_id, take=take, moved_on=date(2026, 7, 10))
    assert there(store, belt, story.truck_id) == 2
    with pytest.raises(RuleBroken) as ahead:
        restock.do_restock(store, truck_id=story.truck_id, take=take, moved_on=date(2026, 7, 14))
    assert ahead.value.field == "moved_on"


def test_where_two_go_the_first_ones_truck_carries_the_parts(
    store: Store, story: Story, belt: int
) -> None:
    jess = technicians.add(store, name="Jess Okafor", truck="Truck 2")
    order = work_orders.add(
        store,
        title="Fan",
        wrong="It rattles",
        level=Level.MEDIUM,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
    work_orders.add_part(store, order, part_id=belt, quantity=Decimal(1))
    work_orders.schedule(
        store,
        order,
        technician_ids=[story.technician_id, jess],
        planned_from=july(13, 8, 0),
        planned_to=july(13, 9, 0),
    )
    assert line_of(store, story, belt).fetch == 1
    second = load_lists.load_list(store, technician_id=jess, on=MONDAY)
    assert [stop.work_order_id for stop in second.stops] == [order]
    assert second.lines == ()


def test_a_second_visit_loads_what_the_first_one_did_not_use(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, jobs.entry(result=Result.GO_BACK_TIME))
    jobs.plan(store, story, job, 15)
    day = load_lists.load_list(store, technician_id=story.technician_id, on=date(2026, 7, 15))
    assert [line.number for line in day.lines] == ["CV-15"]
    done = load_lists.load_list(store, technician_id=story.technician_id, on=MONDAY)
    assert done.stops == ()
