"""One request: who asked for what, who can go, and what else may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import RequestStatus
from smallcmms.services import call_backs, choices, requests, triage
from smallcmms.services.requests import RequestPage
from smallcmms.services.triage import Plan
from smallcmms.texts import _, listed
from smallcmms.ui import when
from smallcmms.ui.forms.asking import Asking
from smallcmms.ui.forms.visit import VisitForm
from smallcmms.ui.kit import (
    Button,
    Desk,
    Label,
    LevelBadge,
    Option,
    Panel,
    StatePill,
    block,
    column,
    row,
    scrolled,
    states,
)
from smallcmms.ui.pages import request_words
from smallcmms.ui.pages.request_facts import RequestFacts
from smallcmms.ui.question import Question
from smallcmms.ui.widgets.two_columns import TwoColumns

_RIGHT, _NARROWEST, _LEAST = 318, 256, 460
_OPEN = (RequestStatus.NEW, RequestStatus.WAITING)
_MERGE_OFFERS = 5


@dataclass(frozen=True)
class _Told:
    page: RequestPage
    plan: Plan | None


class RequestPane(Panel):
    """Show a request and settle it.

    ``settled`` tells in words what was done to it; ``made`` the work order that came of it.
    """

    settled = Signal(str)
    made = Signal(int, str)
    wants_work_order = Signal(int)

    def __init__(
        self, desk: Desk, merge: Button, wait: Button, decline: Button, call_back: Button
    ) -> None:
        super().__init__()
        self._desk = desk
        self.request_id = 0
        self.page: RequestPage | None = None
        self._wants_focus = False
        self._question = Question[_Told](desk.background, self)
        self.badge, self.pill = LevelBadge(has_word=True), StatePill()
        self.title = Label("", "h2", is_cut=True)
        self.number = Label("", tone="text3")
        head = row(self.badge, gap=8, margins=(14, 8, 14, 8))
        head.addWidget(self.title, 1)
        for piece in (self.pill, self.number):
            head.addWidget(piece)
        self.add(block(head, "header"))
        self.facts = RequestFacts(desk, call_back)
        self._wait_button = wait
        self.facts.wants_work_order.connect(self.wants_work_order)
        self.visit = VisitForm(desk)
        self.visit.changed.connect(self._name_button)
        self.visit.asks.connect(self._ask_again)
        self.asking = Asking(desk)
        self.asking.closed.connect(self._show_plan_again)
        self._make_right(merge, wait, decline)
        self.add(
            TwoColumns(
                scrolled(self.facts), self.right, width=_RIGHT, narrowest=_NARROWEST, least=_LEAST
            ),
            1,
        )

    def _make_right(self, *buttons: Button) -> None:
        self.make = Button("", "primary", on=self.make_work_order)
        self.open = Button("", "primary", icon="clipboard-list", on=self._open)
        self.outcome, self.because = Label("", "bold", wraps=True), Label("", "second", wraps=True)
        others = row(gap=6)
        for button in buttons:
            others.addWidget(button, 1)
        self.area = scrolled(self.visit)
        plan = column(self.area, gap=8, margins=(14, 12, 14, 12))
        plan.addWidget(self.make)
        plan.addLayout(others)
        margins = (14, 12, 14, 12)
        ended = column(self.outcome, self.because, None, self.open, gap=6, margins=margins)
        self.right = QStackedWidget()
        self._plan, self._ended = block(plan), block(ended)
        self._asked = block(column(self.asking, margins=margins))
        for part in (self._plan, self._asked, self._ended):
            self.right.addWidget(part)

    def show_request(self, request_id: int, *, wants_focus: bool = False) -> None:
        """Show a request; ``wants_focus`` puts the cursor on who can go."""
        if request_id != self.request_id:
            self.facts.form.keep()
            self.page = None
        self.request_id = request_id
        self._wants_focus = self._wants_focus or wants_focus
        store, is_known = self._desk.store, self.page is not None
        template_id, minutes = self.visit.template.value, self.visit.minutes

        def work() -> _Told:
            page = requests.get(store, request_id)
            if page.row.status not in _OPEN:
                return _Told(page, None)
            if not is_known:
                return _Told(page, triage.propose(store, request_id))
            again = triage.plan(store, request_id, template_id=template_id, minutes=minutes)
            return _Told(page, again)

        self._question.ask(work, self._show)

    def clear(self) -> None:
        """Show nothing."""
        self.request_id, self.page = 0, None
        self._question.drop()

    def make_work_order(self) -> None:
        """Make the work order, with the visit that was chosen."""
        page = self._known()
        told: dict[str, Any] = self.visit.chosen()
        self.facts.form.keep()
        try:
            order_id = triage.make_work_order(self._desk.store, self.request_id, **told)
        except RuleBroken as refused:
            self.visit.ask_for(refused.field)
            raise
        number = requests.get(self._desk.store, page.row.id).work_order
        self.made.emit(order_id, self._made_words(number, told))

    def ask_level(self, level: Level) -> None:
        """Ask why it is another level."""
        page = self._known()
        if level == page.row.level:
            return
        name = states.level_name(int(level))
        title = _(
            "Set {number} to L{level} {name}", number=page.row.number, level=int(level), name=name
        )
        self._ask(title, _("Set L{level}", level=int(level)), partial(self._set_level, level))

    def ask_decline(self) -> None:
        """Ask why it is declined."""
        reasons = [listed(each.text) for each in choices.rows(self._desk.store, "decline_reason")]
        title = _("Decline {number}", number=self._known().row.number)
        self._ask(title, _("Decline"), self._decline, reasons)

    def ask_cancel(self) -> None:
        """Ask why it is not wanted any more."""
        title = _("Cancel {number}", number=self._known().row.number)
        self._ask(title, _("Cancel it"), self._cancel)

    def ask_call_back(self) -> None:
        """Ask what was said when the caller was rung back."""
        page = self._known()
        title = _("Call back {name}", name=page.caller or page.row.customer or page.row.number)
        self._ask(title, _("Log call"), self._call_back, [_("Nobody answered")])

    def ask_merge(self) -> None:
        """Ask which work order or other request it repeats."""
        page = self._known()
        self.right.setCurrentWidget(self._asked)
        work = [Option(("work_order", each[0]), *each[1:]) for each in page.open_here]
        calls = [Option(("request", each[0]), *each[1:]) for each in page.waiting_here]
        self.asking.ask_which(
            _("Add {number} to what it repeats", number=page.row.number),
            _("Add to it"),
            self._merge,
            [*work[: _MERGE_OFFERS - 1], *calls][:_MERGE_OFFERS],
        )

    def wait(self) -> None:
        """Ask what it waits for, or take it up again."""
        page = self._known()
        if page.row.status is RequestStatus.WAITING:
            requests.take_up(self._desk.store, self.request_id)
            self.settled.emit(_("{number} taken up again", number=page.row.number))
            return
        title = _("{number} waits for an answer", number=page.row.number)
        self._ask(title, _("Let it wait"), self._wait)

    def close_question(self) -> bool:
        """Take a question back; return whether there was one."""
        is_open = self.right.currentWidget() is self._asked
        if is_open:
            self.asking.close_question()
        return is_open

    def _known(self) -> RequestPage:
        if self.page is None:
            self.page = requests.get(self._desk.store, self.request_id)
        return self.page

    def _ask(self, title: str, button: str, act: Any, reasons: Any = ()) -> None:
        self.right.setCurrentWidget(self._asked)
        self.asking.ask_why(title, button, act, reasons)

    def _set_level(self, level: Level) -> None:
        requests.set_level(self._desk.store, self.request_id, level=level, reason=self.asking.why)
        self._settle(
            _("{number} is L{level} now", number=self._known().row.number, level=int(level))
        )

    def _decline(self) -> None:
        requests.decline(self._desk.store, self.request_id, reason=self.asking.why)
        self._settle(_("{number} declined", number=self._known().row.number))

    def _call_back(self) -> None:
        is_reached = self.asking.options.value is None
        call_backs.log(
            self._desk.store, self.request_id, said=self.asking.why, is_reached=is_reached
        )
        self._settle(_("Call back on {number} logged", number=self._known().row.number))

    def _cancel(self) -> None:
        requests.cancel(self._desk.store, self.request_id, reason=self.asking.why)
        self._settle(_("{number} cancelled", number=self._known().row.number))

    def _wait(self) -> None:
        requests.wait_for_answer(self._desk.store, self.request_id, reason=self.asking.why)
        self._settle(_("{number} waits for an answer", number=self._known().row.number))

    def _merge(self) -> None:
        store, (kind, other) = self._desk.store, self.asking.which
        if kind == "request":
            requests.merge(store, self.request_id, into_request_id=other)
        else:
            requests.merge(store, self.request_id, work_order_id=other)
        page = requests.get(store, self.request_id)
        into, number = page.duplicate_of or page.work_order, page.row.number
        self._settle(_("{number} added to {work_order}", number=number, work_order=into))

    def _settle(self, words: str) -> None:
        self.settled.emit(words)

    def _show(self, told: _Told) -> None:
        is_new = self.page is None
        page = self.page = told.page
        self.badge.set_level(int(page.row.level))
        self.title.setText(request_words.title(page.row.words))
        self.number.setText(page.row.number)
        self.facts.show_request(page)
        is_over = told.plan is None
        is_waiting = page.row.status is RequestStatus.WAITING
        self._wait_button.say(_("Take up again") if is_waiting else _("Wait"))
        is_quiet = page.row.status is RequestStatus.NEW
        self.pill.set_state(None if is_quiet else states.request(page.row.status))
        if told.plan is not None:
            self.visit.show_plan(told.plan, page.row.answer_by, is_new=is_new)
        if is_over:
            self._show_outcome(page)
        if is_over or is_new:
            self.right.setCurrentWidget(self._ended if is_over else self._plan)
        if self._wants_focus:
            self._wants_focus = False
            self.visit.options.enter()

    def _show_outcome(self, page: RequestPage) -> None:
        words = states.request(page.row.status).text
        if page.work_order or page.duplicate_of:
            number = page.work_order or page.duplicate_of
            words = _("{state}: {number}", state=words, number=number)
        self.outcome.setText(words)
        self.because.setText(page.reason)
        self.open.setVisible(bool(page.work_order))
        self.open.say(_("Open {number}", number=page.work_order))

    def _show_plan_again(self) -> None:
        if self.page is not None and self.page.row.status in _OPEN:
            self.right.setCurrentWidget(self._plan)
            self.visit.options.enter()

    def _ask_again(self) -> None:
        if self.request_id:
            self.show_request(self.request_id)

    def _name_button(self) -> None:
        if self.visit.picked.isVisible():
            QTimer.singleShot(0, lambda: self.area.ensureWidgetVisible(self.visit.ends))
        name = self.visit.name
        self.make.say(_("Make work order for {name}", name=name) if name else _("Make work order"))

    def _made_words(self, number: str, told: dict[str, Any]) -> str:
        if "planned_from" not in told:
            return _("{number} made, to schedule", number=number)
        formats, now = self._desk.formats, self._desk.store.now()
        begins = when.begins(formats, told["planned_from"], now)
        return _(
            "{number} made for {name}, {time}", number=number, name=self.visit.name, time=begins
        )

    def _open(self) -> None:
        if self.page is not None and self.page.work_order_id is not None:
            self.wants_work_order.emit(self.page.work_order_id)
