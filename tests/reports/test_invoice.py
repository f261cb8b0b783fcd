from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain import papers
from smallcmms.reports import invoice
from tests.reports import readers, samples

MANNERS = pytest.mark.parametrize("manner", [samples.LETTER, samples.A4], ids=["letter", "a4"])


@MANNERS
def test_an_invoice_says_the_figures_it_was_given(manner: papers.Manner) -> None:
    pdf = invoice.render(samples.invoice(manner)).pdf
    assert len(readers.pages(pdf)) == 1
    text = readers.words(pdf)
    for each in (
        "INV-1187",
        "Invoice date Jul 14, 2026",
        "Due Aug 13, 2026",
        "Terms Net 30",
        "Work order WO-2310",
        "Sump pump alarm. Float stuck",
        "Labor, Marco Reyes, Jul 13 1.75 h $125.00 $218.75",
        "Service call 1 $65.00 $65.00",
        "Float switch, tether * 1 $42.00 $42.00",
        "Hose clamp 2 in * 1 $6.50 $6.50",
        "Subtotal $332.25",
        "Sales tax 7.5 % on $48.50 * $3.64",
        "Total due Aug 13 $335.89",
        "Due Aug 13 $335.89",
        "Pay by check, or call (937) 555-0142",
        "C-014",
    ):
        assert each in text, each


def test_the_stub_brings_a_check_back_to_its_invoice() -> None:
    image = readers.picture(invoice.render(samples.invoice()).pdf, 0, 200)
    code = samples.invoice().code
    assert readers.by_zxing(image) == readers.by_zbar(image) == [code]


def test_nothing_is_added_up_on_paper() -> None:
    odd = replace(samples.invoice(), total=Decimal("1.23"), subtotal=Decimal("4.56"))
    text = readers.words(invoice.render(odd).pdf)
    assert "Total due Aug 13 $1.23" in text
    assert "Subtotal $4.56" in text


def test_a_draft_has_no_number_and_no_stub() -> None:
    draft = replace(samples.invoice(), is_draft=True, number="", code="", issued_on=None)
    pdf = invoice.render(draft).pdf
    text = readers.words(pdf)
    assert "Invoice Draft" in text
    assert "Cut here" not in text
    assert readers.by_zxing(readers.picture(pdf, 0, 200)) == []


def test_a_credit_note_names_the_invoice_that_it_negates() -> None:
    note = replace(
        samples.invoice(),
        number="CN-0003",
        credits="INV-1187",
        due_on=None,
        total=Decimal("-335.89"),
        lines=tuple(replace(line, amount=-line.amount) for line in samples.invoice().lines),
    )
    text = readers.words(invoice.render(note).pdf)
    for each in ("Credit note CN-0003", "Credits INV-1187", "Total credit −$335.89"):
        assert each in text
    assert "Cut here" not in text


def test_a_long_invoice_goes_on_and_ends_with_its_total() -> None:
    lines = tuple(
        replace(samples.invoice().lines[0], text=f"Line l{number:03} " + "long " * (number % 40))
        for number in range(120)
    )
    long = replace(samples.invoice(), lines=lines, text="told " * 900 + "at last")
    pages = readers.pages(invoice.render(long).pdf)
    text = " ".join(pages)
    assert [number for number in range(120) if f"l{number:03}" not in text] == []
    assert "at last" in text
    assert "$335.89" in pages[-1]
    assert "$335.89" not in " ".join(pages[:-1])
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_an_invoice_may_have_no_heading_and_no_due_date() -> None:
    paper = replace(samples.invoice(), heading="", due_on=None)
    text = readers.words(invoice.render(paper).pdf)
    assert "Float stuck on its cord" in text
    assert "Total $335.89" in text
    assert "Total due $335.89" in text


def test_a_price_for_a_hundred_says_so() -> None:
    line = replace(samples.invoice().lines[2], unit_price=Decimal("4.1255"), base=Decimal(100))
    text = readers.words(invoice.render(replace(samples.invoice(), lines=(line,))).pdf)
    assert "$4.1255 / 100" in text


def test_an_invoice_speaks_its_own_currency_and_locale() -> None:
    manner = papers.Manner(language="de", locale="de_DE", paper_size=papers.PaperSize.A4)
    paper = replace(samples.invoice(manner), currency="EUR", due_on=date(2026, 8, 13))
    text = readers.words(invoice.render(paper).pdf)
    assert "335,89 €" in text
    assert "13. Aug" in text


def test_taxes_that_are_included_say_so() -> None:
    text = readers.words(invoice.render(replace(samples.invoice(), is_tax_included=True)).pdf)
    assert "Sales tax 7.5 % on $48.50, included * $3.64" in text


def test_markup_is_printed_as_it_was_typed() -> None:
    paper = replace(
        samples.invoice(),
        heading="<b>Pump</b> & pit",
        bill_to=papers.Party(name="A <i>& Sons</i>", lines=("<img src=x>",)),
    )
    text = readers.words(invoice.render(paper).pdf)
    for each in ("<b>Pump</b> & pit", "A <i>& Sons</i>", "<img src=x>"):
        assert each in text


def test_other_programs_find_nothing_to_complain_about() -> None:
    pdf = invoice.render(samples.invoice()).pdf
    assert "No syntax or stream encoding errors found" in readers.run("qpdf", "--check", pdf=pdf)
    assert readers.fonts(pdf)
    assert all(is_embedded for _, is_embedded in readers.fonts(pdf))
    assert len(pdf) < 60_000
    assert invoice.render(samples.invoice()).pdf == pdf
