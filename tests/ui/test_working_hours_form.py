from __future__ import annotations

from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Hours
from smallcmms.services import working_hours
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.working_hours import WorkingHoursForm


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> WorkingHoursForm:
    made = WorkingHoursForm(desk)
    qtbot.addWidget(made)
    made.refresh()
    return made


def type_into(form: WorkingHoursForm, **typed: str) -> None:
    for name, text in typed.items():
        box = form.form.boxes[name]
        box.put_back(text)
        box.changed.emit()
    form.form.keep()


def refused(form: WorkingHoursForm, **typed: str) -> str:
    """Return the field of the box that is refused; what is typed in it stays."""
    with pytest.raises(RuleBroken) as error:
        type_into(form, **typed)
    form.refresh()
    assert all(form.form.boxes[name].typed == text for name, text in typed.items())
    return error.value.field


def test_hours_are_typed_as_they_are_said(form: WorkingHoursForm, desk: Desk) -> None:
    assert form.form.boxes["opens_0"].typed == "8:00 AM"
    assert form.form.boxes["closes_5"].typed == ""
    type_into(form, opens_5="9", closes_5="1")
    assert refused(form, closes_4="") == "closes_4"
    kept = working_hours.get(desk.store)
    assert kept.week[5] == Hours(time(9), time(13))
    assert kept.week[4] == Hours(time(8), time(17))
    type_into(form, opens_4="")
    assert working_hours.get(desk.store).week[4] is None


def test_a_day_that_ends_before_it_begins_is_told_beside_its_box(
    form: WorkingHoursForm, desk: Desk
) -> None:
    assert refused(form, closes_0="7:00 AM") == "closes_0"
    type_into(form, closes_0="5:00 PM")
    assert refused(form, opens_6="9") == "closes_6"
    type_into(form, opens_6="")
    assert refused(form, closes_6="1 PM") == "opens_6"
    assert working_hours.get(desk.store).week[0] == Hours(time(8), time(17))


def test_holidays_are_a_line_each(form: WorkingHoursForm, desk: Desk) -> None:
    type_into(form, holidays="Dec 25, 2026\n\n7/4/2027")
    days = (date(2026, 12, 25), date(2027, 7, 4))
    assert working_hours.get(desk.store).holidays == days
    form.refresh()
    assert form.form.boxes["holidays"].typed == "Dec 25, 2026\nJul 4, 2027"
    assert refused(form, holidays="Christmas") == "holidays"
    assert working_hours.get(desk.store).holidays == days
