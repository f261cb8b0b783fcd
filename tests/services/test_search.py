from __future__ import annotations

from datetime import date

import pytest

from smallcmms.services import assets, customers, search
from smallcmms.store.store import Store
from tests import build, past, questions


def kinds(store: Store, text: str) -> list[str]:
    return [hit.kind for hit in search.find(store, text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sump", "A-0133"),
        ("A-0133", "A-0133"),
        ("a133", "A-0133"),
        ("133", "A-0133"),
        ("float", "FS-10"),
        ("fs10", "FS-10"),
        ("priya", "(937) 555-0117"),
        ("5550117", "(937) 555-0117"),
        ("harb view", "C-014"),
        ("marco", "MR"),
    ],
)
def test_words_and_numbers_find_their_record(
    store: Store, story: build.Story, text: str, number: str
) -> None:
    assert story
    assert number in [hit.number for hit in search.find(store, text)]


def test_a_person_opens_their_customer(store: Store, story: build.Story) -> None:
    [hit] = search.find(store, "priya")
    assert hit.opens == ("customer", story.customer_id)
    assert (hit.title, hit.second) == (
        "Priya Natarajan",
        "Harbor View Apartments, Property manager",
    )


def test_a_site_opens_its_customer(store: Store, story: build.Story) -> None:
    [hit] = [hit for hit in search.find(store, "riverside") if hit.kind == "site"]
    assert hit.opens == ("customer", story.customer_id)


def test_an_at_sign_asks_for_customers_only(store: Store, story: build.Story) -> None:
    customers.add(store, name="Sump Bros")
    assert story
    assert kinds(store, "sump") == ["asset", "customer"]
    assert kinds(store, "@sump") == ["customer"]


def test_a_hash_asks_for_numbers_only(store: Store, story: build.Story) -> None:
    assets.add(store, site_id=story.site_id, name="Pump 133")
    assert len(search.find(store, "133")) == 2
    assert [hit.number for hit in search.find(store, "#133")] == ["A-0133"]


@pytest.mark.parametrize("text", ["", " ", "#", "@", '"', "zzz", "* OR *", "sump AND"])
def test_what_finds_nothing_is_no_error(store: Store, story: build.Story, text: str) -> None:
    assert story
    assert search.find(store, text) == []


def test_a_call_is_found_by_the_callers_words(store: Store, story: build.Story) -> None:
    past.call(store, story)
    assert [hit.number for hit in search.find(store, "alarm")] == ["R-1037"]


def test_what_was_written_on_a_sheet_is_a_group_of_its_own(
    store: Store, story: build.Story
) -> None:
    work_order_id = past.finished_work(
        store, story, title="High-water alarm", found_and_did="Float stuck on its cord, pit full."
    )
    [part, sheet] = search.find(store, "float")
    assert (part.kind, sheet.kind) == ("part", "sheet")
    assert sheet.title == "Float stuck on its cord, pit full."
    assert sheet.opens == ("work_order", work_order_id)
    assert kinds(store, "high-water") == ["work_order"]


def test_a_search_asks_few_questions(store: Store, story: build.Story) -> None:
    assert story
    asked = questions.statements(store, lambda: search.find(store, "sump"))
    assert len(asked) <= 2


def test_an_invoice_is_found_with_how_it_stands(store: Store, story: build.Story) -> None:
    past.bill(store, story.customer_id, total=33589, sent_on=date(2026, 5, 1))
    [hit] = search.find(store, "inv-1187")
    assert (hit.kind, hit.state, hit.second) == ("invoice", "late", "Harbor View Apartments")


def test_a_work_order_is_found_with_the_state_of_its_pill(store: Store, story: build.Story) -> None:
    past.finished_work(store, story, title="High-water alarm")
    [hit] = search.find(store, "high-water")
    assert (hit.state, hit.level) == ("to_invoice", 3)
