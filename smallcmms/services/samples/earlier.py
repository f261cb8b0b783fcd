"""Earlier books: years of closed, billed and paid work, poured into a file row by row.

A bill of earlier books was issued there and its paper lies there; its snapshot says so under the
seal. Everything else keeps the rules of work done here: ``check`` finds nothing in it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.domain import phone
from smallcmms.domain.invoices import InvoiceKind, canonical, due_on
from smallcmms.domain.money import Currency, Line, TaxRate, to_minor, totals
from smallcmms.domain.numbers import Kind
from smallcmms.domain.quantity import hours
from smallcmms.models import NumberSeries, StockLocation, Tax, Technician
from smallcmms.services.samples import vocabulary as words
from smallcmms.services.samples.poured import Poured
from smallcmms.services.samples.vocabulary import Job
from smallcmms.services.steps import issuing
from smallcmms.services.steps.issuing import EARLIER, UNHASHED

BATCH = 4_000
LABOUR, CALL_OUT = Decimal(125), Decimal(65)
TERMS = 30
ASSETS_A_CUSTOMER = 4
JOBS_A_CUSTOMER = 100
CURRENCY = Currency("USD")
_AT = " 16:00:00.000000"
_MINUTES = (30, 45, 60, 75, 90, 105, 120, 150, 180, 240)
_FROM_CALLS = (3, 5)
"""Of five jobs three come from a call."""
_TASKS = ("Lock out, see front", "Leave it clean, test it")


@dataclass(frozen=True, slots=True)
class Billed:
    """What a job of so many minutes with so many parts comes to, in minor units."""

    nets: tuple[int, ...]
    net: int
    tax: int
    total: int
    base: int


@dataclass(frozen=True, slots=True)
class Known:
    """A customer: the ids of them, their site and their person, and what snapshots say."""

    ids: tuple[int, int, int]
    around: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A job that was done: what, for whom, when, how long, with how many parts."""

    job: Job
    customer: Known
    on: date
    minutes: int
    quantity: int

    @property
    def at(self) -> str:
        """Return the moment it was closed, as the file holds it."""
        return f"{self.on}{_AT}"


@dataclass(slots=True)
class Earlier:
    """The books that are being written: who and what is in them, and the seal so far."""

    session: Session
    dice: Random
    poured: Poured
    days: list[date]
    technicians: list[tuple[int, str]]
    trucks: list[int]
    parts: dict[str, int]
    tax_id: int
    customers: list[Known] = field(default_factory=list)
    assets: list[list[tuple[int, str]]] = field(default_factory=list)
    series: dict[str, NumberSeries] = field(default_factory=dict)
    used: Counter[tuple[int, int]] = field(default_factory=Counter)
    seal: str = ""

    def number(self, kind: Kind) -> str:
        """Return the next number of a series."""
        series = self.series[kind]
        series.next += 1
        return f"{series.prefix}{series.next - 1:0{series.digits}d}"


