from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from smallcmms.domain.imports import Kind
from smallcmms.models import WorkOrder
from smallcmms.services import assets, check, timeline
from smallcmms.store.store import Store
from tests.build import Story
from tests.services.imports.lists import also, bring, changes, look, outcomes, reasons

COUNTED = """
Asset |Short text |Date      |Order type|Total cost
SP-A  |Lost tooth |2004-07-01|PM01      |183.05
SP-A  |Lost tooth |2004-07-01|PM01      |183.05
SP-A  |Credit     |2005-07-01|PM77      |-1,157.27
SP-A  |Service    |2006-02-28|PM02      |0
"""


def test_a_past_is_on_the_asset_on_the_first_day(store: Store, story: Story) -> None:
    told = bring(store, Kind.WORK_ORDERS, COUNTED)
    assert outcomes(told) == ["new"] * 4
    assert also(told) == ["The type PM77 is taken as corrective, rows: 1."]
    past = assets.history(store, story.asset_id)
    assert [(work.on, work.title, work.billed, work.type.value) for work in past] == [
        (date(2006, 2, 28), "Service", Decimal(0), "preventive"),
        (date(2005, 7, 1), "Credit", Decimal("-1157.27"), "corrective"),
        (date(2004, 7, 1), "Lost tooth", Decimal("183.05"), "corrective"),
        (date(2004, 7, 1), "Lost tooth", Decimal("183.05"), "corrective"),
    ]
    assert check.problems(store) == []


def test_rows_that_are_alike_are_kept_by_their_count(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.WORK_ORDERS, COUNTED)
    more = COUNTED + "SP-A|Lost tooth|2004-07-01|PM01|183.05\n"
    told = bring(store, Kind.WORK_ORDERS, more)
    assert outcomes(told) == ["same"] * 4 + ["new"]
    assert len(assets.history(store, story.asset_id)) == 5


def test_past_work_is_closed_was_received_where_given_and_is_never_billed(
    store: Store, story: Story
) -> None:
    bring(
        store,
        Kind.WORK_ORDERS,
        """
        WO #|Asset    |Description|Work done|Reported  |Completed |Priority|PO
        77  |Sump Pump|No water   |New belt |03/28/2020|04/02/2020|High    |P 9
        """,
    )
    with store.read() as session:
        order = session.scalars(select(WorkOrder).where(WorkOrder.earlier_number == "77")).one()
        assert (order.status, order.origin, order.billing_rule) == (
            "closed", "earlier", "not_billable",
        )  # fmt: skip
        assert (order.created_at, order.done_on) == (
            datetime(2020, 3, 28, 16, tzinfo=UTC), date(2020, 4, 2),
        )  # fmt: skip
        assert (order.recorded_at, order.level) == (store.now(), 2)
        assert (order.site_id, order.found_and_did) == (story.site_id, "New belt")
        order_id = order.id
    (row,) = timeline.of(store, "work_order", order_id)
    assert row.text == "Brought in from earlier books"


def test_a_work_order_with_a_number_is_known_by_it(store: Store, story: Story) -> None:
    assert story.asset_id
    text = "WO #|Asset|Description|Completed|Cost|Site|Customer\n77|SP-A|No water|2020-04-02|10|"
    bring(store, Kind.WORK_ORDERS, text)
    other = """
    WO #|Asset|Description|Completed |Cost
    77  |SP-A |Dry        |2020-04-03|12
    78  |SP-A |Dry        |2020-04-03|
    78  |SP-A |Dry        |2020-04-03|
    78  |SP-A |Wet        |2020-04-03|
    """
    told = bring(store, Kind.WORK_ORDERS, other)
    assert outcomes(told) == ["changed", "new", "duplicate", "duplicate"]
    assert changes(told.rows[0]) == [
        ("What was wrong", "No water", "Dry"),
        ("Done on", "2020-04-02", "2020-04-03"),
        ("Cost", "10.00", "12.00"),
    ]
    assert [reasons(row)[0] for row in told.rows[2:]] == [
        "It says the same as row 3.", "The number 78 stands in row 3 too.",
    ]  # fmt: skip


def test_two_of_earlier_books_with_one_number_are_not_guessed(store: Store, story: Story) -> None:
    assert story.asset_id
    text = "WO #|Asset|Description|Completed\n77|SP-A|A|2020-04-02\n78|SP-A|B|2020-04-02"
    bring(store, Kind.WORK_ORDERS, text)
    with store.change("Make two alike") as session:
        for order in session.scalars(select(WorkOrder).where(WorkOrder.earlier_number != "")):
            order.earlier_number = "77"
    assert outcomes(look(store, Kind.WORK_ORDERS, text)) == ["duplicate", "new"]


def test_work_may_be_on_a_site_alone(store: Store, story: Story) -> None:
    address = assets.get(store, story.asset_id).row.site
    text = f"Site|Description|Completed\n{address}|Swept|2020-04-02\n|Swept|2020-04-03"
    told = bring(store, Kind.WORK_ORDERS, text, customer="")
    assert outcomes(told) == ["new", "refused"]
    assert reasons(told.rows[1]) == ["Say the asset or the site."]
    bring(store, Kind.WORK_ORDERS, "Description|Completed\nSwept|2020-04-05")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("X-9|A|2020-01-01|", "There is no asset X-9."),
        ("SP-A||2020-01-01|", "Say what was wrong."),
        ("SP-A|A||", "Say on which day it was done."),
        ("SP-A|A|2020-01-01|2020-01-02", "It was done before it was received."),
        ("SP-A|A|2027-01-01|", "2027-01-01 is still to come."),
        ("Twin|A|2020-01-01|", "2 assets are called Twin."),
    ],
)
def test_a_row_that_tells_too_little_is_left_out(
    store: Store, story: Story, row: str, said: str
) -> None:
    for _ in range(2):
        assets.add(store, site_id=story.site_id, name="Twin")
    told = look(store, Kind.WORK_ORDERS, f"Asset|Description|Completed|Received\n{row}")
    assert (outcomes(told), reasons(told.rows[0])) == (["refused"], [said])


def test_assets_that_only_the_past_knows_are_made_where_a_person_wants_it(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    text = "Asset|Description|Completed\nA|Oil|2020-01-01\na|Oil|2020-01-02\nB|Oil|2020-01-02"
    told = bring(store, Kind.WORK_ORDERS, text, is_making=True, customer="Mine", site="Pit")
    assert also(told) == [
        "Makes the customer Mine.", "Makes the site Pit.", "Makes 2 assets, A is the first.",
    ]  # fmt: skip
    found = assets.rows(store, assets.find(store))
    made = {row.name: row.id for row in found.values() if row.site == "Pit"}
    assert [len(assets.history(store, made[name])) for name in "AB"] == [2, 1]
