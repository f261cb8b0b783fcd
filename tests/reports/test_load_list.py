"""The load list on paper."""

from __future__ import annotations

import pytest

from smallcmms.domain.papers import Manner
from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, Rect
from smallcmms.reports.load_list import render
from tests.reports import readers
from tests.reports.samples import A4, LETTER
from tests.reports.stock_samples import load_list, load_row


@pytest.mark.parametrize("manner", [LETTER, A4])
def test_a_load_list_says_who_loads_what_for_which_day(manner: Manner) -> None:
    text = readers.words(
        render(load_list(load_row(is_fetched=True, note="1 short"), manner=manner)).pdf
    )
    for words in ("Jess, Tue Jul 14", "Truck 2 · 1 stop · 6.5 h", "8:00 AM", "55 Maple Ct"):
        assert words in text
    for words in ("V-belt A42 BLT-A42", "Shop A-3", "1 short", "WO-2311, WO-2319"):
        assert words in text
    assert "Restock Truck 2" in text
    assert "0 of 2" in text
    assert '<img src="x">' in text


def test_a_day_without_parts_says_so() -> None:
    assert "No parts are planned for this day." in readers.words(render(load_list()).pdf)


def test_every_row_of_a_long_list_is_on_one_page_below_its_heading() -> None:
    rows = tuple(load_row(f"Part {n:03d} of a long list that takes two lines") for n in range(70))
    pages = readers.pages(render(load_list(*rows, stops=8)).pdf)
    whole = " ".join(pages)
    assert [whole.count(f"Part {n:03d}") for n in range(70)] == [1] * 70
    assert "Part 000" in pages[0]
    assert len(pages) > 2
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_the_code_of_the_list_is_read_on_every_page() -> None:
    pdf = render(load_list(*(load_row(f"Part {n}") for n in range(50)))).pdf
    place = Rect(215.9 - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
    for page in (0, 1):
        seen = readers.crop(readers.picture(pdf, page, 200), place, 200)
        [code] = readers.by_zxing(seen)
        assert code.startswith("SC7KQ2:L260714.2:")


def test_a_letter_that_no_font_has_is_told() -> None:
    assert render(load_list(load_row())).missing == ()
