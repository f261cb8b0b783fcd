"""The page that loads a truck: what to fetch, what is aboard, what it should always carry."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.services import parts, technicians, work_orders
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.lists.cell import Group
from smallcmms.ui.lists.rows_model import LOOK
from smallcmms.ui.pages.load_truck import LoadTruckPage
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front


@pytest.fixture
def hose(store: Store, clock: Clock, story: Story) -> int:
    """Return a part of today's job that lies in the shop alone: the last one."""
    order = jobs.scheduled(store, clock, story)
    work_orders.add_part(store, order, part_id=story.hose_clamp_id)
    shelf = next(place.id for place in parts.locations(store) if place.name == "Shop")
    on = july(13, 7, 0).date()
    for place, counted in ((story.truck_id, 0), (shelf, 1)):
        parts.count(
            store,
            story.hose_clamp_id,
            location_id=place,
            counted=Decimal(counted),
            counted_on=on,
        )
    return story.hose_clamp_id


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, hose: int) -> LoadTruckPage:  # noqa: ARG001
    """Return the page, shown."""
    made = LoadTruckPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 780)
    made.show()
    made.shown()
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, page: LoadTruckPage) -> None:
    """Wait until everything that was asked is shown."""
    qtbot.waitUntil(lambda: not page.desk.background.is_busy, timeout=10_000)


def shown(page: LoadTruckPage) -> list[str]:
    """Return the groups and rows of the list, in words."""
    model = page.model
    found = []
    for at in range(model.rowCount()):
        look = model.index(at, 0).data(LOOK)
        cells = [str(model.index(at, column).data()) for column in range(4)]
        found.append(look.title if isinstance(look, Group) else " | ".join(filter(None, cells)))
    return found


def test_what_to_fetch_stands_before_what_is_aboard(page: LoadTruckPage) -> None:
    said = shown(page)
    assert said[0] == "Fetch in Shop"
    assert said[1].startswith("1 | Hose clamp 2 in, HC-2 | Shop, last one | WO-")
    assert "On the truck already" in said
    assert page.name.text() == "Truck 1, Marco Reyes"
    assert page.facts.text().startswith("today · 1 stop")


def test_what_was_fetched_is_put_on_the_truck_in_one_step(
    qtbot: QtBot, page: LoadTruckPage, hose: int, story: Story, front: Front
) -> None:
    page.commands["load"].trigger()
    settle(qtbot, page)
    lying = parts.where(page.desk.store, hose)
    assert [at.location_id for at in lying] == [story.truck_id]
    assert front.toasts[-1] == "1 part on Truck 1"
    assert "Fetch in Shop" not in shown(page)
    assert not page.commands["load"].isEnabled()
    page.desk.store.undo()
    settle(qtbot, page)
    assert shown(page)[0] == "Fetch in Shop"


def test_what_a_truck_should_always_carry_can_be_left_out(
    qtbot: QtBot, page: LoadTruckPage, story: Story
) -> None:
    shelf = next(place.id for place in parts.locations(page.desk.store) if place.name == "Shop")
    part_id, on = story.float_switch_id, july(13, 7, 0).date()
    parts.count(page.desk.store, part_id, location_id=shelf, counted=Decimal(9), counted_on=on)
    parts.set_par(page.desk.store, part_id, location_id=story.truck_id, quantity=Decimal(5))
    settle(qtbot, page)
    assert "To carry always" in shown(page)
    page.fill.click()
    assert "To carry always" not in shown(page)


def test_the_list_is_printed_and_saved(
    page: LoadTruckPage, ask: Answers, front: Front, tmp_path: Path
) -> None:
    ask.path = tmp_path / "list.pdf"
    page.commands["print_list"].trigger()
    assert front.toasts[-1] == "Printed the load list"
    page.commands["save_list"].trigger()
    assert ask.path.read_bytes().startswith(b"%PDF")


def test_a_day_without_stops_has_nothing_to_load(qtbot: QtBot, page: LoadTruckPage) -> None:
    page.when.set_value("1")
    page.refresh()
    settle(qtbot, page)
    assert page.facts.text() == "tomorrow · 0 stops · nothing to load"
    assert shown(page) == []


def test_a_truck_that_is_added_meanwhile_is_offered(qtbot: QtBot, page: LoadTruckPage) -> None:
    made = technicians.add(page.desk.store, name="Ann Lee", truck="Truck 9")
    settle(qtbot, page)
    assert page.name.text() == "Truck 1, Marco Reyes"
    page.who._chips[str(made)].click()
    settle(qtbot, page)
    assert page.name.text() == "Truck 9, Ann Lee"
    technicians.archive(page.desk.store, made)
    settle(qtbot, page)
    assert page.name.text() == "Truck 1, Marco Reyes"


def test_the_list_of_a_truck_and_day_is_opened_by_its_code(
    qtbot: QtBot, page: LoadTruckPage, story: Story
) -> None:
    for on, words in ((14, "tomorrow · 0 stops"), (9, "Thu Jul 9 · 0 stops"), (13, "today · 1")):
        page.begin("load", technician_id=story.technician_id, on=july(on, 7, 0).date())
        settle(qtbot, page)
        assert page.facts.text().startswith(words)
    assert [chip.words for chip in page.when._chips.values()] == ["Today", "Tomorrow"]
