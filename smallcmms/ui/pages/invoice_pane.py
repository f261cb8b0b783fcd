"""One invoice on its page: its head, what to look at first, its body, its sums, its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.services.invoices import InvoicePage
from smallcmms.texts import _
from smallcmms.ui.forms.credit import CreditForm
from smallcmms.ui.forms.invoice import InvoiceForm
from smallcmms.ui.forms.invoice_lines import LinesShown
from smallcmms.ui.forms.payment import PaymentForm, method_words
from smallcmms.ui.kit import (
    Button,
    Desk,
    Label,
    Panel,
    StatePill,
    Strip,
    block,
    column,
    line,
    row,
    scrolled,
    states,
)
from smallcmms.ui.widgets.fact import Fact, Facts


class InvoicePane(Panel):
    """Show an invoice: a draft to edit, or what was issued and how it is paid."""

    asks_again = Signal()

    def __init__(self, desk: Desk, buttons: Sequence[Button], more: QMenu) -> None:
        super().__init__()
        self.desk = desk
        self.page: InvoicePage | None = None
        self.buttons = buttons
        self.number, self.pill = Label("", "h2"), StatePill(None)
        self.origin = Button("", "link", on=self._open_origin)
        self.whence = Label(_("from"), "second")
        head = row(self.number, self.pill, None, self.whence, self.origin, gap=8)
        head.setContentsMargins(14, 10, 14, 9)
        self.add(block(head, "header"))
        self._make_strips()
        self.form, self.issued = InvoiceForm(desk), _Issued(desk)
        self.body_stack = QStackedWidget()
        self.body_stack.addWidget(self.form)
        self.body_stack.addWidget(self.issued)
        self.add(self.body_stack, 1)
        self.sums = _Sums(desk)
        self.payment, self.credit = PaymentForm(desk), CreditForm()
        self.foot = block(self._foot(buttons, more), "footer")
        for piece in (self.sums, self.payment, self.credit, self.foot):
            self.add(piece)
        self.payment.closed.connect(self.leave_forms)
        self.credit.closed.connect(self.leave_forms)
        self.leave_forms()

    def show_invoice(self, page: InvoicePage) -> None:
        """Show an invoice."""
        if self.page is None or self.page.id != page.id:
            self.leave_forms()
        self.page = page
        is_draft = page.state is InvoiceState.DRAFT
        self.number.setText(page.number or _("New invoice"))
        self.pill.set_state(states.invoice(page.standing.word, page.standing.days_late))
        self._say_origin(page)
        self._say_strips(page)
        if is_draft:
            self.form.show_invoice(page)
        else:
            self.issued.show_invoice(page)
        self.body_stack.setCurrentWidget(self.form if is_draft else self.issued)
        self.sums.show_invoice(page)

    def take_payment(self) -> None:
        """Open the payment form."""
        if self.page is not None:
            self.payment.show_invoice(self.page)
            self._open(self.payment, self.payment.first())

    def make_credit(self) -> None:
        """Open the form of a credit note."""
        self.credit.begin()
        self._open(self.credit, self.credit.first())

    def leave_forms(self) -> None:
        """Close what is open below the invoice."""
        self.payment.hide()
        self.credit.hide()
        self.foot.show()

    @property
    def has_open_form(self) -> bool:
        """Tell whether a form is open below the invoice."""
        return not self.foot.isVisibleTo(self)

    def _open(self, form: QWidget, first: QWidget) -> None:
        self.leave_forms()
        self.foot.hide()
        form.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_strips(self) -> None:
        again = Button(_("Open"), is_small=True, on=self._open_request)
        other = Button(_("Open"), is_small=True, on=self._open_other)
        self.again = Strip("amber", "", "", again, icon="phone")
        self.limit = Strip("amber", "", "")
        self.order_number = Strip("amber", "", "")
        self.other = Strip("accent", "", "", other, icon="receipt")
        self.again_button = again
        strips = (self.again, self.limit, self.order_number, self.other)
        self.strips = block(column(*strips, gap=8, margins=(12, 10, 12, 0)))
        self.add(self.strips)

    def _say_strips(self, page: InvoicePage) -> None:
        said, formats = page.warnings, self.desk.formats
        called = said.called_again
        if called is not None:
            self.again.say(called.text, _("They called again. Look before you send."))
            self.again_button.say(_("Open {number}", number=called.number))
        if said.over_limit is not None:
            limit = formats.money(said.over_limit)
            self.limit.say(_("It is above the limit of {limit}.", limit=limit))
        self.order_number.say(_("This customer wants a purchase order number."))
        other = page.credited_by or page.credits
        if other is not None and page.credited_by is not None:
            self.other.say(_("Credited by {number}", number=other.number), page.reason)
        elif other is not None:
            self.other.say(_("Takes back {number}", number=other.number), page.reason)
        shown = (
            (self.again, called is not None),
            (self.limit, said.over_limit is not None),
            (self.order_number, said.needs_po),
            (self.other, other is not None),
        )
        for strip, is_shown in shown:
            strip.setVisible(is_shown)
        self.strips.setVisible(any(is_shown for _strip, is_shown in shown))

    def _say_origin(self, page: InvoicePage) -> None:
        has_origin = page.work_order is not None
        self.whence.setVisible(has_origin)
        self.origin.setVisible(has_origin)
        if page.work_order is not None:
            self.origin.say(page.work_order.number)

    def _foot(self, buttons: Sequence[Button], more: QMenu) -> QHBoxLayout:
        self.more = Button("", is_small=False, icon="ellipsis-vertical", says=_("More"))
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(
            lambda: more.popup(self.more.mapToGlobal(self.more.rect().topLeft()))
        )
        foot = row(gap=6, margins=(12, 9, 12, 9))
        for button in buttons:
            foot.addWidget(button, 1 if button.kind == "primary" else 0)
        foot.addWidget(self.more)
        foot.addStretch(0)
        return foot

    def _open_origin(self) -> None:
        if self.page is not None and self.page.work_order is not None:
            self.desk.front.go("work_orders", self.page.work_order.id)

    def _open_request(self) -> None:
        if self.page is not None and self.page.warnings.called_again is not None:
            self.desk.front.go("requests", self.page.warnings.called_again.id)

    def _open_other(self) -> None:
        if self.page is not None:
            other = self.page.credited_by or self.page.credits
            if other is not None:
                self.desk.front.go("invoices", other.id)


class _Issued(QWidget):
    """What was issued: who, when, the lines, the words, and what was paid."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.customer = Button("", "link", on=self._open_customer)
        self.days = [Fact(_("Invoice date")), Fact(_("Due")), Fact(_("Still owed"))]
        self.lines = LinesShown(desk)
        self.text = Label("", wraps=True)
        self.paid = Label("", "second", wraps=True)
        bill_to = column(Label(_("Bill to"), "label"), self.customer, gap=2)
        head = row(gap=8, margins=(14, 9, 2, 0))
        head.addLayout(bill_to)
        head.addStretch(1)
        self.reads = Label(_("What the customer reads"), "label")
        words = column(
            self.reads, self.text, 6, self.paid,
            gap=4, margins=(14, 10, 14, 10),
        )  # fmt: skip
        inside = column(head, Facts(self.days), self.lines, words, None, gap=0)
        self.setLayout(column(scrolled(inside)))
        self._customer_id = 0

    def show_invoice(self, page: InvoicePage) -> None:
        """Show an issued invoice or a credit note."""
        formats, today = self.desk.formats, self.desk.today()
        self._customer_id = page.customer.id
        self.customer.say(page.customer.text)
        issued, due, owed = self.days
        is_bill = page.kind is InvoiceKind.INVOICE
        issued.say(formats.day_year(page.invoice_on))
        due.say(formats.day_year(page.due_on) if is_bill else "")
        owed.say(formats.money(page.standing.owed), tone="red" if page.standing.days_late else "")
        self.lines.show_rows(page.lines)
        self.text.setText(page.text)
        self.reads.setVisible(bool(page.text))
        self.paid.setText(
            "\n".join(
                _(
                    "{amount} paid {day} · {how} {reference}",
                    amount=formats.money(each.amount),
                    day=formats.relative_day(each.received_on, today),
                    how=method_words(each.method),
                    reference=each.reference,
                ).strip()
                for each in page.payments
            )
        )

    def _open_customer(self) -> None:
        self.desk.front.go("customers", self._customer_id)


