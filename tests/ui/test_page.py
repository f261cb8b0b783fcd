from __future__ import annotations

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import customers, shop
from smallcmms.texts import later
from smallcmms.ui import actions, errors
from smallcmms.ui.actions import action
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.page import Page
from tests.ui.conftest import Front


class Customers(Page):
    """A page that counts how often it looked."""

    title = later("Customers")
    tables = ("customer",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked = 0

    def refresh(self) -> None:
        self.looked += 1


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Customers:
    made = Customers(desk)
    qtbot.addWidget(made)
    return made


def test_a_page_looks_first_when_it_is_shown_first(page: Customers) -> None:
    assert page.looked == 0
    page.shown()
    page.shown()
    assert page.looked == 1
    assert page.waiting(page.desk.store) == (0, False)


def test_a_shown_page_looks_again_when_its_tables_change(page: Customers, desk: Desk) -> None:
    page.show()
    page.shown()
    customers.add(desk.store, name="Bluebird Bakery")
    assert page.looked == 2
    shop.edit(desk.store, phone="(937) 555-0142")
    assert page.looked == 2


def test_a_hidden_page_catches_up_when_it_is_shown_again(page: Customers, desk: Desk) -> None:
    page.shown()
    customers.add(desk.store, name="Bluebird Bakery")
    assert page.looked == 1
    page.shown()
    assert page.looked == 2


def test_an_answer_that_a_later_question_overtook_is_dropped(qtbot: QtBot, page: Customers) -> None:
    go, answers = threading.Event(), list[str]()

    def slow() -> str:
        go.wait()
        return "slow"

    page.ask(slow, answers.append)
    page.ask(lambda: "quick", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    go.set()
    page.desk.background.close()
    assert answers == ["quick"]


def test_a_page_talks_to_the_window_through_its_desk(page: Customers, front: Front) -> None:
    page.toast("Printed")
    page.go("work_orders", 7)
    assert (front.toasts, front.went) == (["Printed"], [("work_orders", 7)])


def test_the_desk_writes_values_the_shops_way_and_follows_its_settings(desk: Desk) -> None:
    assert desk.formats.locale == "en_US"
    assert desk.today().isoformat() == "2026-07-13"
    shop.edit(desk.store, locale="de_DE")
    assert desk.formats.locale == "de_DE"


def test_a_command_belongs_to_one_of_the_menus() -> None:
    with pytest.raises(ValueError, match="window"):
        action("Close", menu="window")


def test_commands_are_declared_once_by_the_names_of_their_methods(page: Customers) -> None:
    assert actions.declared(Customers) == {}
    assert page.commands == {}


def test_what_nobody_caught_is_shown_and_not_lost(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    errors.watch()
    with qtbot.waitSignal(errors.signals.fault):
        sys.excepthook(ValueError, ValueError("x"), None)
    with qtbot.waitSignal(errors.signals.broken):
        sys.excepthook(RuleBroken, RuleBroken("No."), None)
    with qtbot.assertNotEmitted(errors.signals.fault):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
