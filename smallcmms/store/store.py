"""The one door to the shop file: one connection that writes, a few that read."""

from __future__ import annotations

import logging
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import LEFT_OUT
from smallcmms.store import engine, gate, steps
from smallcmms.store.errors import in_words, sqlite_in_words
from smallcmms.store.files import Files
from smallcmms.store.labels import About, Changed, Label, about
from smallcmms.store.lock import Lock
from smallcmms.store.recorder import Operation, Recorder, touched
from smallcmms.store.search import Follower, rebuild
from smallcmms.store.search_words import OWN_TABLES
from smallcmms.store.steps import REDO, UNDO, Step

__all__ = ["Changed", "Label", "Store", "about"]

_READERS = 3
_log = logging.getLogger(__name__)


class Store:
    """Reads, changes, undo: every way to the shop file goes through here.

    The main thread, which is the screen's, has a reading connection of its own, so that no
    question in the background keeps it waiting.
    """

    def __init__(
        self, path: Path, *, lock: Lock | None = None, now: Callable[[], datetime] | None = None
    ) -> None:
        self.path = path
        self.files = Files(path)
        self._clock = now or (lambda: datetime.now(UTC))
        self._lock = lock
        self._recorder = Recorder()
        self._index = Follower(self._recorder.tables)
        self._writer = engine.writing(path)
        self._screen = engine.reading(path, 1, OWN_TABLES)
        self._readers = engine.reading(path, _READERS, OWN_TABLES)
        self._questions: set[sqlite3.Connection] = set()
        self._listeners: list[Callable[[Changed], None]] = []
        self._turn = threading.Lock()
        self._here = threading.local()
        sa.event.listen(self._writer, "connect", self._prepare)
        sa.event.listen(self._readers, "checkout", lambda raw, *_: self._questions.add(raw))
        sa.event.listen(self._readers, "checkin", lambda raw, _: self._questions.discard(raw))
        self._open()

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("BEGIN")
        self._recorder.attach(connection)
        connection.execute("COMMIT")

    def _open(self) -> None:
        try:
            with in_words(self.path):
                self._writer.connect().close()
                with self._screen.connect() as connection:
                    self._of_screen = engine.raw(connection)
        except BaseException:
            self.hand_over()
            raise

    def now(self) -> datetime:
        """Return the moment it is, in UTC, by the clock that the store was opened with."""
        return self._clock().astimezone(UTC)

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``listener`` after every committed change; what is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Let the file go."""
        lock = self.hand_over()
        if lock is not None:
            lock.release()

    def hand_over(self) -> Lock | None:
        """Close every connection, but keep the file from others: return the lock."""
        for connections in (self._readers, self._screen, self._writer):
            connections.dispose()
        lock, self._lock = self._lock, None
        return lock

    def open_sessions(self) -> int:
        """Return how many sessions have not ended yet."""
        every = (self._readers, self._screen, self._writer)
        return sum(connections.pool.checkedout() for connections in every)  # type: ignore[attr-defined]

    def interrupt(self) -> None:
        """Break off the questions in the background: nobody waits for their answers."""
        for connection in tuple(self._questions):
            connection.interrupt()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that looks and changes nothing.

        A question that asks another question shares its session, and so its view of the file.

        Raises:
            RuntimeError: a change of this thread is under way; ask its session instead.
            Overtaken: the question was interrupted.
        """
        if self._doing() == "change":
            raise RuntimeError("a change is under way: ask its session")
        if self._doing() == "read":
            yield self._here.session
            return
        with (
            sqlite_in_words(self.path),
            Session(self._screen if self._is_screen() else self._readers) as session,
            self._busy("read", session),
        ):
            yield session

    def fetch(self, sql: str, values: Mapping[str, str | int]) -> list[tuple[Any, ...]]:
        """Return the answer to one question put in SQL, as plain values.

        Raises:
            RuntimeError: a change of this thread is under way; ask its session instead.
            Overtaken: the question was interrupted.
        """
        with self.lend() as connection:
            return connection.execute(sql, values).fetchall()

    def fetch_ids(self, sql: str, values: Mapping[str, str | int]) -> array[int]:
        """Return the ids that answer one question put in SQL, eight bytes each as they come.

        Raises:
            RuntimeError: a change of this thread is under way; ask its session instead.
            Overtaken: the question was interrupted.
        """
        with self.lend() as connection:
            return array("q", (row_id for (row_id,) in connection.execute(sql, values)))

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Lend SQLite's own connection for short questions, without a session around them.

        Within ``read`` they share its view of the file; else each has a view of its own.
        """
        if self._doing() == "change":
            raise RuntimeError("a change is under way: ask its session")
        if self._doing() == "read":
            yield engine.raw(self._here.session.connection())
            return
        with sqlite_in_words(self.path):
            if self._is_screen():
                yield self._of_screen
                return
            lent = self._readers.raw_connection()
            try:
                yield engine.lent(lent)
            finally:
                lent.close()

    def _is_screen(self) -> bool:
        return threading.current_thread() is threading.main_thread()

    @contextmanager
    def change(
        self, message: str, /, *, barrier: bool = False, **values: object
    ) -> Iterator[Session]:
        """Open a session whose work is one transaction, one undo step and one announcement.

        ``message`` and ``values`` name the change in the history and in the Undo menu; ``about``
        adds what is known only inside. Undo does not cross a ``barrier``. Another thread's change
        waits for its turn.

        Raises:
            RuntimeError: a change or a question of this thread is under way.
            DiskFull: the disk took no more, and nothing was changed.
        """
        with self._writing() as session:
            session.info["values"] = dict(values)
            yield session
            session.flush()
            changed = self._keep(session, message, barrier=barrier)
        self._announce(changed)

    @contextmanager
    def keep(self) -> Iterator[Session]:
        """Open a session for notes that are no step: drafts, settings of a window.

        Raises:
            RuntimeError: a record of the trade was touched; that takes a change.
        """
        with self._writing() as session:
            yield session
            session.flush()
            operations = self._take(session.connection())
            if operations:
                raise RuntimeError(f"a note touched {set(touched(operations))}: make it a change")

    @contextmanager
    def pour(self, message: str, /, **values: object) -> Iterator[Session]:
        """Open a session for rows by the hundred thousand: one transaction, no way back.

        Nothing of it is noted row by row, so undo does not cross it; the search is made anew.
        """
        with self._writing() as session:
            connection = session.connection()
            self._recorder.look_away(connection.exec_driver_sql)
            yield session
            session.flush()
            rebuild(connection)
            self._recorder.listen(connection.exec_driver_sql)
            step = Step(Label(message, steps.plain(values)), About(), [])
            steps.forget(connection, REDO)
            steps.raise_barrier(connection, step)
            steps.note(connection, "change", step, self.now())
        self._announce(Changed(step.label, dict.fromkeys(self._recorder.tables, frozenset())))

    def undo(self) -> Label:
        """Take the last change back, also one of an earlier day.

        Raises:
            RuleBroken: there is nothing to take back, or a document was issued since.
        """
        return self._replay(UNDO, REDO)

    def redo(self) -> Label:
        """Do again what was taken back last.

        Raises:
            RuleBroken: nothing was taken back.
        """
        return self._replay(REDO, UNDO)

    def next_undo(self) -> Label | None:
        """Return the change that undo would take back; a barrier says so itself."""
        with self.read() as session:
            return steps.last_label(session.connection(), UNDO)

    def next_redo(self) -> Label | None:
        """Return the change that redo would do again."""
        with self.read() as session:
            return steps.last_label(session.connection(), REDO)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if self._doing():
            raise RuntimeError(f"a {self._doing()} is under way: hand its session on")
        with (
            self._turn,
            sqlite_in_words(self.path),
            Session(self._writer) as session,
            self._busy("change", session),
            session.begin(),
        ):
            yield session

    @contextmanager
    def _busy(self, doing: str, session: Session) -> Iterator[None]:
        self._here.doing, self._here.session = doing, session
        try:
            yield
        finally:
            self._here.doing, self._here.session = "", None

    def _doing(self) -> str:
        return getattr(self._here, "doing", "")

    def _keep(self, session: Session, message: str, *, barrier: bool) -> Changed:
        connection = session.connection()
        operations = self._take(connection)
        label = Label(message, steps.plain(session.info["values"]))
        step = Step(label, session.info.get("about", About()), operations)
        if operations:
            steps.forget(connection, REDO)
            steps.keep(connection, UNDO, step)
        if barrier:
            steps.raise_barrier(connection, step)
        steps.note(connection, "change", step, self.now())
        notice = LEFT_OUT if gate.has_left_out() else ""
        return Changed(label, touched(operations), notice=notice)

    def _take(self, connection: sa.Connection) -> list[Operation]:
        self._index.follow(connection, self._recorder.named(connection))
        return self._recorder.take(connection)

    def _replay(self, way: str, back: str) -> Label:
        with self._writing() as session:
            connection = session.connection()
            step = steps.last(connection, way)
            if step is None or step.label.is_barrier:
                raise _nothing(way, step)
            self._recorder.take_back(connection, step.operations)
            steps.drop(connection, step)
            operations = self._take(connection)
            steps.keep(connection, back, Step(step.label, step.about, operations))
            steps.note(connection, way, step, self.now())
        self._announce(Changed(step.label, touched(operations), way))
        return step.label

    def _announce(self, changed: Changed) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(changed)
            except Exception:  # noqa: BLE001
                _log.exception("A listener failed; the change is saved")


def _nothing(way: str, step: Step | None) -> RuleBroken:
    if step is not None:
        return RuleBroken(step.label.message)
    return RuleBroken(
        "There is nothing to take back." if way == UNDO else "Nothing was taken back."
    )
