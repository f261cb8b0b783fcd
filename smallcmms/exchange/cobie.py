"""COBie 2.4: the workbook in which a building is handed over to those who will look after it.

Read are Facility, Floor, Space, Type, Component, Assembly, Job, Spare and, for names, Contact
[NBIMS-US V3, chapter 4.2]. ``n/a`` is empty, and so is the year 1900, the standard's unknown day.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from smallcmms.domain.buildings import Building, BuildingClass, Component, Promise, Space
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import bounds, cobie_upkeep, tables
from smallcmms.exchange.cobie_rows import Left, Record, number, rows_of, told

_NEEDED = ("Facility", "Floor", "Space", "Type", "Component")
_SHEETS = frozenset({*_NEEDED, "Assembly", "Contact", "Job", "Spare"})
_UNKNOWN_YEAR = 1900
_IN_MONTHS = {"year": 12, "month": 1, "quarter": 3}
_DAYS_A_MONTH = {"day": Decimal("30.4375"), "week": Decimal("4.348125")}
_PER_MONTH = {"day": Decimal(1) / _DAYS_A_MONTH["day"], "week": Decimal(1) / _DAYS_A_MONTH["week"]}
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")


def read(data: bytes, name: str) -> Building:
    """Return the building that a workbook hands over.

    Raises:
        RuleBroken: it is no COBie workbook, or cannot be read.
    """
    bounds.see_size(data, name)
    if not data.startswith(b"PK"):
        raise _no_cobie(name)
    book = tables.spreadsheet(data, name, only=_SHEETS)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    if any(needed not in sheets for needed in _NEEDED):
        raise _no_cobie(name)
    records = {title: list(rows_of(sheet)) for title, sheet in sheets.items()}
    facility = next((record for _, record in records["Facility"]), None)
    if facility is None or not told(facility, "Name"):
        raise _no_cobie(name)
    left = Left()
    components = tuple(_components(records, left))
    counts = Counter(each.class_name for each in components)
    makers = _makers(record for _, record in records.get("Contact", []))
    names = _names(records["Type"])
    return Building(
        file=book.name,
        name=told(facility, "Name"),
        address=told(facility, "SiteName") or told(facility, "Name"),
        floors=_names(records["Floor"]),
        spaces=tuple(_spaces(records["Space"])),
        classes=tuple(_classes(records["Type"], counts, makers, left)),
        components=components,
        jobs=tuple(cobie_upkeep.jobs(records.get("Job", []), names, left)),
        spares=tuple(cobie_upkeep.spares(records.get("Spare", []), makers, names)),
        remarks=tuple(left.remarks),
    )


def _no_cobie(name: str) -> RuleBroken:
    message = "{name} is no COBie workbook: it lacks one of the sheets {sheets}, or they are empty."
    return RuleBroken(message, "file", name=name, sheets=", ".join(_NEEDED))


def _names(records: list[tuple[int, Record]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, record in records if (name := told(record, "Name"))))


def _spaces(records: list[tuple[int, Record]]) -> Iterator[Space]:
    seen: set[str] = set()
    for _, record in records:
        name = told(record, "Name")
        if name and name not in seen:
            seen.add(name)
            yield Space(name, _first(told(record, "FloorName")), told(record, "Description"))


def _first(names: str) -> str:
    return names.split(",", maxsplit=1)[0].strip()


def _makers(records: Iterator[Record]) -> dict[str, str]:
    """Return the companies by the addresses that the other sheets name them with."""
    return {
        email.casefold(): company
        for record in records
        if (email := told(record, "Email")) and (company := told(record, "Company"))
    }


def _classes(
    records: list[tuple[int, Record]],
    counts: Counter[str],
    makers: Mapping[str, str],
    left: Left,
) -> Iterator[BuildingClass]:
    seen: set[str] = set()
    for row, record in records:
        name = told(record, "Name")
        if not name or name in seen:
            continue
        seen.add(name)
        maker = told(record, "Manufacturer")
        yield BuildingClass(
            name=name,
            category=told(record, "Category"),
            description=told(record, "Description"),
            make=makers.get(maker.casefold(), maker),
            model=told(record, "ModelNumber"),
            is_fixed=told(record, "AssetType").casefold() == "fixed",
            expected_life_years=_years(record, left, row),
            replacement_cost=number(record, "ReplacementCost", left, row),
            promises=tuple(_promises(record, makers, left, row)),
            count=counts[name],
        )


def _promises(record: Record, makers: Mapping[str, str], left: Left, row: int) -> Iterator[Promise]:
    for kind, part in (("parts", "Parts"), ("labour", "Labor")):
        span = number(record, f"WarrantyDuration{part}", left, row)
        guarantor = told(record, f"WarrantyGuarantor{part}")
        if span:
            months = _months(span, told(record, "WarrantyDurationUnit"), left, row)
            if months:
                yield Promise(kind, months, makers.get(guarantor.casefold(), guarantor))


def _years(record: Record, left: Left, row: int) -> int | None:
    life = number(record, "ExpectedLife", left, row)
    months = _months(life, told(record, "DurationUnit"), left, row) if life else 0
    return max(1, round(months / 12)) if months else None


def _months(span: Decimal, unit: str, left: Left, row: int) -> int:
    """Return a length of time in whole months; a unit is written year, Years or years."""
    word = unit.casefold().rstrip("s")
    if word in _IN_MONTHS:
        return int(span * _IN_MONTHS[word])
    if word in _PER_MONTH:
        return int(span * _PER_MONTH[word])
    left.remarks.append((f"Type {row}", unit or "?"))
    return 0


def _day(record: Record, header: str, left: Left, row: int) -> date | None:
    text = told(record, header)
    found = _DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if text and day is None:
        left.remarks.append((f"{header} {row}", text))
    return None if day is None or day.year <= _UNKNOWN_YEAR else day


def _components(records: Mapping[str, list[tuple[int, Record]]], left: Left) -> Iterator[Component]:
    parents = _parents(records.get("Assembly", []))
    for row, record in records["Component"]:
        name = told(record, "Name")
        if not name:
            continue
        spaces = [each.strip() for each in told(record, "Space").split(",") if each.strip()]
        tags = (told(record, each) for each in ("TagNumber", "AssetIdentifier", "BarCode"))
        yield Component(
            row=row,
            name=name,
            class_name=told(record, "TypeName"),
            space=spaces[0] if spaces else "",
            other_spaces=tuple(spaces[1:]),
            description=told(record, "Description"),
            tag=next(filter(None, tags), ""),
            serial=told(record, "SerialNumber"),
            installed_on=_day(record, "InstallationDate", left, row),
            warranty_starts_on=_day(record, "WarrantyStartDate", left, row),
            parent=parents.get(name, ""),
        )


def _parents(records: list[tuple[int, Record]]) -> dict[str, str]:
    """Return what each component is a part of, as the Assembly sheet tells it."""
    found: dict[str, str] = defaultdict(str)
    for _, record in records:
        if told(record, "SheetName").casefold() in ("component", ""):
            for child in told(record, "ChildNames").split(","):
                if child.strip():
                    found.setdefault(child.strip(), told(record, "ParentName"))
    return dict(found)
