"""The groups of Today about parts: jobs that wait for them, and what runs low."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from smallcmms.formats import Formats
from smallcmms.services import part_waits, purchase_orders, reordering
from smallcmms.services.part_waits import Awaited
from smallcmms.services.purchase_orders import PurchaseOrderRow
from smallcmms.services.reordering import Suggestion
from smallcmms.services.today import Group, LowStock
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.texts import _, _n
from smallcmms.ui.kit import Button, Cell, Desk
from smallcmms.ui.pages.today_group import Act, Thing, TodayGroup


class TodayWaiting(TodayGroup):
    """Show the jobs that wait for parts: their order, and what to do about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("hourglass", _("Waiting for parts"), tone="amber")
        self._desk = desk

    def show_group(self, found: Group[WorkOrderRow], awaited: Mapping[int, Awaited]) -> None:
        """Show the group."""
        things = [self._thing(each, awaited.get(each.id)) for each in found.rows]
        self.show_things(things, found.count)

    def take_in(self, each: WorkOrderRow) -> None:
        """Take in what the job waits for; it is to be scheduled when nothing is missing."""
        came = part_waits.part_is_in(self._desk.store, each.id)
        told = _("{number} waits no longer", number=each.number)
        if came.orders and came.is_ended:
            orders = ", ".join(came.orders)
            told = _("{orders} is in, {number} is to schedule", orders=orders, number=each.number)
        elif came.orders:
            orders = ", ".join(came.orders)
            told = _("{orders} is in, {number} waits on", orders=orders, number=each.number)
        self._desk.front.toast(told)

    def _thing(self, each: WorkOrderRow, order: Awaited | None) -> Thing:
        press: Act = partial(self.take_in, each)
        if order is not None and (order.days_late or order.is_draft):
            press = partial(self._desk.front.go, "purchase_orders", order.purchase_order_id)
        open_it = partial(self._desk.front.go, "work_orders", each.id)
        return Thing(waiting(each, order, self._desk.today(), self._desk.formats), open_it, press)


class TodayLowStock(TodayGroup):
    """Show the parts that run low; each is put on a draft for its supplier, or all at once."""

    def __init__(self, desk: Desk) -> None:
        self.all = Button("", "quiet", is_small=True, on=self.order_all)
        super().__init__("package-open", _("Low stock"), self.all, tone="amber", height=34)
        self._desk = desk

    def show_group(self, found: LowStock) -> None:
        """Show the group."""
        things = [
            Thing(low(each, self._desk.formats), self._opening(each), partial(self.order, each))
            for each in found.rows
        ]
        things += [
            Thing(draft(each, self._desk.formats), open_it, open_it)
            for each in found.drafts
            for open_it in [partial(self._desk.front.go, "purchase_orders", each.id)]
        ]
        self.show_things(things, found.count)
        self.all.say(_("Order all, {amount}", amount=self._desk.formats.money(found.total)))
        self.all.setVisible(bool(found.rows))

    def order(self, each: Suggestion) -> None:
        """Put a part on the draft for its supplier."""
        lines = reordering.lines([each])
        if not lines:
            self._desk.front.tell(_("Say from which supplier {name} comes.", name=each.name))
            self._desk.front.go("parts", each.part_id)
            return
        (made,) = purchase_orders.make(self._desk.store, lines)
        number = purchase_orders.rows(self._desk.store, [made])[made].number
        quantity = self._desk.formats.quantity(each.quantity)
        told = _("{quantity} {part} on {number}", quantity=quantity, part=each.name, number=number)
        self._desk.front.toast(told)

    def order_all(self) -> None:
        """Put all parts that run low on drafts, one for each supplier, and show the first."""
        store = self._desk.store
        found = reordering.suggestions(store)
        made = purchase_orders.make(store, reordering.lines(found))
        self._desk.front.go("purchase_orders", made[0])
        self._desk.front.toast(_n("{n} order drafted", "{n} orders drafted", len(made)))
        left = ", ".join(each.number for each in found if each.supplier_id is None)
        if left:
            self._desk.front.tell(_("Without a supplier, not ordered: {numbers}.", numbers=left))

    def _opening(self, each: Suggestion) -> Act:
        return partial(self._desk.front.go, "parts", each.part_id)


def waiting(row: WorkOrderRow, order: Awaited | None, today: date, formats: Formats) -> Cell:
    """Return a job that waits: what, for whom, on which order and until when."""
    told, tone = awaited_words(order, today, formats)
    is_late = order is not None and bool(order.days_late)
    button = _("Call vendor") if is_late else _("Part is in")
    if order is not None and order.is_draft and not is_late:
        button = _("Open order")
    return Cell(
        level=row.level,
        first=row.title,
        second=f"{row.customer} · " if row.customer else " ",
        second_then=told,
        second_then_tone=tone,
        button=button,
    )


def awaited_words(order: Awaited | None, today: date, formats: Formats) -> tuple[str, str]:
    """Return what a job waits for, and its tone: PO-0087, 4 days late."""
    if order is None:
        return _("nothing ordered"), "amber"
    if order.is_draft:
        return _("{number}, not placed yet", number=order.number), "amber"
    if order.days_late:
        late = _n("{n} day late", "{n} days late", order.days_late)
        return f"{order.number}, {late}", "red"
    if order.promised_on is None:
        return order.number, "text2"
    day = formats.relative_day(order.promised_on, today)
    return _("{number}, due {day}", number=order.number, day=day), "text2"


def low(each: Suggestion, formats: Formats) -> Cell:
    """Return a part that runs low: what is short or free, and how much to order."""
    quantity = formats.quantity
    if each.short:
        jobs = ", ".join(job.number for job in each.jobs)
        told = _("{n} short", n=quantity(each.short))
        told, tone = (f"{told}, {jobs}" if jobs else told), "red"
    elif each.keep and each.keep >= each.point:
        keep = quantity(each.keep)
        told, tone = _("{n} free, keep {keep}", n=quantity(each.free), keep=keep), "text2"
    else:
        point = quantity(each.point)
        told, tone = _("{n} free, order at {point}", n=quantity(each.free), point=point), "text2"
    return Cell(
        first=each.name,
        is_bold=True,
        right=told,
        right_tone=tone,
        button=_("Order {n}", n=quantity(each.quantity)),
    )


def draft(each: PurchaseOrderRow, formats: Formats) -> Cell:
    """Return a draft that waits to be placed: its number, where, and what it comes to."""
    return Cell(
        first=each.number,
        then=f"· {each.supplier}",
        is_bold=True,
        right=formats.money(each.total),
        right_tone="text2",
        button=_("Open"),
    )
