from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.stock_counts import CountStatus
from smallcmms.models import StockCount, StockCountLine
from smallcmms.services import (
    check,
    parts,
    reservations,
    scans,
    search,
    search_previews,
    stock,
    stock_counts,
    timeline,
    work_orders,
)
from smallcmms.services.papers.count_sheet import count_sheet
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import build
from tests.build import Story
from tests.conftest import Clock

MONDAY = date(2026, 7, 13)
pytestmark = pytest.mark.usefixtures("story")


@pytest.fixture
def shelf(store: Store) -> int:
    """Return the shop's own place."""
    return parts.locations(store)[0].id


@pytest.fixture
def belt(store: Store, shelf: int) -> int:
    return made(store, "BLT-A42, V-belt A42, A-3, 5", shelf)


@pytest.fixture
def valve(store: Store, shelf: int) -> int:
    return made(store, "BV-1, Ball valve, A-10, 6", shelf)


def made(store: Store, told: str, location_id: int) -> int:
    number, name, shelf, lying = told.split(", ")
    part = build.part(store, number, name, "6.10", "16.00")
    parts.edit(store, part, bin=shelf)
    put(store, part, location_id, lying)
    return part


def put(store: Store, part: int, location_id: int, quantity: str, on: date = MONDAY) -> None:
    parts.receive(store, part, location_id=location_id, quantity=Decimal(quantity), moved_on=on)


@pytest.fixture
def count(store: Store, shelf: int, belt: int, valve: int) -> int:
    return stock_counts.begin(store, location_id=shelf, part_ids=[valve, belt])


def line_of(store: Store, count: int, part: int) -> stock_counts.CountLine:
    return next(each for each in stock_counts.get(store, count).lines if each.part_id == part)


def there(store: Store, part: int, location_id: int) -> Decimal:
    return sum(
        (each.quantity for each in parts.where(store, part) if each.location_id == location_id),
        Decimal(0),
    )


def test_a_count_takes_down_what_lies_there_shelf_by_shelf(
    store: Store, shelf: int, belt: int, valve: int
) -> None:
    count = stock_counts.begin(store, location_id=shelf, counted_by=" Dana ")
    page = stock_counts.get(store, count)
    assert (page.row.number, page.row.counted_by, page.row.place) == ("ST-001", "Dana", "Shop")
    shelves = [line.bin for line in page.lines]
    assert shelves.index("A-3") < shelves.index("A-10")
    assert {belt, valve} <= {line.part_id for line in page.lines}
    assert page.row.lines == len(page.lines)


def test_what_is_neither_there_nor_has_a_shelf_is_not_on_the_sheet(
    store: Store, shelf: int, belt: int
) -> None:
    loose = build.part(store, "X-1", "Loose", "1", "2")
    gone = build.part(store, "X-2", "Put away", "1", "2")
    parts.edit(store, gone, bin="A-1")
    parts.archive(store, gone)
    listed = {line.part_id for line in stock_counts.get(
        store, stock_counts.begin(store, location_id=shelf)).lines}  # fmt: skip
    assert belt in listed
    assert not {loose, gone} & listed


def test_the_sheet_hides_what_the_program_thinks(store: Store, count: int) -> None:
    sheet = count_sheet(store, count)
    assert [(row.bin, row.number, row.name) for row in sheet.rows] == [
        ("A-3", "BLT-A42", "V-belt A42"),
        ("A-10", "BV-1", "Ball valve"),
    ]
    assert not {"begun_with", "expected"} & set(sheet.rows[0].__slots__)
    found = scans.read(store, sheet.code)
    assert (found.kind, found.id, found.number) == ("stock_count", count, "ST-001")


def test_variances_are_shown_before_anything_is_booked(
    store: Store, count: int, belt: int, valve: int, shelf: int
) -> None:
    before = list(dump(store))
    typed = {line_of(store, count, belt).id: Decimal(3), line_of(store, count, valve).id: None}
    page = stock_counts.variances(store, count, typed)
    (short, blank) = page.lines
    assert (short.variance, short.value, blank.variance) == (Decimal(-2), Decimal("-12.20"), None)
    assert (page.off, page.value_off) == (1, Decimal("-12.20"))
    assert list(dump(store)) == before
    stock_counts.note(store, count, typed)
    assert line_of(store, count, belt).counted == 3
    assert there(store, belt, shelf) == 5


