"""What people type is never markup on paper: each text comes out of the PDF as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from smallcmms.domain import papers, stock_papers
from smallcmms.domain.copies import Audience
from smallcmms.reports import count_sheet, invoice, load_list, tags, work_order, work_order_copies
from smallcmms.services import label_sheets
from tests.reports import samples, stock_samples

MARKUP = '<img src="/c.png"/> <b>x</b> &amp; %s {0}'
STRANGE = {
    "long word": "Pumpenwellendichtungswechsel" * 12,
    "right to left": "\u05de\u05d9\u05dd \u05d2\u05d1\u05d5\u05d4\u05d9\u05dd \u0645\u0631\u062a",
    "emoji": "\U0001f6a8 pump \U0001f469\u200d\U0001f527",
    "combining": "Zoe\u0308 A\u030angstro\u0308m n\u0303",
    "half a pair": "a\ud800b\udfff",
    "controls": "a\x00b\x07c\x1bd\x7f",
    "spaces": "a\u00a0b\u2003c\td\u200be\u2028f",
    "turned": "\u202eevil\u202c \u2066x\u2069",
    "other planes": "\U00020000 \ue000 \ufffe",
    "lines": "one\ntwo\r\nthree\n\n\nfour",
    "empty": "",
    "only spaces": "   ",
}
_CONTROLLED = {
    "code", "language", "locale", "zone", "currency", "link", "tax_mark", "mark",
    "number", "credits",
}  # fmt: skip


_SAID = {papers.__name__, stock_papers.__name__}


@dataclass(frozen=True)
class Drawn:
    """A paper: its name, its PDF, the letters it could not print."""

    name: str
    pdf: bytes
    missing: tuple[str, ...]


def filled(paper: Any, text: str) -> Any:
    """Return a paper with every text in it replaced, but keys and numbers."""
    changed = {
        field.name: _filled(getattr(paper, field.name), text)
        for field in fields(paper)
        if field.name not in _CONTROLLED
    }
    return replace(paper, **changed)


def _filled(value: Any, text: str) -> Any:
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(_filled(each, text) for each in value)
    if is_dataclass(value) and type(value).__module__ in _SAID:
        return value if isinstance(value, papers.Manner) else filled(value, text)
    return value


def drawn(text: str) -> Iterator[Drawn]:
    """Yield every paper of the program with the text in each of its places."""
    order = filled(samples.circulator(), text)
    sheet = work_order.render(order)
    yield Drawn("technician's copy", sheet.pdf, sheet.missing)
    done = papers.Done(on=samples.moment(14, 9).date(), text=text, signed_by=text)
    customers = replace(order, audience=Audience.CUSTOMER, done=done)
    made = work_order_copies.render_customer(customers)
    yield Drawn("customer's copy", made.pdf, made.missing)
    line = papers.MoneyLine(text=text, detail=text, amount=Decimal("12.34"))
    money = papers.JobMoney(currency="USD", lines=(line,), total=Decimal("12.34"))
    made = work_order_copies.render_office(
        replace(order, audience=Audience.OFFICE), replace(money, note=text)
    )
    yield Drawn("office copy", made.pdf, made.missing)
    bill = filled(samples.invoice(), text)
    for name, each in (
        ("invoice", bill),
        ("credit note", replace(bill, credits="INV-1187")),
        ("draft", replace(bill, is_draft=True, number="", code="")),
    ):
        made = invoice.render(each)
        yield Drawn(name, made.pdf, made.missing)
    sheet_of_tags = filled(
        papers.TagSheet(labels=label_sheets.sold()["5160"], tags=samples.asset_tags(3)), text
    )
    made = tags.render(sheet_of_tags)
    yield Drawn("tags", made.pdf, made.missing)
    made = count_sheet.render(filled(stock_samples.count_sheet(), text))
    yield Drawn("count sheet", made.pdf, made.missing)
    made = load_list.render(filled(stock_samples.load_list(stock_samples.load_row()), text))
    yield Drawn("load list", made.pdf, made.missing)
