"""A thousand tags on label sheets, against the same words on the same sheets without a code."""

from __future__ import annotations

from functools import partial

from smallcmms import paths
from smallcmms.domain import papers, tags
from smallcmms.domain.tags import TagKind
from smallcmms.reports import tags as report
from smallcmms.reports.page import MM
from smallcmms.reports.style import FILES
from smallcmms.services import label_sheets
from tests.bench import floors, of_paper
from tests.bench.rounds import Ratio, compare

START = 4


def sheet(first: int, count: int) -> papers.TagSheet:
    """Return tags that nobody has drawn before, from label 4."""
    each = tuple(
        papers.Tag(
            code=tags.code("7KQ2", TagKind.ASSET, f"A-{number}"),
            number=f"A-{number}",
            name=f"RTU-{number} Rooftop unit",
            place=f"St. Brendan Parish School, Roof {number % 7}",
            phone="(937) 555-0142",
        )
        for number in range(first, first + count)
    )
    labels = label_sheets.sold()[label_sheets.USUAL]
    return papers.TagSheet(labels=labels, tags=each, start_at=START)


def thousand(count: int, rounds: int) -> tuple[Ratio, float]:
    """Return how long so many tags take, and how many megabytes they are at most."""
    floors.fonts(paths.resources() / "fonts")
    sheets = [sheet(10_000 + number * count, count) for number in range(rounds + 1)]
    words = [_words(each) for each in sheets]
    size = max(len(report.render(sheets[-1]).pdf), len(report.render(sheets[0]).pdf))
    ratio = compare(
        lambda number: report.render(sheets[number]),
        lambda number: _floor(words[number], sheets[number]),
        rounds,
    )
    return ratio, size / 1_000_000


def _words(each: papers.TagSheet) -> list[of_paper.Page]:
    """Return the texts of the sheets' pages, without codes."""
    pages = of_paper._recorded(partial(report.render, each))
    return [("", [], texts) for _code, _drawing, texts in pages]


def _floor(pages: list[of_paper.Page], each: papers.TagSheet) -> bytes:
    labels = each.labels
    size = labels.page_width * MM, labels.page_height * MM
    return floors.document(pages, size, FILES["regular"])
