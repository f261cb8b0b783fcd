from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.services import certificates, choices, technicians, triage_rules
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.certificate_needs import NeedsForm
from smallcmms.ui.forms.levels import LevelsForm
from smallcmms.ui.forms.technician import TechnicianForm
from tests import build, jobs
from tests.conftest import Clock
from tests.ui.conftest import Front


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> LevelsForm:
    """Return the rules' form with the rules of a new shop."""
    made = LevelsForm(desk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.refresh()
    return made


def test_a_fact_and_a_rule_are_added_and_win(form: LevelsForm, desk: Desk) -> None:
    form.facts.text.put_back("They smell gas")
    form.facts.save()
    form.refresh()
    form.cards[Level.CRITICAL].wants_rule.emit()
    form.rule.ticks["they_smell_gas"].setChecked(True)
    form.rule.save()
    form.refresh()
    form.try_out.ticks["they_smell_gas"].click()
    assert form.try_out.badge.isVisible()
    assert form.try_out.words.text() == "“They smell gas” wins: they smell gas."
    names = [each.name for each in triage_rules.rules(desk.store) if each.level is Level.CRITICAL]
    assert names[-1] == "They smell gas"


def test_a_rule_can_ask_for_what_nobody_ticks(form: LevelsForm, desk: Desk) -> None:
    form.try_out.ticks["fixed_lately"].click()
    won = "“Same asset fixed in the last 14 days” wins: fixed in the last 14 days."
    assert form.try_out.words.text() == won
    form.cards[Level.CRITICAL].wants_rule.emit()
    assert form.rule.ticks["fixed_lately"].text() == "Same asset fixed in the last 14 days"
    form.rule.ticks["fixed_lately"].setChecked(True)
    form.rule.save()
    form.refresh()
    assert form.try_out.badge.level == Level.CRITICAL
    asked = [each.code for each in triage_rules.facts(desk.store)]
    assert form.facts.list.model().rowCount() == len(asked)
    assert "fixed_lately" not in asked


def test_a_rule_is_changed_moved_and_put_away(form: LevelsForm, desk: Desk) -> None:
    rule = next(each for each in triage_rules.rules(desk.store) if each.name == "They cannot work")
    form.cards[Level.HIGH].opened.emit(rule)
    form.rule.levels.choose("3")
    form.rule.up.click()
    form.rule.save()
    (changed,) = (each for each in triage_rules.rules(desk.store) if each.id == rule.id)
    assert (changed.level, changed.name) == (Level.MEDIUM, "They cannot work")
    form.cards[Level.MEDIUM].opened.emit(changed)
    form.rule.away.click()
    assert rule.id not in [each.id for each in triage_rules.rules(desk.store)]
    assert not form.rule.isVisible()


def test_an_answer_time_is_saved_when_its_box_is_left(form: LevelsForm, desk: Desk) -> None:
    card = form.cards[Level.MEDIUM]
    card.within.put_back("2")
    card.within.changed.emit()
    card.form.keep()
    (medium,) = (each for each in choices.levels(desk.store) if each.level == Level.MEDIUM)
    assert medium.answer_workdays == 2


def test_a_certificate_is_typed_and_asked_for(qtbot: QtBot, desk: Desk) -> None:
    story = build.story(desk.store)
    person = TechnicianForm(desk)
    needs = NeedsForm(desk)
    for widget in (person, needs):
        qtbot.addWidget(widget)
        widget.show()
    (marco,) = technicians.rows(desk.store)
    person.show_record(marco)
    person.certificates.kind.put_back("EPA 608")
    person.certificates.expires.put_back("Aug 1, 2026")
    person.certificates.save()
    person.absences.first_on.put_back("Jul 20, 2026")
    person.absences.save()
    (held,) = certificates.rows(desk.store, story.technician_id)
    assert (held.kind, held.expires_on) == ("EPA 608", date(2026, 8, 1))
    (away,) = technicians.absences(desk.store, story.technician_id)
    assert away.first_on == away.last_on == date(2026, 7, 20)
    needs.kind.put_back("EPA 608")
    with pytest.raises(RuleBroken, match="Say which class"):
        needs.save()
    needs.where.show_taken(("site", story.site_id), "1200 Riverside Dr")
    needs.save()
    assert [each.where for each in certificates.needs(desk.store)] == ["1200 Riverside Dr"]
    assert needs.soon.rows.rowCount() == 1


def test_an_absence_says_which_work_is_off_the_board(
    qtbot: QtBot, desk: Desk, front: Front, clock: Clock
) -> None:
    story = build.story(desk.store)
    jobs.scheduled(desk.store, clock, story)
    person = TechnicianForm(desk)
    qtbot.addWidget(person)
    person.show()
    person.show_record(technicians.rows(desk.store)[0])
    for day in ("Jul 20, 2026", "Jul 13, 2026"):
        person.absences.first_on.put_back(day)
        person.absences.save()
    assert front.toasts == ["Off the board: WO-2310. Today reminds of it."]