def test_a_count_is_booked_in_one_step_and_taken_back_in_one(
    store: Store, count: int, belt: int, valve: int, shelf: int
) -> None:
    before = list(dump(store))
    entered = stock_counts.enter(
        store,
        count,
        {line_of(store, count, belt).id: Decimal(3), line_of(store, count, valve).id: Decimal(6)},
    )
    assert (entered.lines, entered.moved, entered.value) == (2, 1, Decimal("-12.20"))
    assert there(store, belt, shelf) == 3
    assert stock_counts.get(store, count).row.status is CountStatus.ENTERED
    assert check.problems(store) == []
    store.undo()
    assert list(dump(store)) == before
    store.redo()
    assert there(store, belt, shelf) == 3


def test_what_went_out_before_the_count_is_no_loss(
    store: Store, clock: Clock, count: int, belt: int, shelf: int
) -> None:
    clock.advance(hours=2)
    put(store, belt, shelf, "4")
    line = line_of(store, count, belt)
    assert (line.begun_with, line.moved, line.expected) == (5, 4, 9)
    assert stock_counts.enter(store, count, {line.id: Decimal(9)}).moved == 0
    assert there(store, belt, shelf) == 9


def test_what_moved_after_the_count_stays_moved(
    store: Store, clock: Clock, count: int, belt: int, shelf: int
) -> None:
    counted_at = clock.moment
    clock.advance(hours=2)
    put(store, belt, shelf, "4")
    line = line_of(store, count, belt)
    stock_counts.enter(store, count, {line.id: Decimal(4)}, counted_at=counted_at)
    assert there(store, belt, shelf) == 8
    after = line_of(store, count, belt)
    assert (after.expected, after.variance) == (5, -1)
    assert check.problems(store) == []


def test_the_moment_on_the_sheet_counts_for_all_that_was_written_in(
    store: Store, clock: Clock, count: int, belt: int, shelf: int
) -> None:
    counted_at = clock.moment
    clock.advance(hours=2)
    put(store, belt, shelf, "4")
    clock.advance(hours=2)
    line = line_of(store, count, belt).id
    stock_counts.note(store, count, {line: Decimal(5)})
    assert line_of(store, count, belt).variance == -4
    shown = stock_counts.variances(store, count, {}, counted_at=counted_at)
    assert shown.off == 0
    assert stock_counts.enter(store, count, counted_at=counted_at).moved == 0
    assert there(store, belt, shelf) == 9


def test_the_sheet_says_when_it_was_counted_for_what_is_typed_before_and_after(  # noqa: PLR0917
    store: Store, count: int, shelf: int, belt: int, valve: int, clock: Clock
) -> None:
    clock.moment = build.july(13, 17, 0)
    stock_counts.note(store, count, {line_of(store, count, belt).id: Decimal(5)})
    clock.moment = build.july(14, 7, 0)
    for part in (belt, valve):
        put(store, part, shelf, "10", date(2026, 7, 14))
    clock.moment = build.july(14, 10, 0)
    stock_counts.note(store, count, {line_of(store, count, valve).id: Decimal(6)})
    assert line_of(store, count, valve).variance == -10
    stock_counts.say_when(store, count, counted_at=build.july(13, 16, 30))
    assert stock_counts.get(store, count).row.said_at == build.july(13, 16, 30)
    assert [line.variance for line in stock_counts.get(store, count).lines] == [0, 0]
    figures = {line_of(store, count, valve).id: Decimal(4)}
    assert stock_counts.variances(store, count, figures).off == 1
    stock_counts.note(store, count, figures)
    stock_counts.enter(store, count)
    assert (there(store, belt, shelf), there(store, valve, shelf)) == (15, 14)


def test_lines_that_are_counted_again_have_a_moment_of_their_own(
    store: Store, count: int, belt: int, valve: int, clock: Clock
) -> None:
    clock.moment = build.july(14, 10, 0)
    first, again = build.july(13, 16, 30), build.july(14, 8, 0)
    stock_counts.say_when(store, count, counted_at=first)
    lines = [line_of(store, count, part).id for part in (belt, valve)]
    stock_counts.note(store, count, dict.fromkeys(lines, Decimal(4)))
    stock_counts.recount(store, count, [lines[1]])
    assert stock_counts.get(store, count).row.said_at is None
    stock_counts.note(store, count, {lines[1]: Decimal(6)})
    stock_counts.say_when(store, count, counted_at=again)
    assert [line.counted_at for line in stock_counts.get(store, count).lines] == [first, again]
    stock_counts.say_when(store, count, counted_at=None)
    assert line_of(store, count, valve).counted_at == again
    with pytest.raises(RuleBroken, match="lies ahead"):
        stock_counts.say_when(store, count, counted_at=build.july(14, 11, 0))


