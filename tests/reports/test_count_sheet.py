"""The sheet of a count on paper."""

from __future__ import annotations

import pytest

from smallcmms.domain.papers import Manner
from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, Rect
from smallcmms.reports.count_sheet import render
from tests.reports import readers
from tests.reports.samples import A4, LETTER
from tests.reports.stock_samples import count_sheet


@pytest.mark.parametrize("manner", [LETTER, A4])
def test_a_sheet_says_what_to_count_shelf_by_shelf(manner: Manner) -> None:
    text = readers.words(render(count_sheet(manner=manner)).pdf)
    for words in ("Count ST-003", "Shop", "4 parts", "Counted by Dana", "Ridgeline Mechanical"):
        assert words in text
    for words in ("A-0", "P000X", "Valve number 0", "ft", "no shelf", "Page 1 of 1"):
        assert words in text
    assert "Lies there and is not listed" in text
    assert '<img src="x">' in text


def test_every_part_is_on_one_page_and_a_shelf_that_goes_on_is_named_again() -> None:
    pages = readers.pages(render(count_sheet(60, shelf="Z-9")).pdf)
    whole = " ".join(pages)
    assert [whole.count(f"P{n:03d}X") for n in range(60)] == [1] * 60
    assert len(pages) > 2
    assert all("Z-9" in page for page in pages[:-1])


def test_a_truck_has_no_column_for_shelves() -> None:
    text = readers.words(render(count_sheet(shelf="")).pdf)
    assert "Shelf" not in text
    assert "no shelf" not in text


def test_the_sheet_of_a_recount_has_no_rows_for_what_is_not_listed() -> None:
    text = readers.words(render(count_sheet(is_recount=True)).pdf)
    assert "4 parts, to count again" in text
    assert "not listed" not in text


def test_the_code_of_the_sheet_is_read_on_every_page() -> None:
    pdf = render(count_sheet(40)).pdf
    place = Rect(215.9 - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
    for page in (0, 1):
        seen = readers.crop(readers.picture(pdf, page, 200), place, 200)
        assert readers.by_zxing(seen) == ["SC7KQ2:S003:S"]


def test_a_letter_that_no_font_has_is_told() -> None:
    assert render(count_sheet()).missing == ()
