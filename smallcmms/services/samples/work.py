"""Mixed real work on a shop file: what a stress run does, one operation at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.services import (
    attachments,
    invoices,
    parts,
    payments,
    requests,
    sheets,
    triage,
)
from smallcmms.services.samples import story
from smallcmms.services.samples.story import Start
from smallcmms.services.sheet_copies import Render as RenderSheet
from smallcmms.services.steps.issuing import Render as RenderInvoice
from smallcmms.store.store import Store

SOME_WORDS = ("Pump hums", "Alarm is on", "Water on the floor", "Pump does not start", "It smells")


@dataclass(slots=True)
class Work:
    """A desk that works through jobs by the dice, always doing what can be done next."""

    store: Store
    start: Start
    dice: Random
    render_sheet: RenderSheet
    render_invoice: RenderInvoice
    clock: Callable[[timedelta], None]
    waiting: list[int] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    issued: list[int] = field(default_factory=list)

    def operations(self, count: int) -> Iterator[str]:
        """Do ``count`` operations; each name comes when its change is safe on the disk."""
        for _number in range(count):
            self.clock(timedelta(minutes=self.dice.randint(1, 40)))
            verb = self.dice.choice(self._possible())
            verb()
            yield verb.__name__.strip("_")

    def _possible(self) -> list[Callable[[], None]]:
        verbs = [self._log, self._receive, self._attach]
        if self.waiting:
            verbs += [self._print, self._print]
        if self.printed:
            verbs += [self._enter, self._enter]
        if self.drafts:
            verbs += [self._issue, self._issue]
        if self.issued:
            verbs += [self._pay, self._credit, self._undo]
        return verbs

    def _log(self) -> None:
        request_id = requests.log(
            self.store,
            words=self.dice.choice(SOME_WORDS),
            customer_id=self.start.customer_id,
            contact_id=self.start.contact_id,
            site_id=self.start.site_id,
            asset_id=self.start.asset_id,
            facts=[story.FACT] if self.dice.randrange(2) else [],
        )
        begins = self.store.now() + timedelta(hours=1)
        self.waiting.append(
            triage.make_work_order(
                self.store,
                request_id,
                technician_ids=[self.start.technician_id],
                planned_from=begins,
                planned_to=begins + timedelta(hours=2),
                template_id=self.start.template_id,
            )
        )

    def _receive(self) -> None:
        parts.receive(
            self.store,
            self.dice.choice((self.start.float_switch_id, self.start.hose_clamp_id)),
            location_id=self.start.truck_id,
            quantity=Decimal(self.dice.randint(1, 9)),
            moved_on=self.store.now().date(),
            unit_cost=Decimal(self.dice.randint(100, 3000)) / 100,
        )

    def _attach(self) -> None:
        attachments.add(
            self.store,
            "asset",
            self.start.asset_id,
            name="photo.jpg",
            content=self.dice.randbytes(2000),
            kind=AttachmentKind.PHOTO,
        )

    def _print(self) -> None:
        order_id = self._take(self.waiting)
        sheets.print_copy(self.store, order_id, render=self.render_sheet)
        self.printed.append(order_id)

    def _enter(self) -> None:
        order_id = self._take(self.printed)
        self.clock(timedelta(hours=12))
        entered = sheets.enter(self.store, order_id, self._entry(), then="invoice")
        if entered.invoice_id is not None:
            self.drafts.append(entered.invoice_id)

    def _issue(self) -> None:
        invoice_id = self._take(self.drafts)
        invoices.issue(self.store, invoice_id, render=self.render_invoice)
        self.issued.append(invoice_id)

    def _pay(self) -> None:
        invoice_id = self._take(self.issued)
        owed = invoices.get(self.store, invoice_id)
        payments.take(
            self.store,
            invoice_id=invoice_id,
            amount=min(owed.total, Decimal(self.dice.randint(1, 20000)) / 100),
        )

    def _credit(self) -> None:
        invoices.credit(
            self.store, self._take(self.issued), reason="Wrong asset", render=self.render_invoice
        )

    def _undo(self) -> None:
        self._receive()
        self.store.undo()

    def _take(self, some: list[int]) -> int:
        return some.pop(self.dice.randrange(len(some)))

    def _entry(self) -> SheetEntry:
        arrived = self.dice.randint(8, 11)
        return SheetEntry(
            times=(TypedTimes("", "", f"{arrived}:05", f"{arrived + self.dice.randint(1, 3)}:20"),),
            marks=(LineMark(Mark.OK),) * 3 + (LineMark(Mark.OK, "8.9"), LineMark(Mark.FIXED)),
            used=(str(self.dice.randint(0, 2)), "0"),
            others=(OtherPart("HC-2", "1", "Truck 1"),) if self.dice.randrange(2) else (),
            found_and_did="Cleaned and tested.",
            problem="stuck",
            cause="dirty",
            remedies=("cleaned",),
            result=Result.FIXED,
            customer_name="W. Hensley",
            is_lock_out_keyed=True,
        )
