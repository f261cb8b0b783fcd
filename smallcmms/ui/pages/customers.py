"""The page of customers: the list, one customer beside it, and the forms of both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.errors import NotFound
from smallcmms.services import contacts, customers, drafts, sites
from smallcmms.services.customers import CustomerRow
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.contact import ContactForm
from smallcmms.ui.forms.customer import DRAFT, CustomerForm, NewCustomerForm
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.site import SiteForm
from smallcmms.ui.kit import (
    TWO_LINES,
    Cell,
    Column,
    Desk,
    EmptyState,
    Label,
    LineBox,
    ListAndDetails,
    Panel,
    RowsModel,
    RowsView,
    action,
    block,
    row,
    states,
)
from smallcmms.ui.pages.customer_details import KIND_ICONS, CustomerDetails
from smallcmms.ui.pages.page import Page

DRAFT_ID = 2_000_000_000
"""Stands in the list for the customer that is half typed."""


class CustomersPage(Page):
    """List the customers; show, add and edit one."""

    title = later("Customers")
    icon = "users"
    keys = (
        ("↑ ↓", later("next customer")),
        ("F6", later("list ↔ page")),
        ("Ctrl+L", later("log a call from them")),
        ("Ctrl+N", later("new customer")),
    )
    tables = (
        *("customer", "contact", "site", "asset", "rate"),
        *("request", "work_order", "visit", "sheet_copy", "invoice", "payment", "shop"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._customer_id = 0
        self.new_form, self.form = NewCustomerForm(desk), CustomerForm(desk)
        self.contact_form, self.site_form = ContactForm(desk), SiteForm(desk)
        self.pane = FormPane(self.new_form, self.form, self.contact_form, self.site_form)
        self.pane.closed.connect(self._leave_form)
        buttons = [self.button("log_call", "primary", text=_("Log a call")), self.button("edit")]
        self.details = CustomerDetails(desk, buttons)
        self.details.wants_person.connect(self._edit_person)
        self.details.wants_site.connect(self._edit_site)
        self.empty = self._empty_panel()
        self.right = QStackedWidget()
        for piece in (self.details, self.pane, self.empty):
            self.right.addWidget(piece)
        widths = (320, 880)
        layout = row(
            ListAndDetails("customers", self._list_panel(), self.right, widths=widths),
            margins=(18, 14, 18, 12),
        )
        self.setLayout(layout)

    def _list_panel(self) -> Panel:
        self.filter = LineBox(hint=_("Filter customers"), icon="filter", size="small")
        self.filter.changed.connect(self._look)
        self.filter.line.textChanged.connect(self._look)
        self.filter_box = self.filter.line
        self.model = RowsModel[CustomerRow]([Column("", self._cell)], self._rows, self)
        self.list = RowsView(self.model, row=TWO_LINES, says=_("Customers"))
        self.list.chosen.connect(self._choose)
        self.foot = Label("", "second")
        head = row(gap=8, margins=(10, 8, 10, 8))
        head.addWidget(self.filter, 1)
        head.addWidget(self.button("new", is_small=True, text=_("New")))
        panel = Panel(block(head, "header"))
        panel.add(self.list, 1)
        panel.add(block(row(self.foot, margins=(12, 9, 12, 9)), "footer"))
        return panel

    def _empty_panel(self) -> Panel:
        fact = _("No customers yet")
        hint = _("People who call, their sites and what they owe will stand here.")
        return Panel(EmptyState("users", fact, hint, self.button("new", "primary")))

    def refresh(self) -> None:
        """Look list and page up again."""
        self._look()
        if not self._customer_id:
            return
        try:
            page = customers.get(self.desk.store, self._customer_id)
        except NotFound:
            self._forget()
            return
        if self.right.currentWidget() is self.details:
            self.details.show_customer(self._customer_id)
        elif self.pane.holds(self.form):
            self.form.show_customer(page)

    def _forget(self) -> None:
        """Leave a customer that undo took back."""
        self._customer_id = 0
        if not (self.right.currentWidget() is self.pane and self.pane.holds(self.new_form)):
            self.right.setCurrentWidget(self.empty)
            self._look()

    def shown(self) -> None:
        """Catch up, and give the keys to the list."""
        super().shown()
        if self.right.currentWidget() is not self.pane:
            self.list.setFocus()

    def go_to(self, record_id: int) -> None:
        """Show a customer."""
        self.filter.set_value("")
        self._look()
        if not self.list.choose(record_id):
            self._choose(record_id)

    def current_id(self) -> int:
        """Return the customer that is shown."""
        return self._customer_id

    def begin(self, what: str, **facts: object) -> None:
        """Begin a new customer, with the name that was typed elsewhere."""
        if what != "customer":
            return
        self._begin_new()
        if words := facts.get("words"):
            self.new_form.form.put_back({"name": words})

    def about(self) -> dict[str, object]:
        """Return the open customer."""
        return {"customer_id": self._customer_id} if self._customer_id else {}

    def leave(self) -> bool:
        """Leave the form, or clear the filter."""
        if self.right.currentWidget() is self.pane:
            self.pane.close_form()
            return True
        return super().leave()

    @action(later("Log a call from them"), icon="phone-call")
    def log_call(self) -> None:
        """Begin a call with this customer filled in."""
        self.desk.front.begin("requests", "call", customer_id=self._customer_id)

    @action(later("New customer"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin a customer."""
        self._begin_new()

    @action(later("Edit"), shortcut="F2", icon="file-pen")
    def edit(self) -> None:
        """Edit the customer that is shown."""
        page = customers.get(self.desk.store, self._customer_id)
        self.form.show_customer(page)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_edit(self.form, page.name)

    @action(later("Archive this customer"), icon="package")
    def archive(self) -> None:
        """Put the customer away."""
        name = customers.get(self.desk.store, self._customer_id).name
        customers.archive(self.desk.store, self._customer_id)
        self.toast(_("Archived {name}", name=name))

    def _look(self) -> None:
        text, store = self.filter.text, self.desk.store
        ids = list(customers.find(store, text=text))
        self.foot.setText(_n("{n} customer", "{n} customers", len(ids)))
        if not text and drafts.get(store, *DRAFT):
            ids.insert(0, DRAFT_ID)
        self.model.set_ids(ids)
        if self.right.currentWidget() is self.pane or self.list.chosen_id:
            return
        self.list.choose_first()
        if not self.list.chosen_id:
            self._choose(0)

    def _rows(self, ids: Sequence[int]) -> dict[int, CustomerRow]:
        return customers.rows(self.desk.store, [each for each in ids if each != DRAFT_ID]) | (
            {DRAFT_ID: self._draft_row()} if DRAFT_ID in ids else {}
        )

    def _draft_row(self) -> CustomerRow:
        kept = drafts.get(self.desk.store, *DRAFT) or {}
        name, nothing = kept.get("name") or _("New customer"), Decimal(0)
        return CustomerRow(DRAFT_ID, "", name, CustomerKind.COMMERCIAL, "", nothing, nothing, 0)

    def _cell(self, each: CustomerRow) -> Cell:
        if each.id == DRAFT_ID:
            return Cell(icon="file-pen", first=each.name, pill=states.work_order("draft"))
        is_owing = each.owed > 0
        return Cell(
            icon=KIND_ICONS[each.kind],
            first=each.name,
            second=each.second,
            is_bold=True,
            right=self.desk.formats.money(each.owed) if is_owing else "",
            right_tone="red" if each.past_due else "text",
            second_right=_("{n} open", n=each.open_work) if each.open_work else "",
        )

    def _choose(self, customer_id: int) -> None:
        if customer_id == DRAFT_ID:
            self._begin_new()
        elif self.right.currentWidget() is not self.pane or customer_id:
            self._customer_id = customer_id
            self._show_details()

    def _show_details(self) -> None:
        if self._customer_id:
            self.details.show_customer(self._customer_id)
        self.right.setCurrentWidget(self.details if self._customer_id else self.empty)
        for name in ("log_call", "edit", "archive"):
            self.commands[name].setEnabled(bool(self._customer_id))

    def _leave_form(self) -> None:
        self._look()
        self._show_details()
        self.list.setFocus()

    def _begin_new(self) -> None:
        self.new_form.begin()
        self.right.setCurrentWidget(self.pane)
        hint = _("Esc leaves; what is typed is kept as a draft.")
        self.pane.show_new(
            self.new_form, _("New customer"), _("Add customer"), self._make_customer, hint
        )

    def _make_customer(self) -> None:
        self._customer_id = self.new_form.make()
        self.pane.close_form()
        self.list.choose(self._customer_id)
        self.toast(_("Added {name}", name=customers.get(self.desk.store, self._customer_id).name))

    def _edit_person(self, contact_id: int) -> None:
        self.right.setCurrentWidget(self.pane)
        found = {each.id: each for each in contacts.contacts(self.desk.store, self._customer_id)}
        if contact_id in found:
            self.contact_form.show_contact(found[contact_id])
            self.pane.show_edit(self.contact_form, found[contact_id].name)
            return
        self.contact_form.begin(self._customer_id)
        self._show_new(self.contact_form, _("New person"), _("Add person"))

    def _edit_site(self, site_id: int) -> None:
        self.right.setCurrentWidget(self.pane)
        if site_id:
            site = sites.site(self.desk.store, site_id)
            self.site_form.show_site(site)
            self.pane.show_edit(self.site_form, site.label)
            return
        self.site_form.begin(self._customer_id)
        self._show_new(self.site_form, _("New site"), _("Add site"))

    def _show_new(self, form: ContactForm | SiteForm, title: str, words: str) -> None:
        def make() -> None:
            form.make()
            self.pane.close_form()

        self.pane.show_new(form, title, words, make)
