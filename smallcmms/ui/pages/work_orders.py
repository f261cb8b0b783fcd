"""The page of work orders: the list, one of them beside it, its forms and its paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.reports.page import Rendered
from smallcmms.reports.work_order import Sheet, render
from smallcmms.reports.work_order_copies import render_customer, render_office
from smallcmms.services import sheets, work_orders
from smallcmms.services.papers.work_order import office
from smallcmms.services.sheets import Printed
from smallcmms.services.work_orders import Chip, Filters, WorkOrderPage
from smallcmms.store.store import Store
from smallcmms.texts import _, later
from smallcmms.ui import errors
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.reason import Act, Question
from smallcmms.ui.forms.work_order import NewWorkOrderForm, WorkOrderForm
from smallcmms.ui.kit import (
    Button,
    EmptyState,
    Form,
    ListAndDetails,
    Panel,
    action,
    column,
    row,
)
from smallcmms.ui.pages.work_order_details import WorkOrderDetails
from smallcmms.ui.pages.work_order_list import DRAFT_ID, Listed, WorkOrderList, look_up
from smallcmms.ui.pages.work_order_paper import WorkOrderPaper
from smallcmms.ui.pages.work_order_verbs import WorkOrderVerbs, next_verb

_NEXT = (
    *("approve", "schedule", "enter_sheet", "resume", "close_order", "make_invoice"),
    "open_invoice",
)
_MORE = (
    *("edit", "schedule", "move_visit", "unschedule", "hold", "resume", "confirm", ""),
    *("level_1", "level_2", "level_3", "level_4", ""),
    *("print_customer", "print_office", "show_copy", "did_not_print", "lost", ""),
    *("reopen", "rework", "cancel"),
)
Render = Callable[[papers.WorkOrder], Rendered | Sheet]


class WorkOrdersPage(WorkOrderVerbs):
    """List the work orders; show one, do the next thing with it, print it, make one by hand."""

    title = later("Work orders")
    icon = "clipboard-list"
    keys = (
        ("↑ ↓", later("next work order")),
        ("F6", later("list ↔ details")),
        ("Ctrl+P", later("print")),
        ("Ctrl+D", later("done")),
        ("Ctrl+Z", later("undo")),
    )
    tables = (
        *("work_order", "visit", "visit_technician", "task", "planned_part", "used_part"),
        *("labour", "sheet_copy", "deficiency", "event", "request", "invoice"),
        *("customer", "contact", "site", "location", "asset", "part", "stock_move"),
        *("technician", "stock_location", "level", "choice", "shop", "job_template"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._work_order_id = self._wanted = 0
        self._following = ""
        self.list = WorkOrderList(self.desk)
        self.filter_box = self.list.filter.line
        self.list.narrowed.connect(self._look)
        self.list.rows.chosen.connect(self._choose)
        self.right = QStackedWidget()
        self.right.addWidget(Panel())
        self.split = ListAndDetails("work_orders", self.list, self.right, widths=(402, 790))
        middle = Qt.AlignmentFlag.AlignVCenter
        top = row(gap=8)
        top.addWidget(self.list.chips, 1, middle)
        top.addWidget(self.list.who, 0, middle)
        top.addWidget(self.button("new", "primary", text=_("New")), 0, middle)
        page = column(top, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(self.split, 1)
        self.setLayout(page)
        yield
        yield from self._make_details()
        yield from self._make_forms()
        self.enable(None)

    def _make_forms(self) -> Iterator[None]:
        self.form, self.new_form = WorkOrderForm(self.desk), NewWorkOrderForm(self.desk)
        self.pane = FormPane(self.new_form, self.form)
        self.pane.closed.connect(self._leave_pane)
        self.paper = WorkOrderPaper(self.desk)
        self.paper.closed.connect(self._leave_pane)
        yield
        for piece in (self.pane, self.paper):
            self.right.addWidget(piece)

    def _make_details(self) -> Iterator[None]:
        self._next = {name: self.button(name, "primary") for name in _NEXT}
        print_truck = self.button("print_truck", text=_("Print for the truck"))
        again = self.button("print_truck", is_small=True, text=_("Print again"))
        buttons = [print_truck, *self._next.values()]
        self.details = WorkOrderDetails(self.desk, buttons, self._menu(), again)
        fact, hint = _("No work orders here"), _("Calls that are triaged will stand here.")
        button: Button = self.button("new", text=_("New work order"))
        self.empty = Panel(EmptyState("clipboard-list", fact, hint, button))
        yield
        for piece in (self.details, self.empty):
            self.right.addWidget(piece)
        yield

    def _menu(self) -> QMenu:
        self.more = QMenu(self)
        self.more.aboutToShow.connect(self._fill_menu)
        return self.more

    @classmethod
    def rehearse(cls, store: Store) -> Iterator[None]:
        """Ask for a row of the list and for its work order."""
        for each in work_orders.find(store, limit=1):
            work_orders.rows(store, [each])
            yield from WorkOrderDetails.rehearse(store, each)

    def refresh(self) -> None:
        """Look the list and what is shown up again."""
        self.list.show_people()
        self._look()
        if self._work_order_id:
            self._reload()

    def go_to(self, record_id: int) -> None:
        """Show a work order, whatever the list was narrowed to."""
        self._wanted = record_id
        self.list.widen()
        self._show(record_id)
        self._look()

    def current_id(self) -> int:
        """Return the work order that is shown."""
        return self._work_order_id

    def about(self) -> dict[str, object]:
        """Return whose the open work order is, and where."""
        page = self.details.page
        named = {} if page is None else {"customer_id": page.customer, "site_id": page.site}
        named |= {} if page is None else {"asset_id": page.asset}
        return {name: each.id for name, each in named.items() if each is not None}

    def begin(self, what: str, **facts: object) -> None:
        """Begin a work order with what is known of it."""
        if what == "work_order":
            known = {name: facts[name] for name in _KNOWN if facts.get(name)}
            self._begin_new(**known)
        elif what == "schedule":
            self._show(int(str(facts["work_order_id"])))
            self.schedule()
        elif what == "print":
            self.go_to(int(str(facts["work_order_id"])))
            self.print_truck()
        elif what == "list":
            self.list.show_chip(str(facts["chip"]))
            self._look()

    @classmethod
    def waiting(cls, store: Store) -> tuple[int, bool]:
        """Return how much work is open; hot while an L1 is to be scheduled."""
        urgent = work_orders.groups(store, filters=Filters(chip=Chip.TO_SCHEDULE))
        return work_orders.counts(store).all_open, 1 in urgent

    def leave(self) -> bool:
        """Close what is asked, the form or the paper, or clear the filter."""
        now = self.right.currentWidget()
        if now is self.pane:
            self.pane.close_form()
        elif now is self.paper:
            self._leave_pane()
        elif self.details.has_open_form:
            self.details.leave_forms()
            self.list.rows.setFocus()
        else:
            return super().leave()
        return True

    def show_error(self, error: RuleBroken) -> bool:
        """Show an error beside its box, in a form that is in sight."""
        forms = [form for form in self.findChildren(Form) if _is_in_sight(form)]
        return any(form.show_error(error) for form in forms)

    def shown_page(self) -> WorkOrderPage:
        """Return the work order that is shown."""
        return work_orders.get(self.desk.store, self._work_order_id)

    def ask_why(self, question: Question, act: Act) -> None:
        """Ask something below the head of the work order."""
        self.right.setCurrentWidget(self.details)
        self.details.ask(question, act)

    def plan(self, *, is_moved: bool) -> None:
        """Open the form of the board below the head."""
        self.right.setCurrentWidget(self.details)
        self.details.plan(is_moved=is_moved)

    @action(later("New work order"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin a work order by hand."""
        self._begin_new()

    @action(later("Edit"), shortcut="F2", icon="file-pen")
    def edit(self) -> None:
        """Edit what the work order says."""
        page = self.shown_page()
        self.form.show_work_order(page)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_edit(self.form, page.number)

    @action(later("Print for the truck"), shortcut="Ctrl+P", icon="printer", has_line=True)
    def print_truck(self) -> None:
        """Make a copy for the technician and show it."""
        self._print(render, Audience.TECHNICIAN)

    @action(later("Customer’s copy"), icon="printer")
    def print_customer(self) -> None:
        """Make a copy that tells the customer what was done."""
        self._print(render_customer, Audience.CUSTOMER)

    @action(later("Office copy with the money"), icon="printer")
    def print_office(self) -> None:
        """Make the office's own copy."""
        money = office(self.desk.store, self._work_order_id)
        self._print(lambda paper: render_office(paper, money), Audience.OFFICE)

    @action(later("Show the last copy"), icon="file-text")
    def show_copy(self) -> None:
        """Show the newest copy as it was made."""
        page = self.shown_page()
        copy = page.copies[0]
        store, is_out = self.desk.store, copy.state == "out"

        def show(pdf: bytes) -> None:
            self.paper.show_copy(page.id, page.number, copy.copy, pdf, is_out=is_out)
            self.right.setCurrentWidget(self.paper)

        self.desk.background.run(self, lambda: sheets.document(store, copy.id), show, self._fail)

    def _print(self, draw: Render, audience: Audience, reason: str = "") -> None:
        self.keep()
        store, work_order_id = self.desk.store, self._work_order_id
        number = self.shown_page().number

        def make() -> Printed:
            return sheets.print_copy(
                store, work_order_id, render=draw, audience=audience, waiting_reason=reason
            )

        def failed(error: Exception) -> None:
            self._reload()
            if isinstance(error, RuleBroken) and error.field == "waiting_reason":
                self._ask_waiting(error, draw, audience)
            else:
                self._fail(error)

        for name in ("print_truck", "print_customer", "print_office"):
            self.commands[name].setEnabled(False)
        self.desk.background.run(
            self, make, lambda made: self._show_printed(work_order_id, number, made), failed
        )

    def _ask_waiting(self, error: RuleBroken, draw: Render, audience: Audience) -> None:
        question = Question(
            title=_("Something worse waits"),
            why=_(error.message, **error.values),
            do=_("Print it anyway"),
            field="waiting_reason",
        )
        self.ask_why(question, lambda text, _key: self._print(draw, audience, text))

    def _show_printed(self, work_order_id: int, number: str, made: Printed) -> None:
        self._reload()
        self.paper.show_copy(work_order_id, number, made.copy, made.pdf, missing=made.missing)
        self.right.setCurrentWidget(self.paper)
        self.paper.print.setFocus()

    def _fail(self, error: Exception) -> None:
        errors.show(error, self)

    def _look(self) -> None:
        store, wanted = self.desk.store, self.list.wanted
        self.ask(lambda: look_up(store, wanted), self._answer)

    def _answer(self, listed: Listed) -> None:
        self.list.show_listed(listed)
        wanted, self._wanted = self._wanted, 0
        if not self.list.rows.settle(wanted):
            self._show(0)

    def _choose(self, work_order_id: int) -> None:
        if work_order_id == DRAFT_ID:
            self._begin_new()
        elif work_order_id and work_order_id != self._work_order_id:
            self._show(work_order_id)

    def _show(self, work_order_id: int) -> None:
        if work_order_id != self._work_order_id:
            self.keep()
        self._work_order_id = work_order_id
        self._reload()
        self.right.setCurrentWidget(self.details if self._work_order_id else self.empty)

    def _reload(self) -> None:
        """Show what is shown as it stands now; work that was taken back is gone."""
        page: WorkOrderPage | None = None
        if self._work_order_id:
            try:
                page = self.details.show_work_order(self._work_order_id)
            except NotFound:
                self._work_order_id = 0
                self.right.setCurrentWidget(self.empty)
        self.enable(page)
        self._following = next_verb(page.state) if page is not None else ""
        for name, button in self._next.items():
            button.setVisible(name == self._following)
            button.say(self.commands[name].text())
        if page is not None and self.pane.holds(self.form):
            self.form.show_work_order(page)

    def _fill_menu(self) -> None:
        """Offer what the state allows, without what the filled button does."""
        self.more.clear()
        for name in _MORE:
            if not name:
                self.more.addSeparator()
            elif self.commands[name].isEnabled() and name != self._following:
                self.more.addAction(self.commands[name])

    def _leave_pane(self) -> None:
        self._show(self._work_order_id)
        self._look()
        self.list.rows.setFocus()

    def _begin_new(self, **known: object) -> None:
        self.new_form.begin(**known)  # type: ignore[arg-type]
        self.right.setCurrentWidget(self.pane)
        hint = _("Esc leaves; what is typed is kept as a draft.")
        title, words = _("New work order"), _("Make work order")
        self.pane.show_new(self.new_form, title, words, self._make_new, hint)

    def _make_new(self) -> None:
        made = self.new_form.make()
        self.right.setCurrentWidget(self.details)
        self.go_to(made)
        self.toast(_("{number} made", number=self.shown_page().number))
        self.list.rows.setFocus()


_KNOWN = ("customer_id", "site_id", "asset_id", "words")


def _is_in_sight(form: Form) -> bool:
    owner = form.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
