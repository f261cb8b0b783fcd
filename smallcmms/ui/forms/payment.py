"""Taking a payment, inline below the invoice that it is for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.domain.payments import PaymentMethod
from smallcmms.services import payments
from smallcmms.services.invoices import InvoicePage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    DateBox,
    Desk,
    Form,
    LineBox,
    MoneyBox,
    Panel,
    PanelHeader,
    Tick,
    line,
    row,
)


class PaymentForm(Panel):
    """What came in, when and how; ``taken`` tells that it was, ``closed`` that it was not."""

    closed = Signal()
    taken = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("panel", "")
        self.desk = desk
        self._invoice_id = 0
        self.form = Form(self)
        formats = desk.formats
        self.amount = self.form.add("amount", MoneyBox(_("Amount"), formats, is_needed=True))
        self.received_on = self.form.add(
            "received_on", DateBox(_("Came in"), formats, desk.today, is_needed=True)
        )
        self.method = self.form.add("method", Choice(_("How"), _methods()))
        self.reference = self.form.add("reference", LineBox(_("Check number or note")))
        self.keep_rest = Tick(_("Keep what is too much as credit"))
        boxes = QGridLayout()
        boxes.setSpacing(8)
        placed = (self.amount, self.received_on, self.method, self.reference)
        for place, box in enumerate(placed):
            boxes.addWidget(box, place // 2, place % 2)
        self.header = PanelHeader("banknote", _("Take a payment"))
        self.add(line())
        self.add(self.header)
        take = Button(_("Take payment"), "primary", icon="check", key="Ctrl+Return", on=self.take)
        back = Button(_("Back"), on=self.closed.emit)
        self.pad(boxes, self.keep_rest, row(take, back, None))

    def show_invoice(self, page: InvoicePage) -> None:
        """Begin a payment of what is still owed."""
        self._invoice_id = page.id
        self.form.clear()
        self.amount.set_value(page.standing.owed)
        self.received_on.set_value(self.desk.today())
        self.method.set_value(PaymentMethod.CHECK)
        self.keep_rest.setChecked(False)
        self.header.count.setText(
            _("{amount} owed", amount=self.desk.formats.money(page.standing.owed))
        )

    def take(self) -> None:
        """Take the payment."""
        if self.form.check():
            payments.take(
                self.desk.store,
                invoice_id=self._invoice_id,
                keep_rest=self.keep_rest.isChecked(),
                **self.form.values(),
            )
            self.taken.emit()

    def first(self) -> QWidget:
        """Return the box that the cursor starts in."""
        self.amount.line.selectAll()
        return self.amount


def _methods() -> list[tuple[object, str]]:
    return [
        (PaymentMethod.CHECK, _("Check")),
        (PaymentMethod.CARD, _("Card")),
        (PaymentMethod.TRANSFER, _("Bank transfer")),
        (PaymentMethod.CASH, _("Cash")),
        (PaymentMethod.OTHER, _("Other")),
        (PaymentMethod.WRITE_OFF, _("Write off")),
    ]


def method_words(method: PaymentMethod) -> str:
    """Return the word of a way to pay."""
    return dict(_methods())[method]
