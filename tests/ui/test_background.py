from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from smallcmms.ui.background import Background, Job, Stopped


def test_the_answer_comes_back_on_the_screens_thread(qtbot: QtBot, background: Background) -> None:
    threads: list[tuple[int, int]] = []
    background.run(
        background,
        threading.get_ident,
        lambda there: threads.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(threads))
    [(there, here)] = threads
    assert here == threading.get_ident() != there


def test_an_answer_for_someone_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, heard, go = QObject(), list[object](), threading.Event()
    background.run(owner, go.wait, heard.append)
    background.run(background, lambda: "last", heard.append)
    shiboken6.delete(owner)
    go.set()
    background.close()
    qtbot.waitUntil(lambda: heard == ["last"])


def test_a_failure_is_announced_or_handed_to_who_asked(
    qtbot: QtBot, background: Background
) -> None:
    with qtbot.waitSignal(background.failed) as failed:
        background.run(background, lambda: 1 // 0, print)
    assert isinstance(failed.args[0], ZeroDivisionError)
    heard: list[Exception] = []
    background.run(background, lambda: 1 // 0, print, heard.append)
    qtbot.waitUntil(lambda: bool(heard))


def test_long_work_is_shown_after_a_while_with_its_progress(
    qtbot: QtBot, background: Background
) -> None:
    go, moved, done = threading.Event(), list[tuple[int, int]](), list[str]()

    def work(job: Job) -> str:
        go.wait()
        job.step(7, 12)
        return "made"

    with qtbot.waitSignal(background.began) as began:
        job = background.run_long(background, "Making 12 work orders", work, done.append)
    assert began.args[0].title == "Making 12 work orders"
    job.moved.connect(lambda *steps: moved.append(steps))
    with qtbot.waitSignal(background.ended):
        go.set()
    assert (moved, done) == ([(7, 12)], ["made"])


def test_short_work_is_never_shown(qtbot: QtBot, background: Background) -> None:
    shown: list[Job] = []
    background.began.connect(shown.append)
    with qtbot.waitSignal(background.ended):
        background.run_long(background, "Quick", lambda _job: None, print)
    assert not shown


def test_stop_ends_long_work_at_its_next_step(qtbot: QtBot, background: Background) -> None:
    go = threading.Event()

    def work(job: Job) -> None:
        go.wait()
        job.step(3, 12)

    with qtbot.waitSignal(background.failed) as failed:
        background.run_long(background, "Long", work, print).stop()
        go.set()
    assert isinstance(failed.args[0], Stopped)
    assert str(failed.args[0]) == "Stopped after 3 of 12."


def test_nothing_is_begun_once_it_is_closed(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []
    background.close()
    background.run(background, lambda: 1, done.append)
    assert not background.is_busy
    qtbot.wait(1)
    assert not done
