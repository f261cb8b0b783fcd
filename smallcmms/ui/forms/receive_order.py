"""The form in which what came of an order is taken in, line by line."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smallcmms.services import parts, purchase_orders
from smallcmms.services.purchase_orders import OrderLine, PurchaseOrderPage, Received
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    PriceBox,
    QuantityBox,
    column,
    row,
    theme,
)

_BOX = 110


class _Line(QWidget):
    """One line: what it is, how many came, and what one cost."""

    def __init__(self, desk: Desk, line: OrderLine) -> None:
        super().__init__()
        self.line = line
        coming = desk.formats.quantity(line.coming)
        name = Label(line.name, "bold", is_cut=True)
        told = (line.supplier_number, line.number, line.work_order)
        about = Label(" · ".join(filter(None, told)), "second", is_cut=True)
        owed = _("Came, of {n}", n=f"{coming} {line.unit}".rstrip())
        self.came = QuantityBox(owed, desk.formats)
        self.cost = PriceBox(_("Cost of one"), desk.formats)
        self.came.set_value(line.coming)
        self.cost.set_value(line.unit_cost)
        layout = row(gap=10)
        layout.addLayout(column(name, about, gap=2), 1)
        for box in (self.came, self.cost):
            box.setFixedWidth(theme.px(_BOX))
            layout.addWidget(box)
        self.setLayout(layout)


class ReceiveForm(QWidget):
    """Say what came: everything that is owed stands there and is changed where less came."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._order_id = desk, 0
        self.form = Form(self)
        self.on = self.form.add("received_on", DateBox(_("Came on"), desk.formats, desk.today))
        self.place = self.form.add("location_id", Choice(_("Put in")))
        self.lines: list[_Line] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(10)
        self.first: QWidget = self.on
        self.setLayout(column(row(self.on, self.place, None, gap=10), self._inside, None, gap=14))

    def begin(self, page: PurchaseOrderPage) -> None:
        """Show what an order still owes."""
        self._order_id = page.row.id
        places = [(each.id, each.name) for each in parts.locations(self.desk.store)]
        self.place.set_items(places)
        self.place.set_value(places[0][0])
        self.on.set_value(self.desk.today())
        self._clear()
        for line in page.lines:
            if line.coming:
                self.lines.append(_Line(self.desk, line))
                self._inside.addWidget(self.lines[-1])
        self.first = self.lines[0].came if self.lines else self.on

    def make(self) -> Received:
        """Take in what came.

        Raises:
            RuleBroken: a box cannot be read, or nothing came.
        """
        return purchase_orders.receive(
            self.desk.store,
            self._order_id,
            received={each.line.id: each.came.value or Decimal(0) for each in self.lines},
            unit_costs={
                each.line.id: each.line.unit_cost if each.cost.value is None else each.cost.value
                for each in self.lines
            },
            location_id=self.place.value,
            received_on=self.on.value,
        )

    def _clear(self) -> None:
        for each in self.lines:
            each.hide()
            self._inside.removeWidget(each)
            each.deleteLater()
        self.lines = []
