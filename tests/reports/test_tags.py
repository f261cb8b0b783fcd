from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from smallcmms.domain import tag_messages
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.papers import Tag, TagSheet
from smallcmms.domain.places import Rect
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.reports import codes, tags
from smallcmms.reports.tag_layout import lay_out
from smallcmms.services.label_sheets import sold
from tests.reports import readers, samples

EVERY_SHEET = pytest.mark.parametrize("key", list(sold()))
LARGE = ("5160", "5163", "22806", "L7160", "L7651", "4780", "dymo-99012", "brother-62x29")
LINKED = ("5160", "5163", "22806", "L7160", "dymo-11354", "brother-tape-62", "zebra-4x6")


def sheet(key: str, count: int = 3, start_at: int = 1) -> TagSheet:
    return TagSheet(labels=sold()[key], tags=samples.asset_tags(count), start_at=start_at)


def place(form: LabelSheet, number: int) -> Rect:
    return Rect(*form.corner(number), form.width, form.height)


def linked(tag: Tag) -> Tag:
    to = "service@ridgeline-mechanical.example"
    link = tag_messages.link(SecondCode.EMAIL, tag.code, number=tag.number, to=to)
    return replace(tag, link=link)


def cut_out(image: Image.Image, form: LabelSheet, number: int, dpi: int) -> Image.Image:
    """Return one label as it sticks on a black machine: what is not label is black."""
    cut = readers.crop(image, place(form, number), dpi)
    if not form.is_round:
        return cut
    disc = Image.new("L", cut.size, 0)
    ImageDraw.Draw(disc).ellipse((0, 0, cut.width - 1, cut.height - 1), fill=255)
    return Image.composite(cut, Image.new("L", cut.size, 0), disc)


@EVERY_SHEET
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_every_tag_of_a_sheet_scans_when_it_is_cut_out(key: str, dpi: int) -> None:
    form = sold()[key]
    count = min(form.count, 4)
    image = readers.picture(tags.render(sheet(key, count)).pdf, 0, dpi)
    for number, tag in enumerate(samples.asset_tags(count)):
        cut = cut_out(image, form, number, dpi)
        assert readers.by_zxing(cut) == readers.by_zbar(cut) == [tag.code]


@pytest.mark.parametrize("key", LINKED)
@pytest.mark.parametrize("dpi", [300, 600])
def test_a_second_code_scans_beside_the_first(key: str, dpi: int) -> None:
    form = sold()[key]
    each = tuple(map(linked, samples.asset_tags(min(form.count, 3))))
    image = readers.picture(tags.render(TagSheet(labels=form, tags=each)).pdf, 0, dpi)
    for number, tag in enumerate(each):
        cut = cut_out(image, form, number, dpi)
        assert set(readers.by_zxing(cut)) == set(readers.by_zbar(cut)) == {tag.code, tag.link}


@pytest.mark.parametrize("key", ["5167", "L7651", "brother-round-12", "brother-tape-12"])
def test_a_label_without_room_for_a_second_code_is_refused(key: str) -> None:
    each = (linked(samples.asset_tags(1)[0]),)
    with pytest.raises(RuleBroken, match="no room for a second code"):
        tags.render(TagSheet(labels=sold()[key], tags=each))


def test_a_label_too_small_for_a_code_that_scans_is_refused() -> None:
    small = replace(sold()["L6008"], height=8.5)
    with pytest.raises(RuleBroken, match="too small for a code"):
        tags.render(TagSheet(labels=small, tags=samples.asset_tags(1)))


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


def test_tags_begin_at_the_first_label_that_is_unused() -> None:
    pdf = tags.render(sheet("5160", 3, start_at=29)).pdf
    form = sold()["5160"]
    first, second = (readers.picture(pdf, page, 203) for page in (0, 1))
    read = [samples.asset_tags(3)[number].code for number in range(3)]
    assert readers.by_zxing(readers.crop(first, place(form, 28), 203)) == [read[0]]
    assert readers.by_zxing(readers.crop(first, place(form, 29), 203)) == [read[1]]
    assert readers.by_zxing(readers.crop(second, place(form, 0), 203)) == [read[2]]
    assert len(readers.by_zxing(first)) == 2


@pytest.mark.parametrize(("key", "start_at"), [("5160", 0), ("5160", 31), ("dymo-30332", 2)])
def test_a_label_that_is_not_on_the_sheet_is_refused(key: str, start_at: int) -> None:
    with pytest.raises(RuleBroken, match="has labels 1 to"):
        tags.render(sheet(key, start_at=start_at))


def test_every_label_of_a_roll_is_a_page_of_its_size() -> None:
    pdf = tags.render(sheet("dk-11201", 3)).pdf
    assert len(readers.pages(pdf)) == 3
    first = readers.picture(pdf, 0, 254)
    assert first.size == (290, 900)


@pytest.mark.parametrize(("key", "across", "down"), [("5160", 50, -30), ("dk-11201", 50, -30)])
def test_a_nudge_moves_the_print_by_tenths_of_a_millimetre(
    key: str, across: int, down: int
) -> None:
    nudged = replace(sheet(key, 1), nudge_x_mm=Decimal("2.5"), nudge_y_mm=Decimal("-1.5"))
    before, after = (
        first_ink(readers.picture(tags.render(each).pdf, 0, 508))
        for each in (sheet(key, 1), nudged)
    )
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((across, down), abs=1)


