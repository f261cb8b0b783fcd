"""What is printed: one sheet, and a thousand pages of them."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from smallcmms import paths
from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.domain.places import SIZES
from smallcmms.reports import work_order
from smallcmms.reports.page import MM, Pen
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import FILES
from smallcmms.services import work_orders
from smallcmms.services.papers import work_order as paper
from tests.bench import data, floors
from tests.bench.rounds import Ratio, compare

Page = tuple[str, list[str], list[tuple[Any, ...]]]


def one_of(path: Path) -> papers.WorkOrder:
    """Return the paper of a work order that is on the truck."""
    store = data.reopened(path)
    chip = work_orders.Filters(chip=work_orders.Chip.SHEETS_TO_ENTER)
    found = paper.work_order(
        store, work_orders.find(store, filters=chip)[0],
        audience=Audience.TECHNICIAN, copy=1, revision=1,
    )  # fmt: skip
    store.close()
    return found


def numbered(one: papers.WorkOrder, count: int) -> list[papers.WorkOrder]:
    """Return the paper again and again, with a number and a code of its own each time."""
    return [
        replace(one, number=f"WO-{number}", code=f"SC7KQ2:W{number}.1:S")
        for number in range(10_000, 10_000 + count)
    ]


def sheet(one: papers.WorkOrder, rounds: int) -> Ratio:
    """Return how long one sheet takes."""
    floors.fonts(paths.resources() / "fonts")
    each = numbered(one, rounds + 1)
    drawn = [list(_recorded(partial(work_order.render, order))) for order in each]
    _same(work_order.render(each[0]).pdf, _floor(drawn[0], one))
    return compare(
        lambda number: work_order.render(each[number]),
        lambda number: _floor(drawn[number], one),
        rounds,
    )


def batch(one: papers.WorkOrder, count: int, rounds: int) -> tuple[Ratio, float]:
    """Return how long a batch of so many pages takes, and the ratio of the memory at most."""
    floors.fonts(paths.resources() / "fonts")
    each = numbered(one, count // 2)
    drawn = list(_recorded(lambda: _together(each)))
    assert len(drawn) == count
    _same(_together(each), _floor(drawn, one))
    ratio = compare(lambda _: _together(each), lambda _: _floor(drawn, one), rounds)
    few, pages = each[:50], drawn[:100]
    memory = _most(lambda: _together(few)) / _most(lambda: _floor(pages, one))
    return ratio, memory


def _together(each: list[papers.WorkOrder]) -> bytes:
    wording = Wording(each[0].manner)
    pen = work_order.open_document(each[0], wording)
    for order in each:
        work_order.draw(pen, order, wording)
    return pen.finish().pdf


def _floor(pages: list[Page], one: papers.WorkOrder) -> bytes:
    width, height = SIZES[one.manner.paper_size]
    return floors.document(pages, (width * MM, height * MM), FILES["regular"])


def _most(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def _same(own: bytes, other: bytes) -> None:
    """See that both say the same on every page."""
    texts = []
    for pdf in (own, other):
        document = pypdfium2.PdfDocument(pdf)
        texts.append([sorted(page.get_textpage().get_text_range().split()) for page in document])
    assert texts[0] == texts[1]


def _recorded(draw: Callable[[], object]) -> Iterator[Page]:
    """Draw once, and yield what stands on each page: its code, its drawing, its texts."""
    pages: list[Page] = []
    codes: list[str] = []
    with _listening(pages, codes):
        draw()
    yield from pages


@contextmanager
def _listening(pages: list[Page], codes: list[str]) -> Iterator[None]:
    state: dict[str, Any] = {"font": ("", 0), "grey": 0, "at": (0, 0), "texts": []}

    def set_font(text: Any, name: str, size: float, *more: Any) -> None:
        state["font"] = (name, size)
        kept[PDFTextObject, "setFont"](text, name, size, *more)

    def set_grey(text: Any, grey: float, *more: Any) -> None:
        state["grey"] = grey
        kept[PDFTextObject, "setFillGray"](text, grey, *more)

    def set_origin(text: Any, x: float, y: float) -> None:
        state["at"] = (x, y)
        kept[PDFTextObject, "setTextOrigin"](text, x, y)

    def text_out(text: Any, words: str) -> None:
        state["texts"].append((*state["font"], state["grey"], *state["at"], words))
        kept[PDFTextObject, "textOut"](text, words)

    def drawn(canvas: Any, text: Any) -> None:
        pages.append((codes.pop() if codes else "", list(canvas._code), state["texts"]))
        state["texts"], state["grey"] = [], 0
        kept[Canvas, "drawText"](canvas, text)

    def coded(pen: Any, text: str, rect: Any) -> None:
        codes[:] = [text]
        kept[Pen, "code"](pen, text, rect)

    heard: dict[tuple[type, str], Callable[..., None]] = {
        (PDFTextObject, "setFont"): set_font,
        (PDFTextObject, "setFillGray"): set_grey,
        (PDFTextObject, "setTextOrigin"): set_origin,
        (PDFTextObject, "textOut"): text_out,
        (Canvas, "drawText"): drawn,
        (Pen, "code"): coded,
    }
    kept = {(owner, name): getattr(owner, name) for owner, name in heard}
    for (owner, name), function in heard.items():
        setattr(owner, name, function)
    try:
        yield
    finally:
        for (owner, name), function in kept.items():
            setattr(owner, name, function)