def test_what_was_used_on_friday_and_keyed_on_tuesday_was_gone_when_it_was_counted(
    store: Store, clock: Clock, count: int, belt: int, shelf: int
) -> None:
    counted_at = clock.moment
    clock.advance(days=1)
    put(store, belt, shelf, "2", on=date(2026, 7, 10))
    line = line_of(store, count, belt)
    page = stock_counts.variances(store, count, {line.id: Decimal(7)}, counted_at=counted_at)
    assert next(each for each in page.lines if each.id == line.id).variance == 0


@pytest.mark.parametrize(("hour", "expected"), [(8, 5), (16, 3)])
def test_what_was_used_on_the_day_and_keyed_later_was_gone_in_the_afternoon(  # noqa: PLR0917
    store: Store, clock: Clock, count: int, belt: int, shelf: int, hour: int, expected: int
) -> None:
    clock.moment = build.july(14, 10, 0)
    stock.scrap(store, belt, location_id=shelf, quantity=Decimal(2), reason="Used", moved_on=MONDAY)
    line = line_of(store, count, belt).id
    stock_counts.note(store, count, {line: Decimal(3)}, counted_at=build.july(13, hour, 0))
    assert line_of(store, count, belt).expected == expected


def test_a_line_that_is_counted_again_keeps_its_first_figure(
    store: Store, count: int, belt: int
) -> None:
    line = line_of(store, count, belt).id
    with pytest.raises(RuleBroken, match="not counted yet"):
        stock_counts.recount(store, count, [line])
    stock_counts.note(store, count, {line: Decimal(2)})
    stock_counts.recount(store, count, [line])
    again = line_of(store, count, belt)
    assert (again.is_recount, again.first_counted, again.counted) == (True, 2, None)
    assert [row.number for row in count_sheet(store, count, is_recount_only=True).rows] == [
        "BLT-A42"
    ]
    stock_counts.note(store, count, {line: Decimal(5)})
    done = line_of(store, count, belt)
    assert (done.is_recount, done.first_counted, done.counted) == (False, 2, 5)
    assert count_sheet(store, count, is_recount_only=True).rows == ()
    assert stock_counts.enter(store, count).moved == 0


def test_a_part_that_was_found_and_not_listed_gets_a_line(
    store: Store, count: int, belt: int, shelf: int
) -> None:
    found = build.part(store, "X-9", "Stray", "2.50", "5")
    line = stock_counts.add_line(store, count, found)
    with pytest.raises(RuleBroken, match="on the sheet already"):
        stock_counts.add_line(store, count, belt)
    assert "X-9" not in [row.number for row in count_sheet(store, count).rows]
    stock_counts.remove_line(store, count, line)
    with pytest.raises(RuleBroken, match="stays"):
        stock_counts.remove_line(store, count, line_of(store, count, belt).id)
    line = stock_counts.add_line(store, count, found)
    entered = stock_counts.enter(store, count, {line: Decimal(2)})
    assert (entered.moved, entered.value) == (1, Decimal("5.00"))
    assert there(store, found, shelf) == 2


def test_a_part_is_on_one_open_count_of_a_place_at_a_time(
    store: Store, count: int, shelf: int, belt: int
) -> None:
    with pytest.raises(RuleBroken, match="V-belt A42 is being counted already: ST-001 is open"):
        stock_counts.begin(store, location_id=shelf, part_ids=[belt])
    assert stock_counts.open_at(store, shelf) == count
    stock_counts.cancel(store, count)
    assert stock_counts.open_at(store, shelf) is None
    assert stock_counts.find(store, is_open_only=True) == []
    assert stock_counts.begin(store, location_id=shelf, part_ids=[belt]) > count


