"""The log holds nothing of any customer: canaries in all fields, every fault logged, then grep."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from smallcmms import log
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Base, Customer
from smallcmms.store.store import Store
from smallcmms.ui import errors
from tests.trust import hostile
from tests.trust.hostile import Trap

SHORTEST = 5
"""Shorter texts are initials and units, which stand in any English text."""


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    return hostile.trap(tmp_path_factory.mktemp("trap"))


@pytest.fixture
def worked(trap: Trap, tmp_path: Path) -> Iterator[Store]:
    store = hostile.shop(tmp_path / "shop.smallcmms", trap)
    yield store
    store.close()


@pytest.fixture
def ordinary() -> StringIO:
    """Return what an ordinary log writes, which stands first and so makes its text first."""
    told = StringIO()
    log.logger.addHandler(logging.StreamHandler(told))
    return told


@pytest.fixture
def logged(ordinary: StringIO, tmp_path: Path) -> Iterator[Path]:
    assert not ordinary.getvalue()
    yield log.begin(tmp_path)
    for handler in log.logger.handlers[:]:
        handler.close()
        log.logger.removeHandler(handler)


def texts(store: Store) -> set[str]:
    """Return everything that people typed into the file."""
    found: set[str] = set()
    with store.read() as session:
        for column in hostile.fields():
            found.update(text for (text,) in session.execute(sa.select(column)) if text)
    return {text for text in found if len(text) >= SHORTEST}


def look_up(text: str) -> None:
    raise KeyError(text)


def fail(text: str) -> None:
    """Fail with a text from the file in the error and in what led to it."""
    try:
        look_up(text)
    except KeyError as error:
        raise RuleBroken("{name} is not there", name=text) from error


def break_a_rule_of_the_file(store: Store, text: str) -> None:
    with store.change("Take in {name}", name=text) as session:
        session.add(Customer(number=None, name=text, bill_to=text))


def fault_with(store: Store, text: str) -> None:
    """Let an error that carries a text reach every place that writes into the log."""
    for act in (lambda: fail(text), lambda: break_a_rule_of_the_file(store, text)):
        try:
            act()
        except Exception as error:  # noqa: BLE001
            log.logger.exception("A word of the command line failed")
            errors.show(ValueError(*error.args))
            sys.excepthook(type(error), error, error.__traceback__)


def test_no_text_of_the_file_is_in_the_log(
    worked: Store,
    ordinary: StringIO,
    logged: Path,
    trap: Trap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    errors.watch()
    every = sorted(texts(worked))
    stop = worked.listen(lambda changed: fail(str(changed.label.values)))
    with worked.change("Fill {what}", what=trap.markup) as session:
        session.execute(sa.update(Base.metadata.tables["customer"]).values(bill_to=trap.markup))
    stop()
    for text in every:
        fault_with(worked, text)
    kept = logged.read_text(encoding="utf-8")
    assert "IntegrityError" in kept
    assert "A listener failed" in kept
    assert len(every) > len(Base.metadata.tables)
    assert [text for text in (*every, trap.markup) if text in kept] == []
    assert trap.markup in ordinary.getvalue()  # it tells all, so there was something to hide
