"""Two starts at the same moment, again and again: exactly one may open the shop file.

``python -m tests.trust.double_starts --rounds 100`` tries plain, relative and linked names of one
file, and each time kills the one that got it, so that a lock left behind would show.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from smallcmms.store.errors import FileRefused
from smallcmms.store.opening import create, open_shop

_OPENED, _REFUSED, _FAILED = b"o", b"r", b"f"


def names_of(shop: Path) -> list[Path]:
    """Return several names that all lead to one file."""
    folder = shop.parent
    (folder / "folder").symlink_to(folder)
    (folder / "link.smallcmms").symlink_to(shop)
    (folder / "hard.smallcmms").hardlink_to(shop)
    os.chdir(folder)
    return [
        shop,
        Path("shop.smallcmms"),
        folder / "folder" / "shop.smallcmms",
        folder / "link.smallcmms",
        folder / "folder" / ".." / folder.name / "shop.smallcmms",
        folder / "hard.smallcmms",
    ]


def race(names: list[Path]) -> list[bytes]:
    """Start one program for each name at once and return what became of each."""
    go_read, go = os.pipe()
    told, tell = os.pipe()
    children = [_start(name, go_read, go, tell) for name in names]
    os.close(go_read)
    os.close(go)  # the end of the pipe is the starting shot
    answers = [os.read(told, 1) for _ in children]
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.close(told)
    os.close(tell)
    return sorted(answers)


def _start(name: Path, go_read: int, go: int, tell: int) -> int:
    child = os.fork()
    if child:
        return child
    os.close(go)
    os.read(go_read, 1)
    try:
        open_shop(name)
        os.write(tell, _OPENED)
    except FileRefused as refusal:
        os.write(tell, _REFUSED if "already open" in str(refusal) else _FAILED)
    except BaseException:  # noqa: BLE001
        os.write(tell, _FAILED)
    signal.pause()
    os._exit(0)


def main() -> int:
    """Print how many rounds opened the file exactly once; 1 if there were others."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=100)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder).resolve() / "shop.smallcmms"
        create(shop).close()
        names = names_of(shop)
        pairs = [
            [names[number % len(names)], names[number // 2 % len(names)]]
            for number in range(rounds)
        ]
        good = sum(race(pair) == [_OPENED, _REFUSED] for pair in pairs)
        os.chdir("/")
    sys.stdout.write(f"{good} of {rounds} double starts opened the file exactly once\n")
    return int(good != rounds)


if __name__ == "__main__":
    sys.exit(main())
