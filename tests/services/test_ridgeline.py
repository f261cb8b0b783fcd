"""The demo shop says on every list what the design shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from smallcmms.domain.invoices import Age
from smallcmms.services import (
    assets,
    check,
    customers,
    invoices,
    lookups,
    parts,
    requests,
    stock,
    technicians,
    work_orders,
)
from smallcmms.services.samples import ridgeline
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests import ridgeline as sample
from tests.conftest import Clock


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ridgeline") / "ridgeline.smallcmms"
    sample.make(path).close()
    return path


@pytest.fixture
def shop_of_tuesday(made: Path, tmp_path: Path) -> Iterator[Store]:
    """Return the demo shop on Tuesday at 10:24."""
    path = tmp_path / made.name
    shutil.copy(made, path)
    shutil.copytree(made.with_name("ridgeline.files"), tmp_path / "ridgeline.files")
    clock = Clock()
    clock.moment = ridgeline.read()["now"].replace(tzinfo=ridgeline.DAYTON)
    store = open_shop(path, now=clock)
    yield store
    store.close()


def test_everything_in_it_is_true(shop_of_tuesday: Store) -> None:
    assert check.problems(shop_of_tuesday) == []


def test_the_chips_count_what_the_design_counts(shop_of_tuesday: Store) -> None:
    counted = work_orders.counts(shop_of_tuesday)
    assert (counted.all_open, counted.overdue, counted.due_today) == (25, 3, 5)
    assert (counted.waiting_parts, counted.to_schedule, counted.sheets_to_enter) == (3, 8, 2)
    assert (counted.to_invoice, counted.worst_level) == (5, 1)


def test_every_job_has_the_number_it_is_told_with(shop_of_tuesday: Store) -> None:
    told = ridgeline.read()
    chip = work_orders.Filters(chip=work_orders.Chip.EVERYTHING)
    found = work_orders.rows(shop_of_tuesday, work_orders.find(shop_of_tuesday, filters=chip))
    titles = {row.number: row.title for row in found.values()}
    assert titles == {f"WO-{job['number']}": job["title"] for job in told["jobs"]}


def test_customers_and_assets_have_the_numbers_they_are_told_with(shop_of_tuesday: Store) -> None:
    told = ridgeline.read()
    people = customers.rows(shop_of_tuesday, customers.find(shop_of_tuesday))
    assert {row.number: row.name for row in people.values()} == {
        f"C-{each['number']:03d}": each["name"] for each in told["customers"].values()
    }
    machines = assets.rows(shop_of_tuesday, assets.find(shop_of_tuesday))
    assert {row.number for row in machines.values()} == set(told["assets"])


def test_five_calls_wait_the_worst_on_top(shop_of_tuesday: Store) -> None:
    ids = requests.find(shop_of_tuesday)
    found = requests.rows(shop_of_tuesday, ids)
    assert [found[each].number for each in ids] == [
        "R-1049",
        "R-1048",
        "R-1042",
        "R-1047",
        "R-1041",
    ]
    assert [int(found[each].level) for each in ids] == [1, 2, 3, 3, 4]
    again = found[ids[1]]
    assert (again.level_reason, again.problem) == ("fixed in the last 14 days", "No cooling")
    assert (again.fixed_by, again.fixed_on) == ("WO-2309", date(2026, 7, 13))
    assert [found[each].fixed_by for each in ids if each != again.id] == [""] * 4


def test_what_is_owed_comes_to_the_figures_of_the_design(shop_of_tuesday: Store) -> None:
    owed = invoices.ageing(shop_of_tuesday)
    assert (owed.owed, owed.past_due) == (Decimal("8843.80"), Decimal("3678.75"))
    assert [owed.columns[age][0] for age in Age] == [
        Decimal(each) for each in ("5165.05", "2184.50", "1106.25", "388.00", "0.00")
    ]


def test_the_draft_of_the_rooftop_unit_comes_to_the_cent(shop_of_tuesday: Store) -> None:
    job = lookups.of(shop_of_tuesday, "work_order", "WO-2309")
    (draft,) = invoices.find(
        shop_of_tuesday, filters=invoices.Filters(chip=invoices.Chip.DRAFT, work_order_id=job)
    )
    assert invoices.get(shop_of_tuesday, draft).total == Decimal("527.39")


@pytest.mark.parametrize(
    ("number", "total"),
    [("WO-2304", "242.50"), ("WO-2300", "318.75"), ("WO-2299", "611.80"), ("WO-2294", "1486.00")],
)
def test_what_is_done_bills_as_the_design_says(
    shop_of_tuesday: Store, number: str, total: str
) -> None:
    job = lookups.of(shop_of_tuesday, "work_order", number)
    draft = invoices.draft(shop_of_tuesday, job)
    assert invoices.get(shop_of_tuesday, draft).total == Decimal(total)


def test_after_all_jobs_the_stock_is_as_told(shop_of_tuesday: Store) -> None:
    for number, part in ridgeline.read()["parts"].items():
        lying = parts.where(shop_of_tuesday, lookups.part(shop_of_tuesday, number))
        told = dict(zip(("Shop", "Truck 1", "Truck 2"), map(Decimal, part["stock"]), strict=True))
        assert {each.name: each.quantity for each in lying} == {
            place: count for place, count in told.items() if count
        }


def test_parts_stand_as_in_the_design(shop_of_tuesday: Store) -> None:
    found = parts.rows(shop_of_tuesday, parts.find(shop_of_tuesday))
    told = {row.number: (row.reserved, row.available, row.on_order) for row in found.values()}
    assert told["FLT-20252"] == (8, -2, 0)
    assert told["FLT-16251"] == (6, 28, 0)
    assert told["CTR-40-2"] == (1, -1, 4)
    assert told["IGN-BB"] == (1, -1, 1)
    low = {row.number: row.to_order for row in found.values() if row.to_order}
    assert low == {"FLT-20252": 18, "CAP-45-5": 2, "CPL-100": 1}
    late = {row.number: row.order_number for row in found.values() if row.is_late}
    assert late == {"IGN-BB": "PO-0087"}
    counted = parts.counts(shop_of_tuesday)
    assert (counted.low, counted.on_order) == (3, 3)
    moves = stock.moves(shop_of_tuesday, lookups.part(shop_of_tuesday, "FLT-20252"), 2)
    assert [(each.quantity, each.work_order, each.order) for each in moves] == [
        (-4, "WO-2291", ""), (6, "", "PO-0084"),
    ]  # fmt: skip


def test_it_can_stand_in_any_later_week(tmp_path: Path) -> None:
    clock = Clock()
    clock.moment = datetime(2027, 1, 8, 12, 0, tzinfo=ridgeline.DAYTON)
    later = ridgeline.weeks_until(clock.moment)
    assert later == timedelta(weeks=25)
    store = sample.make(tmp_path / "later.smallcmms", later=later)
    assert store.now().astimezone(ridgeline.DAYTON).date() == date(2027, 1, 5)
    assert work_orders.counts(store).due_today == 5
    assert invoices.ageing(store).past_due == Decimal("3678.75")
    assert [each.name for each in technicians.rows(store)] == ["Jess Okafor", "Marco Reyes"]
    store.close()
