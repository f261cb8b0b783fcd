from __future__ import annotations

from decimal import Decimal

import pytest

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience, CopyState, PaperState
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result
from smallcmms.reports import work_order as report
from smallcmms.services import assets, parts, requests, sheets, sites, technicians, work_orders
from smallcmms.services import shop as settings
from smallcmms.services.papers.work_order import work_order as paper_of
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, draw, entry


@pytest.fixture
def job(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310, put on Marco's board for Monday at 8:00; it is 7:20."""
    made = jobs.scheduled(store, clock, story)
    clock.moment = july(13, 7, 20)
    return made


def sheet(store: Store, job: int) -> papers.WorkOrder:
    return paper_of(store, job, copy=1, revision=1)


def test_a_printed_copy_is_numbered_and_out(store: Store, job: int) -> None:
    made = sheets.print_copy(store, job, render=draw)
    assert (made.copy, made.revision, made.missing) == (1, 1, ())
    assert made.code.startswith("SC7KQ2:W2310.1:")
    page = work_orders.get(store, job)
    assert page.paper is PaperState.OUT
    (copy,) = page.copies
    assert (copy.technician, copy.printed_at, copy.state) == (
        "Marco Reyes",
        july(13, 7, 20),
        CopyState.OUT,
    )
    assert sheets.document(store, copy.id) == made.pdf == b"WO-2310 1 1 " + made.code.encode()
    with pytest.raises(NotFound):
        sheets.document(store, 99)


def test_the_real_sheet_keeps_its_places_with_the_copy(store: Store, job: int) -> None:
    made = sheets.print_copy(store, job, render=report.render)
    assert made.pdf.startswith(b"%PDF")
    layout = sheets.form(store, job).layout
    assert [page["side"] for page in layout["pages"]] == ["front", "back"]
    assert len(layout["pages"][0]["marks"]) == 7


def test_a_copy_that_did_not_print_is_taken_back_and_its_number_not_used_again(
    store: Store, job: int
) -> None:
    sheets.print_copy(store, job, render=draw)
    assert sheets.did_not_print(store, job) == 1
    assert work_orders.get(store, job).paper is PaperState.NOT_PRINTED
    assert sheets.print_copy(store, job, render=draw).copy == 2
    with pytest.raises(RuleBroken, match="No such copy"):
        sheets.did_not_print(store, job, copy=1)


def test_a_lost_copy_may_still_turn_up(store: Store, clock: Clock, job: int) -> None:
    sheets.print_copy(store, job, render=draw)
    assert sheets.declare_lost(store, job, reason="Fell into the pit") == 1
    assert work_orders.get(store, job).paper is PaperState.LOST
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY, copy=1)
    assert work_orders.get(store, job).paper is PaperState.ENTERED


def test_a_printer_that_fails_leaves_no_copy(store: Store, job: int) -> None:
    def fail(_paper: papers.WorkOrder) -> jobs.Drawn:
        raise RuleBroken("The printer is off.")

    before = list(dump(store))
    with pytest.raises(RuleBroken, match="off"):
        sheets.print_copy(store, job, render=fail)
    assert list(dump(store)) == before


def test_a_draft_and_a_cancelled_job_have_nothing_for_the_truck(store: Store, job: int) -> None:
    work_orders.cancel(store, job, reason="Sold")
    draft = work_orders.add(store, title="Fan", level=Level.LOW)
    for each in (job, draft):
        with pytest.raises(RuleBroken, match="nothing to print"):
            sheets.print_copy(store, each, render=draw)


def test_copies_for_others_are_not_waited_for(store: Store, clock: Clock, job: int) -> None:
    sheets.print_copy(store, job, render=draw, audience=Audience.OFFICE)
    assert work_orders.get(store, job).paper is PaperState.NOT_PRINTED
    with pytest.raises(RuleBroken, match="not done yet"):
        sheets.print_copy(store, job, render=draw, audience=Audience.CUSTOMER)
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY)
    sheets.print_copy(store, job, render=draw, audience=Audience.CUSTOMER)
    done = paper_of(store, job, audience=Audience.CUSTOMER, copy=3, revision=1).done
    assert done is not None
    assert (done.hours, done.signed_by) == (Decimal("1.75"), "W. Hensley")
    assert [(part.quantity, part.name) for part in done.parts] == [
        (1, "Float switch, tether"),
        (1, "Hose clamp 2 in"),
    ]


