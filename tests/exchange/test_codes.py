from __future__ import annotations

import struct
import zlib
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.papers import TagSheet
from smallcmms.exchange import codes
from smallcmms.reports import tags, work_order
from smallcmms.services.label_sheets import sold
from smallcmms.ui import printing
from tests.reports import readers, samples


def page_of(pdf: bytes, number: int = 0, dpi: int = 150) -> Image.Image:
    return readers.picture(pdf, number, dpi)


def saved(picture: Image.Image, kind: str = "JPEG") -> bytes:
    into = BytesIO()
    picture.save(into, kind)
    return into.getvalue()


def scanned(*pictures: Image.Image) -> bytes:
    """Return a PDF as a scanner makes it: a picture on each page."""
    into = BytesIO()
    pictures[0].save(into, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return into.getvalue()


def an_order() -> tuple[bytes, str]:
    order = samples.circulator()
    return work_order.render(order).pdf, order.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_the_code_on_a_picture_is_read(kind: str) -> None:
    pdf, code = an_order()
    assert codes.read(saved(page_of(pdf), kind)) == [code]


@pytest.mark.parametrize("angle", [0, 7, 90, 180])
def test_a_sheet_that_lies_askew_is_read(angle: int) -> None:
    pdf, code = an_order()
    turned = page_of(pdf).rotate(angle, expand=True, fillcolor=255)
    assert codes.read(saved(turned)) == [code]


def test_every_page_of_a_scan_has_its_own_codes() -> None:
    pdf, code = an_order()
    blank = Image.new("L", (1200, 1600), 255)
    stack = scanned(page_of(pdf, 0), blank, page_of(pdf, 1))
    told: list[tuple[int, int]] = []
    found = codes.pages(stack, lambda done, of: told.append((done, of)))
    assert found == [[code], [], [code]]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert codes.read(stack) == [code]


def test_a_sheet_of_tags_gives_all_its_codes() -> None:
    each = samples.asset_tags(30)
    pdf = tags.render(TagSheet(labels=sold()["5160"], tags=each)).pdf
    assert sorted(codes.read(pdf)) == [tag.code for tag in each]


def test_pages_are_taken_out_of_a_scan() -> None:
    pdf, code = an_order()
    stack = scanned(page_of(pdf, 0), Image.new("L", (1200, 1600), 255))
    assert codes.part(stack, [0, 1]) is stack
    assert codes.pages(codes.part(stack, [0])) == [[code]]
    picture = saved(page_of(pdf))
    assert codes.part(picture, [0]) is picture


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"PK\x03\x04" + b"x" * 50, b"<html><img src=x></html>"]
)
def test_what_is_neither_picture_nor_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken, match="Only pictures"):
        codes.read(data)


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_damaged_file_is_refused_in_words(head: bytes) -> None:
    with pytest.raises(RuleBroken):
        codes.read(head + bytes(range(256)) * 20)


def test_a_picture_that_unpacks_to_a_giant_is_refused() -> None:
    with pytest.raises(RuleBroken, match="too large"):
        codes.read(giant_png(60_000))


def giant_png(side: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(side // 8 + 1) * 100)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def pdf_of(*objects: bytes) -> bytes:
    made, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = (len(objects) + 1, len(made))
    tail = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % end
    return made + head + table + tail


def test_a_page_with_a_giant_picture_in_it_is_refused() -> None:
    picture = zlib.compress(bytes(1000))
    content = b"q 500 0 0 500 0 0 cm /I Do Q"
    bomb = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(picture), picture),
    )
    with pytest.raises(RuleBroken, match="too large"):
        codes.read(bomb)


def test_a_page_as_large_as_a_house_is_drawn_small() -> None:
    house = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 200000]>>",
    )
    assert codes.pages(house) == [[]]


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    kids = b" ".join([b"3 0 R"] * 301)
    many = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 301>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
    )
    with pytest.raises(RuleBroken, match="more than 300 pages"):
        codes.read(many)


def test_what_is_read_beside_the_screen_takes_turns_with_it() -> None:
    pdf, code = an_order()
    stack, found = scanned(page_of(pdf, 0), page_of(pdf, 1)), []
    threads = [Thread(target=lambda: found.append(codes.read(stack))) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert len(list(printing.pages(pdf, 40))) == 2
    assert found == [[code]] * 3
