"""The lines of a draft: each cell is a box, and the amounts follow as the boxes are left."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from smallcmms.domain.money import Currency, round_money
from smallcmms.domain.typed import read_price
from smallcmms.formats import Formats
from smallcmms.services import invoices, parts
from smallcmms.services.invoices import LineRow
from smallcmms.texts import _
from smallcmms.ui import errors, theme, tips
from smallcmms.ui.kit import (
    Button,
    Column,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    QuantityBox,
    Tick,
    block,
    column,
    line,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows

_QUANTITY, _UNIT, _PRICE, _TAX, _AMOUNT, _REMOVE = 48, 20, 72, 30, 68, 20
_WIDTHS = (_QUANTITY, _UNIT, _PRICE, _TAX, _AMOUNT, _REMOVE)
_ROW = 31
_EDGES = (6, 0, 8, 0)
_INSET = 8


class LinesEdit(QWidget):
    """Edit the lines of one draft; a line that is added gets the cursor.

    ``typed`` tells of every key, ``wants_discount`` that the whole invoice is to cost less.
    """

    typed = Signal()
    wants_discount = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.edits: list[LineEdit] = []
        self._invoice_id = self._wanted = 0
        self._rows = column(gap=0)
        self.part = FindBox(
            "", self._parts, hint=_("Part name or number"), icon="package", says=_("Add a part")
        )
        self.part.taken.connect(errors.guarded(self, self._add_part))
        self.part.hide()
        add = Button(_("Add line"), "quiet", icon="plus", is_small=True, on=self.add_line)
        part = Button(_("Add from parts"), "quiet", icon="plus", is_small=True, on=self._ask_part)
        less = Button(_("Discount"), "quiet", icon="plus", is_small=True)
        less.clicked.connect(self.wants_discount)
        buttons = row(add, part, less, None, gap=12, margins=(6, 2, 8, 2))
        find = block(row(self.part, margins=(12, 0, 12, 6)))
        self.setLayout(column(_Heads(), self._rows, buttons, find, gap=0))

    def show_lines(self, invoice_id: int, lines: Sequence[LineRow]) -> None:
        """Show the lines of a draft; a box with the cursor in it stays as it is."""
        if [edit.line_id for edit in self.edits] != [each.id for each in lines]:
            self._invoice_id = invoice_id
            self._make(lines)
        for edit, each in zip(self.edits, lines, strict=True):
            edit.show_line(each)
        self._enter_wanted()

    def add_line(self) -> None:
        """Add an empty line and put the cursor into it."""
        self.keep()
        self._wanted = invoices.add_line(
            self.desk.store, self._invoice_id, text=_("Work"), price=Decimal(0)
        )
        self._enter_wanted()  # it may be shown already

    def _enter_wanted(self) -> None:
        for edit in self.edits:
            if edit.line_id == self._wanted:
                edit.text.setFocus()
                edit.text.line.selectAll()
                self._wanted = 0

    def edit_first(self) -> None:
        """Put the cursor into the first line."""
        if self.edits:
            self.edits[0].text.setFocus()
            self.edits[0].text.line.selectAll()

    def remove_line(self) -> None:
        """Take the line away that the cursor is in."""
        for edit in self.edits:
            if edit.form.holds(QApplication.focusWidget()):
                edit.take_away()
                return

    def keep(self) -> None:
        """Save what is typed and not saved yet."""
        for edit in self.edits:
            edit.form.keep()

    def _make(self, lines: Sequence[LineRow]) -> None:
        for edit in self.edits:
            self._rows.removeWidget(edit)
            edit.hide()
            edit.deleteLater()
        self.edits = [LineEdit(self.desk, each.id) for each in lines]
        for edit in self.edits:
            edit.form.edited.connect(self.typed)
            self._rows.addWidget(edit)
            edit.show()  # what is not shown yet takes no cursor

    def _ask_part(self) -> None:
        self.part.show()
        self.part.setFocus()

    def _parts(self, text: str) -> list[Found]:
        return [
            Found(each.id, each.name, each.number, self.desk.formats.price(each.price))
            for each in parts.match(self.desk.store, text)
            if each.price is not None
        ]

    def _add_part(self) -> None:
        part_id = self.part.value
        self.part.set_value(None)
        self.part.hide()
        self.keep()
        self._wanted = invoices.add_part(self.desk.store, self._invoice_id, part_id)
        self._enter_wanted()


class LineEdit(QWidget):
    """One line of a draft: text, quantity, price, whether it is taxed."""

    def __init__(self, desk: Desk, line_id: int) -> None:
        super().__init__()
        self.desk, self.line_id = desk, line_id
        formats = desk.formats
        self.form = Form(self, save=self._save)
        self.text = self.form.add("text", _flat(LineBox(size="row", says=_("Line"))))
        self.quantity = self.form.add(
            "quantity", _flat(QuantityBox("", formats, size="row", says=_("Quantity")))
        )
        self.price = self.form.add("price", _flat(_price_box(formats)))
        self.unit = Label("", "second", tone="text3", is_cut=True)
        self.tick = Tick("", says=_("Taxed"))
        self.tick.clicked.connect(errors.guarded(self, self._set_tax))
        self.amount = _right(Label("", "bold"))
        self.remove = Button(
            "", "icon", icon="x", is_small=True, says=_("Remove this line"), on=self.take_away
        )
        tick = block(row(None, self.tick, None))
        self._cells = (self.quantity, self.unit, self.price, tick, self.amount, self.remove)
        cells = row(self.text, *self._cells, gap=2, margins=_EDGES)
        cells.setStretch(0, 1)
        self._inside = block(cells)
        self.setLayout(column(self._inside, line(), gap=0))
        self._show_remove(is_shown=False)
        theme.signals.changed.connect(self._fit)
        self._fit()

    def show_line(self, each: LineRow) -> None:
        """Show a line."""
        self.form.fill({"text": each.text, "quantity": each.quantity, "price": each.price})
        tips.tell(self.text.line, each.text)
        self.unit.setText(each.unit)
        self.tick.setChecked(each.tax_id is not None)
        self.amount.setText(self.desk.formats.amount(each.amount))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Offer to remove the line that the pointer is on."""
        self._show_remove(is_shown=True)
        super().enterEvent(event)

    def leaveEvent(self, event: Any) -> None:  # noqa: N802
        """Take the offer away."""
        self._show_remove(is_shown=False)
        super().leaveEvent(event)

    def _fit(self) -> None:
        self._inside.setMinimumHeight(theme.px(_ROW))
        for cell, width in zip(self._cells, _WIDTHS, strict=True):
            _set_width(cell, width)

    def _show_remove(self, *, is_shown: bool) -> None:
        rule = self.remove.sizePolicy()
        rule.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(rule)
        self.remove.setVisible(is_shown)

    def _save(self, values: dict[str, Any]) -> None:
        invoices.edit_line(self.desk.store, self.line_id, **values)

    def _set_tax(self) -> None:
        self.form.keep()
        is_taxed = self.tick.isChecked()
        self.tick.setChecked(not is_taxed)
        invoices.edit_line(self.desk.store, self.line_id, is_taxed=is_taxed)

    def take_away(self) -> None:
        """Take this line off the draft."""
        invoices.remove_line(self.desk.store, self.line_id)


