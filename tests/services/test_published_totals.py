from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from smallcmms.domain.lines import LineKind
from smallcmms.services import check, customers, invoices, rates, shop
from smallcmms.store.store import Store
from tests.bills import rendered


class L(NamedTuple):
    """A line: quantity, price, tax in percent, and where they differ base, allowance, charge."""

    quantity: str
    price: str
    percent: str = ""
    base: str = "1"
    allowance: str = "0"
    charge: str = "0"


class Case(NamedTuple):
    """An invoice as somebody published or worked it out by hand, to the minor unit."""

    lines: list[L]
    net: str
    taxes: list[str]
    total: str
    currency: str = "USD"
    allowance: str = "0"
    charge: str = "0"
    is_included: bool = False


CASES = {
    "the story: 7.5 % on parts": Case(
        [L("1.75", "125"), L("1", "65"), L("1", "42", "7.5"), L("1", "6.5", "7.5")],
        "332.25", ["3.64"], "335.89",
    ),
    "the picture of the rooftop unit": Case(
        [L("2.25", "125"), L("1", "65"), L("1", "48", "7.5"), L("1", "36.5", "7.5"),
         L("2", "42", "7.5")],
        "514.75", ["12.64"], "527.39",
    ),
    "a return and a charge, as the base example of Peppol BIS Billing": Case(
        [L("7", "400", "25"), L("-3", "500", "25")],
        "1325.00", ["331.25"], "1656.25", currency="EUR", charge="25",
    ),
    "half a cent goes up on every line": Case(
        [L("1", "0.125", "10"), L("1", "0.125", "10"), L("1", "0.125", "10")],
        "0.39", ["0.04"], "0.43",
    ),
    "2.675 is 2.68": Case([L("1", "2.675")], "2.68", [], "2.68"),
    "a price per hundred": Case(
        [L("250", "3.45", "19", base="100")], "8.63", ["1.64"], "10.27", currency="EUR"
    ),
    "two rates": Case(
        [L("1", "100.05", "19"), L("1", "49.95", "7")],
        "150.00", ["19.01", "3.50"], "172.51", currency="EUR",
    ),
    "prices that include two rates": Case(
        [L("1", "9.99", "20"), L("1", "9.99", "20"), L("1", "10.50", "5")],
        "26.65", ["3.33", "0.50"], "30.48", currency="GBP", is_included=True,
    ),
    "a discount is shared out among the rates": Case(
        [L("1", "75", "20"), L("1", "25", "5")],
        "90.00", ["13.50", "1.13"], "104.63", currency="GBP", allowance="10",
    ),
    "a line with a discount and a charge": Case(
        [L("10", "19.95", "8.25", allowance="19.95", charge="5")],
        "184.55", ["15.23"], "199.78",
    ),
    "a part that comes back": Case(
        [L("5", "20", "7.5"), L("-1", "20", "7.5")], "80.00", ["6.00"], "86.00"
    ),
    "no minor unit": Case([L("3", "333", "10")], "999", ["100"], "1099", currency="JPY"),
    "a thousandth as minor unit": Case(
        [L("1.5", "2.345", "5")], "3.518", ["0.176"], "3.694", currency="KWD"
    ),
    "a thousandth of a thing at a ten-thousandth": Case(
        [L("0.333", "0.0275")], "0.01", [], "0.01"
    ),
    "nothing": Case([L("1", "0", "20")], "0.00", ["0.00"], "0.00"),
    "an even split of an odd cent": Case(
        [L("1", "50", "10"), L("1", "50", "20")],
        "99.99", ["5.00", "10.00"], "114.99", allowance="0.01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_invoice_comes_to_what_was_worked_out(store: Store, case: Case) -> None:
    shop.create(store, name="Shop", currency=case.currency, is_tax_included=case.is_included)
    percents = dict.fromkeys(line.percent for line in case.lines if line.percent)
    taxes = {
        percent: rates.add_tax(
            store, name=f"Tax {percent}", percent=Decimal(percent),
            from_on=date(2020, 1, 1), line_kinds=[LineKind.PART],
        )
        for percent in percents
    }  # fmt: skip
    draft_id = invoices.draft_by_hand(store, customer_id=customers.add(store, name="Somebody"))
    for line in case.lines:
        line_id = invoices.add_line(
            store, draft_id, text="Work", quantity=Decimal(line.quantity),
            price=Decimal(line.price), base=Decimal(line.base),
            allowance=Decimal(line.allowance), charge=Decimal(line.charge),
        )  # fmt: skip
        invoices.edit_line(store, line_id, tax_id=taxes.get(line.percent))
    invoices.edit(store, draft_id, allowance=Decimal(case.allowance), charge=Decimal(case.charge))
    invoices.issue(store, draft_id, render=rendered)
    page = invoices.get(store, draft_id)
    assert str(page.net) == case.net
    assert [str(tax.amount) for tax in page.taxes] == case.taxes
    assert str(page.total) == case.total
    note = invoices.get(store, invoices.credit(store, draft_id, reason="Wrong", render=rendered))
    assert (note.net, note.tax, note.total) == (-page.net, -page.tax, -page.total)
    assert check.problems(store) == []
