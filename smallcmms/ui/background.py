"""Long work off the screen's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from smallcmms.domain.errors import RuleBroken

Result = TypeVar("Result")
SHOWN_AFTER_MS = 400


class Stopped(RuleBroken):
    """The person pressed Stop; what was finished is kept."""


class Job(QObject):
    """A long work under way: the work calls ``step`` now and then, the person may ``stop`` it."""

    moved = Signal(int, int)

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()

    def step(self, done: int, of: int) -> None:
        """Tell how far the work is.

        Raises:
            Stopped: the person does not want the rest.
        """
        if self._stop.is_set():
            raise Stopped("Stopped after {done} of {of}.", done=done, of=of)
        self.moved.emit(done, of)

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop.set()


class Background(QObject):
    """Run work in a thread and hand its result back on the screen's thread.

    ``began`` and ``ended`` tell of long work that has been shown, ``failed`` of an error.
    """

    failed = Signal(object)
    began = Signal(Job)
    ended = Signal(Job)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2)
        self._under_way = 0
        self._is_closed = False
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Tell whether work is under way whose result is still to come."""
        return self._under_way > 0

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        fails: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do ``work`` elsewhere, then call ``then`` here, unless ``owner`` is gone by then.

        Nothing is begun any more once it is closed.
        """
        if self._is_closed:
            return

        def job() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001
                self._finished.emit((owner if fails else self, fails or self.failed.emit, error))
            else:
                self._finished.emit((owner, then, result))

        self._pool.submit(job)
        self._under_way += 1

    def run_long(
        self,
        owner: QObject,
        title: str,
        work: Callable[[Job], Result],
        then: Callable[[Result], object],
    ) -> Job:
        """Do work that may take a while: after 400 ms it is shown with its progress and Stop."""
        job = Job(title, self)
        late = QTimer(job, singleShot=True, interval=SHOWN_AFTER_MS)
        late.timeout.connect(lambda: self.began.emit(job))
        late.start()

        def finish(answer: tuple[Callable[[Any], object], Any]) -> None:
            late.stop()
            self.ended.emit(job)
            job.deleteLater()
            act, result = answer
            if shiboken6.isValid(owner) or act == self.failed.emit:
                act(result)

        self.run(
            self,
            lambda: (then, work(job)),
            finish,
            lambda error: finish((self.failed.emit, error)),
        )
        return job

    def close(self) -> None:
        """Wait for what still runs."""
        self._is_closed = True
        self._pool.shutdown(wait=True)

    @Slot(object)
    def _hand_back(self, answer: tuple[QObject, Callable[[object], object], object]) -> None:
        self._under_way -= 1
        owner, then, result = answer
        if shiboken6.isValid(owner):
            then(result)