def test_the_sheet_says_what_the_technician_needs(store: Store, job: int) -> None:
    paper = sheet(store, job)
    assert (paper.number, int(paper.level), paper.level_word) == ("WO-2310", 2, "High")
    assert (paper.visit.technicians, paper.visit.truck) == (("Marco Reyes",), "Truck 1")
    assert (paper.visit.starts_at, paper.visit.ends_at) == (july(13, 8, 0), july(13, 10, 0))
    assert paper.customer == "Harbor View Apartments"
    assert paper.address == ("1200 Riverside Dr", "Dayton, OH 45405")
    assert paper.place == "Building A › Basement"
    assert (paper.contact.name, paper.contact.phone) == ("Priya Natarajan", "(937) 555-0117")
    assert paper.asset is not None
    assert (paper.asset.short_code, paper.asset.tag) == ("SP-A", "A-0133")
    assert paper.what_is_wrong == "Sump pump alarm is on, water is high"
    assert [(part.quantity, part.name, part.where, part.is_pickup) for part in paper.parts] == [
        (1, "Float switch, tether", "on Truck 1", False),
        (1, "Check valve 1½ in", "on Truck 1", False),
    ]
    assert (paper.history, paper.lock_out, paper.done) == ((), None, None)
    assert len(paper.tasks) == 5
    assert [choice.text for choice in paper.causes][:2] == ["Worn", "Blocked"]
    assert len(paper.remedies) == 10


def test_the_code_of_the_door_is_on_paper_only_where_it_was_switched_on(
    store: Store, story: Story, job: int
) -> None:
    sites.edit_site(store, story.site_id, access_code="4711", access_notes="Side door")
    assert (sheet(store, job).access_code, sheet(store, job).access_notes) == ("", "Side door")
    work_orders.edit(store, job, is_code_on_paper=True)
    assert sheet(store, job).access_code == "4711"


def test_what_the_truck_lacks_says_where_it_is_and_parts_keep_the_order_of_the_form(
    store: Store, story: Story, job: int
) -> None:
    shelf = next(place.id for place in parts.locations(store) if place.name == "Shop")
    parts.edit(store, story.hose_clamp_id, bin="B-3")
    for place, counted in ((story.truck_id, 0), (shelf, 1)):
        parts.count(store, story.hose_clamp_id, location_id=place, counted=Decimal(counted),
                    counted_on=july(13, 7, 0).date())  # fmt: skip
    parts.count(store, story.float_switch_id, location_id=story.truck_id, counted=Decimal(0),
                counted_on=july(13, 7, 0).date())  # fmt: skip
    work_orders.add_part(store, job, part_id=story.hose_clamp_id)
    work_orders.add_part(store, job, text="Blue pipe, 2 ft", quantity=Decimal(2))
    said = [(part.name, part.where, part.is_pickup) for part in sheet(store, job).parts]
    assert said == [
        ("Float switch, tether", "not in stock", True),
        ("Check valve 1½ in", "on Truck 1", False),
        ("Hose clamp 2 in", "Shop B-3, last one", True),
        ("Blue pipe, 2 ft", "", False),
    ]
    assert [part.name for part in sheets.form(store, job).parts] == [name for name, *_ in said]
    page = work_orders.get(store, job)
    assert [part.is_on_truck for part in page.parts] == [False, True, False, False]


def test_the_next_sheet_tells_what_was_done_before(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY)
    again = jobs.scheduled(store, clock, story)
    (past,) = sheet(store, again).history
    assert (past.on, past.who) == (july(13, 8, 0).date(), "Marco, 1.75 h")
    assert past.text.startswith("Float stuck")


def test_lock_out_steps_of_the_asset_are_on_the_sheet(store: Store, story: Story, job: int) -> None:
    steps = ["Breaker off", "Test dead"]
    assets.edit(store, story.asset_id, lock_out_energies="120 V", lock_out_steps=steps)
    lock_out = sheet(store, job).lock_out
    assert lock_out == papers.LockOut(energies="120 V", steps=("Breaker off", "Test dead"))


def test_the_sheet_is_in_its_readers_language_and_the_shops_size(
    store: Store, story: Story, job: int
) -> None:
    technicians.edit(store, story.technician_id, sheet_language="es_MX")
    settings.edit(store, paper="a4")
    manner = sheet(store, job).manner
    assert (manner.language, manner.locale, manner.paper_size) == (
        "es_MX",
        "en_US",
        papers.PaperSize.A4,
    )


def test_a_caller_nobody_knows_is_whom_to_ask_for(store: Store, story: Story) -> None:
    job = work_orders.add(store, title="Drip", wrong="Drips", level=Level.LOW,
                          site_id=story.site_id)  # fmt: skip
    assert sheet(store, job).contact == papers.Contact()
    request = requests.log(
        store, words="It drips", caller="A tenant", phone="555-0100", site_id=story.site_id
    )
    requests.merge(store, request, work_order_id=job)
    assert sheet(store, job).contact.name == "A tenant"


def test_no_price_stands_on_a_technicians_sheet(store: Store, clock: Clock, job: int) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, entry(result=Result.HOLDING))
    said = repr(sheet(store, job))
    for price in ("42.00", "31.00", "125", "65.00", "18.2", "12.4"):
        assert price not in said
