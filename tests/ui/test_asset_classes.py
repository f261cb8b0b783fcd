"""Classes of assets: written in the settings, and what a call and a request make of them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smallcmms.services import advice, asset_classes, assets, requests, warranties
from smallcmms.services.advice import Call
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.asset_class import AssetClassForm
from smallcmms.ui.forms.call import CallForm
from smallcmms.ui.kit import Button
from smallcmms.ui.pages.request_facts import RequestFacts
from smallcmms.ui.pages.settings import SettingsPage
from smallcmms.ui.pages.settings_register import Register
from tests.build import Story
from tests.ui import at_requests
from tests.ui.conftest import Front


@pytest.fixture
def register(qtbot: QtBot, desk: Desk, story: Story) -> Register:
    """Return the register of classes in the settings."""
    assert story
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    at = [each.title for each in page.sections].index("Asset classes")
    page._choose(at + 1)
    found = page.sections[at].widget
    assert isinstance(found, Register)
    return found


def test_a_class_is_added_edited_and_put_away(
    qtbot: QtBot, register: Register, desk: Desk, front: Front
) -> None:
    form = register.form
    assert isinstance(form, AssetClassForm)
    register.begin()
    form.form.boxes["name"].put_back("Pump")
    form.form.boxes["expected_life_years"].put_back("15")
    form.form.boxes["custom_fields"].put_back("Float\n\n Head ")
    form.problems.set_value("noise", "blocked")
    register.make_button.click()
    [row] = asset_classes.rows(desk.store)
    assert (row.name, row.expected_life_years) == ("Pump", 15)
    assert (row.custom_fields, row.problem_codes) == (("Float", "Head"), ("blocked", "noise"))
    qtbot.mouseClick(form.problems._chips["noise"], Qt.MouseButton.LeftButton)
    assert asset_classes.get(desk.store, row.id).problem_codes == ("blocked",)
    box = form.form.boxes["hazards"]
    box.put_back("Starts by itself.")
    box.changed.emit()
    form.form.keep()
    assert asset_classes.get(desk.store, row.id).hazards == "Starts by itself."
    form.archive.click()
    assert front.toasts == ["Archived Pump"]
    register.refresh()
    assert form.archive.words == "Bring this class back"
    form.archive.click()
    assert len(asset_classes.rows(desk.store)) == 1


def pump_class(store: Store, story: Story) -> None:
    codes = ["blocked", "low_flow", "noise"]
    class_id = asset_classes.add(store, name="Pump", problem_codes=codes)
    assets.edit(store, story.asset_id, asset_class_id=class_id)


def test_a_call_offers_the_problems_of_the_class(qtbot: QtBot, desk: Desk, story: Story) -> None:
    pump_class(desk.store, story)
    form = CallForm(desk)
    qtbot.addWidget(form)

    def offered() -> list[str]:
        return [chip.words for chip in form.problems._chips.values() if not chip.isHidden()]

    assert offered() == ["No heat", "No cooling", "Water leak", "Noise"]
    form.problems.set_value("no_heat")
    told = advice.on(desk.store, Call(asset_id=story.asset_id, is_picked=True))
    form.offer_problems(told.problem_codes)
    assert offered() == ["No heat", "Noise", "Blocked", "Low flow"]
    form.problems.set_value()
    form.offer_problems(told.problem_codes)
    assert offered() == ["Noise", "Blocked", "Low flow"]
    form.offer_problems(advice.on(desk.store, Call()).problem_codes)
    assert offered() == ["No heat", "No cooling", "Water leak", "Noise"]


def test_a_request_says_until_when_its_asset_is_under_warranty(
    qtbot: QtBot, desk: Desk, story: Story
) -> None:
    request_id = at_requests.log(desk.store, story)
    facts = RequestFacts(desk, Button("Log call back"))
    qtbot.addWidget(facts)
    facts.show_request(requests.get(desk.store, request_id))
    assert facts.asset.text() == "SP-A Sump pump · A-0133"
    warranties.add(desk.store, story.asset_id, ends_on=date(2028, 9, 14))
    facts.show_request(requests.get(desk.store, request_id))
    assert facts.asset.text().endswith("A-0133 · under warranty until Sep 14, 2028")
