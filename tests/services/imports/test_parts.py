from __future__ import annotations

from decimal import Decimal

from smallcmms.domain.imports import Kind
from smallcmms.domain.levels import Level
from smallcmms.services import check, lookups, parts, reservations, stock, work_orders
from smallcmms.store.store import Store
from tests.build import Story
from tests.services.imports.lists import also, bring, changes, look, outcomes, reasons

D = Decimal
LIST = """
Item Number|Description       |Vendor|MPN |Unit Cost|Sales Price|Min Qty|Bin|Qty on hand|Storeroom
FLT-1      |Filter 16 × 25 × 1|Miami |M-16|2,85     |7,00       |12     |A-1|24         |Shop
FLT-1      |Filter 16 × 25 × 1|Miami |M-16|2,85     |7,00       |12     |A-1|4,5        |Van 9
BLT-A42    |V-belt A42        |miami |    |6,10     |           |       |   |           |
"""


def test_parts_come_in_with_what_lies_where(store: Store, story: Story) -> None:
    assert story
    told = bring(store, Kind.PARTS, LIST)
    assert outcomes(told) == ["new", "new", "new"]
    assert also(told) == ["Makes the truck Van 9.", "Makes the supplier Miami."]
    row = parts.rows(store, [lookups.part(store, "FLT-1")])[lookups.part(store, "FLT-1")]
    assert {place.name: place.quantity for place in row.by_place} == {"Shop": 24, "Van 9": D("4.5")}
    assert (row.cost, row.price, row.keep, row.bin) == (D("2.85"), 7, 12, "A-1")
    assert (row.supplier, parts.get(store, row.id).supplier_number) == ("Miami", "M-16")
    [last, _first] = stock.moves(store, row.id)
    assert (last.quantity, last.unit_cost, last.on_hand) == (D("4.5"), D("2.85"), D("28.5"))
    assert check.problems(store) == []


def test_what_differs_of_a_part_is_shown_and_fills_who_is_short(store: Store, story: Story) -> None:
    job = work_orders.add(
        store, title="Clamps", wrong="Loose", level=Level.LOW, customer_id=story.customer_id,
        site_id=story.site_id,
    )  # fmt: skip
    work_orders.add_part(store, job, part_id=story.hose_clamp_id, quantity=D(8))
    work_orders.approve(store, job)
    assert reservations.of_work_order(store, job)[0].is_short
    text = "Part no|Part name|Cost|Stock|Truck\nhc-2|Hose clamp 2 in|1.20|8|truck 1"
    told = bring(store, Kind.PARTS, text, decimal=".")
    assert outcomes(told) == ["changed"]
    assert changes(told.rows[0]) == [("Cost", "1.1000", "1.2000"), ("On hand", "6.000", "8.000")]
    assert not reservations.of_work_order(store, job)[0].is_short
    assert check.problems(store) == []


def test_parts_that_cannot_be_told_apart_are_left_out(store: Store, story: Story) -> None:
    parts.archive(store, story.check_valve_id)
    text = "Number|Name|Cost|Qty\nA|One|1|2\na|Two|1|2\nA|One|1|2\nB||1|\n|Four|1|\nCV-15|V|1|"
    told = look(store, Kind.PARTS, text)
    assert outcomes(told) == ["new", "refused", "duplicate", "refused", "refused", "refused"]
    assert [reasons(row)[0] for row in told.rows[1:]] == [
        "Row 2 says something else of a.",
        "It says the same as row 2.",
        "A part needs a name.",
        "A part needs a number.",
        "CV-15 is in the archive. Restore them first.",
    ]
    [odd] = look(store, Kind.PARTS, "Number|Name|Qty\nA|One|-3").rows
    assert odd.outcome.value == "refused"
