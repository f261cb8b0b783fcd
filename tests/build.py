"""Plain factories: the shop of the story, and the records that tests start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from smallcmms.domain.lines import LineKind
from smallcmms.domain.tasks import TaskKind
from smallcmms.services import (
    assets,
    contacts,
    customers,
    job_templates,
    parts,
    shop,
    sites,
    technicians,
)
from smallcmms.services.job_templates import TemplateLine
from smallcmms.store.store import Store

DAYTON = ZoneInfo("America/New_York")
FIRST = {"asset": 133, "request": 1037, "work_order": 2310, "invoice": 1187, "customer": 14}


class Clock:
    """A clock that tests set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, day: int, hour: int, minute: int) -> None:
        """Set the clock to a moment of July 2026, shop time."""
        self.moment = july(day, hour, minute)


def july(day: int, hour: int, minute: int) -> datetime:
    """Return a moment of July 2026, shop time, in UTC."""
    return datetime(2026, 7, day, hour, minute, tzinfo=DAYTON).astimezone(UTC)


@dataclass(frozen=True)
class Story:
    """The records that the story starts with."""

    customer_id: int
    contact_id: int
    site_id: int
    location_id: int
    asset_id: int
    technician_id: int
    truck_id: int
    float_switch_id: int
    hose_clamp_id: int
    check_valve_id: int
    template_id: int


def ridgeline(store: Store) -> None:
    """Set up Ridgeline Mechanical, with its numbers set to continue."""
    shop.create(
        store,
        name="Ridgeline Mechanical LLC",
        tagline="Heating · Cooling · Plumbing · Electrical",
        address="214 Foundry Street",
        city="Dayton, OH 45402",
        phone="(937) 555-0142",
        email="office@ridgelinemech.example",
        code="7KQ2",
        first=FIRST,
        labour=Decimal(125),
        call_out=Decimal(65),
        tax=("Sales tax", Decimal("7.5"), (LineKind.PART,)),
    )


def story(store: Store) -> Story:
    """Add the customer, the asset, the technician and the parts of the story."""
    customer_id = customers.add(store, name="Harbor View Apartments", terms_days=30)
    contact_id = contacts.add_contact(
        store, customer_id, name="Priya Natarajan", phone="(937) 555-0117", role="Property manager"
    )
    site_id = sites.add_site(
        store, customer_id, address="1200 Riverside Dr", city="Dayton, OH 45405"
    )
    location_id = sites.add_location(store, site_id, path="Building A › Basement")
    asset_id = assets.add(
        store, site_id=site_id, name="Sump pump", short_code="SP-A", location_id=location_id
    )
    technician_id = technicians.add(store, name="Marco Reyes", truck="Truck 1")
    truck_id = technicians.rows(store)[0].truck_id
    assert truck_id is not None
    float_switch_id = part(store, "FS-10", "Float switch, tether", "18.20", "42.00")
    hose_clamp_id = part(store, "HC-2", "Hose clamp 2 in", "1.10", "6.50")
    check_valve_id = part(store, "CV-15", "Check valve 1½ in", "12.40", "31.00")
    for part_id, quantity in ((float_switch_id, 2), (hose_clamp_id, 6), (check_valve_id, 1)):
        parts.count(
            store,
            part_id,
            location_id=truck_id,
            counted=Decimal(quantity),
            counted_on=date(2026, 7, 13),
        )
    template_id = job_templates.add(
        store,
        name="Sump pump",
        lines=SUMP_PUMP_LINES,
        parts=[(float_switch_id, Decimal(1)), (check_valve_id, Decimal(1))],
        planned_minutes=120,
    )
    return Story(
        customer_id=customer_id,
        contact_id=contact_id,
        site_id=site_id,
        location_id=location_id,
        asset_id=asset_id,
        technician_id=technician_id,
        truck_id=truck_id,
        float_switch_id=float_switch_id,
        hose_clamp_id=hose_clamp_id,
        check_valve_id=check_valve_id,
        template_id=template_id,
    )


def part(store: Store, number: str, name: str, cost: str, price: str) -> int:
    """Add a part."""
    return parts.add(store, number=number, name=name, cost=Decimal(cost), price=Decimal(price))


SUMP_PUMP_LINES = (
    TemplateLine("Lock out, see front", is_hazard=True),
    TemplateLine("Clear inlet and pit"),
    TemplateLine("Test float, pump starts and stops"),
    TemplateLine("Motor current", kind=TaskKind.NUMBER, unit="A", high=Decimal("9.8")),
    TemplateLine("Alarm sounds and clears"),
)
