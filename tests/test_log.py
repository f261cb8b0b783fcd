from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from smallcmms import log
from smallcmms.domain.errors import RuleBroken

CANARY = "Priya Natarajan 555-0117"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield log.begin(tmp_path)
    for handler in log.logger.handlers[:]:
        handler.close()
        log.logger.removeHandler(handler)


def look_up() -> None:
    raise KeyError(CANARY)


def fail() -> None:
    try:
        look_up()
    except KeyError as error:
        raise RuleBroken("{name} is not there", name=CANARY) from error


def test_an_error_is_logged_with_its_place_and_kind_and_without_its_words(file: Path) -> None:
    try:
        fail()
    except RuleBroken:
        log.logger.exception("Saving failed")
    text = file.read_text()
    assert CANARY not in text
    assert "ERROR Saving failed" in text
    assert "builtins.KeyError\nled to\n" in text
    assert text.rstrip().endswith("smallcmms.domain.errors.RuleBroken")
    assert "in fail" in text


def test_an_error_met_while_mending_another_names_both(file: Path) -> None:
    try:
        try:
            look_up()
        except KeyError:
            int(CANARY)
    except ValueError as error:
        text = log.discreet(error)
    assert text.index("KeyError") < text.index("ValueError")
    assert CANARY not in text
    assert file.read_text() == ""


def test_a_line_without_an_error_is_plain(file: Path) -> None:
    log.logger.info("Opened, %s tables", 40)
    log.logger.error("Nothing raised", exc_info=(None, None, None))
    assert "INFO Opened, 40 tables\n" in file.read_text()


def test_only_the_owner_reads_the_log(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert log.logger.getEffectiveLevel() == logging.INFO


def test_a_large_log_is_put_aside_and_three_are_kept(tmp_path: Path) -> None:
    for number in range(6):
        path = tmp_path / "smallcmms.log"
        path.write_text(f"{number}" * (log._SIZE + 1))
        log.begin(tmp_path)
        log.logger.handlers[-1].close()
        log.logger.removeHandler(log.logger.handlers[-1])
    kept = sorted(each.name for each in tmp_path.iterdir())
    assert kept == ["smallcmms.log", *(f"smallcmms.log.{number}" for number in (1, 2, 3))]
    assert (tmp_path / "smallcmms.log.1").read_text(encoding="utf-8").startswith("5")
    assert (tmp_path / "smallcmms.log").read_text(encoding="utf-8") == ""
