"""invoice: draft, issue, credit or pay."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.payments import PaymentMethod
from smallcmms.reports import invoice as paper
from smallcmms.services import invoices, lookups, payments, work_orders
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    draft = verbs.add_parser("draft", help=_("draft the invoice of a work order"))
    draft.add_argument("work_order")
    less = verbs.add_parser("discount", help=_("take an amount off a draft"))
    less.add_argument("draft", help=_("the work order, or draft:ID"))
    less.add_argument("amount", type=fields.number)
    issue = verbs.add_parser("issue", help=_("give a draft its number, for good"))
    issue.add_argument("draft", help=_("the work order, or draft:ID"))
    issue.add_argument("-o", "--output", type=fields.paper, help=_("where its PDF goes"))
    credit = verbs.add_parser("credit", help=_("negate an invoice by a credit note"))
    credit.add_argument("number")
    credit.add_argument("--reason", required=True)
    credit.add_argument("--reissue", action="store_true", help=_("and draft it anew"))
    credit.add_argument("-o", "--output", type=fields.paper)
    pay = verbs.add_parser("pay", help=_("take a payment"))
    pay.add_argument("number")
    pay.add_argument("amount", type=fields.number)
    pay.add_argument("--on", type=fields.day)
    pay.add_argument("--method", type=fields.kind(PaymentMethod), default=PaymentMethod.CHECK)
    pay.add_argument("--reference", default="")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do what the verb says and answer the number."""
    with desk.opened() as store:
        desk.say(VERBS[options.verb](store, options))


def render(said: papers.Invoice) -> bytes:
    """Return the PDF of an invoice; letters that no font has are told."""
    rendered = paper.render(said)
    tell_missing(rendered.missing)
    return rendered.pdf


def draft_of(store: Store, text: str) -> int:
    """Return the draft that is meant: draft:ID, or a work order whose invoice is a draft.

    Raises:
        RuleBroken: there is none.
    """
    kind, sign, row_id = text.partition(":")
    if sign and kind == "draft" and fields.is_id(row_id):
        return int(row_id)
    order = work_orders.get(store, lookups.of(store, "work_order", text))
    if order.invoice is None or order.invoice.number:
        raise RuleBroken("{number} has no draft of an invoice.", number=order.number)
    return order.invoice.id


def _draft(store: Store, options: Namespace) -> str:
    order_id = lookups.of(store, "work_order", options.work_order)
    return f"draft:{invoices.draft(store, order_id)}"


def _discount(store: Store, options: Namespace) -> str:
    invoice_id = draft_of(store, options.draft)
    invoices.edit(store, invoice_id, allowance=options.amount)
    return f"draft:{invoice_id}"


def _issue(store: Store, options: Namespace) -> str:
    invoice_id = draft_of(store, options.draft)
    number = invoices.issue(store, invoice_id, render=render)
    _write(store, invoice_id, options.output)
    return number


def _credit(store: Store, options: Namespace) -> str:
    invoice_id = lookups.of(store, "invoice", options.number)
    if options.reissue:
        made = invoices.credit_and_reissue(store, invoice_id, reason=options.reason, render=render)
        _write(store, made.credit_note_id, options.output)
        return f"{invoices.get(store, made.credit_note_id).number} draft:{made.draft_id}"
    note_id = invoices.credit(store, invoice_id, reason=options.reason, render=render)
    _write(store, note_id, options.output)
    return invoices.get(store, note_id).number


def _pay(store: Store, options: Namespace) -> str:
    invoice_id = lookups.of(store, "invoice", options.number)
    payments.take(
        store,
        invoice_id=invoice_id,
        amount=options.amount,
        received_on=options.on,
        method=options.method,
        reference=options.reference,
    )
    return invoices.get(store, invoice_id).number


def _write(store: Store, invoice_id: int, output: Path | None) -> None:
    if output is not None:
        output.write_bytes(invoices.document(store, invoice_id))


VERBS = {"draft": _draft, "discount": _discount, "issue": _issue, "credit": _credit, "pay": _pay}