def test_what_says_nothing_is_refused(store: Store, count: int, belt: int, shelf: int) -> None:
    line = line_of(store, count, belt).id
    with pytest.raises(RuleBroken, match="Nothing is counted"):
        stock_counts.enter(store, count)
    with pytest.raises(RuleBroken, match="below zero"):
        stock_counts.note(store, count, {line: Decimal(-1)})
    with pytest.raises(NotFound):
        stock_counts.note(store, count, {line + 99: Decimal(1)})
    with pytest.raises(RuleBroken) as ahead:
        stock_counts.enter(
            store, count, {line: Decimal(1)}, counted_at=datetime(2026, 7, 14, tzinfo=UTC)
        )
    assert ahead.value.field == "counted_at"
    with pytest.raises(RuleBroken, match="nothing to count"):
        stock_counts.begin(store, location_id=shelf, part_ids=[])
    with pytest.raises(NotFound):
        stock_counts.begin(store, location_id=shelf, part_ids=[9999])


def test_a_count_that_is_over_takes_nothing_more(store: Store, count: int, belt: int) -> None:
    line = line_of(store, count, belt).id
    stock_counts.enter(store, count, {line: Decimal(4)})
    for act in (
        lambda: stock_counts.note(store, count, {line: Decimal(1)}),
        lambda: stock_counts.enter(store, count),
        lambda: stock_counts.cancel(store, count),
        lambda: stock_counts.keep_sheet(store, count, pdf=b"%PDF"),
    ):
        with pytest.raises(RuleBroken, match="is over"):
            act()


def test_a_count_that_is_booked_stays_as_it_was_when_the_cost_changes(
    store: Store, clock: Clock, count: int, belt: int, shelf: int
) -> None:
    stock_counts.enter(store, count, {line_of(store, count, belt).id: Decimal(4)})
    clock.advance(days=1)
    parts.edit(store, belt, cost=Decimal(99))
    put(store, belt, shelf, "7")
    line = line_of(store, count, belt)
    assert (line.expected, line.variance, line.value) == (5, -1, Decimal("-6.10"))


def test_a_count_without_an_end_and_a_difference_without_its_move_are_noticed(
    store: Store, count: int, belt: int
) -> None:
    line = line_of(store, count, belt).id
    stock_counts.enter(store, count, {line: Decimal(4)})
    with store.change("Spoil") as session:
        session.get_one(StockCount, count).ended_at = None
        session.get_one(StockCountLine, line).counted = Decimal(2)
    assert [str(each) for each in check.problems(store)] == [
        "ST-001: it is over and has no end, or has an end and is not over.",
        "ST-001: a difference is not what was booked.",
    ]


def test_a_count_is_found_by_its_number_and_by_who_counts(store: Store, shelf: int) -> None:
    part = made(store, "X-5, Fan, A-1, 1", shelf)
    count = stock_counts.begin(store, location_id=shelf, part_ids=[part], counted_by="Dana")
    for text in ("ST-001", "st1", "Dana"):
        assert ("stock_count", count) in [(hit.kind, hit.id) for hit in search.find(store, text)]
    hit = next(hit for hit in search.find(store, "Dana") if hit.kind == "stock_count")
    preview = search_previews.preview(store, hit)
    assert preview is not None
    assert preview.title == "Shop"


def test_a_printed_sheet_is_kept_with_its_count(store: Store, count: int) -> None:
    stock_counts.keep_sheet(store, count, pdf=b"%PDF-1.7 sheet")
    assert stock_counts.get(store, count).row.printed_at == store.now()


def test_the_timeline_of_a_count_tells_what_became_of_it(
    store: Store, count: int, belt: int
) -> None:
    stock_counts.enter(store, count, {line_of(store, count, belt).id: Decimal(4)})
    told = [row.text.format(**row.values) for row in timeline.of(store, "stock_count", count)]
    assert told == ["Booked: 1 of 1 differed", "Count of Shop begun, 2 parts"]


def test_jobs_that_were_short_get_what_a_count_brought_to_light(
    store: Store, story: Story, count: int, belt: int
) -> None:
    order = work_orders.add(
        store,
        title="Fan",
        wrong="It rattles",
        level=Level.MEDIUM,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
    work_orders.add_part(store, order, part_id=belt, quantity=Decimal(7))
    work_orders.approve(store, order)
    (short,) = reservations.of_work_order(store, order)
    assert short.is_short
    stock_counts.enter(store, count, {line_of(store, count, belt).id: Decimal(8)})
    (kept,) = reservations.of_work_order(store, order)
    assert not kept.is_short
