"""Papers to print in tests: the two sheets of the design, its invoice, its tags."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from smallcmms.domain import papers, tags
from smallcmms.domain.levels import Level
from smallcmms.domain.tags import TagKind
from smallcmms.domain.tasks import TaskKind

NEW_YORK = ZoneInfo("America/New_York")
LETTER = papers.Manner()
A4 = papers.Manner(paper_size=papers.PaperSize.A4)
SHOP = papers.Shop(
    name="Ridgeline Mechanical LLC",
    address=("214 Foundry Street", "Dayton, OH 45402"),
    phone="(937) 555-0142",
    email="office@ridgelinemech.example",
)
CAUSES = (
    "worn blocked dirty loose corroded leaking_seal electrical control_or_sensor lubrication "
    "installation misuse outside age unknown"
)
REMEDIES = (
    "replaced repaired adjusted cleaned tightened lubricated reset tested_only temporary_fix "
    "nothing_found"
)


def choices(keys: str) -> tuple[papers.Choice, ...]:
    return tuple(papers.Choice(key=key, text=key.replace("_", " ")) for key in keys.split())


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=NEW_YORK)


def part(quantity: int, name: str, number: str, where: str = "on Truck 1") -> papers.Part:
    return papers.Part(
        quantity=Decimal(quantity),
        name=name,
        number=number,
        where=where,
        is_pickup=where.startswith("Shop"),
    )


def load_list() -> tuple[papers.Part, ...]:
    return (
        part(1, "Motor coupler, HR-100", "CPL-100", "Shop B-3, last one"),
        part(1, "Seal kit, HR-100", "SK-100"),
        part(1, "Body gasket, HR-100", "GSK-100"),
        part(2, "Ball valve 1 in, lead-free", "BV-1-LF"),
    )


def checklist() -> tuple[papers.Task, ...]:
    tap = papers.Task(
        text="Hot water at kitchen tap", kind=TaskKind.NUMBER, unit="°F", low=Decimal(120)
    )
    return (
        papers.Task(text="Lock out, see front"),
        papers.Task(text="Drain the loop section through D-3"),
        papers.Task(text="Replace seal and body gasket"),
        papers.Task(text="Check coupler, replace if worn"),
        papers.Task(text="Refill, leak check", kind=TaskKind.NUMBER, unit="psi"),
        amperes("2.0"),
        tap,
    )


def circulator(manner: papers.Manner = LETTER) -> papers.WorkOrder:
    """Return the work order of the design's sheet: WO-2318."""
    return papers.WorkOrder(
        manner=manner,
        shop=SHOP,
        number="WO-2318",
        copy=2,
        revision=1,
        code=tags.code("7KQ2", TagKind.WORK_ORDER, "WO-2318", 2),
        level=Level.HIGH,
        level_word="High",
        printed_at=moment(14, 8, 5),
        visit=papers.Visit(
            on=date(2026, 7, 14),
            starts_at=moment(14, 13),
            ends_at=moment(14, 15, 30),
            technicians=("Marco Reyes",),
            truck="Truck 1",
        ),
        customer="St. Brendan Parish School",
        address=("410 Chapel Road", "Dayton, OH 45410"),
        place="Main building, Basement",
        contact=papers.Contact(name="Tom Veldkamp", phone="(937) 555-0163", role="Facilities"),
        access_notes="Basement door on the Chapel Road side, Tom lets you in. Kitchen serves "
        "11:30 to 12:30, start after 1:00 PM.",
        what_is_wrong="Pump leaks at the seal. Kitchen has no hot water since 7 AM. Puddle on "
        "the floor.",
        asset=papers.Asset(
            short_code="P-1",
            name="Hot-water circulator",
            tag="A-0114",
            make_model="Halden HR-100",
            serial="H18-44172",
            nameplate="120 V, 1/6 hp",
        ),
        lock_out=papers.LockOut(
            energies="120 V · water 140 °F, 60 psi",
            steps=(
                "Tell Tom and the kitchen",
                "Breaker LP-B 14 off, lock and tag",
                "Close V-12 and V-13, lock",
                "Open drain D-3, wait for zero psi",
                "Try to start it, test dead",
            ),
        ),
        parts=load_list(),
        history=(
            papers.Past(on=date(2026, 2, 11), text="Noisy. Bled air.", who="Marco, 1.0 h"),
            papers.Past(on=date(2025, 10, 3), text="PM: bearing oiled.", who="Jess, 0.5 h"),
        ),
        tasks=checklist(),
        causes=choices(CAUSES),
        remedies=choices(REMEDIES),
    )


