"""Tell the screen what changed in the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from smallcmms.store.store import Store


class Relay(QObject):
    """Pass the store's announcements on, on the screen's thread."""

    changed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = store.listen(self.changed.emit)

    def close(self) -> None:
        """Listen no more."""
        self._stop()
