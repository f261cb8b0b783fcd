"""The page of purchase orders: drafts to place, what suppliers owe, what came."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.exchange import purchase_csv
from smallcmms.reports import purchase_order as report
from smallcmms.services import purchase_orders, suppliers
from smallcmms.services.papers.purchase_order import purchase_order
from smallcmms.services.purchase_orders import Chip, PurchaseOrderRow
from smallcmms.texts import _, later
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.reason import Question, ReasonForm
from smallcmms.ui.forms.receive_order import ReceiveForm
from smallcmms.ui.forms.supplier import SupplierForm
from smallcmms.ui.kit import (
    Cell,
    Chips,
    EmptyState,
    LineBox,
    ListAndDetails,
    Panel,
    action,
    block,
    column,
    row,
)
from smallcmms.ui.pages.list_page import ListPage
from smallcmms.ui.pages.purchase_order_details import PurchaseOrderDetails, listed


class PurchaseOrdersPage(ListPage):
    """Place orders, print them, and take in what comes."""

    title, icon = later("Purchase orders"), "shopping-cart"
    keys = (
        ("↑ ↓", later("next order")),
        ("Ctrl+R", later("take in what came")),
        ("Ctrl+P", later("print")),
    )
    tables = ("purchase_order", "purchase_order_line", "supplier", "part", "stock_move")

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.begin_list()
        self.chips = Chips(_chips(), name="purchase_orders")
        self.sift = LineBox(hint=_("Filter this list"), icon="filter", size="small")
        self.filter_box = self.sift.line
        left = Panel(block(row(self.sift, margins=(10, 8, 10, 8)), "header"))
        rows = partial(purchase_orders.rows, self.desk.store)
        left.add(self.list_of(rows, self._cell, says=_("Purchase orders")), 1)
        panes = ListAndDetails("purchase_orders", left, self.right, widths=(360, 820))
        top = row(self.chips, None, self.button("back_to_parts"))
        page = column(top, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(panes, 1)
        self.setLayout(page)
        yield
        self._make_right()
        self.chips.chosen.connect(self.refresh)
        self.sift.changed.connect(self.refresh)

    def _make_right(self) -> None:
        self.doing = {name: self.button(name, "primary") for name in ("place", "receive")}
        more = self.more_button("save_pdf", "save_csv", "show_supplier", "discard", "cancel")
        verbs = [*self.doing.values(), self.button("print_order"), more]
        remove = self.button("remove_line", is_small=True)
        self.details = PurchaseOrderDetails(self.desk, verbs, remove)
        self.asking = ReasonForm()
        self.asking.closed.connect(self.asking.hide)
        self.asking.hide()
        self.receiving, self.supplier = ReceiveForm(self.desk), SupplierForm(self.desk)
        fact, hint = _("No orders here"), _("Order what runs low on the page of parts.")
        self.empty = Panel(EmptyState("shopping-cart", fact, hint, self.button("back_to_parts")))
        shown = column(self.asking, gap=10)
        shown.addWidget(self.details, 1)
        self.shown_order = QWidget()
        self.shown_order.setLayout(shown)
        pane = FormPane(self.receiving, self.supplier)
        self.put_beside(self.shown_order, pane, self.empty)

    def refresh(self, *_told: object) -> None:
        """Look list and order up again."""
        store, chip = self.desk.store, Chip(self.chips.value or Chip.OPEN)
        ids = purchase_orders.find(store, text=self.sift.text, chip=chip)
        counts = purchase_orders.counts(store)
        self.chips.set_counts({each.value: getattr(counts, each.value) for each in Chip})
        self.show_list(ids)

    def go_to(self, record_id: int) -> None:
        """Show an order, whatever the chips leave out."""
        chip = Chip(self.chips.value or Chip.OPEN)
        if record_id not in purchase_orders.find(self.desk.store, chip=chip):
            self.chips.set_value(Chip.ALL)
        self.sift.set_value("")
        self.shown_id = record_id
        self.refresh()
        self.show_record()

    @action(later("Place the order"), icon="check")
    def place(self) -> None:
        """Say that the order was placed today."""
        self.details.form.keep()
        purchase_orders.order(self.desk.store, self.shown_id)
        self.toast(_("{number} placed", number=self._number))

    @action(later("Take in"), shortcut="Ctrl+R", icon="package-open")
    def receive(self) -> None:
        """Say what came of it."""
        page = self.details.page
        if page is None or not page.row.status.is_open:
            return
        self.receiving.begin(page)
        self.right.setCurrentWidget(self.pane)
        title = _("What came of {number}", number=page.row.number)
        self.pane.show_new(self.receiving, title, _("Take in"), self._take_in)

    @action(later("Print"), shortcut="Ctrl+P", icon="printer")
    def print_order(self) -> None:
        """Print the order."""
        if self.desk.printing.print(self, self._drawn(), self._number):
            self.toast(_("Printed {number}", number=self._number), has_undo=False)

    @action(later("Save as PDF"), icon="download")
    def save_pdf(self) -> None:
        """Write the order into a PDF, to send it."""
        saved = self.desk.printing.save(self, self._drawn(), Path(f"{self._number}.pdf"))
        if saved is not None:
            self.toast(_("Saved {name}", name=saved.name), has_undo=False)

    @action(later("Save as CSV"), icon="download")
    def save_csv(self) -> None:
        """Write the order's lines for the supplier's order page or a spreadsheet."""
        data = purchase_csv.write(purchase_order(self.desk.store, self.shown_id))
        proposal = Path(f"{self._number}.csv")
        path = self.desk.ask.save_file(self, _("Save as CSV"), "CSV (*.csv)", proposal)
        if path is None:
            return
        try:
            path.write_bytes(data)
        except OSError as error:
            message = "Could not save {name}: {reason}."
            raise RuleBroken(message, name=path.name, reason=error.strerror) from error
        self.toast(_("Saved {name}", name=path.name), has_undo=False)

    @action(later("The supplier"), icon="truck")
    def show_supplier(self) -> None:
        """Show how to reach the supplier, and how long it takes."""
        if self.details.page is None:
            return
        found = suppliers.get(self.desk.store, self.details.page.row.supplier_id)
        self.supplier.show_record(found)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_edit(self.supplier, found.name)

    @action(later("Take the line off"), icon="x")
    def remove_line(self) -> None:
        """Take the chosen line off the draft."""
        if self.details.line_id:
            purchase_orders.remove_line(self.desk.store, self.details.line_id)
            self.toast(_("Line taken off {number}", number=self._number))

    @action(later("Throw the draft away"), icon="trash-2")
    def discard(self) -> None:
        """Throw a draft away that is not wanted."""
        number = self._number
        purchase_orders.discard(self.desk.store, self.shown_id)
        self.toast(_("{number} thrown away", number=number))

    @action(later("Cancel the order"), icon="ban")
    def cancel(self) -> None:
        """Cancel what has not come, and say why."""
        number = self._number
        question = Question(
            title=_("Cancel {number}", number=number), do=_("Cancel the order"), field="reason"
        )
        self.asking.ask(question, lambda text, _key: self._cancel(text))

    @action(later("Parts"), icon="package")
    def back_to_parts(self) -> None:
        """Go to the parts, and to what is to be ordered."""
        self.go("parts")

    @property
    def _number(self) -> str:
        return self.details.page.row.number if self.details.page is not None else ""

    def _cancel(self, reason: str) -> None:
        number = self._number
        purchase_orders.cancel(self.desk.store, self.shown_id, reason=reason)
        self.toast(_("{number} cancelled", number=number))

    def _take_in(self) -> None:
        came = self.receiving.make()
        self.pane.close_form()
        told = _("{number} taken in", number=self._number)
        if came.parts_are_in:
            jobs = ", ".join(came.parts_are_in)
            told = _("{number} taken in. To schedule: {jobs}", number=self._number, jobs=jobs)
        self.toast(told)

    def _drawn(self) -> bytes:
        return report.render(purchase_order(self.desk.store, self.shown_id)).pdf

    def show_record(self) -> None:
        """Show the order, or that there is none."""
        if self.shown_id:
            self.details.show_order(self.shown_id)
        self.right.setCurrentWidget(self.shown_order if self.shown_id else self.empty)
        page = self.details.page if self.shown_id else None
        status = page.row.status if page is not None else None
        is_draft = status is PurchaseOrderStatus.DRAFT
        is_open = status is not None and status.is_open
        for name, is_wanted in (
            ("place", is_draft), ("discard", is_draft), ("remove_line", is_draft),
            ("receive", is_open), ("cancel", is_open),
        ):  # fmt: skip
            self.commands[name].setEnabled(is_wanted)
            self.commands[name].setVisible(is_wanted)
        for name, button in self.doing.items():
            button.setVisible(self.commands[name].isEnabled())
        for name in ("print_order", "save_pdf", "save_csv", "show_supplier"):
            self.commands[name].setEnabled(page is not None)

    def _cell(self, order: PurchaseOrderRow) -> Cell:
        return listed(order, self.desk)


def _chips() -> list[tuple[str, str]]:
    return [
        (Chip.OPEN, _("Open")),
        (Chip.DRAFT, _("Drafts")),
        (Chip.LATE, _("Late")),
        (Chip.RECEIVED, _("Received")),
        (Chip.ALL, _("All")),
    ]
