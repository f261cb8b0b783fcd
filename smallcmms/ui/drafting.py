"""Keeps what is half typed at every key, off the screen's thread: the newest text wins."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, Signal

from smallcmms.services import drafts
from smallcmms.store.store import Store
from smallcmms.ui import errors
from smallcmms.ui.background import Background


class Drafting(QObject):
    """The drafts of one kind; ``kept`` tells that the newest one is in the file."""

    kept = Signal()

    def __init__(self, store: Store, background: Background, kind: str, owner: QObject) -> None:
        super().__init__(owner)
        self._store, self._background, self._kind = store, background, kind
        self._newest: deque[tuple[str, dict[str, Any]]] = deque(maxlen=1)
        self._turn = threading.Lock()
        self._is_busy = False

    def keep(self, subject: str, content: dict[str, Any]) -> None:
        """Keep this soon; what was waiting to be kept is out of date."""
        self._newest.append((subject, content))
        self._go_on()

    def flush(self) -> None:
        """Keep now what waits to be kept."""
        self._tell(self._write())

    def end(self) -> None:
        """Keep no more: the draft goes, because it became the real thing or nobody wants it."""
        with self._turn:
            self._newest.clear()

    def drop(self, subject: str) -> None:
        """Forget a draft."""
        self.end()
        drafts.drop(self._store, self._kind, subject)

    def _go_on(self) -> None:
        if self._newest and not self._is_busy:
            self._is_busy = True
            self._background.run(self, self._write, self._written, self._failed)

    def _written(self, has_kept: bool) -> None:  # noqa: FBT001
        self._is_busy = False
        self._tell(has_kept)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        errors.show(error)

    def _write(self) -> bool:
        with self._turn:
            if not self._newest:
                return False
            drafts.keep(self._store, self._kind, *self._newest.pop())
            return True

    def _tell(self, has_kept: bool) -> None:  # noqa: FBT001
        if has_kept:
            self.kept.emit()
