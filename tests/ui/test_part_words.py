"""Where parts are, said on the page of a work order and of an asset."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.part_places import PartPlace, Whence
from smallcmms.domain.stock import MoveKind, ReservationStatus
from smallcmms.formats import Formats
from smallcmms.services import parts
from smallcmms.services.part_list import PartRow
from smallcmms.services.stock import MoveRow
from smallcmms.services.work_orders import PlannedLine
from smallcmms.ui import part_words
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.asset_parts import AssetParts
from smallcmms.ui.work_order_words import part_place, parts_words
from tests.build import Story
from tests.ui.conftest import Front

FORMATS = Formats()
FILTERS = PlannedLine(
    id=1,
    part_id=1,
    quantity=Decimal(8),
    name="Filter",
    number="FLT",
    unit="",
    bin="A-1",
    location_id=None,
    is_on_truck=False,
    stock=(),
    whence=None,
    claim=None,
    order_number="",
    due_on=None,
)
SHELF = PartPlace(Whence.FETCH, "Shop", is_shop=True, fetched=Decimal(8))
SHORT = PartPlace(Whence.SHORT, "Shop", is_shop=True, fetched=Decimal(6))
NOWHERE = PartPlace(Whence.SHORT)
LAST = PartPlace(Whence.FETCH, "Shop", is_shop=True, fetched=Decimal(1), is_last=True)
SOME = PartPlace(Whence.FETCH, "Truck 2", fetched=Decimal(6), aboard=Decimal(2))
CLAIMED = PartPlace(Whence.SHORT, "Shop", is_shop=True, fetched=Decimal(8))
PART = PartRow(
    id=1,
    number="FLT",
    name="Filter",
    unit="",
    cost=Decimal(4),
    price=None,
    is_taxable=True,
    bin="",
    supplier="",
    on_hand=Decimal(6),
    by_place=(),
    reserved=Decimal(8),
    available=Decimal(-2),
    keep=None,
    on_order=Decimal(0),
    short=Decimal(0),
    to_order=Decimal(0),
    due_on=None,
    order_number="",
    is_late=False,
)
MOVE = MoveRow(
    id=1,
    moved_on=date(2026, 7, 9),
    kind=MoveKind.ISSUE,
    quantity=Decimal(-4),
    unit_cost=Decimal(4),
    place="Truck 1",
    other_place="",
    work_order_id=3,
    work_order="WO-2291",
    order="",
    reason="",
    override_reason="",
    reverses_id=None,
    is_reversed=False,
    on_hand=Decimal(6),
)


@pytest.mark.parametrize(
    ("whence", "due", "words", "tone"),
    [
        (SHELF, "", "Pick up: Shop A-1", "amber"),
        (LAST, "", "Pick up: Shop A-1, last one", "amber"),
        (SOME, "", "Pick up 6: Truck 2", "amber"),
        (PartPlace(Whence.ABOARD, "Truck 1"), "", "On Truck 1", "green"),
        (NOWHERE, "", "Not in stock", "red"),
        (SHORT, "", "2 short", "red"),
        (CLAIMED, "", "Short, kept for other work", "red"),
        (SHORT, "PO-0087", "2 short, on PO-0087", "blue"),
    ],
)
def test_a_planned_part_says_where_it_is(
    whence: PartPlace, due: str, words: str, tone: str
) -> None:
    pill = part_place(replace(FILTERS, whence=whence, order_number=due), FORMATS)
    assert pill is not None
    assert (pill.text, pill.tone) == (words, tone)


def test_a_short_part_says_when_it_comes_and_words_of_no_part_say_nothing() -> None:
    due = replace(FILTERS, whence=NOWHERE, due_on=date(2026, 7, 15), order_number="PO-0089")
    pill = part_place(due, FORMATS)
    assert pill is not None
    assert pill.text == "8 short, due Jul 15"
    assert part_place(FILTERS, FORMATS) is None


def test_the_header_says_how_many_are_reserved_and_short() -> None:
    kept = replace(FILTERS, claim=ReservationStatus.ACTIVE)
    short = replace(FILTERS, claim=ReservationStatus.SHORT)
    assert parts_words([]) == "None planned"
    assert parts_words([FILTERS]) == "1 planned"
    assert parts_words([kept, kept, short]) == "2 reserved, 1 short"
    assert parts_words([short]) == "1 short"


@pytest.mark.parametrize(
    ("changes", "words", "tone"),
    [
        ({"short": Decimal(2)}, "2 short", "red"),
        ({"to_order": Decimal(2)}, "Low, order 2", "amber"),
        ({"on_order": Decimal(4), "due_on": date(2026, 7, 15)}, "4 due Jul 15", "blue"),
        ({"on_order": Decimal(4)}, "4 on order", "blue"),
        (
            {"on_order": Decimal(1), "is_late": True, "order_number": "PO-0087"},
            "1 late, PO-0087",
            "red",
        ),
    ],
)
def test_the_state_of_a_part_says_what_is_to_be_done(
    changes: dict[str, object], words: str, tone: str
) -> None:
    pill = part_words.state(PART._replace(**changes), FORMATS)  # type: ignore[arg-type]
    assert pill is not None
    assert (pill.text, pill.tone) == (words, tone)


def test_a_part_that_needs_nothing_has_no_state() -> None:
    assert part_words.state(PART, FORMATS) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Used on WO-2291, Truck 1"),
        ({"is_reversed": True}, "Used on WO-2291, taken back, Truck 1"),
        ({"work_order": ""}, "Taken out, Truck 1"),
        ({"kind": MoveKind.RECEIPT, "order": "PO-0084"}, "Received, PO-0084, Truck 1"),
        ({"kind": MoveKind.RETURN, "reason": "Not needed"}, "Came back, Truck 1, Not needed"),
        (
            {"kind": MoveKind.TRANSFER, "other_place": "Shop"},
            "From Truck 1 to Shop",
        ),
        (
            {"kind": MoveKind.TRANSFER, "other_place": "Shop", "quantity": Decimal(4)},
            "To Truck 1 from Shop",
        ),
    ],
)
def test_a_move_is_told_in_words(changes: dict[str, object], words: str) -> None:
    assert part_words.told(MOVE._replace(**changes)) == words  # type: ignore[arg-type]


def test_quantities_have_their_signs() -> None:
    assert part_words.signed(Decimal(12), FORMATS) == "+12"
    assert part_words.signed(Decimal(-4), FORMATS) == "−4"
    assert part_words.count(Decimal(0), FORMATS) == "–"


def test_the_parts_that_fit_an_asset_are_shown_and_added(
    qtbot: QtBot, desk: Desk, story: Story, front: Front
) -> None:
    block = AssetParts(desk)
    qtbot.addWidget(block)
    block.show()
    block.show_asset(story.asset_id)
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    before = len(parts.for_asset(desk.store, story.asset_id))
    block.begin()
    qtbot.keyClicks(block.box.line, "hose")
    qtbot.keyClick(block.box.line, "\r")
    qtbot.waitUntil(lambda: block.header.count.text() == str(before + 1))
    row = block.list.row_of(before + 1)
    assert row.id == story.hose_clamp_id
    assert block._cell(row).right == "6 free"
    block.list.opened.emit(before + 1)
    assert front.went[-1] == ("parts", story.hose_clamp_id)
    desk.store.undo()
    qtbot.waitUntil(lambda: block.header.count.text() == (str(before) if before else ""))
