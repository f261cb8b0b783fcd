"""The forms of rates and taxes: what is charged from a day on."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from smallcmms.domain.lines import LineKind
from smallcmms.domain.rates import RateClass
from smallcmms.domain.typed import read_percent
from smallcmms.services import rates
from smallcmms.services.rates import RateRow, TaxRow
from smallcmms.texts import _, later
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    PriceBox,
    column,
    line,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.widgets.wrapping import WrappedChips

RATES = (
    (RateClass.REGULAR, later("Labor, an hour")),
    (RateClass.OVERTIME, later("Overtime, an hour")),
    (RateClass.AFTER_HOURS, later("After hours, an hour")),
    (RateClass.TRAVEL, later("Driving, an hour")),
    (RateClass.WAITING, later("Waiting for parts, an hour")),
    (RateClass.CALL_OUT, later("Service call")),
)
KINDS = (
    (LineKind.LABOUR, later("labor")),
    (LineKind.CALL_OUT, later("service call")),
    (LineKind.PART, later("parts")),
    (LineKind.PURCHASE, later("purchases")),
    (LineKind.FLAT, later("flat prices")),
    (LineKind.TEXT, later("other lines")),
)


class RatesForm(QWidget):
    """Show what is charged, and charge something else from a day on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rates = ShortRows[RateRow].of_cells(self._rate, says=_("Rates"))
        self.taxes = ShortRows[TaxRow].of_cells(self._tax, says=_("Taxes"))
        self.taxes.opened.connect(self._archive)
        self.rate_form, self.tax_form = Form(self), Form(self)
        layout = column(
            Label(_("Rates"), "bold"),
            self.rates,
            self._new_rate(),
            line(),
            Label(_("Taxes"), "bold"),
            self.taxes,
            *self._new_tax(),
            None,
            gap=10,
            margins=(16, 12, 16, 12),
        )
        self.setLayout(layout)

    def _new_rate(self) -> QLayout:
        add = self.rate_form.add
        kinds = [(kind, _(text)) for kind, text in RATES]
        kind = add("kind", Choice(_("New rate"), kinds))
        price = add("price", PriceBox(_("Price"), self.desk.formats, is_needed=True))
        day = add("from_on", DateBox(_("From"), self.desk.formats, self.desk.today))
        button = Button(_("Set the rate"), on=self._set_rate)
        return row(kind, price, day, column(None, button), gap=10)

    def _new_tax(self) -> tuple[QLayout, QWidget]:
        add = self.tax_form.add
        locale = self.desk.formats.locale
        name = add("name", LineBox(_("New tax"), is_needed=True))
        percent = add(
            "percent",
            LineBox(
                _("Percent"), read=lambda text: read_percent(text, locale=locale), is_needed=True
            ),
        )
        day = add("from_on", DateBox(_("From"), self.desk.formats, self.desk.today))
        button = Button(_("Add the tax"), on=self._add_tax)
        self.kinds = WrappedChips([(kind.value, _(text)) for kind, text in KINDS])
        self.kinds.set_value(LineKind.PART.value)
        return row(name, percent, day, column(None, button), gap=10), self.kinds

    def refresh(self) -> None:
        """Show what is charged now."""
        self.rates.show_rows(rates.rows(self.desk.store))
        self.taxes.show_rows(rates.taxes(self.desk.store))

    def _rate(self, found: RateRow) -> Cell:
        words = dict(RATES)[found.kind]
        since = _("from {day}", day=self.desk.formats.day_year(found.from_on))
        return Cell(
            first=_(words),
            then=since,
            right=self.desk.formats.price(found.price),
            right_tone="text",
        )

    def _tax(self, found: TaxRow) -> Cell:
        kinds = ", ".join(_(text) for kind, text in KINDS if kind in found.line_kinds)
        percent = self.desk.formats.percent(found.percent)
        return Cell(first=found.name, then=_("on {kinds}", kinds=kinds), right=percent)

    def _set_rate(self) -> None:
        if self.rate_form.check():
            values = self.rate_form.values()
            rates.set_rate(
                self.desk.store,
                kind=values["kind"],
                price=values["price"],
                from_on=values["from_on"] or self.desk.today(),
            )
            self.rate_form.clear()

    def _add_tax(self) -> None:
        if self.tax_form.check():
            values = self.tax_form.values()
            rates.add_tax(
                self.desk.store,
                name=values["name"],
                percent=values["percent"],
                from_on=values["from_on"] or self.desk.today(),
                line_kinds=[LineKind(key) for key in self.kinds.values],
            )
            self.tax_form.clear()

    def _archive(self, place: int) -> None:
        tax = self.taxes.row_of(place)
        rates.archive_tax(self.desk.store, tax.id)
        self.desk.front.toast(_("{tax} is charged no longer", tax=tax.name))
