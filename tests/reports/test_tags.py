from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.papers import TagSheet
from smallcmms.reports import codes, tags
from smallcmms.reports.labels import formats, label_format
from tests.reports import readers, samples

EVERY_FORMAT = pytest.mark.parametrize("key", list(formats()))


def sheet(key: str, count: int = 3, start_at: int = 1) -> TagSheet:
    return TagSheet(label_format=key, tags=samples.asset_tags(count), start_at=start_at)


@EVERY_FORMAT
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_every_tag_of_a_sheet_scans_when_it_is_cut_out(key: str, dpi: int) -> None:
    form = label_format(key)
    pdf = tags.render(sheet(key, form.count)).pdf
    image = readers.picture(pdf, 0, dpi)
    for number, tag in enumerate(samples.asset_tags(form.count)):
        cut = readers.crop(image, form.place(number), dpi)
        assert readers.by_zxing(cut) == readers.by_zbar(cut) == [tag.code]


def test_codes_of_every_kind_of_record_are_read_with_the_one_mask() -> None:
    numbers = [(letter, number) for letter in "AWIECPO" for number in range(0, 99999, 991)]
    for letter, number in numbers:
        text = f"SC7KQ2:{letter}{number}:{number % 10}"
        image = Image.new("L", (33, 33), 255)
        for column, row, length in codes.rows(text):
            image.paste(0, (column + 4, row + 4, column + 4 + length, row + 5))
        large = image.resize((165, 165), Image.Resampling.NEAREST)
        assert readers.by_zxing(large) == readers.by_zbar(large) == [text]


@pytest.mark.parametrize("text", ["SC7KQ2:W123456789012:S", "sc7kq2:w1:s"])
def test_a_text_that_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text[:6]):
        codes.rows(text)


@EVERY_FORMAT
def test_labels_lie_on_the_page_and_not_on_each_other(key: str) -> None:
    form = label_format(key)
    width, height = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}[form.paper]
    places = [form.place(number) for number in range(form.count)]
    assert all(place.x >= 0 and place.right <= width + 0.2 for place in places)
    assert all(place.y >= 0 and place.bottom <= height for place in places)
    assert form.pitch_x >= form.width
    assert form.pitch_y >= form.height


def test_tags_begin_at_the_first_label_that_is_unused() -> None:
    pdf = tags.render(sheet("5160", 3, start_at=29)).pdf
    form = label_format("5160")
    first, second = (readers.picture(pdf, page, 203) for page in (0, 1))
    read = [samples.asset_tags(3)[number].code for number in range(3)]
    assert readers.by_zxing(readers.crop(first, form.place(28), 203)) == [read[0]]
    assert readers.by_zxing(readers.crop(first, form.place(29), 203)) == [read[1]]
    assert readers.by_zxing(readers.crop(second, form.place(0), 203)) == [read[2]]
    assert len(readers.by_zxing(first)) == 2


@pytest.mark.parametrize("start_at", [0, 31])
def test_a_label_that_is_not_on_the_sheet_is_refused(start_at: int) -> None:
    with pytest.raises(RuleBroken, match="labels 1 to 30"):
        tags.render(sheet("5160", start_at=start_at))


def test_a_label_sheet_that_nobody_knows_is_refused() -> None:
    with pytest.raises(RuleBroken, match="5199"):
        tags.render(sheet("5199"))


def test_a_nudge_moves_the_print_by_tenths_of_a_millimetre() -> None:
    nudged = replace(sheet("5160", 1), nudge_x_mm=Decimal("2.5"), nudge_y_mm=Decimal("-1.5"))
    before, after = (
        first_ink(readers.picture(tags.render(each).pdf, 0, 508))
        for each in (sheet("5160", 1), nudged)
    )
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((50, -30), abs=1)


def first_ink(image: Image.Image) -> tuple[int, int]:
    box = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return box[:2]


def test_guides_are_drawn_only_when_they_are_asked_for() -> None:
    plain = readers.words(tags.render(sheet("22806", 1)).pdf)
    test_page = replace(sheet("22806", 0), has_guides=True)
    assert "labels" not in plain
    assert "Avery 22806 · 12 labels · starts at label 1 · print a test page first" in (
        readers.words(tags.render(test_page).pdf)
    )


@EVERY_FORMAT
def test_a_tag_says_number_name_place_and_whom_to_call(key: str) -> None:
    text = readers.words(tags.render(sheet(key, 1)).pdf)
    for each in ("A-0101", "SP-A Sump pump", "(937) 555-0142", "Harbor View Apartments,"):
        assert each in text


@EVERY_FORMAT
def test_a_long_name_takes_two_lines_and_stays_on_its_label(key: str) -> None:
    long = replace(samples.asset_tags(1)[0], name="<b>Hot-water</b> " * 9, place="Room & " * 20)
    pdf = tags.render(replace(sheet(key), tags=(long,), start_at=5)).pdf
    assert "…" in readers.words(pdf)
    assert "<b>Hot-water</b>" in readers.words(pdf)
    form = label_format(key)
    image = readers.picture(pdf, 0, 203)
    image.paste(255, readers.crop_box(form.place(4), 203))
    assert image.getextrema() == (255, 255)


def test_a_thousand_tags_stay_small() -> None:
    many = samples.asset_tags(1000)
    rendered = tags.render(TagSheet(label_format="5160", tags=many))
    assert len(rendered.pdf) < 400_000
    assert len(readers.pages(rendered.pdf)) == 34


def test_other_programs_find_nothing_to_complain_about() -> None:
    pdf = tags.render(sheet("L7160", 21)).pdf
    assert "No syntax or stream encoding errors found" in readers.run("qpdf", "--check", pdf=pdf)
    assert all(is_embedded for _, is_embedded in readers.fonts(pdf))
    assert tags.render(sheet("L7160", 21)).pdf == pdf
