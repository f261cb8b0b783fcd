from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain.copies import CopyState
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.tags import TagKind, code, load_code
from smallcmms.services import customers, scans, technicians
from smallcmms.services.papers.load_list import load_list
from smallcmms.store.store import Store
from tests import build, past


def test_the_tag_of_the_pump_leads_to_the_pump(store: Store, story: build.Story) -> None:
    scanned = scans.read(store, "sc7kq2:a0133:p")
    assert (scanned.kind, scanned.id, scanned.number) == ("asset", story.asset_id, "A-0133")
    assert not scanned.is_out


def test_a_customers_code_leads_to_the_customer(store: Store, story: build.Story) -> None:
    number = customers.get(store, story.customer_id).number
    scanned = scans.read(store, code("7KQ2", TagKind.CUSTOMER, number))
    assert (scanned.kind, scanned.id) == ("customer", story.customer_id)


def test_a_wrong_code_is_refused_in_words(store: Store, story: build.Story) -> None:
    assert story
    for text, words in (
        ("SC7KQ2:A0133:Q", "A character of this code is wrong"),
        (code("ABCD", TagKind.ASSET, "A-0133"), "Another shop printed this code"),
        ("4006381333931", "not a code of this program"),
    ):
        with pytest.raises(RuleBroken, match=words):
            scans.read(store, text)


def test_a_load_list_leads_to_its_truck_and_day(store: Store, story: build.Story) -> None:
    on = date(2026, 7, 14)
    paper = load_list(store, story.technician_id, on)
    scanned = scans.read(store, paper.code)
    assert (scanned.kind, scanned.id, scanned.number) == (
        "load_list",
        story.technician_id,
        "Truck 1",
    )
    assert (scanned.on, scanned.is_out) == (on, False)
    ann = technicians.add(store, name="Ann Lee")
    assert scans.read(store, load_code("7KQ2", ann, on)).number == "Ann Lee"
    with pytest.raises(NotFound, match="The technician of this load list"):
        scans.read(store, load_code("7KQ2", 99, on))


def test_a_code_of_what_is_not_there_says_its_number(store: Store, story: build.Story) -> None:
    assert story
    with pytest.raises(NotFound, match="WO-9999 is not in this file"):
        scans.read(store, code("7KQ2", TagKind.WORK_ORDER, "9999", copy=1))
    with pytest.raises(NotFound, match="Nothing in this file"):
        scans.read(store, code("7KQ2", TagKind.ESTIMATE, "E-1"))


def test_a_printed_sheet_is_out_until_it_is_entered(store: Store, story: build.Story) -> None:
    work_order_id = past.finished_work(store, story, title="Alarm")
    past.print_sheet(store, work_order_id, copy=1, state=CopyState.OUT)
    past.print_sheet(store, work_order_id, copy=2, state=CopyState.ENTERED)
    sheet = [code("7KQ2", TagKind.WORK_ORDER, "WO-2310", copy=copy) for copy in (1, 2)]
    first, second = (scans.read(store, text) for text in sheet)
    assert (first.kind, first.id, first.copy, first.is_out) == (
        "work_order",
        work_order_id,
        1,
        True,
    )
    assert not second.is_out
    assert scans.read(store, code("7KQ2", TagKind.WORK_ORDER, "WO-2310")).is_out
