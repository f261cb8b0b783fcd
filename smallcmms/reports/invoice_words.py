"""The words around the lines of an invoice: each text final, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass

from smallcmms.domain import papers
from smallcmms.reports.sheet_contents import Wording


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words and the formatted values around the lines of an invoice."""

    document: str
    number: str
    tax_id: str
    bill_to: str
    work_done_at: str
    facts: tuple[tuple[str, str], ...]
    foot: tuple[str, ...]
    cut_here: str
    stub: tuple[tuple[str, str], ...]


def words(invoice: papers.Invoice, wording: Wording) -> Words:
    """Return what stands around the lines; a draft and a credit note have no stub."""
    _ = wording.texts._
    tax_id = invoice.shop.tax_id
    return Words(
        document=_("Credit note") if invoice.credits else _("Invoice"),
        number=_("Draft") if invoice.is_draft else invoice.number,
        tax_id=_("Tax id {number}", number=tax_id) if tax_id else "",
        bill_to=_("Bill to"),
        work_done_at=_("Work done at"),
        facts=_facts(invoice, wording),
        foot=tuple(text for text in (invoice.pay, invoice.footer) if text.strip()),
        cut_here=_("Cut here and send with your check"),
        stub=_stub(invoice, wording) if invoice.code and not invoice.credits else (),
    )


def _facts(invoice: papers.Invoice, wording: Wording) -> tuple[tuple[str, str], ...]:
    _, formats = wording.texts._, wording.formats
    dated = _("Date") if invoice.credits else _("Invoice date")
    facts = (
        (_("Credits"), invoice.credits),
        (dated, formats.day_year(invoice.issued_on) if invoice.issued_on else ""),
        (_("Due"), formats.day_year(invoice.due_on) if invoice.due_on else ""),
        (_("Terms"), invoice.terms),
        (_("Work order"), invoice.work_order),
        (_("Customer"), invoice.customer_number),
        (_("Tax exempt"), invoice.exemption),
    )
    return tuple(fact for fact in facts if fact[1])


def _stub(invoice: papers.Invoice, wording: Wording) -> tuple[tuple[str, str], ...]:
    _, formats = wording.texts._, wording.formats
    due = _("Due {day}", day=formats.day(invoice.due_on)) if invoice.due_on else _("Total due")
    rows = ((_("Customer"), invoice.customer_number),) if invoice.customer_number else ()
    return (
        (_("Invoice"), invoice.number),
        *rows,
        (due, formats.money(invoice.total)),
        (_("Amount sent"), ""),
    )


def total_label(invoice: papers.Invoice, wording: Wording) -> str:
    """Return the words before the total: "Total due Aug 13"."""
    _ = wording.texts._
    if invoice.credits:
        return _("Total credit")
    if invoice.due_on:
        return _("Total due {day}", day=wording.formats.day(invoice.due_on))
    return _("Total")


def tax_label(row: papers.TaxRow, wording: Wording, *, is_included: bool) -> str:
    """Return the words of a tax row: "Sales tax 7.5 % on $48.50 *"."""
    _, formats = wording.texts._, wording.formats
    values = {
        "tax": row.name,
        "percent": formats.percent(row.percent),
        "base": formats.money(row.base),
    }
    if is_included:
        text = _("{tax} {percent} on {base}, included", **values)
    else:
        text = _("{tax} {percent} on {base}", **values)
    return f"{text} {row.mark}".rstrip()
