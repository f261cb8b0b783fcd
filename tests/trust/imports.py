"""Imports do what their preview said (D8), and read nothing that can be read in two ways (C8).

    python -m tests.trust.imports [--files 300] [--kills 100] [--seed 1]

Every file is random: mixed kinds, new rows, changes, doubles, faults, other signs and orders. Each
is looked at, brought in, brought in again and taken back; what came about is held against what the
preview said. Then imports are killed in the middle: the file holds the old or the new, never half.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import select
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from babel import localedata

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_values import (
    Spoken,
    guess_decimal,
    guess_order,
    read_day,
    read_number,
)
from smallcmms.domain.imports import Kind, Outcome
from smallcmms.domain.money import Currency
from smallcmms.exchange import tables
from smallcmms.services import check, imports
from smallcmms.services.imports import Preview, PreviewRow
from smallcmms.services.samples import story
from smallcmms.store import check as file_check
from smallcmms.store.dump import lines
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store

NOW = datetime(2026, 7, 13, 11, 10, tzinfo=UTC)
TODAY = NOW.date()
TABLES = {
    Kind.ASSETS: "asset",
    Kind.CUSTOMERS: "customer",
    Kind.TECHNICIANS: "technician",
    Kind.WORK_ORDERS: "work_order",
}
HEADERS = {
    Kind.ASSETS: "Tag;Name;Parent;Customer;Site;Location;Class;Serial;Cost;Installed",
    Kind.CUSTOMERS: "Name;Contact;Phone;Address;City;Terms",
    Kind.TECHNICIANS: "Name;Phone;Truck;Rate",
    Kind.WORK_ORDERS: "Number;Asset;Customer;Site;Description;Completed;Cost",
}
_LONGEST_WAIT_MS = 500


def _now() -> datetime:
    return NOW


@dataclass
class Outcomes:
    """What came of the files."""

    files: int = 0
    rows: Counter[Outcome] = field(default_factory=Counter)
    killed: int = 0
    old: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counted = ", ".join(f"{self.rows[outcome]} {outcome.value}" for outcome in Outcome)
        return (
            f"{self.files} files ({counted}), {self.killed} killed "
            f"({self.old} old, {self.killed - self.old} new): {len(self.faults)} faults"
        )


def content(store: Store) -> list[str]:
    """Return what the file holds."""
    return list(lines(store))


def prepare(folder: Path) -> Path:
    """Return a file with the shop of the story."""
    path = folder / "start.smallcmms"
    store = create(path, now=_now)
    story.set_up(store)
    store.close()
    return path


def file_of(kind: Kind, dice: Random) -> bytes:
    """Return a list of random rows in one of the ways that programs write them."""
    decimal, order = dice.choice(".,"), dice.choice(("ymd", "dmy", "mdy"))
    rows = [HEADERS[kind].split(";"), *_told_apart(kind, decimal, order)]
    make = {
        Kind.ASSETS: _asset, Kind.CUSTOMERS: _customer,
        Kind.TECHNICIANS: _technician, Kind.WORK_ORDERS: _work_order,
    }[kind]  # fmt: skip
    rows += [make(dice, decimal, order) for _ in range(dice.randint(3, 40))]
    rows += dice.choices(rows[1:], k=3)
    written = io.StringIO()
    csv.writer(written, delimiter=dice.choice(",;\t")).writerows(rows)
    return written.getvalue().encode(dice.choice(("utf-8", "utf-8-sig", "utf-16")))


def _told_apart(kind: Kind, decimal: str, order: str) -> Iterator[list[str]]:
    """Yield a row whose day and amount tell how the file is written."""
    sure = _day(date(2019, 12, 30), order), f"1{decimal}5"
    if kind is Kind.ASSETS:
        yield ["T-0", "Sure", "", "Mill 1", "Site 1", "", "", "", sure[1], sure[0]]
    elif kind is Kind.WORK_ORDERS:
        yield ["", "", "Mill 1", "Site 1", "Sure", sure[0], sure[1]]


def _day(day: date, order: str) -> str:
    if order == "ymd":
        return day.isoformat()
    return f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"


def _when(dice: Random, order: str) -> str:
    day = date.fromordinal(dice.randint(date(2001, 1, 1).toordinal(), TODAY.toordinal() + 9))
    return dice.choice((*[_day(day, order)] * 9, "", "n/a", "32/13/2020"))


def _cost(dice: Random, decimal: str) -> str:
    amount = f"{dice.randint(-5, 5000)}{decimal}{dice.randint(0, 99):02d}"
    faults = ("1e5", "NaN", f"1{decimal}2345")
    return dice.choice((*[amount] * 9, "0", "", dice.choice(faults)))


def _asset(dice: Random, decimal: str, order: str) -> list[str]:
    number = dice.randint(1, 25)
    return [
        dice.choice((f"T-{number}", "", "n/a", "-")),
        dice.choice((f"Pump {number}", f"Fan {number}", "<b>Ω</b>", "")),
        dice.choice((*[""] * 9, f"T-{dice.randint(1, 25)}", "nobody")),
        dice.choice(("Mill 1", "mill 1", "Mill 1", "")),
        dice.choice(("Site 1", "Site 2", "Site 2", "")),
        dice.choice(("Roof", "Hall / Bay 2", "")),
        dice.choice(("Pumps", "fans", "")),
        dice.choice((f"SN {number}", "", "unknown")),
        _cost(dice, decimal),
        _when(dice, order),
    ]


def _customer(dice: Random, _decimal: str, _order: str) -> list[str]:
    number = dice.randint(1, 12)
    return [
        dice.choice((f"Mill {number}", f"MILL {number}", "")),
        dice.choice(("Ann", "Ben", "")),
        f"555 {dice.randint(1, 4)}",
        dice.choice((f"{dice.randint(1, 4)} Oak St", "")),
        dice.choice(("Troy", "")),
        dice.choice(("30", "net 14", "", "soon")),
    ]


def _technician(dice: Random, decimal: str, _order: str) -> list[str]:
    number = dice.randint(1, 12)
    truck = dice.choice(("Truck 7", "truck 7", ""))
    return [dice.choice((f"Ida {number}", "")), "555", truck, _cost(dice, decimal)]


def _work_order(dice: Random, decimal: str, order: str) -> list[str]:
    return [
        dice.choice(("", "", f"W{dice.randint(1, 20)}")),
        dice.choice((f"T-{dice.randint(0, 25)}", "Old press", "")),
        "Mill 1",
        "Site 1",
        dice.choice(("Oil", "Belt", "")),
        _when(dice, order),
        _cost(dice, decimal),
    ]


def look(store: Store, kind: Kind, data: bytes) -> Preview:
    """Return what an import would do, with everything made that rows name."""
    book = tables.read(data, f"{kind.value}.csv")
    plan = replace(imports.guess(store, kind, book), is_making=True)
    return imports.preview(store, book, plan)


def judge(store: Store, kind: Kind, data: bytes, outcomes: Outcomes) -> None:
    """Bring a file in, again, and back, and hold what came about against the preview."""
    before = content(store)
    told = look(store, kind, data)
    if content(store) != before:
        outcomes.faults.append("a look changed something")
    outcomes.files += 1
    outcomes.rows.update(told.counts)
    for row in told.rows:
        if row.outcome in (Outcome.REFUSED, Outcome.DUPLICATE) and not row.reasons:
            outcomes.faults.append(f"row {row.row} is left out without a reason")
        may_change = row.outcome in (Outcome.CHANGED, Outcome.NEW)
        if bool(row.changes) > may_change or (row.outcome is Outcome.CHANGED) > bool(row.changes):
            outcomes.faults.append(f"{kind} {row.row} is changed, and nobody says what")
    imports.run(store, told, is_agreed=True)
    after = content(store)
    outcomes.faults += _differences(kind, told, before, after)
    again = look(store, kind, data)
    if not again.is_empty or imports.run(store, again).batch_id is not None:
        outcomes.faults.append(f"{kind}: the same file changed something the second time")
    if not told.is_empty:
        store.undo()
        if content(store) != before:
            outcomes.faults.append(f"{kind}: undo left something behind")
        store.redo()
    if content(store) != after:
        outcomes.faults.append(f"{kind}: redo made something else")


def _differences(kind: Kind, told: Preview, before: list[str], after: list[str]) -> Iterator[str]:
    """Yield where the records are not what the preview said."""
    prefix = f"{TABLES[kind]} {{"
    was = {line for line in before if line.startswith(prefix)}
    now = {line for line in after if line.startswith(prefix)}
    made = len(now) - len(was)
    rows = [row for row in told.rows if row.outcome is Outcome.NEW]
    if kind is Kind.CUSTOMERS:
        rows = [row for row in rows if not _is_more(row)]
    if made != len(rows):
        yield f"{kind}: the preview said {len(rows)} new, and {made} came"
    if told.is_empty and before != after:
        yield f"{kind}: nothing was to be written, and something was"


def _is_more(row: PreviewRow) -> bool:
    """Tell whether a row is more of a customer of another row."""
    return any(said.message.startswith("More of") for said in row.reasons)


LOCALES = tuple(
    name for name in localedata.locale_identifiers() if "_" not in name or name.count("_") == 1
)
DOUBTFUL = ("1.234,50", "NaN", "1e5", "01/02/26", "1.234", "1,234", "٣", "1 2", "--1")


def silently_wrong(locales: tuple[str, ...] = LOCALES) -> list[str]:
    """Return what was read in one way though it can be read in two, or not at all."""
    wrong = []
    for name in locales:
        spoken = Spoken("", "", name, Currency("USD"), TODAY)
        for text in DOUBTFUL:
            for read in (_as_number, _as_day):
                value = read(text, spoken)
                if value is not None:
                    wrong.append(f"{name}: {text} is {value}")
        for text in ("NaN", "1e5", "٣", "--1"):
            said = [_as_number(text, replace(spoken, decimal=sign)) for sign in ".,"]
            wrong += [f"{name}: {text} is {value}" for value in said if value is not None]
    return [*wrong, *_guessed_wrong()]


def _guessed_wrong() -> Iterator[str]:
    """Yield what whole columns tell and should not, or do not tell and should."""
    numbers = (
        (["1.234", "5.678"], ""), (["1,234"], ""), (["1.234,50"], ","), (["1,234.50"], "."),
        (["1.234", "0,5"], ","), (["1,5", "1.5"], ""), (["12"], ""), (["1.234.567"], ","),
    )  # fmt: skip
    days = (
        (["01/02/26"], ""), (["01/02/2026", "02/03/2026"], ""), (["13/02/2026"], "dmy"),
        (["02/13/2026"], "mdy"), (["13/02/2026", "02/13/2026"], ""), (["2026-02-13"], ""),
    )  # fmt: skip
    for texts, sign in numbers:
        if guess_decimal(texts) != sign:
            yield f"{texts} is said to have {guess_decimal(texts)!r}"
    for texts, order in days:
        told = guess_order(texts, today=TODAY, is_past=True)
        if told != order:
            yield f"{texts} is said to be {told!r}"


def _as_number(text: str, spoken: Spoken) -> Decimal | None:
    try:
        return read_number(text, spoken, places=2, is_signed=True)
    except RuleBroken:
        return None


def _as_day(text: str, spoken: Spoken) -> date | None:
    try:
        return read_day(text, spoken)
    except RuleBroken:
        return None


def kill_one(path: Path, data: bytes, dice: Random) -> None:
    """Bring a file in, in a process of its own, and kill that at some moment."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _bring(path, data, lambda: os.write(writing, b"!"))
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    select.select([], [], [], dice.uniform(0, _LONGEST_WAIT_MS) / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)


