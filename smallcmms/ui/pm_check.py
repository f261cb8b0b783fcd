"""The check of the PM schedules by itself: at the start, and past midnight while the shop is open.

It runs off the screen's thread, tells in the status row what it made, and asks once where the
clock has jumped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from smallcmms import pm_words
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm_facts import CaughtUp
from smallcmms.formats import Formats
from smallcmms.services import pm, shop
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui.desk import Desk

LOOK_MS = 60_000
"""So often it looks whether another day has begun."""
Found = CaughtUp | RuleBroken


def check(store: Store, *, step: Callable[[int, int], object] | None = None) -> Found:
    """Make what is due; return what was found, or the question whether the clock is right."""
    try:
        return pm.generate(store, step=step)
    except RuleBroken as error:
        if error.field != "is_sure":
            raise
        return error


def clock_words(error: RuleBroken, formats: Formats) -> str:
    """Return the question whether the clock is right, its days as the shop writes them."""
    days = {
        name: formats.day_year(value)
        for name, value in error.values.items()
        if isinstance(value, date)
    }
    return _(error.message, **{**error.values, **days})


class PmCheck(QObject):
    """Check when the shop opens and when a day begins; ``told`` and ``asked`` tell the window."""

    told = Signal(str)
    asked = Signal(str)

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._on: date | None = None
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Check, once a day."""
        today = self._desk.today()
        if self._on != today and shop.has_shop(self._desk.store):
            self._on = today
            store = self._desk.store
            title = _("Checking PM schedules")
            self._desk.background.run_long(
                self, title, lambda job: check(store, step=job.step), self._answer
            )

    def check_surely(self) -> None:
        """Check although the clock jumped: a person has said that it is right."""
        store = self._desk.store
        title = _("Checking PM schedules")
        self._desk.background.run_long(
            self, title, lambda job: pm.generate(store, is_sure=True, step=job.step), self._answer
        )

    def end(self) -> None:
        """Check no more."""
        self._clock.stop()

    def _answer(self, found: Found) -> None:
        if isinstance(found, RuleBroken):
            self.asked.emit(clock_words(found, self._desk.formats))
        elif found.due:
            self.told.emit(pm_words.caught_up(found))
