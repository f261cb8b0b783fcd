"""What is to be ordered, by supplier: ticked, in quantities that can be changed, made in one go."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import purchase_order as report
from smallcmms.services import purchase_orders
from smallcmms.services.papers.purchase_order import purchase_order
from smallcmms.services.purchase_orders import NewLine
from smallcmms.services.reordering import Suggestion
from smallcmms.texts import _, _n
from smallcmms.ui import tips
from smallcmms.ui.kit import (
    Button,
    Desk,
    Icon,
    Label,
    Panel,
    QuantityBox,
    Tick,
    block,
    column,
    row,
    scrolled,
    theme,
)

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BOX, _AMOUNT, _SHOWN, _AT_ONCE = 50, 60, 60, 3
"""So many lines are enough to go on with; what is left comes once these are ordered."""


class _Typed(NamedTuple):
    """What a person did with a line: ticked or not, what was typed, and what had stood there."""

    is_on: bool
    text: str
    proposed: str


class _Line(QWidget):
    """A part to order: whether, how many, and what that comes to."""

    changed = Signal()

    def __init__(self, desk: Desk, each: Suggestion) -> None:
        super().__init__()
        self.desk, self.each = desk, each
        has_supplier = each.supplier_id is not None
        self.tick = Tick("", is_on=has_supplier, says=_("Order {name}", name=each.name))
        self.tick.setEnabled(has_supplier)
        name = Label(each.name, is_cut=True)
        tips.tell(self.tick, _why(each, desk))
        says = _("Quantity of {name}", name=each.name)
        self.box = QuantityBox("", desk.formats, size="row", says=says)
        self.box.setFixedWidth(theme.px(_BOX))
        self.box.set_value(each.quantity)
        self.amount = Label("")
        self.amount.setMinimumWidth(theme.px(_AMOUNT))
        self.amount.setAlignment(_RIGHT)
        layout = row(self.tick, gap=9, margins=(12, 4, 12, 4))
        layout.addWidget(name, 1)
        layout.addWidget(self.box)
        layout.addWidget(self.amount)
        self.setLayout(layout)
        self.tick.toggled.connect(self._say)
        self.box.changed.connect(self._say)
        self._say()

    @property
    def quantity(self) -> Decimal:
        """Return how many are to be ordered; nothing where it is not ticked or not readable."""
        if not self.tick.isChecked():
            return Decimal(0)
        try:
            return self.box.value or Decimal(0)
        except RuleBroken:
            return Decimal(0)

    @property
    def typed(self) -> _Typed:
        """Return what a person did with it."""
        proposed = self.desk.formats.quantity(self.each.quantity)
        return _Typed(self.tick.isChecked(), self.box.typed, proposed)

    @property
    def worth(self) -> Decimal:
        """Return what they cost."""
        return self.quantity * self.each.unit_cost

    def _say(self) -> None:
        self.amount.setText(self.desk.formats.money(self.worth))
        self.changed.emit()


class ToOrder(Panel):
    """What is low, and the buttons that order it; ``counted`` tells whether some is ticked."""

    counted = Signal(bool)

    def __init__(self, desk: Desk, buttons: Sequence[Button]) -> None:
        super().__init__()
        self.desk = desk
        self._told: Sequence[Suggestion] = ()
        self._rest: list[Suggestion] = []
        self._kept: dict[int, _Typed] = {}
        self._supplier: str | None = None
        self._more_soon = QTimer(self, singleShot=True, interval=0)
        self._more_soon.timeout.connect(self._build)
        self.lines: list[_Line] = []
        self.title, self.count = Label(_("To order"), "h3"), Label("", tone="text3")
        self.total = Label("", "bold")
        head = row(Icon("shopping-cart"), self.title, self.count, None, self.total)
        head.setContentsMargins(12, 9, 12, 9)
        self.add(block(head, "header"))
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self.nothing = Label(_("Nothing is low."), "second", wraps=True)
        self.nothing.setContentsMargins(12, 10, 12, 10)
        self.more = Label("", "second", wraps=True)
        self.more.setContentsMargins(12, 6, 12, 6)
        self.add(scrolled(column(self._inside, self.nothing, self.more, None, gap=0)), 1)
        self.make, *others = buttons
        foot = row(self.make, *others, None, gap=6, margins=(12, 9, 12, 9))
        self.add(block(foot, "footer"))

    def show_suggestions(self, told: Sequence[Suggestion]) -> None:
        """Show what is low, by supplier; what was typed stays while the same is low."""
        if tuple(told) == tuple(self._told):
            return
        self._kept |= {line.each.part_id: line.typed for line in self.lines}
        self._told, self._rest, self._supplier = told, list(told[:_SHOWN]), None
        self._clear()
        self.lines = []
        self.nothing.setVisible(not told)
        left = len(told) - len(self._rest)
        self.more.setText(_n("and {n} more part", "and {n} more parts", left))
        self.more.setVisible(left > 0)
        self._build()

    def _build(self) -> None:
        """Make a few lines, and the others in the moments between the keys."""
        self._more_soon.stop()
        now, self._rest = self._rest[:_AT_ONCE], self._rest[_AT_ONCE:]
        for one in now:
            if one.supplier != self._supplier:
                self._supplier = one.supplier
                self._add_group(one.supplier or _("No supplier"))
            self._add_line(one, self._kept.get(one.part_id))
        if self._rest:
            self._more_soon.start()
        self._say()

    def chosen(self) -> list[tuple[Suggestion, Decimal]]:
        """Return what is ticked, and how many of it.

        Raises:
            RuleBroken: a quantity cannot be read.
        """
        for line in self.lines:
            if line.tick.isChecked():
                line.box.value  # noqa: B018, it raises
        return [(line.each, line.quantity) for line in self.lines if line.quantity > 0]

    def make_orders(self) -> list[int]:
        """Draft an order at each supplier for what is ticked; return their ids."""
        lines = [
            NewLine(part_id=each.part_id, quantity=quantity, unit_cost=each.unit_cost)
            for each, quantity in self.chosen()
        ]
        return purchase_orders.make(self.desk.store, lines)

    def print_order(self, parent: QWidget, order_id: int) -> None:
        """Print an order."""
        paper = purchase_order(self.desk.store, order_id)
        number = purchase_orders.get(self.desk.store, order_id).row.number
        if self.desk.printing.print(parent, report.render(paper).pdf, number):
            self.desk.front.toast(_("Printed {number}", number=number))

    def _add_group(self, supplier: str) -> None:
        words = Label(supplier, "bold", tone="text2")
        words.setContentsMargins(12, 6, 12, 6)
        self._inside.addWidget(block(column(words), "group"))

    def _add_line(self, each: Suggestion, kept: _Typed | None) -> None:
        line = _Line(self.desk, each)
        if kept is not None:
            line.tick.setChecked(kept.is_on and each.supplier_id is not None)
            if kept.text != kept.proposed:
                line.box.put_back(kept.text)
        line.changed.connect(self._say)
        self.lines.append(line)
        self._inside.addWidget(line)

    def _clear(self) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _say(self) -> None:
        ordered = [line for line in self.lines if line.quantity > 0]
        suppliers = {line.each.supplier for line in ordered}
        self.count.setText(str(len(self._told)) if self._told else "")
        total = sum((line.worth for line in ordered), Decimal(0))
        self.total.setText(self.desk.formats.money(total) if self._told else "")
        words = _n("Make {n} order", "Make {n} orders", len(suppliers))
        self.make.say(words if suppliers else _("Make orders"))
        self.counted.emit(bool(suppliers))


def _why(each: Suggestion, desk: Desk) -> str:
    """Return what speaks for ordering a part."""
    quantity = desk.formats.quantity
    words = [_("{n} free", n=quantity(each.free))]
    if each.on_order:
        words.append(_("{n} on order", n=quantity(each.on_order)))
    if each.keep:
        words.append(_("keep {n}", n=quantity(each.keep)))
    if each.used:
        words.append(_("{n} used in 90 days", n=quantity(each.used)))
    words += [_("{number} is short of it", number=job.number) for job in each.jobs]
    if each.supplier_id is None:
        words.append(_("say from which supplier it comes"))
    return ", ".join(words)
