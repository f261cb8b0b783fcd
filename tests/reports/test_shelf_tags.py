"""Tags of shelves: their codes are read from the paper, and the shelf is on it."""

from __future__ import annotations

import pytest

from smallcmms.domain import papers, tags
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.reports import tag_words
from smallcmms.reports.tag_layout import lay_out
from smallcmms.reports.tags import render
from smallcmms.services import label_sheets
from tests.reports import readers

SOLD = label_sheets.sold()
READ_AT = 200


def shelf_tag(part_id: int = 12, shelf: str = "Shelf B-3") -> papers.Tag:
    code = tags.part_code("7KQ2", part_id)
    return papers.Tag(code=code, number="CPL-100", name="Motor coupler, HR-100", shelf=shelf)


@pytest.mark.parametrize("key", ["5160", "22806", "dymo-11354"])
def test_every_code_of_a_shelf_is_read_from_the_page(key: str) -> None:
    every = tuple(shelf_tag(number) for number in range(1, min(SOLD[key].count, 6) + 1))
    pdf = render(papers.TagSheet(labels=SOLD[key], tags=every)).pdf
    shown = set(readers.by_zxing(readers.picture(pdf, 0, READ_AT)))
    wanted = {tag.code for tag in every[: SOLD[key].count]}
    assert wanted <= shown
    assert tags.read(every[0].code, shop="7KQ2") == tags.Tag(tags.TagKind.PART, 1)


def test_a_tag_of_a_shelf_says_number_name_and_shelf() -> None:
    pdf = render(papers.TagSheet(labels=SOLD["5160"], tags=(shelf_tag(), shelf_tag(13, "")))).pdf
    text = readers.words(pdf)
    for words in ("CPL-100", "Motor coupler, HR-100", "Shelf B-3"):
        assert words in text
    assert text.count("Shelf") == 1


@pytest.mark.parametrize("sheet", SOLD.values(), ids=SOLD)
def test_the_shelf_stays_when_there_is_room_for_little_else(sheet: LabelSheet) -> None:
    layout = lay_out(sheet)
    if layout.text is None:
        return
    words = tag_words.Words(shelf_tag(), layout.text).lines(layout.scale)
    shown = [line.text for line in words]
    assert not words or shown[0] == "CPL-100"
    if len(shown) > 1:
        assert any(text.startswith("Shelf") for text in shown)
