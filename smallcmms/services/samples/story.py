"""The story of sheet 2310: one job from the ringing phone to the issued invoice.

Each step is a function, so that a test can stop between two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from smallcmms.domain.lines import LineKind
from smallcmms.domain.numbers import Kind
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.tasks import TaskKind
from smallcmms.services import (
    assets,
    contacts,
    customers,
    invoices,
    job_templates,
    lookups,
    parts,
    requests,
    sheets,
    shop,
    sites,
    technicians,
    triage,
)
from smallcmms.services.job_templates import TemplateLine
from smallcmms.services.sheet_copies import Printed
from smallcmms.services.sheet_copies import Render as RenderSheet
from smallcmms.services.steps.issuing import Render as RenderInvoice
from smallcmms.store.store import Store

DAYTON = ZoneInfo("America/New_York")
FIRST: dict[str, int] = {
    Kind.ASSET: 133,
    Kind.REQUEST: 1037,
    Kind.WORK_ORDER: 2310,
    Kind.INVOICE: 1187,
    Kind.CUSTOMER: 14,
}
WORDS = "Sump pump alarm is on, water is high"
FACT = "water_or_gas_escaping"
LINES = (
    TemplateLine("Lock out, see front", is_hazard=True),
    TemplateLine("Clear inlet and pit"),
    TemplateLine("Test float, pump starts and stops"),
    TemplateLine("Motor current", kind=TaskKind.NUMBER, unit="A", high=Decimal("9.8")),
    TemplateLine("Alarm sounds and clears"),
)
ENTRY = SheetEntry(
    times=(TypedTimes("Jul 13", "7:40", "8:05", "9:50", "10:15"),),
    marks=(
        LineMark(Mark.OK),
        LineMark(Mark.FIXED),
        LineMark(Mark.FIXED),
        LineMark(Mark.OK, "8.9"),
        LineMark(Mark.OK),
    ),
    used=("1", "0"),
    others=(OtherPart("hose clamp", "1", "Truck 1"),),
    found_and_did=(
        "Float stuck on its cord, pit full of gravel. Cleaned pit, new float switch, ran 3 cycles "
        "OK. Discharge pipe hanger is loose at the wall."
    ),
    problem="stuck",
    cause="blocked",
    remedies=("cleaned", "replaced"),
    result=Result.FIXED,
    quote="pipe hanger, 10 ft pipe",
    customer_name="W. Hensley",
    rating=5,
    is_lock_out_keyed=True,
)
TOTAL = Decimal("335.89")


class Clock:
    """A clock that the player of the story sets."""

    def __init__(self) -> None:
        self.moment = july(13, 7, 0)

    def __call__(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment

    def set(self, day: int, hour: int, minute: int) -> None:
        """Set the clock to a moment of July 2026 in Dayton."""
        self.moment = july(day, hour, minute)


@dataclass(frozen=True, slots=True)
class Start:
    """The ids of what the story starts with."""

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


@dataclass(frozen=True, slots=True)
class Played:
    """What came out of the story."""

    start: Start
    request_id: int
    work_order_id: int
    printed: Printed
    invoice_id: int
    invoice_number: str


def july(day: int, hour: int, minute: int) -> datetime:
    """Return a moment of July 2026 in Dayton, in UTC."""
    return datetime(2026, 7, day, hour, minute, tzinfo=DAYTON).astimezone(UTC)


def set_up(store: Store) -> None:
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
        payment_note="Pay by check, or call (937) 555-0142 to pay by card.",
        invoice_footer="Parts carry a 1-year warranty, labor 90 days.",
    )


def before(store: Store) -> Start:
    """Add the customer, the asset, the technician, the parts and the job template."""
    customer_id = customers.add(
        store,
        name="Harbor View Apartments",
        terms_days=30,
        bill_to="1200 Riverside Drive\nDayton, OH 45405",
    )
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
    truck_id = technicians.rows(store)[0].truck_id or 0
    float_switch_id = _part(store, truck_id, "FS-10", "Float switch, tether", "18.20 42.00 2")
    hose_clamp_id = _part(store, truck_id, "HC-2", "Hose clamp 2 in", "1.10 6.50 6")
    check_valve_id = _part(store, truck_id, "CV-15", "Check valve 1½ in", "12.40 31.00 1")
    template_id = job_templates.add(
        store,
        name="Sump pump",
        lines=LINES,
        parts=[(float_switch_id, Decimal(1)), (check_valve_id, Decimal(1))],
        planned_minutes=120,
    )
    return Start(
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


def found(store: Store) -> Start:
    """Return the ids of the start in a file that has it."""
    customer_id = lookups.customer(store, "Harbor View Apartments")
    asset = assets.get(store, lookups.asset(store, "SP-A")).row
    location_id = asset.location_id or 0
    return Start(
        customer_id=customer_id,
        contact_id=contacts.contacts(store, customer_id)[0].id,
        site_id=asset.site_id,
        location_id=location_id,
        asset_id=asset.id,
        technician_id=lookups.technician(store, "Marco Reyes"),
        truck_id=lookups.place(store, "Truck 1"),
        float_switch_id=lookups.part(store, "FS-10"),
        hose_clamp_id=lookups.part(store, "HC-2"),
        check_valve_id=lookups.part(store, "CV-15"),
        template_id=lookups.template(store, "Sump pump"),
    )


def log_the_call(store: Store, start: Start) -> int:
    """Log Priya's call at 7:10 and return the request's id."""
    return requests.log(
        store,
        words=WORDS,
        customer_id=start.customer_id,
        contact_id=start.contact_id,
        site_id=start.site_id,
        location_id=start.location_id,
        asset_id=start.asset_id,
        facts=[FACT],
        problem_codes=[],
        intake_seconds=15,
    )


def triage_it(store: Store, start: Start, request_id: int) -> int:
    """Put the job on Marco's board, 8:00 to 10:00, and return the work order's id."""
    return triage.make_work_order(
        store,
        request_id,
        technician_ids=[start.technician_id],
        planned_from=july(13, 8, 0),
        planned_to=july(13, 10, 0),
        template_id=start.template_id,
        planned_minutes=120,
    )


def play(
    store: Store,
    clock: Callable[[int, int, int], None],
    *,
    render_sheet: RenderSheet,
    render_invoice: RenderInvoice,
) -> Played:
    """Play the whole story in a new file, by the clock on the wall, and return what came out."""
    set_up(store)
    start = before(store)
    clock(13, 7, 10)
    request_id = log_the_call(store, start)
    clock(13, 7, 14)
    order_id = triage_it(store, start, request_id)
    clock(13, 7, 20)
    printed = sheets.print_copy(store, order_id, render=render_sheet)
    clock(14, 10, 32)
    entered = sheets.enter(store, order_id, ENTRY, then="invoice")
    clock(14, 10, 33)
    invoice_id = entered.invoice_id or 0
    number = invoices.issue(store, invoice_id, render=render_invoice)
    return Played(start, request_id, order_id, printed, invoice_id, number)


def _part(store: Store, truck_id: int, number: str, name: str, figures: str) -> int:
    cost, price, quantity = (Decimal(figure) for figure in figures.split())
    part_id = parts.add(store, number=number, name=name, cost=cost, price=price)
    parts.count(
        store, part_id, location_id=truck_id, counted=quantity, counted_on=date(2026, 7, 13)
    )
    return part_id
