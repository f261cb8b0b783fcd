"""Shops of any size, the same for the same seed, for trying out how fast everything is.

Up to 2,000 work orders are done one by one by the verbs of the desk. Of a larger shop only the
newest 560 are, so that about its last 500 bills have their papers; what is older is poured in as
earlier books.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from smallcmms.domain.levels import Level
from smallcmms.domain.lines import LineKind
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.work_orders import HoldReason
from smallcmms.formats import Formats
from smallcmms.services import (
    assets,
    contacts,
    customers,
    invoices,
    job_templates,
    parts,
    payments,
    requests,
    sheets,
    shop,
    sites,
    technicians,
    triage,
    work_orders,
)
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.services.job_templates import TemplateLine
from smallcmms.services.samples import earlier
from smallcmms.services.samples import vocabulary as words
from smallcmms.services.samples.vocabulary import Job
from smallcmms.services.sheet_copies import Render as RenderSheet
from smallcmms.services.steps.issuing import Render as RenderInvoice
from smallcmms.store.store import Store

ONE_BY_ONE = 2_000
NEWEST = 560
WAITING = 5
STANDS = datetime(2026, 7, 14, 14, 24, tzinfo=UTC)
"""Tuesday, July 14, 2026, 10:24 AM in New York."""
ZONE = ZoneInfo("America/New_York")
YEARS = 10
TRUCKS = ("Truck 1", "Truck 2")
TECHNICIANS = ("Marco Reyes", "Jess Okafor")
AHEAD = "It lies on the way"
LINES = tuple(
    TemplateLine(text)
    for text in (
        "Lock out, see front",
        "Find the fault",
        "Put it right",
        "Run it through a whole cycle",
        "Leave it clean",
    )
)


def fill(
    store: Store,
    clock: Callable[[datetime], None],
    count: int,
    *,
    seed: int = 1,
    newest: int | None = None,
    render_sheet: RenderSheet,
    render_invoice: RenderInvoice,
) -> None:
    """Fill an empty file with a shop of ``count`` work orders; ``clock`` sets the store's clock.

    ``newest`` is how many of them are done one by one, if not as many as the size asks for.
    """
    dice = Random(seed)  # noqa: S311
    if newest is None:
        newest = count if count <= ONE_BY_ONE else NEWEST
    days = _workdays(count)
    a_day = max(2, -(-count // len(days)))
    clock(_at(days[0] - timedelta(days=30), 8))
    many = max(8, min(newest // 25, 40))
    desk = _open(store, dice, many, (render_sheet, render_invoice))
    first_day = max(0, len(days) - -(-newest // a_day))
    if newest < count:
        with store.pour("Take over earlier books") as session:
            earlier.pour(session, count - newest, dice=dice, days=days[:first_day])
    left = newest
    for day in days[first_day:]:
        jobs = min(a_day, left)
        desk.work_through(day, jobs, clock, is_left_open=left <= _open_at_the_end(newest))
        left -= jobs
    desk.leave_calls(WAITING)
    clock(STANDS)


def _open_at_the_end(newest: int) -> int:
    return max(8, newest // 12)


def _workdays(count: int) -> list[date]:
    """Return the days the shop has worked, the oldest first; a small shop is young."""
    today = STANDS.astimezone(ZONE).date()
    span = min(YEARS * 365, max(40, count // 4))
    every = (today - timedelta(days=back) for back in range(span, -1, -1))
    return [day for day in every if day.weekday() < 5]  # noqa: PLR2004, Monday to Friday


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def _open(store: Store, dice: Random, many: int, render: tuple[RenderSheet, RenderInvoice]) -> Desk:
    """Set the shop up, with its first customers."""
    shop.create(
        store,
        name="Ridgeline Mechanical LLC",
        address="214 Foundry Street",
        city="Dayton, OH 45402",
        code="7KQ2",
        labour=earlier.LABOUR,
        call_out=earlier.CALL_OUT,
        tax=("Sales tax", Decimal("7.5"), (LineKind.PART,)),
    )
    desk = Desk(store, dice, *render)
    for name, truck in zip(TECHNICIANS, TRUCKS, strict=True):
        desk.technicians.append(technicians.add(store, name=name, truck=truck))
    for number, name, cost, price in words.PARTS:
        added = parts.add(store, number=number, name=name, cost=Decimal(cost), price=Decimal(price))
        for place in parts.locations(store):
            parts.count(
                store, added, location_id=place.id, counted=Decimal(4000),
                counted_on=store.now().date(),
            )  # fmt: skip
    desk.template_id = job_templates.add(
        store, name="Service call", lines=LINES, planned_minutes=120
    )
    for each in range(many):
        desk.add_customer(each)
    return desk


@dataclass(slots=True)
class Desk:
    """Somebody who works through the days, job by job."""

    store: Store
    dice: Random
    render_sheet: RenderSheet
    render_invoice: RenderInvoice
    technicians: list[int] = field(default_factory=list)
    template_id: int = 0
    places: list[tuple[dict[str, int], Job]] = field(default_factory=list)
    owed: list[tuple[date, int]] = field(default_factory=list)
    left_open: int = 0

    def add_customer(self, number: int) -> None:
        """Take a customer in, with a site, a person and two machines."""
        dice = self.dice
        name = f"{dice.choice(words.PLACES)} {dice.choice(words.TRADES)}"
        street = f"{dice.randint(10, 3900)} {dice.choice(words.PLACES)} Street"
        person = f"{dice.choice(words.FIRST)} {dice.choice(words.LAST)}"
        customer_id = customers.add(
            self.store,
            name=name,
            bill_to=f"{street}\nDayton, OH 45402",
            contact=NewContact(name=person, phone=f"(937) 555-{number:04d}"),
            site=NewSite(address=street, city="Dayton, OH 45402"),
        )
        where = {
            "customer_id": customer_id,
            "contact_id": contacts.contacts(self.store, customer_id)[0].id,
            "site_id": sites.sites(self.store, customer_id)[0].id,
        }
        for each in range(2):
            job = words.JOBS[(number + each) % len(words.JOBS)]
            asset_id = assets.add(
                self.store,
                site_id=where["site_id"],
                name=job.machine,
                short_code=f"{job.machine[0]}-{each + 1}",
                place=dice.choice(words.ROOMS),
            )
            self.places.append((where | {"asset_id": asset_id}, job))

    def work_through(
        self, day: date, jobs: int, clock: Callable[[datetime], None], *, is_left_open: bool
    ) -> None:
        """Do a day: calls and sheets in the morning, what came back in the evening."""
        clock(_at(day, 7))
        made = [self._begin(day, is_left_open=is_left_open) for _ in range(jobs)]
        clock(_at(day, 17))
        for order_id, job, state in made:
            if state not in _NOT_ENTERED:
                self._enter(order_id, job, day, state)
        self._take_money(day)

    def leave_calls(self, count: int) -> None:
        """Log calls that nobody has answered yet."""
        for _ in range(count):
            where, job = self.dice.choice(self.places)
            self._call(where, job)

    def _begin(self, day: date, *, is_left_open: bool) -> tuple[int, Job, str]:
        state = ""
        if is_left_open:
            state = _LEFT[self.left_open % len(_LEFT)]
            self.left_open += 1
        where, job = self.dice.choice(self.places)
        order_id = triage.make_work_order(
            self.store,
            self._call(where, job),
            title=f"{job.title}, unit {self.dice.randint(1, 40)}",
            template_id=self.template_id,
            waiting_reason=AHEAD,
            **self._visit(day, state),
        )
        if state == "held":
            work_orders.hold(self.store, order_id, reason=HoldReason.PARTS)
        if state not in ("to_schedule", "ahead", "held"):
            sheets.print_copy(self.store, order_id, render=self.render_sheet, waiting_reason=AHEAD)
        return order_id, job, state

    def _call(self, where: dict[str, int], job: Job) -> int:
        level = self.dice.choices((1, 2, 3, 4), (1, 4, 12, 3))[0]
        return requests.log(
            self.store,
            words=job.words,
            facts=(),
            level=Level(level),
            override_reason="As the caller told it",
            customer_id=where["customer_id"],
            contact_id=where["contact_id"],
            site_id=where["site_id"],
            asset_id=where["asset_id"],
        )

    def _visit(self, day: date, state: str) -> dict[str, Any]:
        if state in ("to_schedule", "held"):
            return {}
        begins = _at(day + timedelta(days=3 if state == "ahead" else 0), self.dice.randint(8, 13))
        return {
            "technician_ids": [self.dice.choice(self.technicians)],
            "planned_from": begins,
            "planned_to": begins + timedelta(hours=2),
        }

    def _enter(self, order_id: int, job: Job, day: date, state: str) -> None:
        arrived, minutes = 8, self.dice.choice((45, 60, 90, 120, 150))
        hour, minute = divmod(arrived * 60 + minutes, 60)
        entry = SheetEntry(
            times=(TypedTimes(Formats().day(day), "", f"{arrived}:00", f"{hour}:{minute:02d}"),),
            marks=(LineMark(Mark.OK),) * len(LINES),
            others=(OtherPart(job.part, str(self.dice.randint(1, 3)), TRUCKS[0]),),
            found_and_did=job.found,
            problem=job.problem,
            cause=job.cause,
            remedies=(job.remedy,),
            result=Result.FIXED,
            customer_name="W. Hensley",
            is_lock_out_keyed=True,
        )
        then = {"to_review": "review", "to_invoice": "close"}.get(state, "invoice")
        entered = sheets.enter(self.store, order_id, entry, then=then)
        if entered.invoice_id is not None and state != "drafted":
            invoices.issue(self.store, entered.invoice_id, render=self.render_invoice)
            self.owed.append((day + timedelta(days=self.dice.randint(5, 45)), entered.invoice_id))

    def _take_money(self, day: date) -> None:
        for due, invoice_id in [each for each in self.owed if each[0] <= day]:
            total = invoices.get(self.store, invoice_id).total
            payments.take(self.store, invoice_id=invoice_id, amount=total)
            self.owed.remove((due, invoice_id))


_LEFT = ("to_schedule", "ahead", "out", "held", "to_review", "to_invoice", "drafted", "out")
"""What the newest jobs are left at, in turn."""
_NOT_ENTERED = frozenset({"to_schedule", "ahead", "out", "held"})
