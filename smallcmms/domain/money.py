"""Money: one currency, decimals rounded half-up, and the one function that adds an invoice up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import is_currency

from smallcmms.domain.errors import RuleBroken

TaxKey = int | str | None
"""Names a tax rate; None is untaxed."""

_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_UNITS_OF_ACCOUNT = "CLF UYW XAG XAU XPD XPT XDR XXX XTS"
_LARGEST = 2**63 - 1


@cache
def _is_code(code: str) -> bool:
    return is_currency(code) and code not in _UNITS_OF_ACCOUNT


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code, which decides its decimals: 0, 2 or 3.

    The decimals are ISO 4217's own: CLDR's are those of everyday cash and differ for some.
    """

    code: str

    def __post_init__(self) -> None:
        if not _is_code(self.code):
            raise RuleBroken("{code} is no currency code.", "currency", code=self.code)

    @property
    def decimals(self) -> int:
        """Return how many decimals an amount has."""
        if self.code in _NO_DECIMALS:
            return 0
        return 3 if self.code in _THREE_DECIMALS else 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an invoice: ``unit_price`` is the price of ``base`` units (price per 100).

    ``allowance`` and ``charge`` are amounts of money for the whole line.
    """

    quantity: Decimal
    unit_price: Decimal
    base: Decimal = Decimal(1)
    allowance: Decimal = Decimal(0)
    charge: Decimal = Decimal(0)
    tax_key: TaxKey = None

    def __post_init__(self) -> None:
        if self.base <= 0:
            raise RuleBroken("A price is for one or more units.", "base")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An allowance or a charge on the whole document, at one tax rate."""

    amount: Decimal
    tax_key: TaxKey = None


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A tax rate in percent (7.5 is 7.5 %)."""

    key: int | str
    name: str
    percent: Decimal

    def __post_init__(self) -> None:
        if self.percent < 0:
            raise RuleBroken("A tax rate is 0 % or more.", "percent")


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate: ``base`` is the net amount that is taxed."""

    key: int | str
    name: str
    percent: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What an invoice comes to; total = net + tax.

    ``line_nets`` stand as the lines show them: with the tax in them where prices include it.
    """

    net: Decimal
    tax: Decimal
    total: Decimal
    rows: tuple[TaxRow, ...]
    line_nets: tuple[Decimal, ...]


def _half_up(exact: Fraction) -> int:
    """Return the nearest whole number; halves go away from zero."""
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


def _rounded(exact: Fraction, currency: Currency) -> Decimal:
    minor = _half_up(exact * 10**currency.decimals)
    if abs(minor) > _LARGEST:
        raise RuleBroken("The amount is too large.")
    return from_minor(minor, currency)


def round_money(amount: Decimal, currency: Currency) -> Decimal:
    """Return an amount rounded half-up to the minor unit, halves away from zero."""
    return _rounded(Fraction(amount), currency)


def to_minor(amount: Decimal, currency: Currency) -> int:
    """Return an amount in whole minor units, as the file keeps it.

    Raises:
        RuleBroken: it is finer than the minor unit, or too large to keep.
    """
    numerator, denominator = amount.as_integer_ratio()
    minor, rest = divmod(numerator * 10**currency.decimals, denominator)
    if rest:
        message = "{amount} is finer than {currency} can be."
        raise RuleBroken(message, amount=amount, currency=currency.code)
    if abs(minor) > _LARGEST:
        raise RuleBroken("The amount is too large.")
    return int(minor)


def from_minor(minor: int, currency: Currency) -> Decimal:
    """Return the amount that the file keeps as whole minor units."""
    return Decimal(minor).scaleb(-currency.decimals)


def line_net(line: Line, currency: Currency) -> Decimal:
    """Return quantity x unit price / base - allowance + charge, half-up to the minor unit."""
    exact = Fraction(line.quantity) * Fraction(line.unit_price) / Fraction(line.base)
    return _rounded(exact - Fraction(line.allowance) + Fraction(line.charge), currency)


def negated(line: Line) -> Line:
    """Return the line that a credit note negates this one with, to the minor unit."""
    return replace(line, quantity=-line.quantity, allowance=-line.allowance, charge=-line.charge)


def totals(
    lines: Sequence[Line],
    *,
    rates: Iterable[TaxRate] = (),
    allowances: Iterable[Adjustment] = (),
    charges: Iterable[Adjustment] = (),
    currency: Currency,
    includes_tax: bool = False,
) -> Totals:
    """Add an invoice up: screen, paper, list and exports all show this result.

    Tax is taken per rate on the sum of its lines, half-up. With prices that include tax, the tax
    of a rate is gross x rate / (100 + rate) [domain.md, Money].

    Raises:
        RuleBroken: a line names a tax rate that is not among ``rates``, or the total is too large.
    """
    by_key: dict[TaxKey, TaxRate] = {rate.key: rate for rate in rates}
    line_nets = tuple(line_net(line, currency) for line in lines)
    amounts = [(line.tax_key, net) for line, net in zip(lines, line_nets, strict=True)]
    amounts += [(each.tax_key, -round_money(each.amount, currency)) for each in allowances]
    amounts += [(each.tax_key, round_money(each.amount, currency)) for each in charges]
    sums = _sums(amounts, by_key)
    rows = tuple(
        _tax_row(by_key[key], sums[key], currency, includes_tax=includes_tax)
        for key in by_key
        if key in sums
    )
    tax = sum((row.tax for row in rows), _zero(currency))
    summed = sum(sums.values(), _zero(currency))
    net = summed - tax if includes_tax else summed
    to_minor(net + tax, currency)
    return Totals(net, tax, net + tax, rows, line_nets)


def _zero(currency: Currency) -> Decimal:
    return from_minor(0, currency)


def _sums(
    amounts: Iterable[tuple[TaxKey, Decimal]], by_key: dict[TaxKey, TaxRate]
) -> dict[TaxKey, Decimal]:
    sums: dict[TaxKey, Decimal] = {}
    for key, amount in amounts:
        if key is not None and key not in by_key:
            raise RuleBroken("A line has a tax that the shop does not know.", "tax")
        sums[key] = sums.get(key, Decimal(0)) + amount
    return sums


def _tax_row(rate: TaxRate, amount: Decimal, currency: Currency, *, includes_tax: bool) -> TaxRow:
    percent = Fraction(rate.percent)
    whole = 100 + percent if includes_tax else Fraction(100)
    tax = _rounded(Fraction(amount) * percent / whole, currency)
    base = amount - tax if includes_tax else amount
    return TaxRow(rate.key, rate.name, rate.percent, base, tax)
