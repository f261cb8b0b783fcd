"""Printing the sheets of several work orders in one go: a batch asks once and prints once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.services import sheets, sheets_of_a_day
from smallcmms.services.sheets_of_a_day import MadeCopy
from smallcmms.texts import _, _n
from smallcmms.ui import late, printing
from smallcmms.ui.forms.reason import Question, ReasonForm
from smallcmms.ui.kit import Desk


def _renderer() -> Any:
    return late.module("smallcmms.reports.work_order").render


class PrintAll:
    """Make the copies, print them as one paper, and take back what did not print."""

    def __init__(self, desk: Desk, owner: QWidget, asking: ReasonForm) -> None:
        self._desk, self._owner, self._asking = desk, owner, asking

    def print_sheets(self, ids: Sequence[int], reason: str = "") -> None:
        """Print the sheets of these work orders; where an L1 waits, ask once why an L4 goes."""
        number = sheets_of_a_day.asks(self._desk.store, ids)
        if number is not None and not reason:
            self._ask(ids, number)
            return
        store = self._desk.store
        self._desk.background.run_long(
            self._owner,
            _("Print sheets"),
            lambda job: sheets_of_a_day.print_copies(
                store, ids, render=_renderer(), waiting_reason=reason, step=job.step
            ),
            self._print,
        )

    def _ask(self, ids: Sequence[int], number: str) -> None:
        question = Question(
            title=_("Something worse waits"),
            why=_("{number} is L1 and waits for a visit. Say why an L4 goes first.", number=number),
            do=_("Print anyway"),
            field="waiting_reason",
        )
        self._asking.ask(question, lambda text, _key: self.print_sheets(ids, text))

    def _print(self, made: Sequence[MadeCopy]) -> None:
        number = len(made)
        title = _n("{n} sheet", "{n} sheets", number)
        pdf = printing.joined([each.pdf for each in made])
        if self._desk.printing.print(self._owner, pdf, title):
            self._desk.front.toast(_n("{n} sheet printed", "{n} sheets printed", number))
            return
        for each in made:
            sheets.did_not_print(self._desk.store, each.work_order_id, copy=each.copy)
