"""Jobs of a COBie workbook arrive as PM schedules, its spares as parts with their supplier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.recurrence import Unit
from smallcmms.domain.work_orders import WorkType
from smallcmms.exchange import cobie
from smallcmms.models import Part, PmOccurrence, PmSchedule, Supplier
from smallcmms.services import check, imports, job_templates, parts, pm_pages, pm_schedules
from smallcmms.services.imports import Preview
from smallcmms.store.store import Store
from tests.build import Story
from tests.exchange import handovers
from tests.services.imports.lists import also, changes, content, outcomes, reasons

NA = handovers.NA
JOB: list[list[Any]] = [
    ["Name", "Category", "TypeName", "Description", "Duration", "DurationUnit", "Frequency",
     "FrequencyUnit", "TaskNumber"],
    ["Service", "Preventative Maintenance", "Pump P3", "Grease the bearings", 20, "Minute", "3.0",
     "Months", "2"],
    ["Service", "Preventative Maintenance", "Pump P3", "Lock out", 0.5, "Hours", 3, "Month", "1"],
    ["Look", "Inspection", "Pump P3,Skid", NA, NA, NA, 1, "quarterly", NA],
    ["Overhaul", "Shutdown", "Pump P3", "Take it apart", 2, "day", NA, "as required", NA],
    ["Test", "Testing", "Valve", "Turn it", 5, "minute", 1, "year", NA],
    ["Dust", "PM", "Chair", "Dust", 5, "minute", 1, "week", NA],
    [NA, "PM", "Skid"],
]  # fmt: skip
SPARE: list[list[Any]] = [
    ["Name", "Category", "TypeName", "Suppliers", "Description", "SetNumber", "PartNumber"],
    ["Seal kit", "Parts", "Pump P3", "ann@pumps.example", "Mechanical seal", NA, "SK-3"],
    ["Seal kit", "Parts", "Skid", "ann@pumps.example", "Mechanical seal", NA, "sk-3"],
    ["Gasket", "Parts", "Skid", "Other Ltd", NA, NA, NA],
    ["Castor", "Parts", "Chair", NA, NA, NA, "C-1"],
]  # fmt: skip


def look(store: Store, **told: Any) -> Preview:
    building = cobie.read(handovers.workbook(Job=JOB, Spare=SPARE), "mill.xlsx")
    plan = imports.guess_building(store, building)
    classes = ("Pump P3", "Skid", "Valve")
    return imports.preview_building(store, building, replace(plan, classes=classes, **told))


def schedules(store: Store) -> list[PmSchedule]:
    with store.read() as session:
        return list(session.scalars(select(PmSchedule).order_by(PmSchedule.id)))


def test_jobs_and_spares_arrive_once_and_go_again(store: Store, story: Story) -> None:
    assert story.site_id
    before = content(store)
    told = look(store)
    of_upkeep = told.rows[3:]
    assert [(row.title, row.outcome.value) for row in of_upkeep] == [
        ("Service · Pump P3", "new"),
        ("Look · Pump P3", "new"),
        ("Look · Skid", "new"),
        ("Overhaul · Pump P3", "refused"),
        ("Test · Valve", "refused"),
        ("Seal kit", "new"),
        ("Seal kit", "new"),
        ("Gasket", "new"),
    ]
    assert reasons(of_upkeep[3]) == ["It does not come by the calendar: as required."]
    assert reasons(of_upkeep[4]) == ["No asset is of the class Valve."]
    assert "Makes 2 suppliers, Pumps & Co is the first." in also(told)
    assert "5 of 6 jobs are looked at." in also(told)
    imports.run(store, told)
    after = content(store)
    again = look(store)
    assert again.is_empty
    assert set(outcomes(again)) == {"same", "refused"}
    assert check.problems(store) == []
    store.undo()
    assert content(store) == before
    store.redo()
    assert content(store) == after


def test_a_job_becomes_a_schedule_over_the_assets_of_its_class(store: Store, story: Story) -> None:
    assert story.site_id
    imports.run(store, look(store))
    service, first_look, _second = schedules(store)
    assert (service.every, service.unit, service.type) == (3, Unit.MONTHS, WorkType.PREVENTIVE)
    assert (first_look.every, first_look.unit) == (3, Unit.MONTHS)
    assert first_look.type is WorkType.INSPECTION
    page = pm_pages.get(store, service.id)
    assert [name for _key, name in page.assets] == ["Pump 1", "Pump 2"]
    template = job_templates.get(store, service.job_template_id or 0)
    assert [line.text for line in template.lines] == ["Lock out", "Grease the bearings"]
    assert (template.planned_minutes, template.lines[0].is_hazard) == (50, True)
    with store.read() as session:
        days = set(session.scalars(select(PmOccurrence.due_on)))
    assert days == {date(2026, 10, 13)}


def test_a_spare_becomes_a_part_that_fits_its_classes(store: Store, story: Story) -> None:
    assert story.site_id
    imports.run(store, look(store))
    with store.read() as session:
        query = select(Part.id, Part.name, Supplier.name).join(Supplier)
        found = session.execute(query.where(Part.number == "SK-3")).one()
        assert session.scalars(select(Part.number).where(Part.number == "Gasket")).one()
        assert session.scalars(select(Part.number).where(Part.number == "C-1")).first() is None
    assert tuple(found[1:]) == ("Seal kit", "Pumps & Co")
    assert {fit.label for fit in parts.get(store, found[0]).fits} == {"Pump P3", "Skid"}


def test_a_part_that_is_there_fits_one_class_more(store: Store, story: Story) -> None:
    assert story.site_id
    parts.add(store, number="SK-3", name="Seals", cost=Decimal(1), price=Decimal(2))
    told = look(store, has_jobs=False)
    [first, second, _gasket] = told.rows[3:]
    assert (first.outcome.value, second.outcome.value) == ("changed", "changed")
    assert changes(first) == [("Fits", "", "Pump P3")]
    imports.run(store, told, is_agreed=True)
    assert look(store, has_jobs=False).is_empty


def test_upkeep_can_be_left_out(store: Store, story: Story) -> None:
    assert story.site_id
    told = look(store, has_jobs=False, has_spares=False)
    assert len(told.rows) == 3


@pytest.mark.parametrize("change", [{"name": "Service  · pump p3"}, {"every": 6}])
def test_a_schedule_that_was_changed_stays_as_it_is(
    store: Store, story: Story, change: dict[str, Any]
) -> None:
    assert story.site_id
    imports.run(store, look(store))
    pm_schedules.edit(store, schedules(store)[0].id, **change)
    assert look(store).is_empty
