from __future__ import annotations

import random
from pathlib import Path

from smallcmms.services import check
from smallcmms.store.opening import create
from tests.trust import forgeries, numbers, random_invoices


def test_random_invoices_are_stored_and_printed_as_reckoned(tmp_path: Path) -> None:
    assert random_invoices.run(tmp_path, count=60, papers_wanted=6, seed=1187) == []


def test_numbers_have_no_gap_and_no_double_whatever_fails(tmp_path: Path) -> None:
    store = numbers.set_up(tmp_path / "shop.smallcmms")
    dice = random.Random(1187)
    assert numbers.issue_with_faults(store, 30, dice) > 5
    numbers.issue_at_once(store, 5)
    assert check.problems(store) == []
    store.close()
    for _ in range(2):
        told = numbers.kill_while_issuing(store.path, dice)
        assert told
        assert numbers.lost(store.path, told) == []


def test_every_forged_field_of_an_issued_document_is_found(tmp_path: Path) -> None:
    store = create(tmp_path / "shop.smallcmms")
    forgeries.sell(store)
    assert check.problems(store) == []
    store.close()
    dice = random.Random(1187)
    assert list(forgeries.missed(store.path, 30, dice)) == []


def test_the_scripts_say_what_they_found() -> None:
    assert forgeries.main(["--edits", "2"]) == 0
    assert numbers.main(["--issues", "3", "--kills", "1"]) == 0
    assert random_invoices.main(["--invoices", "3", "--papers", "3"]) == 0
