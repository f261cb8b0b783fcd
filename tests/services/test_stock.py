"""Stock: what comes in, goes out and is taken back; what is on hand is the sum of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock import MoveKind
from smallcmms.services import check, invoices, parts, sheets, stock, work_orders
from smallcmms.store.store import Store
from tests.build import Story
from tests.jobs import ENTRY, entry

JULY_13 = date(2026, 7, 13)
D = Decimal


def shelf(store: Store) -> int:
    return parts.locations(store)[0].id


def lying(store: Store, part_id: int) -> dict[str, Decimal]:
    return {place.name: place.quantity for place in stock.where(store, part_id)}


def test_a_transfer_leaves_one_place_and_arrives_at_the_other(store: Store, story: Story) -> None:
    part_id = story.hose_clamp_id
    stock.transfer(
        store, part_id, from_id=story.truck_id, to_id=shelf(store), quantity=D(4), moved_on=JULY_13
    )
    assert lying(store, part_id) == {"Shop": 4, "Truck 1": 2}
    arrived, left = stock.moves(store, part_id, 2)
    assert (arrived.quantity, arrived.place, arrived.other_place) == (4, "Shop", "Truck 1")
    assert (left.quantity, left.place, left.other_place) == (-4, "Truck 1", "Shop")
    assert (left.on_hand, arrived.on_hand) == (2, 6)
    store.undo()
    assert lying(store, part_id) == {"Truck 1": 6}


def test_both_ends_of_a_transfer_are_taken_back_together(store: Store, story: Story) -> None:
    part_id = story.hose_clamp_id
    arrived = stock.transfer(
        store, part_id, from_id=story.truck_id, to_id=shelf(store), quantity=D(4), moved_on=JULY_13
    )
    stock.reverse(store, arrived, reason="Wrong truck")
    assert lying(store, part_id) == {"Truck 1": 6}
    assert [move.is_reversed for move in stock.moves(store, part_id, 4)] == [False] * 2 + [True] * 2
    assert check.problems(store) == []


def test_below_zero_is_written_with_its_reason_and_shown(store: Store, story: Story) -> None:
    part_id = story.hose_clamp_id
    stock.scrap(
        store, part_id, location_id=story.truck_id, quantity=D(9), reason="Rust", moved_on=JULY_13
    )
    assert lying(store, part_id) == {"Truck 1": -3}
    [move] = stock.moves(store, part_id, 1)
    assert (move.kind, move.override_reason) == (MoveKind.SCRAP, "Rust")
    assert check.problems(store) == []


def test_a_reversed_receipt_gives_the_average_back(store: Store, story: Story) -> None:
    part_id = story.float_switch_id
    was = parts.rows(store, [part_id])[part_id].cost
    move_id = stock.receive(
        store, part_id, location_id=shelf(store), quantity=D(2), moved_on=JULY_13,
        unit_cost=D("20.20"),
    )  # fmt: skip
    assert parts.rows(store, [part_id])[part_id].cost == D("19.20")
    back = stock.reverse(store, move_id, reason="Sent back")
    assert parts.rows(store, [part_id])[part_id].cost == was
    assert lying(store, part_id) == {"Truck 1": 2}
    with pytest.raises(RuleBroken, match="taken back already"):
        stock.reverse(store, move_id, reason="Again")
    with pytest.raises(RuleBroken, match="takes another back"):
        stock.reverse(store, back, reason="Again")
    assert check.problems(store) == []


def test_a_move_is_taken_back_with_a_reason_only(store: Store, story: Story) -> None:
    [move] = stock.moves(store, story.hose_clamp_id, 1)
    with pytest.raises(RuleBroken, match="Say why"):
        stock.reverse(store, move.id, reason=" ")
    with pytest.raises(NotFound):
        stock.reverse(store, 999, reason="Wrong")


@pytest.mark.parametrize(
    ("verb", "told", "message"),
    [
        ("adjust", {"by": D(0), "reason": "x"}, "Nothing changes"),
        ("adjust", {"by": D(1), "reason": ""}, "Say why"),
        ("scrap", {"quantity": D(0), "reason": "x"}, "more than zero"),
        ("scrap", {"quantity": D(1), "reason": ""}, "Say why"),
        ("receive", {"quantity": D(0)}, "more than zero"),
        ("receive", {"quantity": D(1), "unit_cost": D(-1)}, "below zero"),
        ("receive", {"quantity": D(1), "moved_on": date(2026, 7, 14)}, "still to come"),
    ],
)
def test_what_makes_no_sense_is_refused(
    store: Store, story: Story, verb: str, told: dict[str, object], message: str
) -> None:
    with pytest.raises(RuleBroken, match=message):
        getattr(stock, verb)(
            store,
            story.hose_clamp_id,
            **{"location_id": story.truck_id, "moved_on": JULY_13} | told,
        )
    with pytest.raises(RuleBroken, match="lie there already"):
        stock.transfer(
            store, story.hose_clamp_id, from_id=1, to_id=1, quantity=D(1), moved_on=JULY_13
        )
    assert lying(store, story.hose_clamp_id) == {"Truck 1": 6}


def test_a_count_that_agrees_moves_nothing(store: Store, story: Story) -> None:
    count = partial(
        stock.count, store, story.hose_clamp_id, location_id=story.truck_id, counted_on=JULY_13
    )
    assert count(counted=D(6)) is None
    assert count(counted=D(5)) is not None
    [move] = stock.moves(store, story.hose_clamp_id, 1)
    assert (move.kind, move.quantity, move.on_hand) == (MoveKind.COUNT, -1, 5)


def test_a_part_that_was_not_needed_is_put_back_at_the_cost_of_its_use(
    store: Store, job: int, story: Story
) -> None:
    sheets.enter(store, job, ENTRY)
    [used] = [line for line in work_orders.get(store, job).used if line.number == "FS-10"]
    parts.edit(store, story.float_switch_id, cost=D("99"))
    with pytest.raises(RuleBroken, match="No more than 1"):
        stock.put_back(store, used.id, quantity=D(2), location_id=shelf(store), moved_on=JULY_13)
    stock.put_back(store, used.id, quantity=D(1), location_id=shelf(store), moved_on=JULY_13)
    assert lying(store, story.float_switch_id) == {"Shop": 1, "Truck 1": 1}
    came_back = stock.moves(store, story.float_switch_id, 3)[-1]
    assert (came_back.kind, came_back.unit_cost) == (MoveKind.RETURN, used.cost)
    assert came_back.work_order == "WO-2310"
    [line] = [line for line in work_orders.get(store, job).used if line.number == "FS-10"]
    assert line.quantity == 0
    assert check.problems(store) == []


def test_an_issue_is_taken_back_from_its_work_order_unless_it_is_billed(
    store: Store, job: int, story: Story
) -> None:
    sheets.enter(store, job, entry(), then="close")
    [issue] = [
        move for move in stock.moves(store, story.float_switch_id) if move.kind is MoveKind.ISSUE
    ]
    stock.reverse(store, issue.id, reason="Wrong part keyed")
    assert {line.number: line.quantity for line in work_orders.get(store, job).used}["FS-10"] == 0
    assert check.problems(store) == []
    store.undo()
    invoices.draft(store, job)
    with pytest.raises(RuleBroken, match="on an invoice"):
        stock.reverse(store, issue.id, reason="Wrong part keyed")


class Dice:
    """Moves one part between two places, and keeps a book of what must lie where."""

    def __init__(self, store: Store, part_id: int, places: list[int]) -> None:
        self.store, self.part_id, self.places = store, part_id, places
        lying_there = stock.where(store, part_id)
        self.book = defaultdict(D, {place.location_id: place.quantity for place in lying_there})
        self.befores: list[defaultdict[int, Decimal]] = []

    def throw(self, verb: str, number: int, here: int, there: int) -> None:
        before = self.book.copy()
        if getattr(self, verb)(D(number), here, there) is not False:
            self.befores.append(before)

    def receive(self, quantity: Decimal, here: int, _there: int) -> None:
        stock.receive(
            self.store, self.part_id, location_id=here, quantity=quantity, unit_cost=quantity,
            moved_on=JULY_13,
        )  # fmt: skip
        self.book[here] += quantity

    def adjust(self, number: Decimal, here: int, _there: int) -> None:
        by = number - 5 or D(1)
        stock.adjust(
            self.store, self.part_id, location_id=here, by=by, reason="Found", moved_on=JULY_13
        )
        self.book[here] += by

    def scrap(self, quantity: Decimal, here: int, _there: int) -> None:
        stock.scrap(
            self.store, self.part_id, location_id=here, quantity=quantity, reason="Rust",
            moved_on=JULY_13,
        )  # fmt: skip
        self.book[here] -= quantity

    def transfer(self, quantity: Decimal, here: int, there: int) -> None:
        stock.transfer(
            self.store, self.part_id, from_id=here, to_id=there, quantity=quantity,
            moved_on=JULY_13,
        )  # fmt: skip
        self.book[here] -= quantity
        self.book[there] += quantity

    def count(self, counted: Decimal, here: int, _there: int) -> bool:
        made = stock.count(
            self.store, self.part_id, location_id=here, counted=counted, counted_on=JULY_13
        )
        self.book[here] = counted
        return made is not None

    def reverse(self, _number: Decimal, _here: int, _there: int) -> bool:
        move = stock.moves(self.store, self.part_id, 1)[0]
        if move.reverses_id is not None or move.is_reversed:
            return False
        stock.reverse(self.store, move.id, reason="Wrong")
        names = {each.name: each.id for each in parts.locations(self.store)}
        self.book[names[move.place]] -= move.quantity
        if move.other_place:
            self.book[names[move.other_place]] += move.quantity
        return True

    def undo(self, _number: Decimal, _here: int, _there: int) -> bool:
        if self.befores:
            self.store.undo()
            self.book = self.befores.pop()
        return False


VERBS = ("receive", "adjust", "scrap", "transfer", "count", "reverse", "undo")
THROWS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 9), st.booleans()), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(THROWS)
def test_whatever_moves_on_hand_is_what_the_moves_come_to(
    store: Store, story: Story, throws: list[tuple[str, int, bool]]
) -> None:
    dice = Dice(store, story.check_valve_id, [shelf(store), story.truck_id])
    for verb, number, is_first in throws:
        dice.throw(verb, number, *(dice.places if is_first else reversed(dice.places)))
    there = {place.location_id: place.quantity for place in stock.where(store, dice.part_id)}
    assert there == {place: quantity for place, quantity in dice.book.items() if quantity}
    assert parts.rows(store, [dice.part_id])[dice.part_id].on_hand == sum(there.values())
    assert check.problems(store) == []
