from __future__ import annotations

from decimal import Decimal

from smallcmms.domain.imports import Kind
from smallcmms.services import check, technicians
from smallcmms.store.store import Store
from tests.build import Story
from tests.services.imports.lists import also, bring, changes, look, outcomes, reasons

LIST = """
Employee|Mobile  |Truck  |Hourly rate|Hours per week|Skills
Ida Bell|555 0150|Truck 7|95,50      |32,5          |HVAC; Plumbing
Jo Park |        |truck 7|           |              |
"""


def test_technicians_come_in_with_their_trucks(store: Store, story: Story) -> None:
    assert story.technician_id
    told = bring(store, Kind.TECHNICIANS, LIST)
    assert (outcomes(told), also(told)) == (["new", "new"], ["Makes the truck Truck 7."])
    ida, jo = [row for row in technicians.rows(store) if row.truck == "Truck 7"]
    assert (ida.name, ida.initials, ida.phone) == ("Ida Bell", "IB", "555 0150")
    assert (ida.bill_rate, ida.weekly_minutes, jo.weekly_minutes) == (Decimal("95.5"), 1950, 2400)
    assert check.problems(store) == []


def test_what_differs_of_a_technician_is_shown(store: Store, story: Story) -> None:
    assert story.technician_id
    bring(store, Kind.TECHNICIANS, LIST)
    told = bring(
        store, Kind.TECHNICIANS, "Name|Truck|Skills\nida  bell|Truck 8|HVAC\nJo Park|Truck 7|"
    )
    assert outcomes(told) == ["changed", "same"]
    assert changes(told.rows[0]) == [
        ("Trades", "HVAC, Plumbing", "HVAC"),
        ("Truck", "Truck 7", "Truck 8"),
    ]


def test_technicians_who_stand_there_twice_are_left_out(store: Store, story: Story) -> None:
    assert story.technician_id
    for phone in ("1", "2"):
        technicians.add(store, name="Twin", phone=phone)
    gone = technicians.add(store, name="Gone")
    technicians.archive(store, gone)
    text = "Name|Phone\nNew|1\nnew|1\nNEW|2\nTwin|3\nGone|4\n|5"
    told = look(store, Kind.TECHNICIANS, text)
    assert outcomes(told) == ["new", "refused", "refused", "duplicate", "refused", "refused"]
    assert [reasons(row)[0] for row in told.rows[1:]] == [
        "Row 2 says something else of new.",
        "Row 2 says something else of NEW.",
        "2 technicians are called Twin.",
        "Gone is in the archive. Restore them first.",
        "A technician needs a name.",
    ]
    same = look(store, Kind.TECHNICIANS, "Name|Phone\nNew|1\nNew|1")
    assert (outcomes(same), reasons(same.rows[1])) == (
        ["new", "duplicate"], ["It says the same as row 2."],
    )  # fmt: skip