def amperes(limit: str) -> papers.Task:
    return papers.Task(text="Motor current", kind=TaskKind.NUMBER, unit="A", high=Decimal(limit))


def sump_pump(manner: papers.Manner = LETTER) -> papers.WorkOrder:
    """Return the work order of the story: WO-2310, without lock-out and history."""
    tasks = ("Lock out, see front", "Clear inlet and pit", "Test float, pump starts and stops")
    return replace(
        circulator(manner),
        number="WO-2310",
        copy=1,
        code=tags.code("7KQ2", TagKind.WORK_ORDER, "WO-2310", 1),
        printed_at=moment(13, 7, 20),
        visit=papers.Visit(
            on=date(2026, 7, 13),
            starts_at=moment(13, 8),
            ends_at=moment(13, 10),
            technicians=("Marco Reyes",),
            truck="Truck 1",
        ),
        customer="Harbor View Apartments",
        address=("1200 Riverside Dr", "Dayton, OH 45405"),
        place="Building A › Basement",
        contact=papers.Contact(name="Priya Natarajan", phone="(937) 555-0117"),
        access_notes="",
        what_is_wrong="Sump pump alarm is on, water is high",
        asset=papers.Asset(short_code="SP-A", name="Sump pump", tag="A-0133"),
        lock_out=None,
        parts=(
            part(1, "Float switch, tether", "FS-10"),
            part(1, "Check valve 1½ in", "CV-15"),
        ),
        history=(),
        tasks=(
            *(papers.Task(text=text) for text in tasks),
            amperes("9.8"),
            papers.Task(text="Alarm sounds and clears"),
        ),
    )


def billed() -> tuple[papers.InvoiceLine, ...]:
    one, line = Decimal(1), papers.InvoiceLine
    labor, hours = Decimal(125), Decimal("1.75")
    return (
        line(
            text="Labor, Marco Reyes, Jul 13",
            quantity=hours,
            unit="h",
            unit_price=labor,
            amount=Decimal("218.75"),
        ),
        line(text="Service call", quantity=one, unit_price=Decimal(65), amount=Decimal(65)),
        taxed("Float switch, tether", Decimal(42)),
        taxed("Hose clamp 2 in", Decimal("6.50")),
    )


def taxed(text: str, price: Decimal) -> papers.InvoiceLine:
    return papers.InvoiceLine(
        text=text, quantity=Decimal(1), unit_price=price, amount=price, tax_mark="*"
    )


def invoice(manner: papers.Manner = LETTER) -> papers.Invoice:
    """Return the invoice of the story: $335.89."""
    return papers.Invoice(
        manner=manner,
        currency="USD",
        shop=SHOP,
        bill_to=papers.Party(
            name="Harbor View Apartments",
            lines=("Priya Natarajan", "1200 Riverside Drive", "Dayton, OH 45405"),
        ),
        work_done_at=papers.Party(
            name="1200 Riverside Dr", lines=("Building A › Basement", "SP-A, tag A-0133")
        ),
        lines=billed(),
        subtotal=Decimal("332.25"),
        tax_rows=(
            papers.TaxRow(
                name="Sales tax",
                percent=Decimal("7.5"),
                base=Decimal("48.50"),
                tax=Decimal("3.64"),
                mark="*",
            ),
        ),
        total=Decimal("335.89"),
        number="INV-1187",
        code=tags.code("7KQ2", TagKind.INVOICE, "INV-1187"),
        issued_on=date(2026, 7, 14),
        due_on=date(2026, 8, 13),
        terms="Net 30",
        work_order="WO-2310",
        customer_number="C-014",
        heading="Sump pump alarm.",
        text="Float stuck on its cord, pit full of gravel. Cleaned pit, new float switch.",
        pay="Pay by check, or call (937) 555-0142 to pay by card.",
        footer="Parts carry a 1-year warranty, labor 90 days.",
    )


def asset_tags(count: int) -> tuple[papers.Tag, ...]:
    """Return tags with the codes A-0101, A-0102 and so on."""
    return tuple(
        papers.Tag(
            code=tags.code("7KQ2", TagKind.ASSET, f"A-{number:04}"),
            number=f"A-{number:04}",
            name="SP-A Sump pump",
            place="Harbor View Apartments, Basement",
            phone="(937) 555-0142",
        )
        for number in range(101, 101 + count)
    )
