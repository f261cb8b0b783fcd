"""Invoices: due dates, standing, ageing and the chain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import invoices
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import Age, InvoiceState, Standing, StandingWord

D = Decimal
TODAY = date(2026, 7, 14)
ISSUED = InvoiceState.ISSUED


@pytest.mark.parametrize(
    ("terms_days", "expected"),
    [(30, date(2026, 8, 13)), (0, TODAY), (14, date(2026, 7, 28)), (365, date(2027, 7, 14))],
)
def test_terms_give_the_due_date(terms_days: int, expected: date) -> None:
    assert invoices.due_on(TODAY, terms_days) == expected


@pytest.mark.parametrize("terms_days", [-1, 366])
def test_terms_that_nobody_gives_are_refused(terms_days: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        invoices.due_on(TODAY, terms_days)
    assert refused.value.field == "terms"


def test_a_draft_is_issued_once_and_never_comes_back() -> None:
    assert invoices.move(InvoiceState.DRAFT, ISSUED) is ISSUED
    for status, to in ((ISSUED, InvoiceState.DRAFT), (ISSUED, ISSUED)):
        with pytest.raises(RuleBroken, match="Issued; make a credit note"):
            invoices.move(status, to)


@pytest.mark.parametrize(
    ("total", "paid", "credited", "due_in", "expected"),
    [
        ("335.89", "0", "0", 30, Standing(StandingWord.SENT, D("335.89"))),
        ("335.89", "0", "0", 0, Standing(StandingWord.SENT, D("335.89"))),
        ("335.89", "0", "0", -1, Standing(StandingWord.LATE, D("335.89"), 1)),
        ("0.50", "0", "0", -2, Standing(StandingWord.LATE, D("0.50"), 2)),
        ("335.89", "100", "0", 30, Standing(StandingWord.PART_PAID, D("235.89"))),
        ("335.89", "0", "100", 30, Standing(StandingWord.PART_PAID, D("235.89"))),
        ("335.89", "100", "0", -40, Standing(StandingWord.LATE, D("235.89"), 40)),
        ("335.89", "335.89", "0", -40, Standing(StandingWord.PAID, D("0.00"))),
        ("335.89", "400", "0", -40, Standing(StandingWord.PAID, D("-64.11"))),
        ("335.89", "35.89", "300", -40, Standing(StandingWord.PAID, D("0.00"))),
        ("335.89", "0", "335.89", -40, Standing(StandingWord.CREDITED, D("0.00"))),
        ("0", "0", "0", -1, Standing(StandingWord.PAID, D(0))),
        ("-335.89", "0", "0", -5, Standing(StandingWord.SENT, D("-335.89"))),
        ("-335.89", "-335.89", "0", -5, Standing(StandingWord.PAID, D("0.00"))),
    ],
)
def test_an_issued_invoice_stands_as_its_money_says(
    total: str, paid: str, credited: str, due_in: int, expected: Standing
) -> None:
    found = invoices.standing(
        ISSUED,
        total=D(total),
        paid=D(paid),
        credited=D(credited),
        due_on=TODAY + timedelta(due_in),
        today=TODAY,
    )
    assert found == expected
    assert (found.days_late > 0) is (found.word is StandingWord.LATE)


def test_a_draft_owes_nothing_and_an_invoice_without_a_due_date_is_never_late() -> None:
    money = {"total": D(5), "paid": D(0), "credited": D(0)}
    draft = invoices.standing(InvoiceState.DRAFT, **money, due_on=TODAY, today=TODAY)
    assert draft == Standing(StandingWord.DRAFT, D(0))
    sent = invoices.standing(ISSUED, **money, due_on=None, today=TODAY)
    assert sent == Standing(StandingWord.SENT, D(5))


@pytest.mark.parametrize(
    ("days_late", "column"),
    [
        (-20, Age.NOT_DUE),
        (0, Age.NOT_DUE),
        (1, Age.TO_30),
        (30, Age.TO_30),
        (31, Age.TO_60),
        (60, Age.TO_60),
        (61, Age.TO_90),
        (90, Age.TO_90),
        (91, Age.OVER_90),
    ],
)
def test_ageing_counts_days_past_the_due_date(days_late: int, column: Age) -> None:
    assert invoices.age(TODAY - timedelta(days_late), TODAY) is column


CONTENT = {
    "number": "INV-1187",
    "total": D("335.89"),
    "lines": [{"text": "Łukasz", "quantity": D("1.750"), "taxed": False}, None],
    "issued": datetime(2026, 7, 14, 14, 33, tzinfo=UTC),
    "due": date(2026, 8, 13),
    "net": (D("-0.00"), D("1E+2"), 3),
}


def test_an_invoice_is_spelled_in_one_way() -> None:
    assert invoices.canonical(CONTENT) == (
        '{"due":"2026-08-13","issued":"2026-07-14T14:33:00+00:00",'
        '"lines":[{"quantity":"1.75","taxed":false,"text":"\\u0141ukasz"},null],'
        '"net":["0","100",3],"number":"INV-1187","total":"335.89"}'
    )


@pytest.mark.parametrize("value", [1.5, D("NaN"), b"x", object()])
def test_what_has_no_one_spelling_is_no_content(value: object) -> None:
    with pytest.raises(TypeError):
        invoices.canonical({"value": value})


def test_the_chain_notices_a_changed_field_and_a_changed_order() -> None:
    first = invoices.chain_hash(CONTENT, "")
    assert len(first) == 64
    changed = invoices.chain_hash(CONTENT | {"total": D("335.88")}, "")
    second = invoices.chain_hash(CONTENT, first)
    assert len({first, changed, second, invoices.chain_hash(CONTENT, changed)}) == 4
    turned = dict(reversed(CONTENT.items()))
    assert invoices.chain_hash(turned, "") == first


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_a_number_is_spelled_alike_with_and_without_zeros_at_its_end(number: Decimal) -> None:
    longer = Decimal(f"{number:f}00")
    assert invoices.canonical({"n": number}) == invoices.canonical({"n": longer})
