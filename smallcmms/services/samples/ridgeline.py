"""The demo shop: Ridgeline Mechanical as it stands on a Tuesday morning, played day by day.

What is in it is told in ``resources/demo/ridgeline.toml``; all of it is done by the verbs that a
person at the desk uses, in the order and by the clock of its days.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from smallcmms import paths
from smallcmms.domain.contact_log import Way
from smallcmms.domain.levels import Level
from smallcmms.domain.missed_calls import Outcome
from smallcmms.domain.requests import Channel
from smallcmms.domain.sheets import OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.work_orders import BillingRule, HoldReason, WorkType
from smallcmms.formats import Formats
from smallcmms.services import (
    contact_log,
    invoices,
    lookups,
    missed_calls,
    payments,
    pm,
    requests,
    sheets,
    sites,
    triage,
    work_orders,
)
from smallcmms.services.samples import (
    counted,
    machines,
    people,
    purchases,
    registers,
    upkeep,
    walks,
)
from smallcmms.services.samples.purchases import Purchases
from smallcmms.services.samples.registers import Registers, Told
from smallcmms.services.sheet_copies import Render as RenderSheet
from smallcmms.services.steps.issuing import Render as RenderInvoice
from smallcmms.store.store import Store

DAYTON = ZoneInfo("America/New_York")
Step = tuple[datetime, Callable[[], object]]
_MOVED_IN = datetime.combine(date(2024, 11, 4), time(8))
_SENT, _PAID = time(15), time(16)
_UNTIL_TRIAGED = timedelta(minutes=4)


def read() -> dict[str, Any]:
    """Return what the sample tells; its moments have no zone, they are Dayton's."""
    with (paths.resources() / "demo" / "ridgeline.toml").open("rb") as told:
        return tomllib.load(told)