def first_ink(image: Image.Image) -> tuple[int, int]:
    box = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return box[:2]


def test_a_roll_looks_as_it_is_read_and_prints_turned_by_a_quarter() -> None:
    printed = replace(sheet("dk-11201", 1), nudge_x_mm=Decimal("1.5"), nudge_y_mm=Decimal("-0.7"))
    upright = replace(
        printed,
        labels=printed.labels.upright,
        nudge_x_mm=Decimal("0.7"),
        nudge_y_mm=Decimal("1.5"),
    )
    turned, read = (readers.picture(tags.render(each).pdf, 0, 254) for each in (printed, upright))
    assert turned.size == read.size[::-1]
    both = ImageChops.difference(turned.rotate(-90, expand=True), read)
    assert sum(both.point(lambda value: value > 128).tobytes()) < 400


def test_guides_are_drawn_only_when_they_are_asked_for() -> None:
    plain = readers.words(tags.render(sheet("22806", 1)).pdf)
    with_guides = replace(sheet("22806", 0), has_guides=True)
    assert "labels" not in plain
    assert "Avery 22806, 2 in square · 12 labels · starts at label 1 · check with a test page" in (
        readers.words(tags.render(with_guides).pdf)
    )


@pytest.mark.parametrize("key", LARGE)
def test_a_tag_says_number_name_place_and_whom_to_call(key: str) -> None:
    text = readers.words(tags.render(sheet(key, 1)).pdf)
    for each in ("A-0101", "SP-A Sump pump", "(937) 555-0142", "Harbor View Apartments,"):
        assert each in text


@EVERY_SHEET
def test_the_number_is_on_every_label_with_room_for_words(key: str) -> None:
    form = sold()[key]
    if lay_out(form).text is not None:
        assert "A-0101" in readers.words(tags.render(sheet(key, 1)).pdf)


@EVERY_SHEET
def test_nothing_is_printed_beside_the_labels(key: str) -> None:
    form = sold()[key]
    long = replace(samples.asset_tags(1)[0], name="<b>Hot-water</b> " * 9, place="Room & " * 20)
    image = readers.picture(tags.render(TagSheet(labels=form, tags=(long,))).pdf, 0, 300)
    left = Image.new("L", image.size, 255)
    cut = cut_out(image, form, 0, 300)
    inked = readers.crop(image, place(form, 0), 300)
    image.paste(255, readers.crop_box(place(form, 0), 300))
    assert image.getextrema() == left.getextrema() == (255, 255)
    if form.is_round:
        assert black(inked) == black_inside(inked), "ink beside the disc"
    else:
        assert black(cut)


def black(image: Image.Image) -> int:
    return sum(image.point(lambda value: value < 128).tobytes())


def black_inside(image: Image.Image) -> int:
    disc = Image.new("L", image.size, 0)
    ImageDraw.Draw(disc).ellipse((0, 0, image.width - 1, image.height - 1), fill=255)
    white = Image.new("L", image.size, 255)
    return black(Image.composite(image, white, disc))


@settings(max_examples=40, deadline=None)
@given(
    wide=st.floats(10, 150),
    high=st.floats(10, 150),
    kind=st.sets(st.sampled_from(("round", "roll"))),
    link=st.sampled_from((0, 37, 41, 45)),
)
def test_on_labels_of_any_size_nothing_reaches_over_the_edge(
    wide: float, high: float, kind: set[str], link: int
) -> None:
    high = wide if "round" in kind else high
    form = LabelSheet(
        key="own", name="Own", page_width=wide, page_height=high, width=wide, height=high,
        pitch_x=wide, pitch_y=high, is_round="round" in kind, is_roll="roll" in kind,
    )  # fmt: skip
    try:
        layout = lay_out(form, link)
    except RuleBroken:
        assert link or min(wide, high) < 12 or wide < 26
        return
    across, down = (high, wide) if form.is_turned else (wide, high)
    pieces = [layout.code, layout.text, layout.link, layout.caption]
    for piece in filter(None, pieces):
        assert piece.x >= form.margin - 0.01
        assert piece.y >= form.margin - 0.01
        assert piece.right <= across - form.margin + 0.02
        assert piece.bottom <= down - form.margin + 0.02
    if layout.link:
        assert layout.link.x >= layout.code.right + 2 * layout.module
    assert layout.module >= 0.28


def test_a_thousand_tags_stay_small() -> None:
    many = samples.asset_tags(1000)
    rendered = tags.render(TagSheet(labels=sold()["5160"], tags=many))
    assert len(rendered.pdf) < 400_000
    assert len(readers.pages(rendered.pdf)) == 34


@pytest.mark.parametrize("key", ["L7160", "dk-11201"])
def test_other_programs_find_nothing_to_complain_about(key: str) -> None:
    pdf = tags.render(sheet(key, 21)).pdf
    assert "No syntax or stream encoding errors found" in readers.run("qpdf", "--check", pdf=pdf)
    assert all(is_embedded for _, is_embedded in readers.fonts(pdf))
    assert tags.render(sheet(key, 21)).pdf == pdf
