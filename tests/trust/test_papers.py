"""Text on paper: to the letter, or told; every font inside; every document sound."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from smallcmms.cli.invoice import render
from smallcmms.domain.typed import clean
from smallcmms.services import check, invoices, requests
from smallcmms.services.samples import story as story_sample
from smallcmms.store.store import Store
from tests.build import Story
from tests.reports import readers
from tests.trust import opened, papers_of_traps
from tests.trust.papers_of_traps import MARKUP, STRANGE, Drawn

EVERY = [
    "technician's copy", "customer's copy", "office copy",
    "invoice", "credit note", "draft", "tags", "count sheet", "load list",
]  # fmt: skip


def without_spaces(text: str) -> str:
    return "".join(text.split())


def sound(paper: Drawn) -> None:
    """See that a document is whole and carries its own fonts."""
    readers.run("qpdf", "--check", pdf=paper.pdf)
    found = readers.fonts(paper.pdf)
    assert found, paper.name
    assert all(is_embedded for _, is_embedded in found), (paper.name, found)


def test_markup_comes_out_of_every_paper_to_the_letter(tmp_path: Path) -> None:
    canary = tmp_path / "c.png"
    canary.write_bytes(b"a picture")
    markup = MARKUP.replace("/c.png", str(canary))
    with opened.watched(canary) as seen:
        drawn = list(papers_of_traps.drawn(MARKUP))
        list(papers_of_traps.drawn(markup))
    assert [paper.name for paper in drawn] == EVERY
    assert seen == []
    for paper in drawn:
        assert without_spaces(MARKUP) in without_spaces(readers.words(paper.pdf)), paper.name
        assert paper.missing == ()
        sound(paper)


@pytest.mark.parametrize("kind", STRANGE)
def test_a_letter_is_printed_or_named_as_missing(kind: str) -> None:
    text = STRANGE[kind]
    wanted = {
        letter
        for letter in clean(text).text
        if unicodedata.category(letter) not in {"Cc", "Cf"} and not letter.isspace()
    }
    for paper in papers_of_traps.drawn(text):
        sound(paper)
        shown = set(readers.words(paper.pdf)) | set(paper.missing)
        whole = unicodedata.normalize("NFD", "".join(shown))
        is_cut = "\u2026" in shown and paper.name == "tags"
        assert is_cut or wanted - shown - set(whole) == set(), paper.name


HOSTILE = "Pu\x00mp \ud800hums <b>&amp; \U0001f6a8"


def test_what_cannot_be_kept_stops_no_step_from_the_call_to_the_credit_note(
    store: Store, story: Story
) -> None:
    request_id = requests.log(
        store,
        words=HOSTILE,
        customer_id=story.customer_id,
        site_id=story.site_id,
        caller=HOSTILE,
        phone=HOSTILE,
    )
    assert requests.get(store, request_id).row.words == "Pump hums <b>&amp; \U0001f6a8"
    invoice_id = invoices.draft_by_hand(store, customer_id=story.customer_id, text=HOSTILE)
    invoices.add_line(store, invoice_id, text=HOSTILE, price=story_sample.TOTAL)
    invoices.issue(store, invoice_id, render=render)
    invoices.credit(store, invoice_id, reason=HOSTILE, render=render)
    assert check.problems(store) == []