class LinesShown(ShortRows[LineRow]):
    """The lines of an issued invoice."""

    def __init__(self, desk: Desk) -> None:
        formats = desk.formats
        super().__init__(
            [
                Column(_("Line"), lambda each: each.text),
                Column(_("Qty"), lambda each: _quantity(desk, each), 84, is_right=True),
                Column(_("Price"), lambda each: formats.price(each.price), 96, is_right=True),
                Column(_("Tax"), lambda each: "*" if each.tax_id else "", 48),
                Column(_("Amount"), lambda each: formats.amount(each.amount), 96, is_right=True),
            ],
            row=_ROW,
            says=_("Lines"),
        )


def _quantity(desk: Desk, each: LineRow) -> str:
    return f"{desk.formats.quantity(each.quantity)} {each.unit}".strip()


class _Heads(QWidget):
    """What stands above the columns of the lines."""

    def __init__(self) -> None:
        super().__init__()
        words = (_("Qty"), "", _("Price"), _("Tax"), _("Amount"), "")
        self._heads = [_right(Label(each, "label")) for each in words]
        heads = row(Label(_("Line"), "label"), gap=2, margins=(13, 5, 8, 5))
        heads.setStretch(0, 1)
        for head in self._heads:
            heads.addWidget(head)
        self.setLayout(column(block(heads, "header")))
        theme.signals.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for head, width in zip(self._heads, _WIDTHS, strict=True):
            _set_width(head, width)
            has_box = width in (_QUANTITY, _PRICE)
            head.setContentsMargins(0, 0, theme.px(_INSET) if has_box else 0, 0)


def _price_box(formats: Formats) -> LineBox:
    """Return a box for a price without the currency's sign, which the column has no room for."""
    currency = Currency(formats.currency)

    def read(text: str) -> Decimal:
        return read_price(text, locale=formats.locale, currency=currency)

    def write(price: Decimal) -> str:
        is_whole = price == round_money(price, currency)
        return formats.amount(price) if is_whole else formats.price(price)

    box = LineBox(size="row", says=_("Price"), read=read, write=write)
    box.line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box


def _flat(box: Any) -> Any:
    box.editor.setProperty("look", "flat")
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return box


def _set_width(widget: QWidget, width: int) -> None:
    rule = widget.sizePolicy()
    rule.setHorizontalPolicy(QSizePolicy.Policy.Fixed)
    widget.setSizePolicy(rule)
    widget.setFixedWidth(theme.px(width))


def _right(label: Label) -> Label:
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
