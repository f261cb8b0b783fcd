from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.lines import LineKind
from smallcmms.services import job_templates, rates, shop, technicians
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.job_template import JobTemplateForm
from smallcmms.ui.forms.rates import RatesForm
from smallcmms.ui.forms.shop import ShopForm
from smallcmms.ui.forms.technician import TechnicianForm
from smallcmms.ui.pages.settings import SettingsPage
from smallcmms.ui.pages.settings_register import Register
from tests.build import Story
from tests.ui.conftest import Front
from tests.ui.turns import pass_turns


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: Story) -> SettingsPage:
    assert story.asset_id
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


def section(page: SettingsPage, title: str) -> Any:
    at = [each.title for each in page.sections].index(title)
    page.list.choose(at + 1)
    page._choose(at + 1)
    return page.sections[at].widget


def register(page: SettingsPage, title: str) -> Register:
    found = section(page, title)
    assert isinstance(found, Register)
    pass_turns()
    return found


def test_the_shop_is_saved_when_a_box_is_left(page: SettingsPage, desk: Desk) -> None:
    form = section(page, "Your business")
    assert isinstance(form, ShopForm)
    box = form.form.boxes["tagline"]
    box.put_back("Pumps")
    box.changed.emit()
    form.form.keep()
    assert shop.get(desk.store).tagline == "Pumps"
    desk.store.undo()
    page.refresh()
    assert box.typed != "Pumps"


@pytest.mark.parametrize("typed", ["abc", "3.5", "-3", "", "99999999999999999999", "4000"])
def test_days_to_pay_that_are_none_are_asked_for(
    page: SettingsPage, desk: Desk, typed: str
) -> None:
    form = section(page, "Your business").form
    form.boxes["terms_days"].put_back(typed)
    form.boxes["terms_days"].changed.emit()
    with contextlib.suppress(RuleBroken):
        form.keep()
    assert shop.get(desk.store).terms_days == 30
    assert form.is_dirty


def test_a_technician_is_added_and_edited(page: SettingsPage, desk: Desk) -> None:
    people = register(page, "People and trucks")
    assert people.list.chosen_id
    people.begin()
    form = people.form
    assert isinstance(form, TechnicianForm)
    form.form.put_back({"name": "Jess Okafor", "truck": "Truck 2", "bill_rate": "140"})
    people.make_button.click()
    jess = technicians.rows(desk.store)[0]
    assert (jess.name, jess.truck, jess.bill_rate) == ("Jess Okafor", "Truck 2", Decimal(140))
    assert people.list.chosen_id == jess.id
    form.form.boxes["phone"].put_back("937 555 0144")
    form.form.boxes["phone"].changed.emit()
    form.form.keep()
    assert technicians.rows(desk.store)[0].phone == "(937) 555-0144"


def test_a_technician_without_a_name_is_asked_for_it(page: SettingsPage, desk: Desk) -> None:
    people = register(page, "People and trucks")
    people.begin()
    people.make_button.click()
    assert people.form.first.error.text()
    assert len(technicians.rows(desk.store)) == 1


def test_a_rate_and_a_tax_hold_from_their_day(page: SettingsPage, desk: Desk, front: Front) -> None:
    form = section(page, "Rates and taxes")
    assert isinstance(form, RatesForm)
    form.rate_form.put_back({"price": "130", "from_on": "Aug 1, 2026"})
    form._set_rate()
    assert (Decimal(130), date(2026, 8, 1)) in {
        (row.price, row.from_on) for row in rates.rows(desk.store)
    }
    form.tax_form.put_back({"name": "City tax", "percent": "1.25"})
    form._add_tax()
    page.refresh()
    [city, _sales] = rates.taxes(desk.store)
    assert (city.name, city.percent, city.line_kinds) == (
        "City tax",
        Decimal("1.25"),
        (LineKind.PART,),
    )
    form._archive(1)
    assert front.toasts == ["City tax is charged no longer"]
    assert len(rates.taxes(desk.store)) == 1


def test_a_job_template_is_written_line_by_line(page: SettingsPage, desk: Desk) -> None:
    templates = register(page, "Job templates")
    form = templates.form
    assert isinstance(form, JobTemplateForm)
    assert "Motor current | A | 9.8" in form.form.boxes["lines"].typed
    assert form.form.boxes["parts"].typed.splitlines()[0] == "Float switch, tether × 1"
    templates.begin()
    form.form.put_back(
        {
            "name": "Boiler",
            "lines": "Lock out, see front\nGas pressure | in | 3.5",
            "parts": "HC-2 × 2\nFS-10",
            "planned_minutes": "90",
        }
    )
    templates.make_button.click()
    boiler = job_templates.rows(desk.store)[0]
    assert [line.is_hazard for line in boiler.lines] == [True, False]
    assert [part.quantity for part in boiler.parts] == [2, 1]
    assert boiler.lines[1].high == Decimal("3.5")
    form.form.boxes["lines"].put_back("Only this")
    form.form.boxes["lines"].changed.emit()
    form.form.keep()
    assert len(job_templates.rows(desk.store)[0].lines) == 1


@pytest.mark.parametrize(("text", "refusal"), [(" | A", "says what to do"), ("x | A | y", "limit")])
def test_a_line_that_cannot_be_read_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(RuleBroken, match=refusal):
        job_templates.read_line(text)


def test_the_sections_say_what_they_are_for(page: SettingsPage) -> None:
    for at, section in enumerate(page.sections, 1):
        page._choose(at)
        assert page.heading_label.text() == section.title
        assert page.hint.text() == section.hint
