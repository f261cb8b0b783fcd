"""The sample shop as it stands on Tuesday, July 14, 2026, filled through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.domain.work_orders import HoldReason, WorkType
from smallcmms.services import (
    assets,
    customers,
    requests,
    sites,
    technicians,
    warranties,
    work_orders,
)
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.store.store import Store
from tests import build, past

HOME, SHOP = CustomerKind.RESIDENTIAL, CustomerKind.COMMERCIAL
CUSTOMERS = (
    ("SB", "St. Brendan Parish School", "Tom Veldkamp", "Facilities", "0163", "410 Chapel Rd", 30),
    ("KT", "Kessler Tool & Die", "Greg Kessler", "Plant manager", "0176", "2900 Industrial", 30),
    ("OD", "Oakmont Dental Group", "Ruth Calloway", "Office manager", "0128", "88 Linden Ave", 30),
    ("BB", "Bluebird Bakery", "Anya Petrova", "Owner", "0151", "17 Mill St", 15),
    ("HV", "Harbor View Apartments", "Priya Natarajan", "Manager", "0117", "1200 Riverside Dr", 30),
    ("MC", "Maple Court Condominiums", "Linda Farrow", "Secretary", "0139", "55 Maple Ct", 30),
    ("US", "Union Street Brewing", "Kyle Brandt", "Head brewer", "0184", "301 Union St", 30),
    ("NG", "Northgate Self Storage", "Sam Ortiz", "Site manager", "0190", "3301 N Dixie Dr", 30),
    ("CM", "Carol Miller", "Carol Miller", "Home", "0105", "632 Briar Ln", 0),
    ("LD", "Luis Delgado", "Luis Delgado", "Home", "0122", "1419 Wyoming St", 0),
)  # fmt: skip
ASSETS = (
    ("OD", "RTU-1", "Rooftop unit", "Clinic › Roof"),
    ("OD", "RTU-2", "Rooftop unit", "Clinic › Roof"),
    ("OD", "DC-1", "Dental air compressor", "Clinic › Mechanical room"),
    ("SB", "B-1", "Boiler", "Main building › Basement"),
    ("SB", "B-2", "Boiler", "Main building › Basement"),
    ("SB", "P-1", "Hot-water circulator", "Main building › Basement"),
    ("SB", "P-2", "Heating circulator", "Main building › Basement"),
    ("SB", "WH-1", "Water heater", "Main building › Basement"),
    ("SB", "BF-1", "Backflow preventer", "Main building › Basement"),
    ("SB", "EF-1", "Kitchen exhaust fan", "Main building › Roof"),
    ("SB", "AHU-1", "Air handler", "Main building › Roof"),
    ("SB", "AHU-2", "Air handler", "Main building › Roof"),
    ("SB", "RTU-3", "Rooftop unit", "Gym › Roof"),
    ("SB", "RTU-4", "Rooftop unit", "Gym › Roof"),
    ("HV", "Boiler A", "Heating boiler", "Building A › Basement"),
    ("HV", "MV-A", "Hot-water mixing valve", "Building A › Basement"),
    ("HV", "SP-A", "Sump pump", "Building A › Basement"),
    ("HV", "WH-3C", "Water heater, unit 3C", "Building A › Floor 3"),
    ("BB", "WC-1", "Walk-in cooler", "Bakery › Kitchen"),
    ("BB", "MAU-1", "Make-up air unit", "Bakery › Roof"),
    ("KT", "CRAC-1", "Server-room AC", "Plant › Office"),
    ("KT", "AC-1", "Air compressor", "Plant › Compressor room"),
    ("MC", "RTU-1", "Rooftop unit", "Condos › Roof"),
    ("US", "GC-1", "Glycol chiller", "Brewery › Yard"),
    ("NG", "AC-O", "Office split AC", "Office"),
    ("CM", "WH", "Water heater", "Basement"),
)
OPEN_WORK = (
    ("KT", "CRAC-1", "Server-room AC down, CNC line stopped", 1, 14),
    ("SB", "P-1", "Leaking at the seal", 2, 14),
    ("SB", "BF-1", "Backflow BF-1 annual test", 3, 10),
    ("SB", "AHU-1", "AHU-1 filters and belts", 3, 21),
    ("HV", "MV-A", "Replace hot-water mixing valve", 2, 15),
    ("HV", "Boiler A", "Boiler A summer inspection", 3, 28),
    ("HV", "", "Unit 2B: bath fan rattles", 4, 10),
    ("OD", "DC-1", "Dental compressor trips its breaker", 2, 15),
    ("US", "GC-1", "Glycol chiller: low-flow alarm", 2, 14),
    ("LD", "", "Kitchen faucet cartridge", 4, 17),
)
BILLS = (
    ("HV", 74235, date(2026, 6, 24)),
    ("HV", 191560, date(2026, 6, 2)),
    ("KT", 231850, date(2026, 7, 8)),
    ("SB", 124000, date(2026, 7, 2)),
    ("US", 110625, date(2026, 5, 8)),
    ("NG", 38800, date(2026, 4, 9)),
    ("MC", 86420, date(2026, 7, 10)),
)


def fill(store: Store) -> dict[str, int]:
    """Fill an empty file; return the ids of the customers by their letters."""
    build.ridgeline(store)
    technicians.add(store, name="Marco Reyes", truck="Truck 1")
    technicians.add(store, name="Jess Okafor", truck="Truck 2")
    ids = {told[0]: _customer(store, told) for told in CUSTOMERS}
    site_of = {letters: sites.sites(store, each)[0].id for letters, each in ids.items()}
    asset_of = {
        (letters, short): assets.add(
            store, site_id=site_of[letters], short_code=short, name=name, place=place
        )
        for letters, short, name, place in ASSETS
    }
    _harbor_view(store, ids["HV"], site_of["HV"])
    _pump(store, asset_of["SB", "P-1"])
    for letters, short, title, level, day in OPEN_WORK:
        where = {
            "customer_id": ids[letters],
            "site_id": site_of[letters],
            "asset_id": asset_of.get((letters, short)),
        }
        _work(store, title, Level(level), day, where)
    for letters, total, sent_on in BILLS:
        past.bill(store, ids[letters], total=total, sent_on=sent_on)
    _past(store, ids["SB"], site_of["SB"], asset_of["SB", "P-1"])
    return ids


def _customer(store: Store, told: tuple[str, str, str, str, str, str, int]) -> int:
    _letters, name, contact, role, phone, address, terms = told
    return customers.add(
        store,
        name=name,
        kind=HOME if role == "Home" else SHOP,
        terms_days=terms,
        bill_to=f"{address}, Dayton, OH 45402",
        contact=NewContact(name=contact, phone=f"(937) 555-{phone}", role=role),
        site=NewSite(address=address, city="Dayton, OH 45402"),
    )


def _harbor_view(store: Store, customer_id: int, site_id: int) -> None:
    customers.add_contact(
        store, customer_id, name="Walt Hensley", phone="(937) 555-0118", role="Super, on site"
    )
    customers.add_contact(
        store,
        customer_id,
        name="Accounts",
        phone="(937) 555-0116",
        email="bills@harborview.example",
    )
    sites.edit_site(
        store,
        site_id,
        name="Building A",
        access_notes="Boiler room: door by the loading dock.",
        access_code="4711",
    )
    other = sites.add_site(store, customer_id, name="Building B", address="1210 Riverside Dr")
    assets.add(store, site_id=other, short_code="Boiler B", name="Heating boiler", place="Basement")
    requests.log(
        store,
        words="Water through the bathroom ceiling",
        channel=Channel.PHONE,
        caller="Priya Natarajan",
        customer_id=customer_id,
        site_id=site_id,
        facts=["water_or_gas_escaping", "several_affected"],
    )


def _pump(store: Store, asset_id: int) -> None:
    assets.edit(
        store,
        asset_id,
        make="Halden",
        model="HR-100",
        serial="H18-44172",
        nameplate="120 V, 1/6 hp",
        installed_on=date(2018, 9, 14),
        replacement_cost=Decimal(1880),
        lock_out_energies="120 V · water 140 °F, 60 psi",
        lock_out_steps=(
            "Tell Tom and the kitchen",
            "Breaker LP-B 14 off, lock and tag",
            "Close V-12 and V-13, lock",
            "Open drain D-3, wait for zero psi",
            "Try to start it, test dead",
        ),
    )
    warranties.add(
        store,
        asset_id,
        kind=WarrantyKind.PARTS,
        starts_on=date(2018, 9, 14),
        ends_on=date(2023, 9, 14),
        guarantor="Halden",
    )


def _work(store: Store, title: str, level: Level, day: int, where: dict[str, Any]) -> None:
    due_on = date(2026, 7, day)
    work_order_id = work_orders.add(
        store, title=title, wrong=title, level=level, due_on=due_on, **where
    )
    work_orders.approve(store, work_order_id)
    if title.startswith("Dental"):
        work_orders.hold(store, work_order_id, reason=HoldReason.PARTS)
    if title.startswith(("Leaking", "Replace")):
        technician = technicians.rows(store)[1].id
        work_orders.schedule(
            store,
            work_order_id,
            technician_ids=[technician],
            planned_from=build.july(day, 13, 0),
            planned_to=build.july(day, 15, 30),
        )


def _past(store: Store, customer_id: int, site_id: int, asset_id: int) -> None:
    story = build.Story(customer_id, 0, site_id, 0, asset_id, 1, 0, 0, 0, 0, 0)
    for title, done_on, minutes, billed, work_type in (
        ("Installed, started up", date(2018, 9, 14), 180, 0, WorkType.INSTALLATION),
        ("Coupler replaced", date(2024, 11, 20), 90, 26250, WorkType.CORRECTIVE),
        ("Bearing oiled, coupler good", date(2025, 10, 3), 30, 0, WorkType.PREVENTIVE),
        ("Noisy: bled air, flange tightened", date(2026, 2, 11), 60, 19000, WorkType.CORRECTIVE),
    ):
        work_order_id = past.finished_work(
            store, story, title=title, done_on=done_on, minutes=minutes, type=work_type
        )
        if billed:
            invoice_id = past.bill(
                store, customer_id, total=billed, sent_on=done_on, work_order_id=work_order_id
            )
            past.pay(store, customer_id, invoice_id, amount=billed, on=done_on)
