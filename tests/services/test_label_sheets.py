from __future__ import annotations

from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.services import label_sheets
from smallcmms.store.store import Store
from tests import build

MEASURES = {
    "name": " Nameplates ", "page_width": Decimal(210), "page_height": Decimal(297),
    "width": Decimal("60.5"), "height": Decimal(30), "pitch_x": Decimal(65),
    "pitch_y": Decimal(32), "left": Decimal(5), "top": Decimal(10), "columns": 3, "rows": 8,
    "is_round": False,
}  # fmt: skip


def test_an_own_sheet_stands_before_those_that_are_sold(store: Store, story: build.Story) -> None:
    assert story
    sheet_id = label_sheets.add(store, **MEASURES)
    found = label_sheets.every(store)
    key = label_sheets.key_of(sheet_id)
    assert next(iter(found)) == key
    assert "5160" in found
    sheet = label_sheets.get(store, key)
    assert (sheet.name, sheet.width, sheet.count) == ("Nameplates", 60.5, 24)
    assert label_sheets.get(store, "22806").count == 12


def test_a_sheet_that_nobody_knows_is_refused(store: Store, story: build.Story) -> None:
    assert story
    with pytest.raises(NotFound, match="5199"):
        label_sheets.get(store, "5199")


def test_labels_that_lie_on_each_other_are_refused_without_a_trace(
    store: Store, story: build.Story
) -> None:
    assert story
    with pytest.raises(RuleBroken) as refused:
        label_sheets.add(store, **MEASURES | {"columns": 4})
    assert refused.value.field == "columns"
    sheet_id = label_sheets.add(store, **MEASURES)
    with pytest.raises(RuleBroken) as refused:
        label_sheets.edit(store, sheet_id, width=Decimal(66))
    assert refused.value.field == "pitch_x"
    assert label_sheets.own(store)[sheet_id].width == 60.5


def test_a_sheet_is_edited_archived_and_all_of_it_comes_back(
    store: Store, story: build.Story
) -> None:
    assert story
    sheet_id = label_sheets.add(store, **MEASURES)
    label_sheets.edit(store, sheet_id, name="Plates", top=Decimal("11.5"))
    assert label_sheets.own(store)[sheet_id].top == 11.5
    label_sheets.archive(store, sheet_id)
    assert label_sheets.own(store) == {}
    assert store.undo().values["name"] == "Plates"
    assert store.undo().values["name"] == "Plates"
    assert label_sheets.own(store)[sheet_id].name == "Nameplates"
    store.undo()
    assert label_sheets.own(store) == {}


def test_a_new_sheet_begins_as_a_copy(store: Store, story: build.Story) -> None:
    assert story
    told = label_sheets.begun_from(label_sheets.sold()["L4736"])
    sheet_id = label_sheets.add(store, name="Copy", **told)
    assert label_sheets.own(store)[sheet_id].corner(5) == label_sheets.sold()["L4736"].corner(5)


def test_what_is_no_measure_is_a_fault_of_the_caller(store: Store, story: build.Story) -> None:
    assert story
    with pytest.raises(TypeError, match="colour"):
        label_sheets.add(store, **MEASURES, colour="red")
