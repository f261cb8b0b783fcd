"""Missed calls: who is to be rung back, what came of it, and one more to write down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.missed_calls import Outcome
from smallcmms.exchange import phone_calls
from smallcmms.exchange.phone_calls import Read
from smallcmms.services import missed_calls
from smallcmms.services.missed_calls import BroughtIn, MissedCallRow
from smallcmms.store.files import read_outside
from smallcmms.texts import _, _n
from smallcmms.ui.forms.moment_box import MomentBox
from smallcmms.ui.kit import (
    TWO_LINES,
    Button,
    Cell,
    Column,
    Desk,
    EmptyState,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    RowsModel,
    RowsView,
    block,
    column,
    row,
)
from smallcmms.ui.question import Question

_MOST_BYTES = 20_000_000


class _Brought(NamedTuple):
    read: Read
    came: BroughtIn


class MissedCalls(Panel):
    """List the numbers to ring back; ``wants_call`` tells the one whose call is to be logged."""

    wants_call = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, MissedCallRow] = {}
        self._question = Question[list[MissedCallRow]](desk.background, self)
        back = Button("", "icon", icon="x", says=_("Back to the call"), on=self.left.emit)
        self.header = PanelHeader("phone", _("Missed calls"), "", back, is_big=True)
        self.add(self.header)
        self.model = RowsModel[MissedCallRow]([Column("", self._cell)], self._fetch, self)
        self.list = RowsView(self.model, row=TWO_LINES, says=_("Missed calls"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self.wants_call)
        words = _("Write one down here, or bring in the list of your phone provider")
        self.empty = EmptyState("phone", _("Nobody to ring back"), words)
        self.stack = QStackedWidget()
        for piece in (self.list, self.empty):
            self.stack.addWidget(piece)
        self.add(self.stack, 1)
        self._make_answer()
        self._make_new()

    def _make_answer(self) -> None:
        self.said = LineBox(_("What was said"))
        self.call = Button(_("Log the call"), "primary", icon="phone-call", on=self._log_call)
        outcomes = (
            (Outcome.SPOKE, _("Spoke, no job")),
            (Outcome.LEFT_MESSAGE, _("Left a message")),
            (Outcome.NO_ANSWER, _("No answer")),
            (Outcome.NOBODY, _("Wrong number")),
        )
        self.outcomes = {
            outcome: Button(text, is_small=True, on=partial(self._return, outcome))
            for outcome, text in outcomes
        }
        first, second = list(self.outcomes.values())[:2], list(self.outcomes.values())[2:]
        pieces = (row(self.call, None), self.said, row(*first, None, gap=6))
        self.answer = block(column(*pieces, row(*second, None, gap=6), margins=(14, 8, 14, 10)))
        self.add(self.answer)

    def _make_new(self) -> None:
        self.form = Form(self)
        self.phone = self.form.add("phone", LineBox(_("Phone"), hint=_("The number that rang")))
        self.at = self.form.add("called_at", MomentBox(_("When"), self._desk, hint=_("now")))
        self.name = self.form.add("name", LineBox(_("Name, if it is known")))
        bring = Button(_("Bring in a list"), icon="download", on=self.ask_for_list)
        add = Button(_("Add missed call"), icon="plus", on=self._add)
        boxes = column(row(self.phone, self.at, gap=8), self.name, row(add, bring, None))
        title = Label(_("Another missed call"), "h3")
        self.add(block(column(title, boxes, margins=(14, 10, 14, 12)), "footer"))

    def refresh(self) -> None:
        """Look again, in the background."""
        self._question.ask(lambda: missed_calls.waiting(self._desk.store), self._show)

    def ask_for_list(self) -> None:
        """Ask for the list of the phone provider and bring it in."""
        kinds = _("Lists of calls (*.csv *.xlsx *.xls *.ods *.txt)")
        title = _("The list of your phone provider")
        path = self._desk.ask.open_file(self, title, kinds, Path.home())
        if path is not None:
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Bring in the missed calls of a list."""
        store, formats, today = self._desk.store, self._desk.formats, self._desk.today()

        def work(_job: object) -> _Brought:
            data = read_outside(path, most=_MOST_BYTES)
            read = phone_calls.read(data, path.name, formats=formats, today=today)
            return _Brought(read, missed_calls.bring_in(store, read.rings))

        title = _("Reading {name}", name=path.name)
        self._desk.background.run_long(self, title, work, self._tell)

    def _tell(self, brought: _Brought) -> None:
        came, refused = brought.came, brought.read.refused
        words = [_n("{n} missed call is new.", "{n} missed calls are new.", came.new)]
        if came.same:
            words.append(_("{n} were here already.", n=came.same))
        if came.hidden:
            words.append(_("{n} hid their number.", n=came.hidden))
        self._desk.front.toast(" ".join(words), has_undo=bool(came.new))
        if refused:
            number, error = refused[0]
            told = _(error.message, **error.values)
            row_told = _("Row {number}: {told}", number=number, told=told)
            more = len(refused) - 1
            also = _n("{n} more row was not read.", "{n} more rows were not read.", more)
            self._desk.front.tell(f"{row_told} {also}" if more else row_told)

    def _show(self, found: list[MissedCallRow]) -> None:
        self._rows = {each.id: each for each in found}
        self.model.set_ids(list(self._rows))
        self.header.count.setText(_("{n}, longest first", n=len(found)) if found else "")
        self.stack.setCurrentWidget(self.list if found else self.empty)
        if found and not self.list.chosen_id:
            self.list.choose(found[0].id)
        self.answer.setVisible(bool(found))

    def _fetch(self, ids: Sequence[int]) -> dict[int, MissedCallRow]:
        return {each: self._rows[each] for each in ids if each in self._rows}

    def _cell(self, each: MissedCallRow) -> Cell:
        formats, today = self._desk.formats, self._desk.today()
        rings = _n("{n} call", "{n} calls", each.rings) if each.rings > 1 else ""
        phone = each.phone if each.caller else ""
        told = " · ".join(
            filter(None, (phone, each.customer if each.contact else "", rings, each.note))
        )
        tried = (
            _("tried {time}", time=formats.moment(each.tried_at, today)) if each.tried_at else ""
        )
        return Cell(
            first=each.caller or each.phone,
            second=told or _("nobody we know"),
            right=formats.moment(each.last_at, today),
            second_right=tried,
        )

    def _choose(self, missed_call_id: int) -> None:
        self.said.set_value(None)
        self.answer.setEnabled(bool(missed_call_id))

    def _log_call(self) -> None:
        if chosen := self.list.chosen_id:
            self.wants_call.emit(chosen)

    def _return(self, outcome: Outcome) -> None:
        if not (chosen := self.list.chosen_id):
            return
        phone = self._rows[chosen].phone
        missed_calls.returned(self._desk.store, chosen, outcome=outcome, note=self.said.text)
        self.said.set_value(None)
        if outcome is Outcome.NO_ANSWER:
            self._desk.front.toast(_("{phone} did not answer, and goes on waiting", phone=phone))
        else:
            self._desk.front.toast(_("Call from {phone} returned", phone=phone))

    def _add(self) -> None:
        values = self.form.values()
        missed_calls.log(
            self._desk.store,
            phone=values["phone"],
            called_at=values["called_at"],
            name=values["name"],
        )
        self.form.clear()
        self.phone.setFocus()