def pour(session: Session, count: int, *, dice: Random, days: list[date]) -> None:
    """Write ``count`` closed work orders of these days, with their calls, bills and payments."""
    books = _open(session, dice, days)
    for number in range(max(1, count // JOBS_A_CUSTOMER)):
        _customer(books, number)
    _remember_customers(books)
    for place in range(count):
        _job(books, place * len(days) // count)
        if place % BATCH == BATCH - 1:
            books.poured.write(session)
    _stock(books)
    books.poured.write(session)


def _open(session: Session, dice: Random, days: list[date]) -> Earlier:
    people = session.execute(sa.select(Technician.id, Technician.name)).all()
    trucks = session.scalars(sa.select(StockLocation.id).order_by(StockLocation.id)).all()
    known = session.execute(sa.text("SELECT number, id FROM part")).all()
    session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    return Earlier(
        session=session,
        dice=dice,
        poured=Poured(session),
        days=days,
        technicians=[(row[0], row[1]) for row in people],
        trucks=list(trucks),
        parts={row[0]: row[1] for row in known},
        tax_id=session.scalars(sa.select(Tax.id)).one(),
        series={series.kind: series for series in session.scalars(sa.select(NumberSeries))},
        seal=issuing.last_link(session, InvoiceKind.INVOICE),
    )


def _customer(books: Earlier, number: int) -> None:
    dice, add = books.dice, books.poured.add
    name = f"{dice.choice(words.PLACES)} {dice.choice(words.TRADES)} {number}"
    street = f"{dice.randint(10, 3900)} {dice.choice(words.PLACES)} {dice.choice(words.STREETS)}"
    person, line = f"{dice.choice(words.FIRST)} {dice.choice(words.LAST)}", f"555-{number:04d}"
    customer = add("customer", books.number(Kind.CUSTOMER), name, f"{street}\nDayton", TERMS)
    site = add("site", customer, street, "Dayton, OH 45402")
    contact = add("contact", customer, person, line, phone.digits(line))
    machines = []
    for each in range(ASSETS_A_CUSTOMER):
        machine = words.JOBS[(number + each) % len(words.JOBS)].machine
        told = (books.number(Kind.ASSET), f"{machine[0]}-{each + 1}", machine, site)
        machines.append((add("asset", *told), machine))
    books.customers.append(Known((customer, site, contact), {}))
    books.assets.append(machines)


def _remember_customers(books: Earlier) -> None:
    """Read back what snapshots say of each customer and of the shop."""
    books.poured.write(books.session)
    books.customers = [
        Known(known.ids, issuing.around(books.session, known.ids[0])) for known in books.customers
    ]


def _job(books: Earlier, day: int) -> None:
    dice = books.dice
    place = dice.randrange(len(books.customers))
    customer = books.customers[place]
    asset, machine = dice.choice(books.assets[place])
    job = dice.choice([each for each in words.JOBS if each.machine == machine])
    technician, name = books.technicians[day % len(books.technicians)]
    done = Done(job, customer, books.days[day], dice.choice(_MINUTES), dice.randint(1, 3))
    order = _order(books, done, asset)
    visit = books.poured.add("visit", order, f"{done.on} 12:00:00.000000", done.at, done.at)
    came = f"{done.on} 12:10:00.000000"
    books.poured.add("visit_technician", visit, technician, came, done.at)
    labour = books.poured.add(
        "labour", order, visit, technician, str(done.on), done.minutes, done.at
    )
    used = _part(books, order, done)
    lines = (
        ("labour", labour, None, f"Labor, {name}", _thousandths(hours(done.minutes)), "h", LABOUR),
        ("call_out", None, None, "Service call", 1000, "", CALL_OUT),
        ("part", None, used, _named(job.part)[1], 1000 * done.quantity, "", _price(job.part)),
    )
    _bill(books, order, done, lines)


def _order(books: Earlier, done: Done, asset: int) -> int:
    add, job, at = books.poured.add, done.job, done.at
    called, where = f"{done.on} 11:05:00.000000", (*done.customer.ids, asset)
    level = books.dice.choices((1, 2, 3, 4), (1, 4, 12, 3))[0]
    title = f"{job.title}, unit {books.dice.randint(1, 40)}"
    told = (str(done.on), job.problem, job.cause, json.dumps([job.remedy]), job.found)
    number, moments = books.number(Kind.WORK_ORDER), (called, str(done.on), at, at, at)
    order = add("work_order", number, level, *where, title, job.words, *told, *moments)
    for sequence, text in enumerate(_TASKS, 1):
        add("task", order, sequence, text)
    add("event", "work_order", order, "made", "", called, called)
    add("event", "work_order", order, "closed", "closed", at, at)
    if books.dice.randrange(_FROM_CALLS[1]) < _FROM_CALLS[0]:
        number = books.number(Kind.REQUEST)
        call = (number, called, *where, job.words, level, at, order, called, at)
        add("event", "request", add("request", *call), "logged", "", called, called)
    return order


def _part(books: Earlier, order: int, done: Done) -> int:
    part, truck = books.parts[done.job.part], books.dice.choice(books.trucks)
    books.used[part, truck] += done.quantity
    cost, price = (int(Decimal(each) * 10_000) for each in _named(done.job.part)[2:])
    count, when = 1000 * done.quantity, (str(done.on), done.at)
    used = books.poured.add("used_part", order, part, count, truck, cost, price, *when)
    books.poured.add("stock_move", part, truck, "issue", -count, cost, used, *when)
    return used


def _stock(books: Earlier) -> None:
    """Write what had come in before any of it was used."""
    on = books.days[0]
    for (part, truck), quantity in sorted(books.used.items()):
        came = (part, truck, "receipt", 1000 * quantity, 0, None, str(on), f"{on}{_AT}")
        books.poured.add("stock_move", *came)


def _bill(books: Earlier, order: int, done: Done, lines: tuple[tuple[Any, ...], ...]) -> None:
    """Write the bill of a job under its seal, and that it was paid."""
    poured, billed = books.poured, _billed(done.minutes, done.job.part, done.quantity)
    bill, rows = poured.next_id("invoice"), []
    for sequence, (line, net) in enumerate(zip(lines, billed.nets, strict=True), 1):
        *told, price = line
        tax = books.tax_id if told[0] == "part" else None
        poured.add("invoice_line", bill, sequence, *told, int(price * 10_000), tax, net)
        rows.append(poured.last("invoice_line"))
    poured.add("invoice_tax", bill, books.tax_id, "Sales tax", 7500, billed.base, billed.tax)
    number, count = books.number(Kind.INVOICE), books.series[Kind.INVOICE].next - 1
    days = (str(done.on), str(due_on(done.on, TERMS)))
    sums = (billed.net, billed.tax, billed.total)
    told = [number, count, done.customer.ids[0], order, done.at, *days, *sums, done.at]
    head = poured.whole("invoice", bill, *told)
    said = {name: value for name, value in head.items() if name not in UNHASHED}
    content = {"invoice": said, "lines": rows, "taxes": [poured.last("invoice_tax")], EARLIER: True}
    text = canonical(content | done.customer.around)
    books.seal = sha256(f"{books.seal}\n{text}".encode("ascii")).hexdigest()
    poured.add("invoice", *told, json.dumps(json.loads(text)), books.seal)
    paid = done.on + timedelta(days=books.dice.randint(1, TERMS))
    money = (done.customer.ids[0], str(paid), f"{paid}{_AT}", billed.total)
    poured.add("payment_allocation", poured.add("payment", *money), bill, billed.total)


@cache
def _billed(minutes: int, part: str, quantity: int) -> Billed:
    """Return what a job comes to, by the one rule that adds a bill up."""
    rate = TaxRate("tax", "Sales tax", Decimal("7.5"))
    came_to = totals(
        [
            Line(quantity=hours(minutes), unit_price=LABOUR),
            Line(quantity=Decimal(1), unit_price=CALL_OUT),
            Line(quantity=Decimal(quantity), unit_price=_price(part), tax_key="tax"),
        ],
        rates=[rate],
        currency=CURRENCY,
        includes_tax=False,
    )
    (row,) = came_to.rows
    return Billed(
        nets=tuple(to_minor(net, CURRENCY) for net in came_to.line_nets),
        net=to_minor(came_to.net, CURRENCY),
        tax=to_minor(came_to.tax, CURRENCY),
        total=to_minor(came_to.total, CURRENCY),
        base=to_minor(row.base, CURRENCY),
    )


@cache
def _named(part: str) -> tuple[str, str, str, str]:
    return next(each for each in words.PARTS if each[0] == part)


def _price(part: str) -> Decimal:
    return Decimal(_named(part)[3])


def _thousandths(quantity: Decimal) -> int:
    return int(quantity * 1000)