def weeks_until(now: datetime) -> timedelta:
    """Return by how many whole weeks the sample has to move to end in the days before ``now``."""
    stands = read()["now"].replace(tzinfo=DAYTON)
    return timedelta(weeks=(now - stands) // timedelta(weeks=1))


def play(
    store: Store,
    clock: Callable[[datetime], None],
    *,
    render_sheet: RenderSheet,
    render_invoice: RenderInvoice,
    later: timedelta = timedelta(0),
) -> Ridgeline:
    """Play the shop's days in an empty file; ``clock`` sets the clock that the store was given.

    ``later`` moves everything by whole weeks.
    """
    told = read()
    clock(_utc(_MOVED_IN + later))
    ids = registers.fill(store, told, used=_used(told))
    people.certify(store, told, ids, later)
    counted.set_pars(store, told, ids.parts)
    played = Ridgeline(store, ids, told, render_sheet, render_invoice, later)
    for moment, step in sorted(played.steps(), key=lambda each: each[0]):
        clock(_utc(moment + later))
        step()
    clock(_utc(told["now"] + later))
    return played


@dataclass(slots=True)
class Ridgeline:
    """The shop, and the ids of its jobs and bills by their numbers."""

    store: Store
    ids: Registers
    told: Told
    render_sheet: RenderSheet
    render_invoice: RenderInvoice
    later: timedelta
    jobs: dict[int, int] = field(default_factory=dict)
    bills: dict[str, int] = field(default_factory=dict)
    schedules: dict[str, int] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Yield what is done and when, job by job and bill by bill."""
        yield from upkeep.steps(self.store, self.told, self.ids, self.schedules, self.later)
        for job in self.told["jobs"]:
            yield from self._job(job)
        for call in self.told["calls"]:
            yield call["at"], partial(self._call, call)
        for ring in self.told["missed"]:
            yield ring["at"], partial(self._miss, ring)
        for talk in self.told["talks"]:
            yield talk["at"], partial(self._talk, talk)
        for number, bill in self.told["bills"].items():
            yield from self._bill(number, bill)
        yield from machines.steps(self.store, self.told, self.ids.assets, self.later)
        yield from Purchases(self.store, self.told, self.ids.parts, self.jobs, self.later).steps()
        yield from counted.steps(self.store, self.told, self.ids.parts)
        yield from walks.steps(self.store, self.told, self.ids.assets, self.ids.sites)

    def _job(self, job: Told) -> Iterator[Step]:
        yield job["made"], partial(self._make, job)
        if "visit" in job:
            yield job.get("planned", job["made"] + _UNTIL_TRIAGED), partial(self._schedule, job)
        for moment, step in (
            ("held", self._hold),
            ("cancelled", self._cancel),
            ("printed", self._print),
        ):
            if moment in job:
                yield job[moment], partial(step, job)
        sheet = job.get("sheet", {})
        if sheet:
            yield sheet["entered"], partial(self._enter, job)
        if "paid" in sheet:
            yield sheet["paid"], partial(self._pay, sheet["bill"])

    def _bill(self, number: str, bill: Told) -> Iterator[Step]:
        yield datetime.combine(bill["sent"], _SENT), partial(self._send, number, bill)
        if "paid" in bill:
            amount, reference = bill.get("part", bill["total"]), bill.get("reference", "")
            paid = partial(self._pay, number, amount=Decimal(amount), reference=reference)
            yield datetime.combine(bill["paid"], _PAID), paid

    def _where(self, told: Told) -> dict[str, Any]:
        site_id = self.ids.sites[told.get("site", told["customer"])]
        asset = told.get("asset")
        location_id = None
        if "place" in told:
            location_id = sites.add_location(self.store, site_id, path=told["place"])
        return {
            "customer_id": self.ids.customers[told["customer"]],
            "contact_id": self.ids.contacts[told["customer"]],
            "site_id": site_id,
            "location_id": location_id,
            "asset_id": self.ids.assets[asset] if asset else None,
        }

    def _call(self, call: Told) -> int:
        request_id = requests.log(
            self.store,
            words=call["words"],
            channel=Channel(call.get("channel", Channel.PHONE)),
            caller=self.told["customers"][call["customer"]]["contact"],
            phone=self.told["customers"][call["customer"]]["phone"],
            facts=call.get("facts", ()),
            problem_codes=call.get("problems", ()),
            level=Level(call["level"]),
            override_reason=call.get("why", ""),
            intake_seconds=25,
            **self._where(call),
        )
        if "declined" in call:
            requests.decline(self.store, request_id, reason=call["declined"])
        return request_id

    def _miss(self, ring: Told) -> None:
        missed_call_id = missed_calls.log(
            self.store, phone=ring["phone"], name=ring.get("name", ""), note=ring.get("note", "")
        )
        if "outcome" in ring:
            missed_calls.returned(self.store, missed_call_id, outcome=Outcome(ring["outcome"]))

    def _talk(self, talk: Told) -> None:
        contact_log.log(
            self.store,
            self.ids.customers[talk["customer"]],
            how=Way(talk["how"]),
            said=talk["said"],
            contact_id=self.ids.contacts[talk["customer"]],
        )

    def _make(self, job: Told) -> None:
        made = self._of_schedule(job) if "schedule" in job else self._told(job)
        self.jobs[job["number"]] = made
        for number, count in job.get("parts", {}).items():
            part_id = self.ids.parts[number]
            work_orders.add_part(self.store, made, part_id=part_id, quantity=Decimal(count))

    def _told(self, job: Told) -> int:
        return self._of_call(job) if "words" in job else self._by_hand(job)

    def _of_schedule(self, job: Told) -> int:
        """Return the work order that a schedule made, or let it make one."""
        number = f"WO-{job['number']}"
        if not job.get("is_checked"):
            number = pm.make_now(self.store, self.schedules[job["schedule"]])
        made = lookups.of(self.store, "work_order", number)
        fields = {"title": job["title"]}
        page = work_orders.get(self.store, made)
        if "note" in job:
            fields["truck_note"] = job["note"]
        if page.title != job["title"] or "note" in job:
            work_orders.edit(self.store, made, **fields)
        for part in page.parts if job.get("has_parts_along") else ():
            work_orders.remove_part(self.store, part.id)
        return made

    def _of_call(self, job: Told) -> int:
        made = triage.make_work_order(
            self.store,
            self._call(job),
            template_id=self.ids.templates.get(job.get("template", "")),
            planned_minutes=job.get("minutes"),
            title=job["title"],
        )
        due_on = job["due"] + self.later
        if work_orders.get(self.store, made).due_on != due_on:
            work_orders.edit(self.store, made, due_on=due_on)
        if job.get("type"):
            work_orders.edit(self.store, made, type=WorkType(job["type"]))
        return made

    def _by_hand(self, job: Told) -> int:
        due_on = job.get("due", job["made"].date()) + self.later
        rule = {"billing_rule": BillingRule(job["rule"])} if "rule" in job else {}
        made = work_orders.add(
            self.store,
            title=job["title"],
            wrong=job["title"],
            truck_note=job.get("note", ""),
            level=Level(job["level"]),
            type=WorkType(job.get("type", WorkType.CORRECTIVE)),
            due_on=due_on,
            planned_minutes=job.get("minutes"),
            template_id=self.ids.templates.get(job.get("template", "")),
            **(self._where(job) | rule),
        )
        work_orders.approve(self.store, made)
        return made

    def _schedule(self, job: Told) -> None:
        who, begins, ends = job["visit"]
        work_orders.schedule(
            self.store,
            self.jobs[job["number"]],
            technician_ids=[self.ids.technicians[who]],
            planned_from=_utc(begins + self.later),
            planned_to=_utc(ends + self.later),
        )

    def _hold(self, job: Told) -> None:
        work_orders.hold(self.store, self.jobs[job["number"]], reason=HoldReason.PARTS)

    def _cancel(self, job: Told) -> None:
        work_orders.cancel(self.store, self.jobs[job["number"]], reason=job["reason"])

    def _print(self, job: Told) -> None:
        sheets.print_copy(self.store, self.jobs[job["number"]], render=self.render_sheet)

    def _enter(self, job: Told) -> None:
        sheet, made = job["sheet"], self.jobs[job["number"]]
        is_billed = "bill" in sheet or "is_drafted" in sheet
        entered = sheets.enter(
            self.store, made, self._entry(job), then="invoice" if is_billed else "close"
        )
        if "bill" in sheet and entered.invoice_id is not None:
            self._issue(sheet["bill"], entered.invoice_id)

    def _entry(self, job: Told) -> SheetEntry:
        sheet = job["sheet"]
        worked_on = job["visit"][1].date() + self.later
        return SheetEntry(
            times=(TypedTimes(Formats().day(worked_on), *sheet["times"]),),
            others=tuple(OtherPart(*each) for each in sheet.get("used", ())),
            found_and_did=sheet["found"],
            problem=sheet.get("problem", ""),
            cause=sheet.get("cause", ""),
            remedies=tuple(sheet.get("remedies", ())),
            result=Result.FIXED,
            customer_name=sheet["by"],
            is_lock_out_keyed=True,
        )

    def _send(self, number: str, bill: Told) -> None:
        customer_id = self.ids.customers[bill["customer"]]
        made = invoices.draft_by_hand(self.store, customer_id=customer_id)
        if "on" in bill:
            invoices.edit(self.store, made, invoice_on=bill["on"] + self.later)
        invoices.add_line(self.store, made, text=bill["text"], price=Decimal(bill["total"]))
        self._issue(number, made)

    def _issue(self, number: str, invoice_id: int) -> None:
        invoices.issue(self.store, invoice_id, render=self.render_invoice)
        self.bills[number] = invoice_id

    def _pay(self, number: str, *, amount: Decimal | None = None, reference: str = "") -> None:
        bill = self.bills[number]
        owed = amount or invoices.get(self.store, bill).total
        payments.take(self.store, invoice_id=bill, amount=owed, reference=reference)


def _used(told: Told) -> dict[tuple[str, str], Decimal]:
    """Return what the sheets of the sample take from the trucks, less what orders bring there."""
    found: dict[tuple[str, str], Decimal] = {}
    for job in told["jobs"]:
        for number, count, place in job.get("sheet", {}).get("used", ()):
            found[number, place] = found.get((number, place), Decimal(0)) + Decimal(count)
    for key, count in purchases.received(told):
        found[key] = found.get(key, Decimal(0)) - count
    return found


def _utc(local: datetime) -> datetime:
    return local.replace(tzinfo=DAYTON).astimezone(UTC)
