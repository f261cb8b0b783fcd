"""The page of invoices: what is owed, the list, one invoice, and the paper as it will be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from smallcmms.domain.errors import NotFound
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.services import invoices
from smallcmms.services.invoices import Ageing, Chip, Filters, Group, InvoicePage
from smallcmms.store.store import Store
from smallcmms.texts import _, later
from smallcmms.ui import errors, printing, theme
from smallcmms.ui.kit import Button, EmptyState, ListAndDetails, Panel, action, column
from smallcmms.ui.pages.invoice_list import InvoiceList
from smallcmms.ui.pages.invoice_pane import InvoicePane
from smallcmms.ui.pages.invoice_printed import InvoicePrinted, render
from smallcmms.ui.pages.page import Page
from smallcmms.ui.widgets.ageing_bar import AgeingBar

_THREE_COLUMNS = 1180
_OF_DRAFTS = ("send", "edit_line", "add_line", "remove_line", "discard")
_MORE = ("print_again", "save_pdf", "add_line", "remove_line", "discard", "credit")
Answer = tuple[dict[Group, list[int]], dict[Chip, int], Ageing]


class InvoicesPage(Page):
    """List the invoices; edit, issue, credit one, and take payments."""

    title = later("Invoices")
    icon = "receipt"
    keys = (
        ("↑ ↓", later("next invoice")),
        ("F2", later("edit a line")),
        ("Ctrl+Return", later("print and mark sent")),
        ("Ctrl+R", later("take a payment")),
    )
    tables = ("invoice", "invoice_line", "payment", "payment_allocation", "customer", "request")

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._invoice_id = self._wanted = 0
        self.ageing = AgeingBar()
        self.register = InvoiceList(self.desk)
        self.filter_box = self.register.filter.line
        self.register.narrowed.connect(self._look)
        self.register.rows.chosen.connect(self._choose)
        self.register.rows.opened.connect(lambda _id: self.edit_line())
        self.middle = QStackedWidget()
        self.empty = Panel(
            EmptyState(
                "receipt", _("No invoices yet"), _("A job makes one when its sheet is entered.")
            )
        )
        for piece in (Panel(), self.empty):
            self.middle.addWidget(piece)
        says = _("Print")
        icon = Button("", "icon", icon="printer", is_small=True, says=says, on=self.print_again)
        self.printed = InvoicePrinted(self.desk, icon)
        self.split = ListAndDetails(
            "invoices", self.register, self.middle, self.printed, widths=(306, 512, 402)
        )
        page = column(self.ageing, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(self.split, 1)
        self.setLayout(page)
        yield
        self.pane = self._make_pane()
        self.pane.form.typed.connect(lambda: self.printed.follow(self.pane.form.text.text))
        yield
        self.middle.addWidget(self.pane)
        theme.signals.changed.connect(self._fit)
        self._show(0)

    def _make_pane(self) -> InvoicePane:
        buttons = [
            self._filled("send"),
            self._filled("take_payment"),
            self.button("print_again"),
        ]
        menu = QMenu(self)
        for name in _MORE:
            menu.addAction(self.commands[name])
        pane = InvoicePane(self.desk, buttons, menu)
        pane.credit.wanted.connect(self._credit)
        pane.payment.taken.connect(self._paid)
        return pane

    def _filled(self, name: str) -> Button:
        """Return the filled button of a command: what Ctrl Enter presses."""
        command = self.commands[name]
        icon = command.data().icon
        made = Button(command.text(), "primary", icon=icon, key="Ctrl+Return", on=command.trigger)
        command.enabledChanged.connect(made.setEnabled)
        return made

    @classmethod
    def rehearse(cls, store: Store) -> Iterator[None]:
        """Ask for a draft, and load what shows it on paper."""
        printing.prepare()
        yield
        drafts = invoices.Filters(chip=invoices.Chip.DRAFT)
        for each in invoices.find(store, filters=drafts)[:1]:
            invoices.get(store, each)

    def refresh(self) -> None:
        """Look list, sums and the open invoice up again."""
        self._look()
        if self._invoice_id:
            self._show(self._invoice_id)

    def go_to(self, record_id: int) -> None:
        """Show an invoice, whatever the list was narrowed to."""
        self._wanted = record_id
        self.register.widen()
        self._show(record_id)
        self._look()

    def current_id(self) -> int:
        """Return the invoice that is shown."""
        return self._invoice_id

    def about(self) -> dict[str, object]:
        """Return whom the open invoice bills."""
        page = self.pane.page
        return {"customer_id": page.customer.id} if page is not None else {}

    def begin(self, what: str, **facts: object) -> None:
        """Take a payment for an invoice that another page names."""
        if what == "payment":
            self.go_to(int(str(facts["invoice_id"])))
            self.take_payment()

    @classmethod
    def waiting(cls, store: Store) -> tuple[int, bool]:
        """Return how many drafts wait to be sent and how many bills are late."""
        return invoices.waiting(store), False

    def keep(self) -> None:
        """Save what is typed in the draft."""
        self.pane.form.keep()

    def leave(self) -> bool:
        """Close the form below the invoice, or clear the filter."""
        if self.pane.has_open_form:
            self.pane.leave_forms()
            return True
        return super().leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the paper out where three columns have no room."""
        super().resizeEvent(event)
        if self.has_all:
            self._fit()

    def _fit(self) -> None:
        has_room = self.window().width() >= theme.px(_THREE_COLUMNS)
        if has_room == self.printed.isHidden():
            self.printed.setVisible(has_room)
            self.split.share()

    @action(later("Print and mark sent"), icon="send")
    def send(self) -> None:
        """Issue the draft, keep its paper and print it."""
        self.keep()
        store, invoice_id = self.desk.store, self._invoice_id
        self.commands["send"].setEnabled(False)
        self.desk.background.run(
            self,
            lambda: invoices.issue(store, invoice_id, render=render),
            lambda number: self._sent(invoice_id, number),
            self._not_sent,
        )

    @action(later("Take a payment"), shortcut="Ctrl+R", icon="banknote")
    def take_payment(self) -> None:
        """Open the payment below the invoice."""
        self.pane.take_payment()

    @action(later("Print again"), shortcut="Ctrl+P", icon="printer")
    def print_again(self) -> None:
        """Print the paper as it was issued, or a draft as it is."""
        self._print(self._name())

    @action(later("Save as PDF"), icon="download")
    def save_pdf(self) -> None:
        """Write the paper into a file."""
        self.keep()
        self.desk.printing.save(self, self.printed.pdf(), Path(f"{self._name()}.pdf"))

    @action(later("Edit a line"), shortcut="F2", icon="file-pen", has_line=True)
    def edit_line(self) -> None:
        """Put the cursor into the first line of the draft."""
        self.pane.form.lines.edit_first()

    @action(later("Add a line"), icon="plus")
    def add_line(self) -> None:
        """Add a line to the draft."""
        self.pane.form.lines.add_line()

    @action(later("Remove this line"), shortcut="Ctrl+Del", icon="x")
    def remove_line(self) -> None:
        """Take the line with the cursor off the draft."""
        self.pane.form.lines.remove_line()

    @action(later("Throw the draft away"), icon="trash-2")
    def discard(self) -> None:
        """Throw the draft away."""
        invoices.discard(self.desk.store, self._invoice_id)
        self.toast(_("Draft thrown away"))

    @action(later("Credit note"), icon="ban", has_line=True)
    def credit(self) -> None:
        """Open the form of a credit note below the invoice."""
        self.pane.make_credit()

    def _look(self) -> None:
        store, text, filters = self.desk.store, self.register.filter.text, self.register.filters
        self.ask(lambda: _asked(store, text, filters), self._answer)

    def _answer(self, found: Answer) -> None:
        grouped, counts, ageing = found
        self.register.show_groups(grouped, counts)
        self.ageing.show_ageing(ageing, self.desk.formats)
        wanted, self._wanted = self._wanted, 0
        rows = self.register.rows
        if (wanted and rows.choose(wanted)) or rows.chosen_id:
            return
        rows.choose_first()
        if not rows.chosen_id and not wanted:
            self._show(0)
            self.middle.setCurrentWidget(self.empty)

    def _choose(self, invoice_id: int) -> None:
        if invoice_id and invoice_id != self._invoice_id:
            self._show(invoice_id)

    def _show(self, invoice_id: int) -> None:
        if self._invoice_id != invoice_id:
            self.keep()
        page = self._page(invoice_id)
        self._invoice_id = page.id if page is not None else 0
        if page is not None:
            self.middle.setCurrentWidget(self.pane)
        self._enable(page)
        if page is None:
            self.pane.page = None
            self.printed.show_invoice(0, "", is_issued=False)
            return
        self.pane.show_invoice(page)
        text = self.pane.form.text.text
        self.printed.show_invoice(page.id, text, is_issued=page.state is InvoiceState.ISSUED)

    def _page(self, invoice_id: int) -> InvoicePage | None:
        if not invoice_id:
            return None
        try:
            return invoices.get(self.desk.store, invoice_id)
        except NotFound:
            return None

    def _enable(self, page: InvoicePage | None) -> None:
        is_draft = page is not None and page.state is InvoiceState.DRAFT
        is_bill = page is not None and not is_draft and page.kind is InvoiceKind.INVOICE
        owes = is_bill and page is not None and page.standing.owed > 0
        for name in _OF_DRAFTS:
            self.commands[name].setEnabled(is_draft)
        for name in ("print_again", "save_pdf"):
            self.commands[name].setEnabled(page is not None)
        self.commands["take_payment"].setEnabled(owes)
        self.commands["credit"].setEnabled(
            is_bill and page is not None and page.credited_by is None
        )
        send, pay, again = self.pane.buttons
        for button, is_shown in ((send, is_draft), (pay, owes), (again, not is_draft)):
            button.setVisible(is_shown)

    def _name(self) -> str:
        page = self.pane.page
        return page.number if page is not None and page.number else _("Draft")

    def _sent(self, invoice_id: int, number: str) -> None:
        self.toast(_("{number} is marked sent", number=number), has_undo=False)
        self.go_to(invoice_id)
        errors.guarded(self, lambda: self._print(number))()

    def _not_sent(self, error: Exception) -> None:
        self.commands["send"].setEnabled(True)
        errors.show(error, self)

    def _print(self, title: str) -> None:
        self.keep()
        self.desk.printing.print(self, self.printed.pdf(), title)

    def _paid(self) -> None:
        self.pane.leave_forms()
        self.toast(_("Payment taken"))

    def _credit(self, reason: str, is_again: bool) -> None:  # noqa: FBT001
        store, invoice_id = self.desk.store, self._invoice_id

        def work() -> int:
            if is_again:
                made = invoices.credit_and_reissue(store, invoice_id, reason=reason, render=render)
                return made.draft_id
            return invoices.credit(store, invoice_id, reason=reason, render=render)

        self.desk.background.run(self, work, self._credited, lambda error: errors.show(error, self))

    def _credited(self, shown_id: int) -> None:
        self.pane.leave_forms()
        self.toast(_("Credit note made"), has_undo=False)
        self.go_to(shown_id)


def _asked(store: Store, text: str, filters: Filters) -> Answer:
    grouped = invoices.grouped(store, text=text, filters=filters)
    return grouped, invoices.counts(store), invoices.ageing(store)
