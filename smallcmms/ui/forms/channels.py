"""How a request came in: the ways of the picture lie open, the others behind a button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from smallcmms.domain.requests import Channel
from smallcmms.texts import _
from smallcmms.ui.kit import Button, Segmented, row

LATER = frozenset({Channel.VOICEMAIL, Channel.E_MAIL, Channel.TEXT, Channel.TAG_SCAN})
"""By these a request came in before somebody writes it down."""


def words(channel: Channel) -> tuple[str, str]:
    """Return what a way of coming in is called, and its icon."""
    return {
        Channel.PHONE: (_("Phone"), "phone"),
        Channel.VOICEMAIL: (_("Voicemail"), "phone-call"),
        Channel.WALK_IN: (_("Walk-in"), "footprints"),
        Channel.E_MAIL: (_("E-mail"), "mail"),
        Channel.TEXT: (_("Text"), "message-square"),
        Channel.TAG_SCAN: (_("Tag"), "qr-code"),
        Channel.INSPECTION: (_("Tech found it"), "wrench"),
    }[channel]


_OPEN = (Channel.PHONE, Channel.WALK_IN, Channel.E_MAIL)
_LAST = (Channel.INSPECTION, Channel.VOICEMAIL, Channel.TEXT, Channel.TAG_SCAN)
"""Those of which one lies open: the first, or the one that was chosen."""


class Channels(QWidget):
    """Choose one of the seven ways; ``chosen`` tells that somebody did.

    The button ``more`` offers those that do not lie open; it stands where there is room for it.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._stack = QStackedWidget()
        self._sets: dict[Channel, Segmented] = {}
        for last in _LAST:
            items = [(each.value, *words(each)) for each in (*_OPEN, last)]
            made = Segmented(items, is_small=True, says=_("How it came in"))
            made.chosen.connect(self.choose)
            self._sets[last] = made
            self._stack.addWidget(made)
        more = _("Other ways in which it came")
        self.more = Button("", "icon", icon="ellipsis-vertical", says=more, is_small=True)
        self.more.clicked.connect(self._offer)
        self.setLayout(row(self._stack, None))
        self.set_value(Channel.PHONE.value)

    @property
    def value(self) -> str:
        """Return the way that is chosen."""
        return self._shown().value

    def set_value(self, key: str) -> None:
        """Choose a way, without telling."""
        channel = Channel(key or Channel.PHONE)
        shown = self._sets[channel if channel in _LAST else Channel.INSPECTION]
        self._stack.setCurrentWidget(shown)
        self._stack.setFixedSize(shown.sizeHint())
        shown.set_value(channel.value)

    def choose(self, key: str) -> None:
        """Choose a way as a click does."""
        self.set_value(key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose a way that does not lie open by its first letter."""
        first = event.text().lower().strip()
        for channel in _LAST if first else ():
            if words(channel)[0].lower().startswith(first):
                self.choose(channel.value)
                self._shown().part(channel.value).setFocus()
                return
        super().keyPressEvent(event)

    def _shown(self) -> Segmented:
        return next(each for each in self._sets.values() if each is self._stack.currentWidget())

    def _offer(self) -> None:
        menu = QMenu(self)
        for channel in _LAST:
            menu.addAction(words(channel)[0], partial(self.choose, channel.value))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
