"""The sheet of an audit on paper."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smallcmms.domain.audits import AuditSheet, SheetAsset, SheetPlace
from smallcmms.domain.papers import Manner, PaperSize, Shop
from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, Rect
from smallcmms.reports.audit_sheet import render
from tests.reports import readers

TRAP = '<img src="x"><b>&amp; Łukasz'


def sheet(size: PaperSize = PaperSize.LETTER, *, many: int = 3) -> AuditSheet:
    rows = tuple(
        SheetAsset(number=f"A-{110 + n:04d}", name=f"P-{n} Pump", serial=f"H18-{n}")
        for n in range(many)
    )
    return AuditSheet(
        manner=Manner(paper_size=size),
        shop=Shop(name="Ridgeline Mechanical"),
        number="AU-003",
        code="SC7KQ2:U003:S",
        printed_at=datetime(2026, 7, 14, 12, tzinfo=UTC),
        customer="St. Brendan Parish School",
        address=("410 Chapel Road", "Dayton, OH"),
        places=(
            SheetPlace(path="Main building › Basement", assets=rows),
            SheetPlace(path="", assets=(SheetAsset(number="A-0999", name=TRAP),)),
        ),
    )


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_sheet_says_who_what_and_where(size: PaperSize) -> None:
    text = " ".join(readers.text(render(sheet(size)).pdf).split())
    for words in ("AU-003", "St. Brendan Parish School", "410 Chapel Road", "Basement"):
        assert words in text
    for words in ("A-0110", "P-0 Pump", "H18-0", "Without a place", "New here", "Moved to"):
        assert words in text
    assert TRAP.rsplit(maxsplit=1)[-1] in text
    assert '<img src="x">' in text


def test_every_asset_is_on_one_page_and_a_place_that_goes_on_says_so() -> None:
    pdf = render(sheet(many=60)).pdf
    text = readers.text(pdf)
    assert [text.count(f"A-{110 + n:04d}") for n in range(60)] == [1] * 60
    assert "Main building › Basement, goes on" in " ".join(text.split())
    assert "Page 4 of 4" in " ".join(text.split())


def test_the_code_of_the_sheet_is_read_on_every_page() -> None:
    pdf = render(sheet(many=30)).pdf
    place = Rect(215.9 - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
    for page in (0, 1):
        seen = readers.crop(readers.picture(pdf, page, 200), place, 200)
        assert readers.by_zxing(seen) == ["SC7KQ2:U003:S"]


def test_a_letter_that_no_font_has_is_told() -> None:
    assert render(sheet()).missing == ()
