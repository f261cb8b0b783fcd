from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock import LocationKind
from smallcmms.domain.tasks import TaskKind
from smallcmms.services import attachments, drafts, job_templates, lookups, parts, technicians
from smallcmms.services.job_templates import TemplateLine
from smallcmms.services.steps import stock
from smallcmms.store.store import Store
from tests import build
from tests.build import Story

JULY_13 = date(2026, 7, 13)


def test_a_technician_brings_a_truck_that_is_made_once(store: Store, story: Story) -> None:
    technicians.add(store, name="Jess Okafor", truck="Truck 1", bill_rate=Decimal(140))
    jess, marco = technicians.rows(store)
    assert (jess.initials, jess.first_name, jess.bill_rate) == ("JO", "Jess", Decimal(140))
    assert jess.truck_id == marco.truck_id == story.truck_id
    trucks = [place for place in parts.locations(store) if place.kind is LocationKind.TRUCK]
    assert [truck.name for truck in trucks] == ["Truck 1"]


def test_a_technician_changes_trucks_and_goes(store: Store, story: Story) -> None:
    technicians.edit(store, story.technician_id, truck="Truck 2", phone="(937) 555-0143")
    [marco] = technicians.rows(store)
    assert (marco.truck, marco.phone) == ("Truck 2", "(937) 555-0143")
    technicians.archive(store, story.technician_id)
    assert technicians.rows(store) == []
    store.undo()
    assert len(technicians.rows(store)) == 1


def test_a_technician_needs_a_name(store: Store, story: Story) -> None:
    with pytest.raises(RuleBroken, match="needs a name"):
        technicians.add(store, name=" ")
    with pytest.raises(RuleBroken, match="needs a name"):
        technicians.edit(store, story.technician_id, name="")
    with pytest.raises(RuleBroken, match="cannot be changed"):
        technicians.edit(store, story.technician_id, id=4)


def test_on_hand_is_the_sum_of_the_moves(store: Store, story: Story) -> None:
    shop_id = parts.locations(store)[0].id
    parts.receive(
        store,
        story.float_switch_id,
        location_id=shop_id,
        quantity=Decimal(2),
        moved_on=JULY_13,
        unit_cost=Decimal("20.20"),
    )
    row = parts.rows(store, [story.float_switch_id])[story.float_switch_id]
    assert (row.on_hand, row.cost) == (4, Decimal("19.20"))
    assert parts.where(store, story.float_switch_id) == [
        stock.Lying(shop_id, "Shop", Decimal(2)),
        stock.Lying(story.truck_id, "Truck 1", Decimal(2)),
    ]


def test_a_count_moves_the_difference(store: Store, story: Story) -> None:
    parts.count(
        store,
        story.hose_clamp_id,
        location_id=story.truck_id,
        counted=Decimal(4),
        counted_on=JULY_13,
    )
    assert parts.rows(store, [story.hose_clamp_id])[story.hose_clamp_id].on_hand == 4
    store.undo()
    assert parts.rows(store, [story.hose_clamp_id])[story.hose_clamp_id].on_hand == 6


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_a_receipt_is_more_than_nothing(store: Store, story: Story, quantity: str) -> None:
    with pytest.raises(RuleBroken, match="more than zero"):
        parts.receive(
            store,
            story.hose_clamp_id,
            location_id=story.truck_id,
            quantity=Decimal(quantity),
            moved_on=JULY_13,
        )
    with pytest.raises(RuleBroken, match="below zero"):
        parts.count(
            store,
            story.hose_clamp_id,
            location_id=story.truck_id,
            counted=Decimal(-1),
            counted_on=JULY_13,
        )


def test_parts_are_found_by_name_and_number(store: Store, story: Story) -> None:
    assert parts.find(store, text="switch FLOAT") == [story.float_switch_id]
    assert parts.find(store, text="hc-2") == [story.hose_clamp_id]
    assert [row.number for row in parts.match(store, "")] == ["CV-15", "FS-10", "HC-2"]
    assert parts.find(store, text="%") == []
    parts.archive(store, story.hose_clamp_id)
    assert parts.find(store, text="clamp") == []


