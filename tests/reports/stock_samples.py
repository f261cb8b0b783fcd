"""Papers of the stock to print in tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smallcmms.domain import papers, tags
from smallcmms.domain.stock_papers import CountRow, CountSheet, LoadList, LoadRow, LoadStop
from tests.reports.samples import LETTER, SHOP, moment

TRAP = '<img src="x"><b>&amp; Łukasz'


def count_sheet(
    many: int = 3,
    *,
    manner: papers.Manner = LETTER,
    shelf: str = "A-{n}",
    is_recount: bool = False,
) -> CountSheet:
    """Return the sheet of a count of so many valves, and of a part with a name to beware of."""
    rows = tuple(
        CountRow(bin=shelf.format(n=n), number=f"P{n:03d}X", name=f"Valve number {n}", unit="ft")
        for n in range(many)
    )
    return CountSheet(
        manner=manner,
        shop=SHOP,
        number="ST-003",
        code="SC7KQ2:S003:S",
        printed_at=moment(14, 8),
        place="Shop",
        counted_by="Dana",
        rows=(*rows, CountRow(number="TRAP", name=TRAP)),
        is_recount=is_recount,
    )


def load_row(name: str = "V-belt A42", *, is_fetched: bool = False, note: str = "") -> LoadRow:
    """Return a part for two jobs, on the truck or to be fetched."""
    return LoadRow(
        quantity=Decimal(2),
        name=name,
        number="BLT-A42",
        where="Shop A-3" if is_fetched else "on Truck 2",
        is_fetched=is_fetched,
        note=note,
        purpose="WO-2311, WO-2319",
    )


def load_list(*rows: LoadRow, manner: papers.Manner = LETTER, stops: int = 1) -> LoadList:
    """Return the load list of a day of Jess."""
    stop = LoadStop(starts_at=moment(14, 8), number="WO-2311", place="55 Maple Ct", title=TRAP)
    short = LoadRow(quantity=Decimal(0), name="Gasket", note="2 short", purpose="0 of 2")
    return LoadList(
        manner=manner,
        shop=SHOP,
        technician="Jess Okafor",
        truck="Truck 2",
        on=date(2026, 7, 14),
        code=tags.load_code("7KQ2", 2, date(2026, 7, 14)),
        printed_at=moment(14, 8),
        minutes=390,
        stops=(stop,) * stops,
        rows=rows,
        restock=(short,),
    )
