"""Numbers of invoices under faults: renderers that fail, full disks, kills; never a gap or double.

``python -m tests.trust.numbers --issues 10000 --kills 50`` issues with random faults, then kills
programs that issue, and looks whether the numbers are consecutive and every issue that was told
of is there.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import select
import signal
import sys
import tempfile
import threading
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Invoice
from smallcmms.services import check, customers, invoices, shop
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests.bills import rendered

FAULTS = (ZeroDivisionError, KeyboardInterrupt, MemoryError, OSError)
_PATIENCE = 20


class Unreliable:
    """A renderer that fails every third time or so, each time in another way."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def __call__(self, paper: papers.Invoice) -> bytes:
        if self._dice.random() < 1 / 3:
            fault = self._dice.choice(FAULTS)
            raise OSError(errno.ENOSPC, "full") if fault is OSError else fault
        return rendered(paper)


def set_up(path: Path) -> Store:
    """Make a file with a shop and a customer."""
    store = create(path)
    shop.create(store, name="Shop", code="NUMB", first={"invoice": 1187})
    customers.add(store, name="Somebody")
    return store


def drafted(store: Store) -> int:
    """Draft an invoice of one line."""
    draft_id = invoices.draft_by_hand(store, customer_id=1)
    invoices.add_line(store, draft_id, text="Work", price=Decimal(10))
    return draft_id


def issue_with_faults(store: Store, issues: int, dice: random.Random) -> int:
    """Issue, and credit now and then, with a renderer that fails; return how often it failed."""
    render, faults = Unreliable(dice), 0
    for _ in range(issues):
        draft_id, is_issued = drafted(store), False
        while not is_issued:
            try:
                invoices.issue(store, draft_id, render=render)
                is_issued = True
                if dice.random() < 0.1:
                    invoices.credit(store, draft_id, reason="Wrong", render=render)
            except (*FAULTS, RuleBroken):
                faults += 1
    return faults


def issue_at_once(store: Store, issues: int) -> None:
    """Issue from two threads at the same time."""

    def some() -> None:
        for _ in range(issues):
            invoices.issue(store, drafted(store), render=rendered)

    threads = [threading.Thread(target=some) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kill_while_issuing(path: Path, dice: random.Random) -> list[str]:
    """Let a program issue until it is killed; return the numbers that it told of."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        _issue_for_ever(path, tell)
    os.close(tell)
    wanted = dice.randint(1, 6)
    numbers = b""
    while numbers.count(b"\n") < wanted and select.select([told], [], [], _PATIENCE)[0]:
        piece = os.read(told, 4096)
        if not piece:
            break
        numbers += piece
    select.select([], [], [], dice.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(told, 4096):
        numbers += piece
    os.close(told)
    return numbers.decode().split()


def _issue_for_ever(path: Path, tell: int) -> None:
    try:
        store = open_shop(path)
        while True:
            number = invoices.issue(store, drafted(store), render=rendered)
            os.write(tell, f"{number}\n".encode())
    finally:
        os._exit(1)


def lost(path: Path, numbers: list[str]) -> list[str]:
    """Return what is wrong after a kill: numbers that were told of and are gone, and the check."""
    store = open_shop(path)
    try:
        with store.read() as session:
            kept = set(session.scalars(sa.select(Invoice.number)))
        gone = [f"{number} was issued and is gone" for number in numbers if number not in kept]
        return gone + [str(problem) for problem in check.problems(store)]
    finally:
        store.close()


def main(words: list[str]) -> int:
    """Issue and kill as often as asked; return 1 if a number is missing or double."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.smallcmms"
        store = set_up(path)
        faults = issue_with_faults(store, options.issues, dice)
        issue_at_once(store, 20)
        found = [str(problem) for problem in check.problems(store)]
        store.close()
        told = 0
        for _ in range(options.kills):
            numbers = kill_while_issuing(path, dice)
            told += len(numbers)
            found += lost(path, numbers)
    for problem in found[:50]:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(
        f"{options.issues} issues with {faults} faults, {told} more in {options.kills} killed"
        f" programs, {len(found)} wrong\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