def test_a_part_changes_and_its_number_stays_its_own(store: Store, story: Story) -> None:
    parts.edit(store, story.float_switch_id, price=Decimal("45.00"), supplier="Miami Valley Supply")
    row = parts.rows(store, [story.float_switch_id])[story.float_switch_id]
    assert (row.price, row.supplier) == (Decimal(45), "Miami Valley Supply")
    parts.edit(store, story.hose_clamp_id, supplier="Miami Valley Supply")
    with pytest.raises(RuleBroken, match="HC-2 is there already"):
        parts.edit(store, story.float_switch_id, number="HC-2")
    with pytest.raises(RuleBroken, match="cannot be changed"):
        parts.edit(store, story.float_switch_id, id=9)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"number": " "}, "needs a number"),
        ({"name": ""}, "needs a name"),
        ({"cost": Decimal(-1)}, "below zero"),
        ({"price": Decimal(-1)}, "below zero"),
        ({"number": "FS-10"}, "there already"),
    ],
)
def test_a_part_that_breaks_a_rule_is_refused(
    store: Store, story: Story, fields: dict[str, object], refusal: str
) -> None:
    assert story.float_switch_id
    whole: dict[str, object] = {"number": "X-1", "name": "X", "cost": Decimal(1), **fields}
    with pytest.raises(RuleBroken, match=refusal):
        parts.add(store, **whole)  # type: ignore[arg-type]
    assert len(parts.find(store)) == 3


def test_a_template_keeps_its_lines_and_parts_in_order(store: Store, story: Story) -> None:
    template = job_templates.get(store, story.template_id)
    assert [line.text for line in template.lines][3] == "Motor current"
    assert template.lines[3].high == Decimal("9.8")
    assert template.lines[3].kind is TaskKind.NUMBER
    assert [part.name for part in template.parts] == ["Float switch, tether", "Check valve 1½ in"]
    assert job_templates.rows(store) == [template]


def test_a_template_is_written_anew_and_goes(store: Store, story: Story) -> None:
    job_templates.edit(
        store,
        story.template_id,
        name="Sump pump, yearly",
        lines=[TemplateLine("Clear inlet and pit")],
        parts=[(story.hose_clamp_id, Decimal(2))],
        flat_price=Decimal("240.00"),
    )
    template = job_templates.get(store, story.template_id)
    assert (len(template.lines), template.parts[0].quantity, template.flat_price) == (1, 2, 240)
    job_templates.archive(store, story.template_id)
    assert job_templates.rows(store) == []


def test_a_template_needs_a_name_of_its_own(store: Store, story: Story) -> None:
    with pytest.raises(RuleBroken, match="needs a name"):
        job_templates.add(store, name="")
    with pytest.raises(RuleBroken, match="There is a job template Sump pump"):
        job_templates.add(store, name="Sump pump ")
    assert len(job_templates.rows(store)) == 1
    assert story.template_id


def test_a_draft_keeps_what_was_typed_last_and_is_no_undo_step(store: Store) -> None:
    build.ridgeline(store)
    before = store.next_undo()
    drafts.keep(store, "call", "1", {"words": "Sump"})
    drafts.keep(store, "call", "1", {"words": "Sump pump"})
    assert drafts.get(store, "call", "1") == {"words": "Sump pump"}
    assert [row.subject for row in drafts.rows(store, "call")] == ["1"]
    assert store.next_undo() == before
    drafts.drop(store, "call", "1")
    assert drafts.get(store, "call", "1") is None


def test_an_attachment_keeps_its_bytes_by_their_content(store: Store, story: Story) -> None:
    first = attachments.add(store, "asset", story.asset_id, name="leak.jpg", content=b"photo")
    attachments.add(store, "asset", story.asset_id, name="same.jpg", content=b"photo")
    leak, same = attachments.rows(store, "asset", story.asset_id)
    assert (leak.name, leak.size, leak.hash == same.hash) == ("leak.jpg", 5, True)
    assert attachments.content(store, first) == b"photo"


def test_a_number_leads_to_its_record(store: Store, story: Story) -> None:
    assert lookups.record(store, "a 133") == ("asset", story.asset_id, "A-0133")
    assert lookups.record(store, "fs-10".upper()) == ("part", story.float_switch_id, "FS-10")
    assert lookups.of(store, "customer", "14") == story.customer_id
    with pytest.raises(NotFound, match="WO-99 is not in this file"):
        lookups.record(store, "99")
    with pytest.raises(RuleBroken, match="not a number of this kind"):
        lookups.of(store, "customer", "A-0133")


def test_a_name_leads_to_the_one_record_that_it_can_mean(store: Store, story: Story) -> None:
    assert lookups.customer(store, "harbor view") == story.customer_id
    assert lookups.site(store, "1200 riverside dr") == story.site_id
    assert lookups.asset(store, "sp-a") == story.asset_id
    assert lookups.technician(store, "marco") == story.technician_id
    assert lookups.place(store, "truck 1") == story.truck_id
    assert lookups.template(store, "sump") == story.template_id
    technicians.add(store, name="Marco Diaz")
    with pytest.raises(RuleBroken, match="may mean several: Marco Reyes, Marco Diaz"):
        lookups.technician(store, "marco")
    with pytest.raises(NotFound, match="no Bob here"):
        lookups.technician(store, "Bob")
