from __future__ import annotations

from datetime import date
from decimal import Decimal

from smallcmms.domain.sheets import SheetEntry
from smallcmms.domain.work_orders import (
    ShownState,
)
from smallcmms.services import (
    drafts,
    parts,
    sheets,
    technicians,
    visits,
    work_orders,
)
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY


def test_the_form_shows_the_job_as_the_paper_has_it(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    form = sheets.form(store, job)
    assert (form.number, form.state) == ("WO-2310", ShownState.SHEET_TO_ENTER)
    assert (form.copy, form.copy_revision, form.is_stale) == (1, 1, False)
    assert form.default_on == date(2026, 7, 13)
    assert [worker.name for worker in form.workers] == ["Marco Reyes"]
    assert [(part.name, part.location, part.on_hand) for part in form.parts] == [
        ("Float switch, tether", "Truck 1", Decimal(2)),
        ("Check valve 1½ in", "Truck 1", Decimal(1)),
    ]
    assert form.causes[1].text == "Blocked"
    assert (form.next_id, form.draft) == (None, None)
    other = jobs.out_since_yesterday(store, clock, story)
    drafts.keep(store, sheets.DRAFT, str(job), ENTRY.to_json())
    form = sheets.form(store, job)
    assert (form.next_id, form.next_number) == (other, "WO-2311")
    assert form.draft is not None
    assert SheetEntry.from_json(form.draft) == ENTRY


def test_the_form_of_a_job_without_paper_has_no_copy(
    store: Store, clock: Clock, story: Story
) -> None:
    job = jobs.scheduled(store, clock, story)
    form = sheets.form(store, job)
    assert (form.copy, form.copy_state, form.document_hash) == (None, None, "")


def test_without_a_truck_parts_come_from_the_shelf(
    store: Store, clock: Clock, story: Story
) -> None:
    jess = technicians.add(store, name="Jess Okafor")
    job = jobs.scheduled(store, clock, story)
    work_orders.add_part(store, job, text="Blue pipe, 2 ft")
    (visit,) = work_orders.get(store, job).visits
    visits.reschedule(store, visit.id, planned_from=july(13, 8, 0), planned_to=july(13, 9, 0),
                      technician_ids=[jess])  # fmt: skip
    form = sheets.form(store, job)
    assert [(part.location, part.on_hand) for part in form.parts] == [("Shop", 0)] * 3


def test_a_planned_part_is_taken_from_the_place_it_was_planned_from(
    store: Store, job: int, story: Story
) -> None:
    shelf = next(place.id for place in parts.locations(store) if place.name == "Shop")
    work_orders.add_part(store, job, part_id=story.hose_clamp_id, location_id=shelf)
    assert sheets.form(store, job).parts[2].location == "Shop"
