"""order: what to order, and purchase orders from the draft to the shelf."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from decimal import Decimal

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.cli.desk import fields as told
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.services import lookups, part_waits, purchase_orders, reordering
from smallcmms.services.purchase_orders import Chip, NewLine, OrderLine, Received
from smallcmms.store.store import Store
from smallcmms.texts import _

_LEFT_OUT = ("id", "supplier_id", "made_at")


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("suggest", help=_("what to order, supplier by supplier"))
    make = steps.add_parser("make", help=_("draft orders: of what is suggested, or of parts"))
    make.add_argument("parts", nargs="*", metavar="PART*QUANTITY")
    make.add_argument("--for", dest="job", help=_("the work order that it is bought for"))
    place = _numbered(steps.add_parser("place", help=_("say that an order was placed")))
    place.add_argument("--on", type=fields.day)
    place.add_argument("--promised", type=fields.day)
    receive = _numbered(steps.add_parser("receive", help=_("take in what came: all, or some")))
    receive.add_argument("parts", nargs="*", metavar="PART*QUANTITY[@COST]")
    receive.add_argument("--on", type=fields.day)
    receive.add_argument("--place", help=_("where it is put; the shop's own shelf unless told"))
    cancel = _numbered(steps.add_parser("cancel", help=_("cancel what has not come")))
    cancel.add_argument("--reason", default="")
    _numbered(steps.add_parser("show", help=_("an order whole")))
    listing = steps.add_parser("list", help=_("the orders"))
    listing.add_argument("chip", nargs="?", type=fields.kind(Chip), default=Chip.ALL)
    came = steps.add_parser("part-is-in", help=_("take in what a waiting work order waits for"))
    came.add_argument("number", help="WO-2298")


def _numbered(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("number", help="PO-0087")
    return parser


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do the step."""
    with desk.opened() as store:
        _STEPS[options.step](desk, store, options)


def _suggest(desk: Desk, store: Store, options: Namespace) -> None:  # noqa: ARG001
    formats = desk.formats(store)
    for group in reordering.by_supplier(reordering.suggestions(store)):
        desk.say(f"{group.supplier or _('No supplier')}\t{formats.money(group.total)}")
        for each in group.suggestions:
            jobs = ", ".join(job.number for job in each.jobs)
            columns = (each.number, each.name, formats.quantity(each.quantity))
            why = _("{free} free", free=formats.quantity(each.free))
            desk.say("\t".join(("", *columns, formats.money(each.cost), why, jobs)).rstrip())


def _make(desk: Desk, store: Store, options: Namespace) -> None:
    job = lookups.of(store, "work_order", options.job) if options.job else None
    lines = [_new_line(store, each, job) for each in options.parts]
    if not lines:
        lines = reordering.lines(reordering.suggestions(store))
    made = purchase_orders.make(store, lines)
    for each in purchase_orders.rows(store, made).values():
        desk.say(f"{each.number}\t{each.supplier}\t{desk.formats(store).money(each.total)}")


def _new_line(store: Store, typed: str, job: int | None) -> NewLine:
    name, sign, quantity = typed.rpartition("*")
    part_id = lookups.part(store, name if sign else typed)
    count = fields.number(quantity) if sign else Decimal(1)
    return NewLine(part_id=part_id, quantity=count, work_order_id=job)


def _place(desk: Desk, store: Store, options: Namespace) -> None:
    order_id = _order(store, options)
    purchase_orders.order(store, order_id, ordered_on=options.on, promised_on=options.promised)
    row = purchase_orders.rows(store, [order_id])[order_id]
    promised = row.promised_on.isoformat() if row.promised_on else _("no day promised")
    desk.say(f"{row.number}\t{row.status.value}\t{promised}")


def _receive(desk: Desk, store: Store, options: Namespace) -> None:
    order_id = _order(store, options)
    place = lookups.place(store, options.place) if options.place else None
    if not options.parts:
        came = purchase_orders.receive_rest(
            store, order_id, location_id=place, received_on=options.on
        )
    else:
        lines = purchase_orders.get(store, order_id).lines
        typed = [_came(lines, each) for each in options.parts]
        came = purchase_orders.receive(
            store,
            order_id,
            received={line_id: quantity for line_id, quantity, _cost in typed},
            unit_costs={line_id: cost for line_id, _quantity, cost in typed if cost is not None},
            location_id=place,
            received_on=options.on,
        )
    _say_received(desk, options.number, came)


def _say_received(desk: Desk, number: str, came: Received) -> None:
    desk.say(f"{number}\t{came.status.value}")
    for job in came.parts_are_in:
        desk.say(_("{number}: part is in", number=job))


def _came(lines: Sequence[OrderLine], typed: str) -> tuple[int, Decimal, Decimal | None]:
    """Read what came: CTR-40-2*4, or CTR-40-2*4@19.95 with what one cost."""
    rest, has_cost, cost = typed.rpartition("@")
    name, sign, quantity = (rest if has_cost else typed).rpartition("*")
    if not sign:
        raise RuleBroken("{word} is no PART*QUANTITY.", word=typed)
    for line in lines:
        if name.casefold() in (line.number.casefold(), line.name.casefold()):
            count = fields.number(quantity)
            return line.id, count, fields.number(cost) if has_cost else None
    raise NotFound("{name} is not on the order.", name=name)


def _cancel(desk: Desk, store: Store, options: Namespace) -> None:  # noqa: ARG001
    purchase_orders.cancel(store, _order(store, options), reason=options.reason)


def _show(desk: Desk, store: Store, options: Namespace) -> None:
    for name, value in told(purchase_orders.get(store, _order(store, options))):
        if value:
            desk.say(f"{name}: {value}")


def _list(desk: Desk, store: Store, options: Namespace) -> None:
    ids = purchase_orders.find(store, chip=options.chip)
    rows = purchase_orders.rows(store, ids)
    for each in ids:
        cells = (text for name, text in told(rows[each]) if name not in _LEFT_OUT)
        desk.say("\t".join(cells))


def _part_is_in(desk: Desk, store: Store, options: Namespace) -> None:
    came = part_waits.part_is_in(store, lookups.of(store, "work_order", options.number))
    for number in came.orders:
        desk.say(_("{number} is in", number=number))
    if not came.is_ended:
        desk.say(_("{number} waits on", number=options.number))


def _order(store: Store, options: Namespace) -> int:
    return lookups.of(store, "purchase_order", options.number)


_STEPS = {
    "suggest": _suggest,
    "make": _make,
    "place": _place,
    "receive": _receive,
    "cancel": _cancel,
    "show": _show,
    "list": _list,
    "part-is-in": _part_is_in,
}
