"""Mixed real work on a shop file: what a stress run does, one operation at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.stock import MoveKind
from smallcmms.services import (
    attachments,
    invoices,
    parts,
    payments,
    requests,
    sheets,
    stock,
    triage,
    work_orders,
)
from smallcmms.services.samples import story
from smallcmms.services.samples.story import Start
from smallcmms.services.sheet_copies import Render as RenderSheet
from smallcmms.services.steps.issuing import Render as RenderInvoice
from smallcmms.services.stock import MoveRow
from smallcmms.store.store import Store

Book = Counter[tuple[int, int]]
"""How many of a part lie in a place, by the ids of both."""
_BY_HAND = (MoveKind.RECEIPT, MoveKind.ADJUSTMENT, MoveKind.SCRAP)
SOME_WORDS = ("Pump hums", "Alarm is on", "Water on the floor", "Pump does not start", "It smells")


@dataclass(slots=True)
class Work:
    """A desk that works through jobs by the dice, always doing what can be done next.

    ``book`` is what it knows itself of the parts that it moved since it began: what is written
    down there before each change is what the change comes to.
    """

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
    book: Book = field(default_factory=Counter)

    def operations(self, count: int) -> Iterator[str]:
        """Do ``count`` operations; each name comes when its change is safe on the disk."""
        for _number in range(count):
            self.clock(timedelta(minutes=self.dice.randint(1, 40)))
            verb = self.dice.choice(self._possible())
            verb()
            yield verb.__name__.strip("_")

    def _possible(self) -> list[Callable[[], None]]:
        verbs = [self._log, self._receive, self._attach]
        verbs += [self._transfer, self._adjust, self._scrap, self._count, self._reverse]
        if self.waiting:
            verbs += [self._print, self._print, self._cancel]
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
        part_id, quantity = self._part(), self.dice.randint(1, 9)
        self.book[part_id, self.start.truck_id] += quantity
        stock.receive(
            self.store, part_id,
            location_id=self.start.truck_id, quantity=Decimal(quantity), moved_on=self._today(),
            unit_cost=Decimal(self.dice.randint(100, 3000)) / 100,
        )  # fmt: skip

    def _transfer(self) -> None:
        part_id, quantity = self._part(), self.dice.randint(1, 4)
        here, there = self.dice.sample(self._places(), 2)
        self.book[part_id, here] -= quantity
        self.book[part_id, there] += quantity
        stock.transfer(
            self.store, part_id,
            from_id=here, to_id=there, quantity=Decimal(quantity), moved_on=self._today(),
        )  # fmt: skip

    def _adjust(self) -> None:
        part_id, by = self._part(), self.dice.choice((-2, -1, 1, 2, 3))
        self.book[part_id, self.start.truck_id] += by
        stock.adjust(
            self.store, part_id,
            location_id=self.start.truck_id, by=Decimal(by), reason="Found",
            moved_on=self._today(),
        )  # fmt: skip

    def _scrap(self) -> None:
        part_id = self._part()
        self.book[part_id, self.start.truck_id] -= 1
        stock.scrap(
            self.store, part_id,
            location_id=self.start.truck_id, quantity=Decimal(1), reason="Rust",
            moved_on=self._today(),
        )  # fmt: skip

    def _count(self) -> None:
        part_id, place, counted = self._part(), self.start.truck_id, self.dice.randint(0, 12)
        there = {each.location_id: each.quantity for each in stock.where(self.store, part_id)}
        self.book[part_id, place] += counted - int(there.get(place, 0))
        stock.count(
            self.store, part_id,
            location_id=place, counted=Decimal(counted), counted_on=self._today(),
        )  # fmt: skip

    def _reverse(self) -> None:
        part_id = self._part()
        found = [move for move in stock.moves(self.store, part_id, 10) if _is_by_hand(move)]
        if not found:
            self._receive()  # every operation writes something
            return
        move = self.dice.choice(found)
        self.book[part_id, self.start.truck_id] -= int(move.quantity)
        stock.reverse(self.store, move.id, reason="Keyed twice")

    def _cancel(self) -> None:
        work_orders.cancel(self.store, self._take(self.waiting), reason="Called off")

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
        entry, truck_id = self._entry(), self.start.truck_id
        self.book[self.start.float_switch_id, truck_id] -= int(entry.used[0])
        self.book[self.start.hose_clamp_id, truck_id] -= len(entry.others)
        entered = sheets.enter(self.store, order_id, entry, then="invoice")
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
        before = self.book.copy()
        self._receive()
        self.book = before
        self.store.undo()

    def _part(self) -> int:
        return self.dice.choice((self.start.float_switch_id, self.start.hose_clamp_id))

    def _places(self) -> list[int]:
        return [place.id for place in parts.locations(self.store)]

    def _today(self) -> date:
        return self.store.now().astimezone(story.DAYTON).date()

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


def _is_by_hand(move: MoveRow) -> bool:
    is_free = not move.is_reversed and move.reverses_id is None
    return is_free and move.kind in _BY_HAND and not move.work_order
