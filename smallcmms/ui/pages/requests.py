"""The page of requests: the call form at the left, queue and request to triage at the right.

Two ways lead from a call to a truck. *Make work order* (Ctrl Enter in the form) logs the request
and goes at once to who can go, with the first gap that takes the job chosen: one more Ctrl Enter
makes the work order, with technician, time and template. *Save for triage* (Ctrl S) logs it and
leaves the cursor in an empty form for the next call. When the call looks the same as a work order,
the fill goes from *Make work order* to *Add to it*.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from smallcmms.domain.levels import Level
from smallcmms.services import drafts, requests
from smallcmms.store.store import Store
from smallcmms.texts import _, later
from smallcmms.ui.forms.call import DRAFT, CallForm, interrupted
from smallcmms.ui.forms.missed_calls import MissedCalls
from smallcmms.ui.kit import Button, Label, Panel, action, block, column, row, theme
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pages.request_pane import RequestPane
from smallcmms.ui.pages.request_queue import RequestQueue

_FORM, _NARROW_FORM, _NARROW = 432, 410, 1060


class RequestsPage(Page):
    """Log calls and triage them."""

    title = later("Requests")
    icon = "inbox"
    keys = (
        ("Tab", later("next box")),
        ("Alt 1–4", later("set level")),
        ("Ctrl+Return", later("do the filled button")),
        ("Esc", later("keep draft, leave")),
    )
    tables = (
        *(
            "request",
            "missed_call",
            "work_order",
            "visit",
            "technician",
            "job_template",
            "asset",
            "location",
        ),
        *("customer", "contact", "site", "choice", "triage_fact", "triage_rule", "level", "shop"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._has_woken = False
        self._last_made = 0
        self.queue = RequestQueue(self.desk, Button(_("Log a call"), on=self.begin_call))
        self.empty_pane, self.right = Panel(), QStackedWidget()
        self.right.addWidget(self.empty_pane)
        beside = column(self.queue, gap=12)
        beside.addWidget(self.right, 1)
        self.beside = block(beside)
        self.beside.setProperty("pane", True)  # noqa: FBT003
        self.left = QStackedWidget()
        page = row(self.left, gap=12, margins=(18, 14, 18, 12))
        page.addWidget(self.beside, 1)
        self.setLayout(page)
        yield
        self.call = CallForm(self.desk)
        yield
        self.left.addWidget(self.call)
        self.missed = MissedCalls(self.desk)
        self.left.addWidget(self.missed)
        yield
        names = ("merge", "wait", "decline", "call_back")
        self.pane = RequestPane(self.desk, *(self.button(name, is_small=True) for name in names))
        yield
        self.draft_pane = self._make_draft_pane()
        for part in (self.pane, self.draft_pane):
            self.right.addWidget(part)
        self._listen()
        theme.signals.changed.connect(self._fit)
        self._fit()

    def _make_draft_pane(self) -> Panel:
        made = Panel()
        self._draft = ""
        self.draft_title = Label(_("Draft"), "h2", is_cut=True)
        self.draft_words = Label("", wraps=True)
        go_on = Button(_("Go on with this call"), "primary", on=self._go_on)
        away = Button(_("Throw away"), icon="trash-2", on=self._throw_away)
        made.add(block(row(self.draft_title, margins=(14, 10, 14, 10)), "header"))
        made.pad(self.draft_words, row(go_on, away, None), None, gap=12)
        return made

    def _listen(self) -> None:
        self.call.logged.connect(self._logged)
        self.call.drafts_changed.connect(self._look_at_drafts)
        self.call.missed.clicked.connect(self.show_missed)
        self.missed.wants_call.connect(lambda each: self.begin("call", missed_call_id=each))
        self.missed.left.connect(self.begin_call)
        self.queue.chosen.connect(self._choose)
        self.queue.draft_chosen.connect(self._show_draft)
        self.queue.draft_opened.connect(self._open_draft)
        self.queue.refreshed.connect(self._show_room)
        self.pane.settled.connect(self.toast)
        self.pane.made.connect(self._made)
        self.pane.wants_work_order.connect(self._open_work_order)

    def shown(self) -> None:
        """Catch up, and show the call again that was being typed when the program ended."""
        super().shown()
        if not self._has_woken:
            self._has_woken = True
            if self.call.wake():
                self.call.words.setFocus()

    @classmethod
    def is_interrupted(cls, store: Store) -> bool:
        """Tell whether a call was being typed when the program ended."""
        return interrupted(store) is not None

    def refresh(self) -> None:
        """Look queue, request and guesses up again."""
        self.queue.hidden_draft = self.call.subject
        self.queue.refresh()
        self.call.refresh()
        self.missed.refresh()
        if self.right.currentWidget() is self.pane and self.pane.request_id:
            self.pane.show_request(self.pane.request_id)

    @classmethod
    def waiting(cls, store: Store) -> tuple[int, bool]:
        """Return how many requests wait to be triaged, and whether one is critical."""
        counts = requests.counts(store)
        return counts.waiting, counts.is_critical

    def begin(self, what: str, **facts: object) -> None:
        """Begin a call, or show the calls to return."""
        if what == "call":
            self.left.setCurrentWidget(self.call)
            self.call.begin(**facts)
        elif what == "missed_call":
            self.show_missed()

    def begin_call(self) -> None:
        """Begin a call with an empty form."""
        self.left.setCurrentWidget(self.call)
        self.call.begin()

    @action(later("Missed calls"), icon="phone", has_line=True)
    def show_missed(self) -> None:
        """Show the calls to return; a call that is half typed is kept."""
        self.call.leave()
        self.left.setCurrentWidget(self.missed)
        self.missed.refresh()
        self.missed.list.setFocus()

    @action(later("Read an e-mail"), icon="mail")
    def read_mail(self) -> None:
        """Take a request from an e-mail that lies in a file."""
        kinds, title = _("E-mail (*.eml)"), _("The e-mail to read")
        path = self.desk.ask.open_file(self, title, kinds, Path.home())
        if path is not None:
            self.left.setCurrentWidget(self.call)
            self.call.take_file(path)

    def go_to(self, record_id: int) -> None:
        """Show a request, wherever it stands now."""
        self._show_request(record_id)
        self.queue.want(record_id)

    def current_id(self) -> int:
        """Return the request that is shown."""
        return self.pane.request_id if self.right.currentWidget() is self.pane else 0

    def keep(self) -> None:
        """Keep the draft and the note for the truck."""
        super().keep()
        self.call.keep()

    def keep_now(self) -> str:
        """Save the call for triage, or keep what is typed in the request beside it."""
        if self._is_in(self.beside) or self.call.is_empty:
            return super().keep_now()
        self.call.save_for_triage()
        return _("Saved for triage")

    def leave(self) -> bool:
        """Take back a question, or leave the call: it stays in the list as a draft."""
        if self.right.currentWidget() is self.pane and self.pane.close_question():
            return True
        if self.left.currentWidget() is self.missed:
            self.begin_call()
            return True
        has_left = self.call.leave()
        if has_left:
            self.queue.list.setFocus()
        return has_left

    def panes(self) -> list[QWidget]:
        """Return the call, the queue and what is shown below it."""
        found: list[QWidget] = [self.call, self.missed, self.queue]
        if (below := self.right.currentWidget()) is not None:
            found.append(below)
        return [pane for pane in found if pane.isVisible()]

    @action(later("What is wrong"), shortcut="Alt+W", menu="go")
    def go_to_words(self) -> None:
        """Go to the box in which the caller's words are typed."""
        self.call.words.setFocus()

    @action(later("Asset of the call"), shortcut="Alt+M", menu="go")
    def go_to_asset(self) -> None:
        """Go to the guesses."""
        self.call.go_to_asset()

    @action(later("How bad is it"), shortcut="Alt+B", menu="go")
    def go_to_facts(self) -> None:
        """Go to the facts to tick."""
        self.call.go_to_facts()

    @action(later("Save for triage"))
    def save_for_triage(self) -> None:
        """Log the call; who goes is decided later."""
        self.call.save_for_triage()

    @action(later("Level 1 Critical"), shortcut="Alt+1", has_line=True)
    def level_1(self) -> None:
        """Set the level."""
        self._set_level(Level.CRITICAL)

    @action(later("Level 2 High"), shortcut="Alt+2")
    def level_2(self) -> None:
        """Set the level."""
        self._set_level(Level.HIGH)

    @action(later("Level 3 Medium"), shortcut="Alt+3")
    def level_3(self) -> None:
        """Set the level."""
        self._set_level(Level.MEDIUM)

    @action(later("Level 4 Low"), shortcut="Alt+4")
    def level_4(self) -> None:
        """Set the level."""
        self._set_level(Level.LOW)

    @action(later("Merge"), icon="git-merge", has_line=True)
    def merge(self) -> None:
        """Add the request to a work order that does the same."""
        self.pane.ask_merge()

    @action(later("Log call back"))
    def call_back(self) -> None:
        """Write down what was said when the caller was rung back."""
        self.pane.ask_call_back()

    @action(later("Decline"), icon="ban")
    def decline(self) -> None:
        """Decline the request."""
        self.pane.ask_decline()

    @action(later("Wait for an answer"))
    def wait(self) -> None:
        """Set the request aside, or take it up again."""
        self.pane.wait()

    @action(later("The caller took it back"))
    def cancel(self) -> None:
        """Cancel the request."""
        self.pane.ask_cancel()

    @action(later("Open its work order"), shortcut="Ctrl+O", icon="clipboard-list")
    def open_work_order(self) -> None:
        """Show the work order of this request, or the one that was made last."""
        page = self.pane.page
        shown = page.work_order_id if page is not None else None
        self._open_work_order(shown or self._last_made)

    def _set_level(self, level: Level) -> None:
        if self._is_in(self.beside) and self.current_id():
            self.pane.ask_level(level)
        elif self.left.currentWidget() is self.call:
            self.call.how_bad.choose(level)

    def _is_in(self, place: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and place.isAncestorOf(focus)

    def _logged(self, request_id: int, is_made: bool) -> None:  # noqa: FBT001
        page = requests.get(self.desk.store, request_id)
        if page.work_order:
            self.toast(
                _(
                    "{number} added to {work_order}",
                    number=page.row.number,
                    work_order=page.work_order,
                )
            )
        else:
            self.toast(_("{number} logged", number=page.row.number))
        self._look_at_drafts()
        if is_made:
            self.queue.want(request_id)
            self._show_request(request_id, wants_focus=True)
        else:
            self.call.caller.who.setFocus()

    def _made(self, order_id: int, words: str) -> None:
        self._last_made = order_id
        self.toast(words)
        self.queue.list.setFocus()

    def _open_work_order(self, work_order_id: int) -> None:
        if work_order_id:
            self.go("work_orders", work_order_id)

    def _look_at_drafts(self) -> None:
        self.queue.hidden_draft = self.call.subject
        self.queue.refresh()

    def _choose(self, request_id: int) -> None:
        if request_id:
            self._show_request(request_id)

    def _show_request(self, request_id: int, *, wants_focus: bool = False) -> None:
        self.right.setCurrentWidget(self.pane)
        self.pane.show_request(request_id, wants_focus=wants_focus)
        self._show_room()

    def _show_draft(self, subject: str) -> None:
        self._draft = subject
        content = drafts.get(self.desk.store, DRAFT, subject) or {}
        self.draft_title.setText(content.get("who") or _("Draft"))
        self.draft_words.setText(content.get("words") or _("Nothing written yet"))
        self.right.setCurrentWidget(self.draft_pane)

    def _open_draft(self, subject: str) -> None:
        self._draft = subject
        self._go_on()

    def _go_on(self) -> None:
        self.call.go_on(self._draft)

    def _throw_away(self) -> None:
        self.call.throw_away(self._draft)

    def _show_room(self) -> None:
        """Leave the right side to the empty queue when there is nothing to show below it."""
        has_rows = self.queue.model.rowCount() > 0
        is_request = self.right.currentWidget() is self.pane and self.pane.request_id
        self.right.setVisible(bool(has_rows or is_request))
        is_open = bool(is_request)
        for name in ("merge", "decline", "wait", "cancel", "call_back"):
            self.commands[name].setEnabled(is_open)

    def _fit(self) -> None:
        is_narrow = self.width() < theme.px(_NARROW)
        self.left.setFixedWidth(theme.px(_NARROW_FORM if is_narrow else _FORM))
        self.queue.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let the queue take its part of the height."""
        super().resizeEvent(event)
        if self.has_all:
            self._fit()
