"""The page of customers: the list, one customer beside it, and the forms of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.errors import NotFound
from smallcmms.services import customer_duplicates, customers, drafts, sites
from smallcmms.services.customer_duplicates import Twice
from smallcmms.services.customers import CustomerRow
from smallcmms.store.store import Store
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.customer import DRAFT
from smallcmms.ui.forms.customer_merge import reason_words
from smallcmms.ui.kit import (
    TWO_LINES,
    Button,
    Cell,
    Column,
    EmptyState,
    Group,
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
from smallcmms.ui.pages.customer_pane import CustomerPane
from smallcmms.ui.pages.page import Page

ARCHIVED, TWICE = "archived", "twice"
_MORE = ("edit", "take_payment", "write_down", "merge", "archive", "bring_back")
_PAIRS = 200
DRAFT_ID = 2_000_000_000
"""Stands in the list for the customer that is half typed."""

_PAGE = 16
"""What each customer owes is added up from all their bills, so few rows are read at once."""


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
        *("customer", "contact", "contact_log", "site", "location", "asset", "rate"),
        *("request", "work_order", "visit", "sheet_copy", "invoice", "payment", "shop"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._customer_id = 0
        self._which = ""
        self.right = QStackedWidget()
        widths = (320, 880)
        layout = row(
            ListAndDetails("customers", self._list_panel(), self.right, widths=widths),
            margins=(18, 14, 18, 12),
        )
        self.setLayout(layout)
        yield
        self.details = self._make_details()
        yield
        self.empty = self._empty_panel()
        for piece in (self.details, self.empty):
            self.right.addWidget(piece)
        yield
        self.pane = CustomerPane(self.desk)
        self.new_form, self.form = self.pane.new_form, self.pane.form
        self.pane.closed.connect(self._leave_form)
        self.pane.made.connect(self._stand_on)
        yield
        self.right.addWidget(self.pane)

    def _make_details(self) -> CustomerDetails:
        call = self.button("log_call", "primary", text=_("Log a call"))
        more = self.more_button(*_MORE, says=_("More to do with this customer"))
        made = CustomerDetails(self.desk, [call, self.button("edit"), more])
        made.wants_person.connect(lambda each: self._open_form(self.pane.edit_person, each))
        made.wants_site.connect(lambda each: self._open_form(self.pane.edit_site, each))
        made.wants_talk.connect(lambda each: self._open_form(self.pane.write_down, each))
        return made

    def _list_panel(self) -> Panel:
        self.filter = LineBox(hint=_("Filter customers"), icon="filter", size="small")
        self.filter.changed.connect(self._look)
        self.filter.line.textChanged.connect(self._look)
        self.filter_box = self.filter.line
        self.model = RowsModel[CustomerRow]([Column("", self._cell)], self._rows, self, page=_PAGE)
        self.list = RowsView(self.model, row=TWO_LINES, says=_("Customers"))
        self.list.chosen.connect(self._choose)
        self.foot = Label("", "second")
        head = row(gap=8, margins=(10, 8, 10, 8))
        head.addWidget(self.filter, 1)
        head.addWidget(self.button("new", is_small=True, text=_("New")))
        self.which = Label("", "bold")
        back = Button(_("All customers"), "quiet", is_small=True, on=self.show_all)
        self.which_part = block(row(self.which, None, back, margins=(12, 4, 8, 4)), "header")
        self.which_part.hide()
        bring = self.button("bring_in", "quiet", is_small=True, text=_("Bring in a list"))
        panel = Panel(block(head, "header"), self.which_part)
        panel.add(self.list, 1)
        panel.add(block(row(self.foot, None, bring, margins=(12, 4, 4, 4)), "footer"))
        return panel

    def _empty_panel(self) -> Panel:
        fact = _("No customers yet")
        hint = _("People who call, their sites and what they owe will stand here.")
        state = EmptyState("users", fact, hint, self.button("new", "primary"))
        bring = self.button("bring_in", "quiet", text=_("Bring in a list"))
        panel = Panel(state)
        panel.add(block(row(None, bring, None, margins=(0, 0, 0, 24))))
        return panel

    @classmethod
    def rehearse(cls, store: Store) -> Iterator[None]:
        """Ask for the list and for one of its customers."""
        sites.count(store)
        ids = customers.find(store)[:_PAGE]
        yield
        customers.rows(store, ids)
        yield
        for each in ids[:1]:
            yield from CustomerDetails.rehearse(store, each)

    def refresh(self) -> None:
        """Look list and page up again."""
        chosen = self._customer_id
        self._look()
        if not chosen:
            return
        try:
            customers.get(self.desk.store, self._customer_id)
        except NotFound:
            self._forget()
            return
        if self.right.currentWidget() is self.details:
            self._show_details()
        else:
            self.pane.follow(self._customer_id)

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
        """Show a customer, or the one that they were merged into."""
        page = customers.get(self.desk.store, record_id)
        self.filter.set_value("")
        self._show_which("")
        self._stand_on(page.merged_into_id or record_id)

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
        self.right.setCurrentWidget(self.pane)
        self.pane.edit_customer(self._customer_id)

    @action(later("Take a payment"), shortcut="Ctrl+R", icon="banknote")
    def take_payment(self) -> None:
        """Take a payment for the bill of this customer that was due first."""
        self.details.bills.take_payment()

    @action(later("Write down what was said"), icon="message-square")
    def write_down(self) -> None:
        """Put a talk into the contact log."""
        self._open_form(self.pane.write_down, 0)

    @action(later("Merge into another customer"), icon="git-merge", has_line=True)
    def merge(self) -> None:
        """Make two records of a customer one."""
        self.right.setCurrentWidget(self.pane)
        self.pane.merge(self._customer_id)

    @action(later("Archive this customer"), icon="package")
    def archive(self) -> None:
        """Put the customer away."""
        name = customers.get(self.desk.store, self._customer_id).name
        customers.archive(self.desk.store, self._customer_id)
        self.toast(_("Archived {name}", name=name))

    @action(later("Bring this customer back"), icon="package-open")
    def bring_back(self) -> None:
        """Take the customer out of the archive."""
        page = customers.get(self.desk.store, self._customer_id)
        customers.restore(self.desk.store, page.id)
        self.go_to(page.id)
        self.toast(_("Brought back {name}", name=page.name))

    @action(later("All customers"), menu="view", icon="users")
    def show_all(self) -> None:
        """List the customers that are not put away."""
        self._show_which("")

    @action(later("Archived customers"), menu="view", icon="package")
    def show_archived(self) -> None:
        """List the customers that were put away."""
        self._show_which(ARCHIVED)

    @action(later("Customers that may be there twice"), menu="view", icon="copy")
    def show_twice(self) -> None:
        """List customers that are like each other, pair by pair."""
        self._show_which(TWICE)

    @action(later("Bring in a list of customers"), icon="upload", has_line=True)
    def bring_in(self) -> None:
        """Bring in customers from a file."""
        self.desk.front.begin("imports", "import", kind="customers")

    def _show_which(self, which: str) -> None:
        self._which = which
        words = {ARCHIVED: _("Archived"), TWICE: _("May be there twice")}
        self.which.setText(words.get(which, ""))
        self.which_part.setVisible(bool(which))
        self._look()

    def _look(self) -> None:
        if self._which == TWICE:
            store = self.desk.store
            self.ask(lambda: customer_duplicates.every(store), self._show_pairs)
            return
        text, store = self.filter.text, self.desk.store
        ids = list(customers.find(store, text=text, is_archived=self._which == ARCHIVED))
        count = _n("{n} customer", "{n} customers", len(ids))
        places = _n("{n} site", "{n} sites", sites.count(store))
        self.foot.setText(count if text or self._which else f"{count}, {places}")
        if not text and not self._which and drafts.get(store, *DRAFT):
            ids.insert(0, DRAFT_ID)
        self.model.set_ids(ids)
        self._stand()

    def _show_pairs(self, found: Sequence[Twice]) -> None:
        if self._which != TWICE:
            return
        groups = [
            Group(reason_words(pair.reasons), (pair.one, pair.other), icon="copy")
            for pair in found[:_PAIRS]
        ]
        self.model.set_groups(groups)
        self.foot.setText(_n("{n} pair", "{n} pairs", len(found)))
        self._stand()

    def _stand(self) -> None:
        """Stand on a row, unless a form is open or one is chosen."""
        if self.right.currentWidget() is not self.pane and not self.list.settle():
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
        page = self.details.page if self._customer_id else None
        for name in ("log_call", "edit", "write_down", "merge"):
            self.commands[name].setEnabled(page is not None and page.merged_into_id is None)
        is_archived = page is not None and page.archived_on is not None
        self.commands["archive"].setVisible(not is_archived)
        self.commands["archive"].setEnabled(page is not None)
        self.commands["bring_back"].setVisible(is_archived)
        can_pay = page is not None and self.details.bills.can_pay
        self.commands["take_payment"].setEnabled(can_pay)

    def _leave_form(self) -> None:
        self._look()
        self._show_details()
        self.list.setFocus()

    def _begin_new(self) -> None:
        self.right.setCurrentWidget(self.pane)
        self.pane.begin_customer()

    def _open_form(self, show: Callable[[int, int], object], record_id: int) -> None:
        self.right.setCurrentWidget(self.pane)
        show(self._customer_id, record_id)

    def _stand_on(self, customer_id: int) -> None:
        self._look()
        if not self.list.choose(customer_id) or self._customer_id != customer_id:
            self._choose(customer_id)