class _Sums(QWidget):
    """Subtotal, taxes and the one total."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.labels: list[Label] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(3)
        inside = column(self._grid, margins=(14, 8, 14, 8))
        self.setLayout(column(line(), inside, gap=0))

    def show_invoice(self, page: InvoicePage) -> None:
        """Show what an invoice comes to."""
        formats = self.desk.formats
        subtotal = page.total if page.is_tax_included else page.net
        less, more = (_("Discount"), -page.allowance), (_("Surcharge"), page.charge)
        sums = [(words, formats.money(amount)) for words, amount in (less, more) if amount]
        sums.append((_("Subtotal"), formats.money(subtotal)))
        for tax in page.taxes:
            words = _(
                "{tax} {percent} on {base}",
                tax=tax.name,
                percent=formats.percent(tax.percent),
                base=formats.money(tax.base),
            )
            included = _("{tax}, included", tax=words) if page.is_tax_included else words
            sums.append((included, formats.money(tax.amount)))
        for label in self.labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.labels = []
        for place, (words, amount) in enumerate(sums):
            self._put(place, Label(words, tone="text2", is_cut=True), Label(amount))
        self._put(len(sums), Label(_("Total"), "h2"), Label(formats.money(page.total), "h2"))

    def _put(self, place: int, words: Label, amount: Label) -> None:
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.labels += [words, amount]
        self._grid.addWidget(words, place, 0)
        self._grid.addWidget(amount, place, 1)
