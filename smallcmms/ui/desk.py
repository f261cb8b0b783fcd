"""What a page has at hand: the open shop, what changed, long work, the window around it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt

from smallcmms.formats import Formats
from smallcmms.services import choices, shop
from smallcmms.store.store import Changed, Store
from smallcmms.texts import _, listed
from smallcmms.ui import states
from smallcmms.ui.ask import Ask
from smallcmms.ui.background import Background
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay


class Front(Protocol):
    """The window, as far as a page may use it."""

    def go(self, name: str, record_id: int = 0) -> None:
        """Show a page, and a record on it."""

    def begin(self, name: str, what: str, **facts: object) -> None:
        """Show a page and begin something new there."""

    def toast(self, words: str, *, has_undo: bool = True) -> None:
        """Tell for eight seconds what was done, with Undo."""

    def tell(self, words: str) -> None:
        """Show what went wrong in a line above the status bar until it is closed."""

    def note(self, words: str) -> None:
        """Say in the status bar how safe what was typed is."""

    def set_count(self, name: str, count: int, *, is_hot: bool = False) -> None:
        """Show at a page's name how much waits there; hot is a red pill."""


class Desk:
    """What every page is given.

    ``formats`` writes values the shop's way; ``today()`` is the shop's day.
    """

    def __init__(  # noqa: PLR0917
        self,
        store: Store,
        relay: Relay,
        background: Background,
        front: Front,
        ask: Ask,
        printing: Printing,
    ) -> None:
        self.store, self.relay, self.background = store, relay, background
        self.front, self.ask, self.printing = front, ask, printing
        self.formats = Formats()
        self._learn()
        relay.changed.connect(self._on_changed)
        relay.changed.connect(self._tell_notice, Qt.ConnectionType.QueuedConnection)

    def today(self) -> date:
        """Return the shop's day."""
        return self.formats.today(self.store.now())

    def _learn(self) -> None:
        if shop.has_shop(self.store):
            facts = shop.get(self.store)
            self.formats = Formats(facts.locale, facts.currency, facts.zone)
            names = {each.level: listed(each.text) for each in choices.levels(self.store)}
            states.call_levels(names)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches("shop", "level"):
            self._learn()

    def _tell_notice(self, changed: Changed) -> None:
        """Tell what was not kept to the letter, after the toast of the change itself."""
        if changed.notice:
            self.front.tell(_(changed.notice))
