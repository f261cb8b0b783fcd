"""Money: every published total comes out to the cent, and every rule holds for any invoice."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import money
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Adjustment, Currency, Line, TaxRate, Totals, totals

D = Decimal
EUR, USD, JPY, BHD = Currency("EUR"), Currency("USD"), Currency("JPY"), Currency("BHD")
CURRENCIES = st.sampled_from([EUR, USD, JPY, BHD])
SALES_TAX = TaxRate("sales", "Sales tax", D("7.5"))
RATES = (
    SALES_TAX,
    TaxRate("full", "Full", D(20)),
    TaxRate("odd", "Odd", D("6.625")),
    TaxRate("zero", "Zero", D(0)),
)


def lines_of(*rows: tuple[str, str, str | None]) -> list[Line]:
    """Return lines of quantity, price and tax key."""
    return [Line(D(quantity), D(price), tax_key=key) for quantity, price, key in rows]


STORY = lines_of(
    ("1.75", "125.00", None), ("1", "65.00", None), ("1", "42.00", "sales"), ("1", "6.50", "sales")
)
DESIGN = lines_of(
    ("2.25", "125.00", None),
    ("1", "65.00", None),
    ("1", "48.00", "sales"),
    ("1", "36.50", "sales"),
    ("2", "42.00", "sales"),
)


@pytest.mark.parametrize(
    ("lines", "nets", "net", "base", "tax", "total"),
    [
        (STORY, ["218.75", "65", "42", "6.50"], "332.25", "48.50", "3.64", "335.89"),
        (DESIGN, ["281.25", "65", "48", "36.50", "84"], "514.75", "168.50", "12.64", "527.39"),
    ],
    ids=["story", "design"],
)
def test_the_shops_own_invoices_come_out_to_the_cent(  # noqa: PLR0917
    lines: list[Line], nets: list[str], net: str, base: str, tax: str, total: str
) -> None:
    found = totals(lines, rates=[SALES_TAX], currency=USD)
    assert list(found.line_nets) == [D(each) for each in nets]
    assert (found.net, found.tax, found.total) == (D(net), D(tax), D(total))
    (row,) = found.rows
    assert (row.name, row.percent, row.base, row.tax) == ("Sales tax", D("7.5"), D(base), D(tax))


Published = tuple[list[Line], list[Adjustment], list[Adjustment], tuple[str, str]]

PEPPOL_ALLOWANCES: Published = (
    [
        Line(D(10), D(410), D(1), allowance=D(101), charge=D(1), tax_key=25),
        Line(D(10), D(200), D(2), tax_key=0),
        Line(D(10), D(100), D(1), allowance=D(101), charge=D(1), tax_key=25),
    ],
    [Adjustment(D(200), 25)],
    [Adjustment(D(200), 25)],
    ("5900", "7125"),
)
ENERGY: Published = (
    [
        Line(D(16000), D("0.00880"), tax_key=21),
        Line(D(16000), D("0.00101"), tax_key=21),
        Line(D(132), D("15.24"), D(12), tax_key=21),
        Line(D(58), D("1.53"), tax_key=21),
        Line(D(1), D(441), D(12), tax_key=21),
        Line(D(1), D(678), D(12), tax_key=21),
        *lines_of(("1", "83.34", None), ("1", "190.31", None)),
        *lines_of(("1", "64.21", None), ("1", "64.46", None)),
    ],
    [],
    [],
    ("908.91", "1099.78"),
)
HALF_CENT: Published = (
    [
        Line(D(1), D(1273), allowance=D(12), charge=D(12), tax_key=25),
        Line(D(-1), D("3.96"), tax_key=15),
        Line(D(2), D("2.48"), tax_key=15),
        Line(D(-1), D(25), tax_key=0),
        Line(D(250), D("0.75"), tax_key=25),
    ],
    [Adjustment(D(100), 25)],
    [Adjustment(D(100), 25)],
    ("1436.50", "1801.78"),
)
DISCOUNT_PRICE: Published = ([Line(D(100), D("0.1212"), tax_key=25)], [], [], ("12.12", "15.15"))
TWO_RATES: Published = (
    [Line(D(20), D("9.90"), tax_key=19), Line(D(50), D("5.50"), tax_key=7)],
    [],
    [],
    ("473.00", "529.87"),
)
CREDIT: Published = (
    [Line(D(-1), D("625743.54"), tax_key=25)],
    [],
    [],
    ("-625743.54", "-782179.43"),
)


@pytest.mark.parametrize(
    ("lines", "allowances", "charges", "expected"),
    [PEPPOL_ALLOWANCES, ENERGY, HALF_CENT, DISCOUNT_PRICE, TWO_RATES, CREDIT],
    ids=["peppol", "energy", "half cent", "discount price", "zugferd", "credit note"],
)
def test_published_invoices_come_out_to_the_cent(
    lines: list[Line],
    allowances: list[Adjustment],
    charges: list[Adjustment],
    expected: tuple[str, str],
) -> None:
    """From the examples of EN 16931, Peppol BIS Billing and ZUGFeRD."""
    taxed = [
        line if line.tax_key is not None else Line(line.quantity, line.unit_price, tax_key=21)
        for line in lines
    ]
    keys = {line.tax_key for line in taxed if isinstance(line.tax_key, int)}
    rates = [TaxRate(key, f"{key} %", D(key)) for key in sorted(keys)]
    found = totals(taxed, rates=rates, allowances=allowances, charges=charges, currency=EUR)
    assert (found.net, found.total) == (D(expected[0]), D(expected[1]))


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("2.675", USD, "2.68"),
        ("0.125", USD, "0.13"),
        ("-0.125", USD, "-0.13"),
        ("-2.674999", USD, "-2.67"),
        ("0.5", JPY, "1"),
        ("-0.5", JPY, "-1"),
        ("1.0005", BHD, "1.001"),
        ("0.004999999999999999999999999999999999999999", USD, "0.00"),
    ],
)
def test_halves_go_away_from_zero(amount: str, currency: Currency, expected: str) -> None:
    assert str(money.round_money(D(amount), currency)) == expected


def test_a_price_may_be_for_a_hundred() -> None:
    assert money.line_net(Line(D(35), D("12.3456"), D(100)), USD) == D("4.32")


def test_a_third_of_a_cent_is_rounded_once_and_from_the_exact_quotient() -> None:
    """0.005 - 1/3 of 10^-40 lies below the half, however many digits are carried."""
    line = Line(D("0.014999999999999999999999999999999999999999"), D(1), D(3))
    assert money.line_net(line, USD) == D("0.00")


@pytest.mark.parametrize(
    ("gross", "percent", "tax"),
    [
        ("119.00", "19", "19.00"),
        ("107.50", "7.5", "7.50"),
        ("10.00", "20", "1.67"),
        ("0", "20", "0"),
    ],
)
def test_tax_is_taken_out_of_prices_that_include_it(gross: str, percent: str, tax: str) -> None:
    rate = TaxRate(1, "Tax", D(percent))
    line = Line(D(1), D(gross), tax_key=1)
    found = totals([line], rates=[rate], currency=EUR, includes_tax=True)
    assert (found.tax, found.total, found.net) == (D(tax), D(gross), D(gross) - D(tax))
    assert found.rows[0].base == found.net
    assert found.line_nets == (D(gross),)


def test_tax_is_rounded_on_the_sum_and_not_line_by_line() -> None:
    lines = lines_of(*[("1", "0.10", "sales")] * 10)
    assert totals(lines, rates=[SALES_TAX], currency=USD).tax == D("0.08")


def test_a_rate_that_nothing_uses_gives_no_row_and_a_rate_of_nought_does() -> None:
    found = totals(lines_of(("1", "5", "zero")), rates=RATES, currency=USD)
    assert [(row.key, row.base, row.tax) for row in found.rows] == [("zero", D(5), D(0))]


def test_an_invoice_without_lines_comes_to_nothing() -> None:
    assert totals([], currency=USD) == Totals(D("0.00"), D("0.00"), D("0.00"), (), ())


@pytest.mark.parametrize(
    ("code", "decimals"),
    [
        ("USD", 2),
        ("EUR", 2),
        ("JPY", 0),
        ("CLP", 0),
        ("KWD", 3),
        ("IQD", 3),
        ("RSD", 2),
        ("ISK", 0),
    ],
)
def test_iso_4217_decides_the_decimals(code: str, decimals: int) -> None:
    assert Currency(code).decimals == decimals


@pytest.mark.parametrize("code", ["", "usd", "US", "ABC", "XAU", "CLF", "XXX"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        Currency(code)
    assert refused.value.field == "currency"


@pytest.mark.parametrize("amount", ["0.001", "9" * 20, "-" + "9" * 20, "92233720368547758.08"])
def test_an_amount_that_the_file_cannot_hold_is_refused(amount: str) -> None:
    with pytest.raises(RuleBroken):
        money.to_minor(D(amount), USD)


def test_a_total_that_the_file_cannot_hold_is_refused() -> None:
    with pytest.raises(RuleBroken, match="too large"):
        totals(lines_of(("1", "5E+16", None), ("1", "5E+16", None)), currency=USD)
    with pytest.raises(RuleBroken, match="too large"):
        totals(lines_of(("9E+15", "9E+15", None)), currency=USD)
    taxed = lines_of(("1", "9E+16", "sales"))
    assert totals(taxed, rates=[TaxRate("sales", "None", D(0))], currency=USD).total == D("9E+16")
    with pytest.raises(RuleBroken, match="too large"):
        totals(taxed, rates=[SALES_TAX], currency=USD)


def test_an_unknown_tax_a_price_for_none_and_a_negative_rate_are_refused() -> None:
    with pytest.raises(RuleBroken, match="does not know"):
        totals(lines_of(("1", "5", "other")), rates=RATES, currency=USD)
    with pytest.raises(RuleBroken, match="one or more units"):
        Line(D(1), D(1), D(0))
    with pytest.raises(RuleBroken, match="0 % or more"):
        TaxRate(1, "Tax", D(-1))


@given(CURRENCIES, st.integers(-(2**63) + 1, 2**63 - 1))
def test_minor_units_go_there_and_back(currency: Currency, minor: int) -> None:
    assert money.to_minor(money.from_minor(minor, currency), currency) == minor


PRICES = st.decimals(D(0), D(100_000), places=4)
QUANTITIES = st.decimals(D(-1000), D(1000), places=3)
KEYS = st.sampled_from([None, *(rate.key for rate in RATES)])
AMOUNTS = st.integers(0, 5000).map(D)
LINES = st.builds(
    Line, QUANTITIES, PRICES, st.sampled_from([D(1), D(100), D(12)]), AMOUNTS, AMOUNTS, KEYS
)
ADJUSTMENTS = st.lists(st.builds(Adjustment, AMOUNTS, KEYS), max_size=3)
INVOICES = st.tuples(
    st.lists(LINES, max_size=8), ADJUSTMENTS, ADJUSTMENTS, CURRENCIES, st.booleans()
)
Invoice = tuple[list[Line], list[Adjustment], list[Adjustment], Currency, bool]


def total_of(invoice: Invoice) -> Totals:
    lines, allowances, charges, currency, includes_tax = invoice
    return totals(
        lines,
        rates=RATES,
        allowances=allowances,
        charges=charges,
        currency=currency,
        includes_tax=includes_tax,
    )


@given(INVOICES)
def test_lines_allowances_charges_and_tax_always_add_up(invoice: Invoice) -> None:
    lines, allowances, charges, _, includes_tax = invoice
    found = total_of(invoice)
    summed = sum(found.line_nets) + sum(each.amount for each in charges)
    summed -= sum(each.amount for each in allowances)
    assert found.net + found.tax == found.total
    assert summed == (found.total if includes_tax else found.net)
    assert found.tax == sum(row.tax for row in found.rows)
    assert len(found.line_nets) == len(lines)


@given(INVOICES)
def test_every_tax_is_its_rate_of_its_base_to_half_a_unit(invoice: Invoice) -> None:
    *_, currency, includes_tax = invoice
    unit = D(1).scaleb(-currency.decimals)
    for row in total_of(invoice).rows:
        with localcontext(prec=80):
            whole = row.base + row.tax if includes_tax else row.base
            per = 100 + row.percent if includes_tax else D(100)
            assert row.tax == (whole * row.percent / per).quantize(unit, ROUND_HALF_UP)


@given(INVOICES)
def test_a_credit_note_negates_exactly(invoice: Invoice) -> None:
    lines, allowances, charges, currency, includes_tax = invoice
    billed = total_of(invoice)
    back = total_of(
        (
            [money.negated(line) for line in lines],
            [Adjustment(-each.amount, each.tax_key) for each in allowances],
            [Adjustment(-each.amount, each.tax_key) for each in charges],
            currency,
            includes_tax,
        )
    )
    assert (back.net, back.tax, back.total) == (-billed.net, -billed.tax, -billed.total)
    assert back.line_nets == tuple(-net for net in billed.line_nets)
    assert [row.tax for row in back.rows] == [-row.tax for row in billed.rows]


@given(INVOICES)
def test_the_order_of_the_lines_changes_nothing(invoice: Invoice) -> None:
    found, other = total_of(invoice), total_of((invoice[0][::-1], *invoice[1:]))
    assert (found.net, found.tax, found.total, found.rows) == (
        other.net,
        other.tax,
        other.total,
        other.rows,
    )


@given(INVOICES)
def test_every_amount_fits_the_file(invoice: Invoice) -> None:
    found = total_of(invoice)
    amounts = [found.net, found.tax, found.total, *found.line_nets]
    amounts += [amount for row in found.rows for amount in (row.base, row.tax)]
    for amount in amounts:
        assert money.from_minor(money.to_minor(amount, invoice[3]), invoice[3]) == amount
