"""print: a work order, an invoice, a load list or tags, into a PDF file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli import fields, print_stock, print_tags
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.cli.invoice import draft_of, render
from smallcmms.domain.copies import Audience
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import purchase_csv
from smallcmms.reports import purchase_order, work_order_copies
from smallcmms.reports import work_order as sheet_paper
from smallcmms.services import invoices, lookups, sheets
from smallcmms.services.papers import invoice as invoice_paper
from smallcmms.services.papers import purchase_order as purchase_order_paper
from smallcmms.services.sheet_copies import Render
from smallcmms.store.store import Store
from smallcmms.texts import _

RENDERERS: dict[Audience, Render] = {
    Audience.TECHNICIAN: sheet_paper.render,
    Audience.CUSTOMER: work_order_copies.render_customer,
}


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    order = kinds.add_parser("work-order", help=_("a numbered copy of a work order"))
    order.add_argument("number")
    order.add_argument("-o", "--output", type=fields.paper)
    order.add_argument("--for", dest="audience", type=fields.kind(Audience), default="technician")
    order.add_argument("--technician")
    order.add_argument("--reason", default="", help=_("why it goes before a waiting L1"))
    order.add_argument("--failed", action="store_true", help=_("the last copy did not print"))
    order.add_argument("--lost", action="store_true", help=_("the last copy is lost"))
    bill = kinds.add_parser("invoice", help=_("an invoice, as issued, or a draft of it"))
    bill.add_argument("number", help=_("INV-1187, or draft:ID"))
    bill.add_argument("-o", "--output", type=fields.paper, required=True)
    order = kinds.add_parser("purchase-order", help=_("a purchase order, as PDF or as CSV"))
    order.add_argument("number", help="PO-0087")
    order.add_argument(
        "-o", "--output", type=fields.paper, required=True, help=_("a .pdf or a .csv")
    )
    tag = kinds.add_parser("tags", help=_("tags of assets on a sheet of labels"))
    print_tags.arguments(tag)
    load = kinds.add_parser("load-list", help=_("what a technician loads for a day"))
    print_stock.load_arguments(load)
    shelf = kinds.add_parser("part-labels", help=_("tags of shelves on a sheet of labels"))
    print_stock.label_arguments(shelf)


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Write the PDF; a work order answers the text of its code."""
    with desk.opened() as store:
        if options.kind == "work-order":
            desk.say(_work_order(store, options))
        elif options.kind == "invoice":
            options.output.write_bytes(_invoice(store, options.number))
        elif options.kind == "purchase-order":
            options.output.write_bytes(_purchase_order(store, options))
        else:
            _OTHERS[options.kind](desk, store, options)


def _work_order(store: Store, options: Namespace) -> str:
    order_id = lookups.of(store, "work_order", options.number)
    if options.failed:
        copy = sheets.did_not_print(store, order_id)
        return _("Copy {copy} is taken back.", copy=copy)
    if options.lost:
        copy = sheets.declare_lost(store, order_id)
        return _("Copy {copy} is lost.", copy=copy)
    if options.output is None:
        raise RuleBroken("Say where the PDF goes: -o FILE.")
    name = options.technician
    printed = sheets.print_copy(
        store,
        order_id,
        render=RENDERERS[options.audience],
        audience=options.audience,
        technician_id=lookups.technician(store, name) if name else None,
        waiting_reason=options.reason,
    )
    options.output.write_bytes(printed.pdf)
    tell_missing(printed.missing)
    return printed.code


def _invoice(store: Store, number: str) -> bytes:
    if number.startswith("draft:"):
        return render(invoice_paper.invoice(store, draft_of(store, number)))
    return invoices.document(store, lookups.of(store, "invoice", number))


_OTHERS = {
    "tags": print_tags.run,
    "load-list": print_stock.run_load,
    "part-labels": print_stock.run_labels,
}


def _purchase_order(store: Store, options: Namespace) -> bytes:
    """Return a purchase order in the form that the file's name asks for."""
    said = purchase_order_paper.purchase_order(
        store, lookups.of(store, "purchase_order", options.number)
    )
    if options.output.suffix.casefold() == ".csv":
        return purchase_csv.write(said)
    rendered = purchase_order.render(said)
    tell_missing(rendered.missing)
    return rendered.pdf
