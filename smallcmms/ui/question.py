"""Questions asked again and again off the screen's thread: only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from smallcmms.ui import errors
from smallcmms.ui.background import Background

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """One kind of question of a widget; an answer that a later question overtook is dropped."""

    def __init__(self, background: Background, owner: QObject) -> None:
        self._background, self._owner = background, owner
        self._asked = 0
        self.is_open = False

    def ask(self, work: Callable[[], Answer], then: Callable[[Answer], object]) -> None:
        """Ask in the background, then tell here."""
        self._asked += 1
        self.is_open = True
        asked = self._asked

        def take(answer: Answer) -> None:
            if asked == self._asked:
                self.is_open = False
                then(answer)

        def fail(error: Exception) -> None:
            self.is_open = self.is_open and asked != self._asked
            errors.show(error)

        self._background.run(self._owner, work, take, fail)

    def drop(self) -> None:
        """Want no answer any more."""
        self._asked += 1
        self.is_open = False
