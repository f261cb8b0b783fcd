"""What can be done with the work order that is shown: each verb in menu, key and button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason, ShownState, WorkOrderStatus
from smallcmms.services import invoices, part_waits, sheets, work_orders
from smallcmms.services.work_orders import Verb, WorkOrderPage
from smallcmms.texts import _, later
from smallcmms.ui.forms.reason import Act, Question
from smallcmms.ui.kit import action, states
from smallcmms.ui.pages.page import Page
from smallcmms.ui.work_order_words import hold_words

_NEXT = {
    ShownState.DRAFT: "approve",
    ShownState.TO_SCHEDULE: "schedule",
    ShownState.WAITING_RETURN_VISIT: "schedule",
    ShownState.SCHEDULED: "enter_sheet",
    ShownState.ON_THE_TRUCK: "enter_sheet",
    ShownState.SHEET_TO_ENTER: "enter_sheet",
    ShownState.IN_PROGRESS: "enter_sheet",
    ShownState.TO_REVIEW: "close_order",
    ShownState.TO_INVOICE: "make_invoice",
    ShownState.INVOICED: "open_invoice",
}


def next_verb(state: ShownState) -> str:
    """Return the command that does the next thing in a state, or nothing where all is done."""
    if state in _NEXT:
        return _NEXT[state]
    return "resume" if state.value.startswith("waiting") else ""


class WorkOrderVerbs(Page):
    """The verbs of one work order; a page says which it is and asks for what they need."""

    def shown_page(self) -> WorkOrderPage:
        """Return the work order that is shown."""
        raise NotImplementedError

    def ask_why(self, question: Question, act: Act) -> None:
        """Ask something beside the work order."""
        raise NotImplementedError

    def plan(self, *, is_moved: bool) -> None:
        """Open the form of the board."""
        raise NotImplementedError

    @action(later("Approve"), icon="check")
    def approve(self) -> None:
        """Let the work be done."""
        page = self.shown_page()
        work_orders.approve(self.desk.store, page.id)
        self.toast(_("{number} approved", number=page.number))

    @action(later("Put on the board"), icon="calendar-plus")
    def schedule(self) -> None:
        """Plan a visit."""
        self.plan(is_moved=False)

    @action(later("Done, enter sheet"), shortcut="Ctrl+D", icon="check")
    def enter_sheet(self) -> None:
        """Type in the sheet that came back."""
        self.go("enter_sheet", self.shown_page().id)

    @action(later("Close"), icon="check")
    def close_order(self) -> None:
        """Close reviewed work; a customer who has not confirmed it may be waived."""
        try:
            self._close(is_waived=False)
        except RuleBroken as refused:
            if refused.field != "confirmed":
                raise
            question = Question(
                title=_("The customer has not confirmed"),
                why=_("Ask them, or close it without."),
                do=_("Close it without"),
            )
            self.ask_why(question, lambda _text, _key: self._close(is_waived=True))

    @action(later("Make invoice"), shortcut="Ctrl+I", icon="receipt")
    def make_invoice(self) -> None:
        """Draft the invoice, or open the draft that is there."""
        page = self.shown_page()
        is_drafted = page.invoice is not None and page.invoice.text == "draft"
        if page.invoice is not None and is_drafted:
            self.go("invoices", page.invoice.id)
            return
        self.go("invoices", invoices.draft(self.desk.store, page.id))
        self.toast(_("Invoice of {number} drafted", number=page.number))

    @action(later("Open its invoice"), icon="receipt")
    def open_invoice(self) -> None:
        """Show the invoice."""
        invoice = self.shown_page().invoice
        if invoice is not None:
            self.go("invoices", invoice.id)

    @action(later("Move on the board"), icon="calendar", has_line=True)
    def move_visit(self) -> None:
        """Move the visit that is planned."""
        self.plan(is_moved=True)

    @action(later("Take off the board"), icon="calendar-x")
    def unschedule(self) -> None:
        """Take every planned visit off."""
        page = self.shown_page()
        work_orders.unschedule(self.desk.store, page.id)
        self.toast(_("{number} is off the board", number=page.number))

    @action(later("Let it wait"), icon="hourglass")
    def hold(self) -> None:
        """Let the work wait for something."""
        page = self.shown_page()
        question = Question(
            title=_("{number} waits", number=page.number),
            do=_("Let it wait"),
            field="hold_note",
            label=_("Note"),
            icon="hourglass",
            is_needed=False,
            choices=hold_words(),
        )
        self.ask_why(
            question,
            lambda text, key: work_orders.hold(
                self.desk.store, page.id, reason=HoldReason(str(key)), text=text
            ),
        )

    @action(later("Go on with it"), icon="circle-check")
    def resume(self) -> None:
        """What it waited for is there; parts that an order owes it are taken in."""
        page = self.shown_page()
        if page.hold_reason is HoldReason.PARTS:
            came = part_waits.part_is_in(self.desk.store, page.id)
            if not came.is_ended:
                orders = ", ".join(came.orders)
                told = _("{orders} is in, {number} waits on", orders=orders, number=page.number)
                self.toast(told)
                return
        else:
            work_orders.resume(self.desk.store, page.id)
        self.toast(_("{number} waits no longer", number=page.number))

    @action(later("The customer confirms"), icon="circle-check")
    def confirm(self) -> None:
        """Say that the customer is content."""
        page = self.shown_page()
        work_orders.confirm(self.desk.store, page.id)
        self.toast(_("{number} is confirmed", number=page.number))

    @action(later("Its sheet is lost"), icon="x")
    def lost(self) -> None:
        """Say that the sheet will not come back."""
        page = self.shown_page()
        question = Question(
            title=_("The sheet of {number} is lost", number=page.number),
            do=_("It is lost"),
            field="lost_reason",
            is_needed=False,
        )
        store = self.desk.store
        self.ask_why(question, lambda text, _key: sheets.declare_lost(store, page.id, reason=text))

    @action(later("It did not print"), icon="printer")
    def did_not_print(self) -> None:
        """Take the newest copy back."""
        copy = sheets.did_not_print(self.desk.store, self.shown_page().id)
        self.toast(_("Copy {copy} is taken back", copy=copy))

    @action(later("Open it again"), icon="refresh-cw")
    def reopen(self) -> None:
        """Open done work again, for a reason."""
        page = self.shown_page()
        self._ask_reason(
            _("Open {number} again", number=page.number),
            _("Open it again"),
            partial(work_orders.reopen, self.desk.store, page.id),
        )

    @action(later("It must be done again"), icon="git-merge")
    def rework(self) -> None:
        """Make a work order that repairs this one."""
        made = work_orders.rework(self.desk.store, self.shown_page().id)
        self.go("work_orders", made)

    @action(later("Cancel"), icon="ban")
    def cancel(self) -> None:
        """Cancel work that will not be done, for a reason."""
        page = self.shown_page()
        self._ask_reason(
            _("Cancel {number}", number=page.number),
            _("Cancel it"),
            partial(work_orders.cancel, self.desk.store, page.id),
        )

    @action(later("L1 Critical"), shortcut="Alt+1", has_line=True)
    def level_1(self) -> None:
        """Make it an L1."""
        self._set_level(Level.CRITICAL)

    @action(later("L2 High"), shortcut="Alt+2")
    def level_2(self) -> None:
        """Make it an L2."""
        self._set_level(Level.HIGH)

    @action(later("L3 Medium"), shortcut="Alt+3")
    def level_3(self) -> None:
        """Make it an L3."""
        self._set_level(Level.MEDIUM)

    @action(later("L4 Low"), shortcut="Alt+4")
    def level_4(self) -> None:
        """Make it an L4."""
        self._set_level(Level.LOW)

    def enable(self, page: WorkOrderPage | None) -> None:
        """Let the commands be used that the state allows."""
        allowed = _allowed(page) if page is not None else set()
        for name in ALL:
            self.commands[name].setEnabled(name in allowed)
        if page is None:
            return
        parts = page.hold_reason is HoldReason.PARTS
        self.commands["resume"].setText(_("Part is in") if parts else _("Go on with it"))
        invoice = page.invoice
        is_drafted = invoice is not None and invoice.text == "draft"
        self.commands["make_invoice"].setText(
            _("Open the draft invoice") if is_drafted else _("Make invoice")
        )
        if invoice is not None and invoice.number:
            words = _("Open {number}", number=invoice.number)
            self.commands["open_invoice"].setText(words)

    def _close(self, *, is_waived: bool) -> None:
        page = self.shown_page()
        work_orders.close(self.desk.store, page.id, is_waived=is_waived)
        self.toast(_("{number} closed", number=page.number))

    def _set_level(self, level: Level) -> None:
        page = self.shown_page()
        if page.level == level:
            return
        question = Question(
            title=_("{level} instead of L{was}", level=states.level_spoken(level), was=page.level),
            do=_("Set the level"),
            field="level_reason",
        )
        self.ask_why(
            question,
            lambda text, _key: work_orders.set_level(
                self.desk.store, page.id, level=level, reason=text
            ),
        )

    def _ask_reason(self, title: str, do: str, act: Callable[..., object]) -> None:
        question = Question(title=title, do=do, field="reason")
        self.ask_why(question, lambda text, _key: act(reason=text))


_BY_VERB = {
    Verb.APPROVE: ("approve",),
    Verb.SCHEDULE: ("schedule",),
    Verb.UNSCHEDULE: ("unschedule",),
    Verb.ENTER: ("enter_sheet",),
    Verb.HOLD: ("hold",),
    Verb.RESUME: ("resume",),
    Verb.CANCEL: ("cancel",),
    Verb.REOPEN: ("reopen",),
    Verb.CLOSE: ("close_order", "confirm"),
    Verb.INVOICE: ("make_invoice",),
    Verb.REWORK: ("rework",),
    Verb.EDIT: ("edit", "level_1", "level_2", "level_3", "level_4"),
}
PAPERS = ("print_truck", "print_customer", "print_office", "show_copy")
ALL = (
    *(name for names in _BY_VERB.values() for name in names),
    *("open_invoice", "move_visit", "lost", "did_not_print"),
    *PAPERS,
)


def _allowed(page: WorkOrderPage) -> set[str]:
    allowed = {name for verb in page.verbs for name in _BY_VERB.get(verb, ())}
    is_out = any(copy.state == "out" and copy.audience == "technician" for copy in page.copies)
    can_print = Verb.PRINT in page.verbs and page.status is not WorkOrderStatus.CANCELLED
    more = {
        "print_truck": can_print,
        "print_customer": page.done_on is not None,
        "print_office": can_print and page.customer is not None,
        "show_copy": bool(page.copies),
        "lost": is_out,
        "did_not_print": is_out,
        "open_invoice": page.invoice is not None and bool(page.invoice.number),
        "move_visit": any(visit.status == "planned" for visit in page.visits),
    }
    return allowed | {name for name, is_allowed in more.items() if is_allowed}
