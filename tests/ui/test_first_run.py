"""The first run asks for what the first invoice needs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from smallcmms.ui.pages.first_run import FirstRunPage
from tests.ui.conftest import Answers


@pytest.fixture
def page(qtbot: QtBot, ask: Answers, tmp_path: Path) -> FirstRunPage:
    made = FirstRunPage(ask, tmp_path)
    qtbot.addWidget(made)
    made.show()
    made.name.put_back("Oakwood Repair")
    return made


def test_the_prices_of_an_hour_and_of_a_call_are_read_in_the_money_that_is_chosen(
    page: FirstRunPage,
) -> None:
    told: list[dict[str, Any]] = []
    page.wants_new.connect(told.append)
    page.labour.put_back("an hour")
    page._begin()
    assert "cannot be read as a number" in page.labour.error.text()
    page.labour.put_back("85,50")
    page.place.set_value("de_DE EUR")
    page._begin()
    assert (told[0]["labour"], told[0]["call_out"]) == (Decimal("85.50"), None)
    assert (told[0]["locale"], told[0]["currency"]) == ("de_DE", "EUR")


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("machine", "offered"), [("Europe/Vienna", "Europe/Vienna"), ("Etc/UTC", "America/New_York")]
)
def test_the_time_of_the_machine_is_offered_first(
    ask: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str, offered: str
) -> None:
    monkeypatch.setenv("TZ", machine)
    made = FirstRunPage(ask, tmp_path)
    assert made.zone.value == offered
    made.deleteLater()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("machine", "offered"), [("da_DK", "da_DK DKK"), ("de_DE", "de_DE EUR"), ("C", "en_US USD")]
)
def test_the_money_of_the_machine_is_offered_first(
    ask: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str, offered: str
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(machine))
    made = FirstRunPage(ask, tmp_path)
    assert made.place.value == offered
    made.deleteLater()
