"""What a shop of any size is made of: names, streets, machines, jobs, parts."""

from __future__ import annotations

from typing import NamedTuple


class Job(NamedTuple):
    """A usual job: its machine, what the caller says, what is found, how it is coded."""

    machine: str
    title: str
    words: str
    found: str
    problem: str
    cause: str
    remedy: str
    part: str


FIRST = (
    "Ruth", "Tom", "Priya", "Greg", "Linda", "Kyle", "Sam", "Anya", "Carol", "Luis", "Walt", "Mei",
    "Omar", "Ingrid", "Paul", "Dolores", "Viktor", "Hana", "Björn", "Zoë",
)  # fmt: skip
LAST = (
    "Calloway", "Veldkamp", "Natarajan", "Kessler", "Farrow", "Brandt", "Ortiz", "Petrova",
    "Miller", "Delgado", "Hensley", "Tanaka", "Haddad", "Lindqvist", "Moreau", "Kowalski", "Novak",
    "Sørensen", "Adeyemi", "Quinn",
)  # fmt: skip
TRADES = (
    "Bakery", "Dental Group", "Apartments", "Brewing", "Tool & Die", "Parish School", "Storage",
    "Condominiums", "Laundry", "Clinic", "Hotel", "Printing", "Dairy", "Auto Body", "Foundry",
)  # fmt: skip
PLACES = (
    "Harbor", "Maple", "Union", "Northgate", "Oakmont", "Bluebird", "Riverside", "Chapel", "Mill",
    "Linden", "Foundry", "Dixie", "Briar", "Wyoming", "Prairie", "Summit", "Canal", "Orchard",
    "Granite", "Willow",
)  # fmt: skip
STREETS = ("Street", "Avenue", "Road", "Drive", "Lane", "Court", "Parkway")
ROOMS = ("Basement", "Roof", "Kitchen", "Mechanical room", "Floor 2", "Yard")
PARTS = (
    ("FLT-16251", "Filter 16×25×1, MERV 8", "2.85", "7.00"),
    ("CAP-45-5", "Run capacitor 45/5 µF", "11.20", "36.50"),
    ("CTR-40-2", "Contactor 40 A, 2-pole", "19.80", "48.00"),
    ("SK-100", "Seal kit, circulator", "38.40", "74.00"),
    ("BLT-A42", "V-belt A42", "6.10", "16.00"),
    ("TC-30", "Thermocouple 30 in", "8.75", "24.00"),
    ("FS-10", "Float switch, tether", "18.20", "42.00"),
    ("BV-1-LF", "Ball valve 1 in", "16.25", "34.00"),
    ("IGN-7", "Ignition control", "96.00", "168.35"),
    ("GSK-100", "Body gasket", "3.90", "9.00"),
)
"""Number, name, cost and price."""
JOBS = (
    Job("Rooftop unit", "Rooftop unit not cooling", "It blows warm air since this morning",
        "Contactor pitted, replaced. Charge good, 19 °F across the coil.",
        "no_cooling", "electrical", "replaced", "CTR-40-2"),
    Job("Rooftop unit", "Condenser fan does not start", "The unit hums and trips",
        "Run capacitor open, replaced, fan draws 1.9 A.",
        "will_not_start", "electrical", "replaced", "CAP-45-5"),
    Job("Circulator", "Circulator leaks", "Pump drips, puddle on the floor",
        "Seal worn, new seal kit, purged air.",
        "water_leak", "leaking_seal", "replaced", "SK-100"),
    Job("Sump pump", "High-water alarm", "Pump alarm is on, water is high",
        "Float stuck on its cord, new float switch, ran 3 cycles.",
        "stuck", "blocked", "replaced", "FS-10"),
    Job("Water heater", "Pilot goes out", "No hot water, the pilot will not stay lit",
        "Thermocouple weak, replaced, 25 mV.",
        "no_heat", "age", "replaced", "TC-30"),
    Job("Exhaust fan", "Fan belt squeals", "The fan on the roof squeals",
        "Belt glazed, replaced, sheaves aligned.",
        "noise", "worn", "replaced", "BLT-A42"),
    Job("Boiler", "Boiler locks out", "No heat in the whole building",
        "Ignition control dead, replaced, flame signal good.",
        "no_heat", "control_or_sensor", "replaced", "IGN-7"),
    Job("Backflow preventer", "Shut-off valve weeps", "Water runs along the wall",
        "Ball valve replaced, tested tight.",
        "water_leak", "corroded", "replaced", "BV-1-LF"),
    Job("Air handler", "Filters and belts", "Quarterly service is due",
        "Filters changed, belts good, drain pan clean.",
        "worn", "dirty", "cleaned", "FLT-16251"),
    Job("Glycol chiller", "Low-flow alarm", "Alarm since 6 AM, tanks warm up",
        "Strainer blocked, cleaned, gasket renewed.",
        "low_flow", "dirty", "cleaned", "GSK-100"),
)  # fmt: skip