def _bring(path: Path, data: bytes, begun: Callable[[], object]) -> None:
    store = open_shop(path, now=_now)
    told = look(store, Kind.ASSETS, data)
    begun()
    imports.run(store, told)
    store.close()


def kills(start: Path, folder: Path, count: int, dice: Random, outcomes: Outcomes) -> None:
    """Kill an import of a thousand rows so many times: old or new, never half."""
    data = "\n".join(
        ["Tag,Name,Customer,Site,Location", *(f"K-{n},Unit {n},Mill,Site,Bay {n % 50}"
                                              for n in range(1000))]
    ).encode()  # fmt: skip
    states = []
    for name in ("old", "new"):
        path = _copy(start, folder / name)
        if name == "new":
            _bring(path, data, lambda: None)
        states.append(_held(path, outcomes))
    for number in range(count):
        path = _copy(start, folder / f"killed-{number}")
        kill_one(path, data, dice)
        held = _held(path, outcomes)
        outcomes.killed += 1
        outcomes.old += held == states[0]
        if held not in states:
            outcomes.faults.append(f"kill {number}: half of an import")
        shutil.rmtree(path.parent)


def _held(path: Path, outcomes: Outcomes) -> list[str]:
    store = open_shop(path, now=_now)
    try:
        problems = [*file_check.check(store), *check.problems(store)]
        outcomes.faults += [f"{path.parent.name}: {problem}" for problem in problems[:3]]
        return content(store)
    finally:
        store.close()


def _copy(start: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(start, folder / "shop.smallcmms"))


def files(start: Path, folder: Path, count: int, dice: Random, outcomes: Outcomes) -> None:
    """Bring so many random files in, one after the other, a new shop every 12."""
    for first in range(0, count, 12):
        path = _copy(start, folder / f"files-{first}")
        store = open_shop(path, now=_now)
        for _ in range(min(12, count - first)):
            kind = dice.choice(tuple(TABLES))
            judge(store, kind, file_of(kind, dice), outcomes)
        store.close()
        _held(path, outcomes)
        shutil.rmtree(path.parent)


def main() -> int:
    """Do as much as asked and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcomes, dice = Outcomes(), Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = prepare(folder)
        files(start, folder, options.files, dice, outcomes)
        kills(start, folder, options.kills, dice, outcomes)
    wrong = silently_wrong()
    outcomes.faults += wrong
    sys.stdout.write(f"{outcomes}\n{len(LOCALES)} locales: {len(wrong)} silently wrong\n")
    sys.stdout.write("".join(f"{fault}\n" for fault in outcomes.faults[:50]))
    return 1 if outcomes.faults else 0


if __name__ == "__main__":
    sys.exit(main())
