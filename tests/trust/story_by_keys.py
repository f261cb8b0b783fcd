"""Play the story by keys in a real window of X11, from the ringing phone to the issued invoice.

    python -m tests.trust.story_by_keys [--screens FOLDER]

It needs Xvfb and xdotool. The program is started on Monday at 7:10 and again on Tuesday at 10:31;
before that it is killed with signal 9 in the middle of a call, which must be there afterwards, and
a second start of the same file must say so and leave.
The keys come from outside, through the X server; what came of them is read from the file by the
command line, and ``check`` has the last word. Screens of X11 itself are kept where asked.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from smallcmms.domain import tags
from smallcmms.domain.tags import TagKind
from smallcmms.services.samples import story
from smallcmms.services.samples.story import ENTRY, Clock
from smallcmms.store.opening import create

NEEDED = ("Xvfb", "xdotool")
MONDAY, TUESDAY = "2026-07-13T07:10-04:00", "2026-07-14T10:31-04:00"
SCREEN = "1440x900x24"
LONGEST = 60.0
TURNS = 5
KEY_MS = "12"


class TookTooLong(Exception):  # noqa: N818
    """What the keys should have done did not come."""


class Screen:
    """An X server of its own, and the keys that are pressed on it."""

    def __init__(self, folder: Path, screens: Path | None) -> None:
        self._folder, self._screens = folder, screens
        self.environment = dict(os.environ)
        self.environment.pop("QT_QPA_PLATFORM", None)
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.environment |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
        self.environment |= {"XDG_DATA_HOME": str(folder / "data"), "QT_QPA_PLATFORM": "xcb"}
        self._programs: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        """Start the server, and a window manager where there is one."""
        there, here = os.pipe()
        self._start(
            ["Xvfb", "-displayfd", str(here), "-screen", "0", SCREEN, "-nolisten", "tcp"],
            pass_fds=(here,),
        )
        os.close(here)
        with os.fdopen(there) as told:
            self.environment["DISPLAY"] = f":{told.readline().strip()}"
        if shutil.which("openbox"):
            self._start(["openbox"])

    def end(self) -> None:
        """End what was started here."""
        for program in reversed(self._programs):
            if program.poll() is None:
                program.terminate()
                program.wait()

    def show(self, path: Path, now: str) -> subprocess.Popen[bytes]:
        """Start the program on a file at a moment, and wait until its window takes keys."""
        started = self._start(
            [sys.executable, "-m", "smallcmms", "--shop", str(path), "--now", now]
        )
        self.focus("Ridgeline")
        return started

    def start_again(self, path: Path, now: str) -> None:
        """Start the program on a file that is open: it says so, and leaves when it is told to."""
        second = self._start([sys.executable, "-m", "smallcmms", "--shop", str(path), "--now", now])
        self.focus("^SmallCMMS$")
        self.picture("0-second-start")
        self.press("Return")
        second.wait(timeout=LONGEST)
        self.focus("Ridgeline")

    def focus(self, name: str) -> None:
        """Give the keys to the window of this name, once it is there.

        A search fails where another window vanishes under it: then it is made again.
        """
        for _turn in range(TURNS):
            if self._focused(name):
                return
        message = f"Waited in vain for the window {name}"
        raise TookTooLong(message)

    def _focused(self, name: str) -> bool:
        try:
            self.do("search", "--sync", "--onlyvisible", "--name", name)
            self.do("search", "--sync", "--onlyvisible", "--name", name, "windowfocus", "--sync")
        except subprocess.CalledProcessError:
            return False
        return True

    def do(self, *words: str) -> str:
        """Give a command to xdotool."""
        done = subprocess.run(
            ["xdotool", *words],  # noqa: S607
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys by the names that X11 has for them."""
        self.do("key", "--clearmodifiers", "--delay", KEY_MS, *keys)

    def type(self, text: str) -> None:
        """Type a text; a | is Tab."""
        for number, part in enumerate(text.split("|")):
            if number:
                self.press("Tab")
            if part:
                self.do("type", "--clearmodifiers", "--delay", KEY_MS, part)

    def scan(self, code: str) -> None:
        """Type a code as fast as a scanner does."""
        keys = [{":": "colon", ".": "period"}.get(letter, letter) for letter in code]
        self.do("key", "--delay", "1", *keys, "Return")

    def picture(self, name: str) -> None:
        """Keep what stands on the screen, where that is wanted."""
        if self._screens is not None and shutil.which("import"):
            into = self._screens / f"{name}.png"
            subprocess.run(
                ["import", "-window", "root", str(into)],  # noqa: S607
                env=self.environment,
                check=True,
            )

    def _start(self, words: list[str], pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        with (self._folder / f"{Path(words[0]).name}.log").open("ab") as log:
            started = subprocess.Popen(
                words, env=self.environment, stdout=log, stderr=log, pass_fds=pass_fds
            )
        self._programs.append(started)
        return started


class Watched:
    """The file and the program, as they can be seen from outside."""

    def __init__(self, path: Path, program: subprocess.Popen[bytes]) -> None:
        self._path, self._program = path, program

    def wait(self, query: str, *, what: str) -> None:
        """Wait until a question to the file is answered with something."""
        self._until(lambda: self._ask(query), what)

    def rest(self) -> None:
        """Wait until the program waits: all its threads sleep, and it has used no time."""
        last = [-1]

        def is_idle() -> bool:
            used, is_asleep = self._used()
            is_quiet, last[0] = used - last[0] <= 1, used
            return is_quiet and is_asleep

        self._until(is_idle, "the program to rest", every=0.35)

    def _until(self, is_so: Any, what: str, *, every: float = 0.1) -> None:
        tick, turns = threading.Event(), int(LONGEST / every)
        for _turn in range(turns):
            if is_so():
                return
            tick.wait(every)
        message = f"Waited in vain for {what}"
        raise TookTooLong(message)

    def _ask(self, query: str) -> bool:
        file = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            return bool(file.execute(query).fetchone())
        finally:
            file.close()

    def _used(self) -> tuple[int, bool]:
        process = Path(f"/proc/{self._program.pid}")
        fields = (process / "stat").read_text().rpartition(") ")[2].split()
        tasks = (process / "task").iterdir()
        states = {(task / "stat").read_text().rpartition(") ")[2][0] for task in tasks}
        return int(fields[11]) + int(fields[12]), "R" not in states


class Story:
    """The story, key by key."""

    def __init__(self, screen: Screen, path: Path) -> None:
        self._screen, self._path = screen, path

    def play(self) -> None:
        """Play it whole."""
        self._begin_the_call_and_die()
        self._monday()
        self._tuesday()

    @contextmanager
    def _window(self, now: str) -> Iterator[tuple[subprocess.Popen[bytes], Watched]]:
        program = self._screen.show(self._path, now)
        watched = Watched(self._path, program)
        watched.rest()
        yield program, watched
        if program.poll() is None:
            watched.rest()
            self._screen.press("ctrl+q")
            program.wait(timeout=LONGEST)

    def _begin_the_call_and_die(self) -> None:
        with self._window(MONDAY) as (program, watched):
            self._screen.start_again(self._path, MONDAY)
            self._screen.press("ctrl+l")
            self._screen.type("priya")
            self._screen.press("Return")
            self._screen.type("Sump pump al")
            kept = "select 1 from draft where content like '%Sump pump al%'"
            watched.wait(kept, what="the draft of the call")
            self._screen.picture("1-call")
            program.send_signal(signal.SIGKILL)
            program.wait()

    def _monday(self) -> None:
        screen = self._screen
        with self._window(MONDAY) as (_program, watched):
            screen.picture("2-draft")
            screen.press("alt+w", "ctrl+End")
            screen.type(story.WORDS.removeprefix("Sump pump al"))
            screen.press("Tab", "space", "Tab", "space")
            watched.rest()
            screen.press("ctrl+Return")
            watched.wait("select 1 from request where number = 'R-1037'", what="the request")
            watched.rest()
            screen.picture("3-triage")
            screen.press("ctrl+Return")
            watched.wait("select 1 from work_order where status = 'scheduled'", what="WO-2310")
            watched.rest()
            screen.press("ctrl+o")
            watched.rest()
            screen.press("ctrl+p")
            watched.wait("select 1 from sheet_copy where copy = 1", what="the copy")
            watched.rest()
            screen.picture("4-printed")

    def _tuesday(self) -> None:
        screen = self._screen
        with self._window(TUESDAY) as (_program, watched):
            screen.scan(tags.code("7KQ2", TagKind.WORK_ORDER, "WO-2310", 1))
            screen.do("search", "--sync", "--onlyvisible", "--name", "Enter a sheet")
            watched.rest()
            screen.picture("5-sheet")
            screen.type("Jul 13|7:40|8:05|9:50|10:15||")
            screen.type("OFF8.9OO1|0|1|hose clamp Truck 1")
            watched.rest()
            screen.type(f"|||{ENTRY.found_and_did}|F||{ENTRY.quote}|stuck|blocked|")
            screen.press("space", "c", "space", "Tab")
            screen.type(f"{ENTRY.customer_name}|{ENTRY.rating}")
            watched.rest()
            screen.picture("6-typed")
            screen.press("ctrl+Return")
            watched.wait("select 1 from invoice where state = 'draft'", what="the draft")
            watched.rest()
            screen.picture("7-draft")
            screen.press("ctrl+Return")
            watched.wait("select 1 from invoice where number = 'INV-1187'", what="INV-1187")
            watched.rest()
            screen.picture("8-sent")
            screen.press("Escape")  # nobody prints here


def word(path: Path, *words: str) -> str:
    """Ask the command line about the file."""
    done = subprocess.run(
        [sys.executable, "-m", "smallcmms", "--shop", str(path), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{words}: {done.stdout}{done.stderr}"
        raise TookTooLong(message)
    return done.stdout


def play(folder: Path, screens: Path | None = None) -> dict[str, Any]:
    """Play the story in a new file in a folder; return the invoice as the command line shows it.

    Raises:
        TookTooLong: something did not come, or the file is not right.
    """
    path, clock = folder / "ridgeline.smallcmms", Clock()
    store = create(path, now=clock)
    story.set_up(store)
    story.before(store)
    store.close()
    screen = Screen(folder, screens)
    try:
        screen.begin()
        Story(screen, path).play()
    except BaseException:
        screen.picture("failed")
        raise
    finally:
        screen.end()
    word(path, "check")
    shown: dict[str, Any] = json.loads(word(path, "show", "INV-1187", "--json"))
    return shown


def main() -> int:
    """Play it, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--screens", type=Path)
    options = parser.parse_args()
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"Not here: {', '.join(missing)}\n")
        return 2
    if options.screens is not None:
        options.screens.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shown = play(Path(folder), options.screens)
    sys.stdout.write(f"{shown['number']}: {shown['total']}, by keys in a real window\n")
    return 0 if shown["total"] == str(story.TOTAL) else 1


if __name__ == "__main__":
    sys.exit(main())
