from __future__ import annotations

from dataclasses import replace

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import LEFT_OUT, Kind
from smallcmms.domain.tables import Book, Sheet
from smallcmms.services import assets, customers, history, imports
from smallcmms.store.store import Changed, Store
from tests.build import Story
from tests.conftest import Clock
from tests.services.imports.lists import book, bring, look, outcomes, reasons

LIST = "Tag|Name|Site|Company|Cost|Installed\nT 1|Pump|N|New|1,5|01/02/2020"


def test_an_import_is_one_change_one_step_and_one_announcement(
    store: Store, story: Story, clock: Clock
) -> None:
    assert story.asset_id
    told: list[Changed] = []
    before = history.last_at(store)
    clock.advance(hours=1)
    store.listen(told.append)
    done = imports.run(store, look(store, Kind.ASSETS, LIST, decimal=",", date_order="dmy"))
    assert len(told) == 1
    assert str(told[0].label) == "Bring in list.csv"
    assert told[0].touches("asset", "customer", "site", "event", "import_batch")
    assert history.last_at(store) != before
    (batch,) = imports.batches(store)
    assert (batch.id, batch.kind, batch.name, batch.counts, batch.at) == (
        done.batch_id, "assets", "list.csv", {"new": 1}, store.now(),
    )  # fmt: skip
    assert str(store.undo()) == "Bring in list.csv"
    assert imports.batches(store) == []


def test_what_was_taken_back_gives_its_keys_and_numbers_to_nothing_else(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    text = "Tag|Name|Site|Company\nT 1|Pump|N|New"
    imports.run(store, look(store, Kind.ASSETS, text))
    (first,) = assets.find(store, text="T 1")
    number = assets.get(store, first).row.number
    store.undo()
    imports.run(store, look(store, Kind.ASSETS, text))
    (second,) = assets.find(store, text="T 1")
    assert second > first
    assert assets.get(store, second).row.number > number


def test_what_cannot_be_told_is_asked_and_not_guessed(store: Store, story: Story) -> None:
    assert story.asset_id
    told = look(store, Kind.ASSETS, "Name|Site|Company|Cost|Installed\nP|N|New|1.500|01/02/20")
    assert (told.plan and told.plan.decimal, told.plan and told.plan.date_order) == ("", "")
    assert [(said.column, text) for said, text in zip(
        told.rows[0].reasons, reasons(told.rows[0]), strict=True)] == [
        ("Cost", "1.500 can be read in two ways. Say its decimal sign."),
        ("Installed", "01/02/20 can be two different days. Say the order of its days."),
    ]  # fmt: skip
    said = look(
        store, Kind.ASSETS, "Name|Site|Company|Cost|Installed\nP|N|New|1.500|01/02/20",
        decimal=",", date_order="dmy",
    )  # fmt: skip
    assert outcomes(said) == ["new"]


def test_a_preview_is_not_done_after_something_else_was_changed(store: Store, story: Story) -> None:
    told = look(store, Kind.ASSETS, LIST, decimal=",", date_order="dmy")
    customers.edit(store, story.customer_id, notes="In between")
    with pytest.raises(RuleBroken, match="changed since you looked"):
        imports.run(store, told)
    assert imports.batches(store) == []


def test_a_mapping_is_remembered_by_the_columns_and_outlives_undo(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    told = book("Ding|Name|Site|Company\nT 1|Pump|N|New")
    plan = imports.guess(store, Kind.ASSETS, told)
    assert [column.field for column in plan.columns] == [LEFT_OUT, "name", "site", "customer"]
    imports.run(store, imports.preview(store, told, plan.put(0, "tag")))
    store.undo()
    again = imports.guess(store, Kind.ASSETS, book("DING | Name|Site|Company\nT 9|Fan|N|New"))
    assert (again.is_remembered, again.columns[0].field) == (True, "tag")
    imports.run(store, imports.preview(store, told, replace(again, customer="Else")))
    assert imports.guess(store, Kind.ASSETS, told).customer == "Else"
    assert not imports.guess(store, Kind.ASSETS, book("Ding|Name\nT|P")).is_remembered


def test_a_column_that_every_row_needs_is_asked_for(store: Store, story: Story) -> None:
    assert story.asset_id
    with pytest.raises(RuleBroken, match="No column is said to be Name"):
        look(store, Kind.ASSETS, "Tag|Site\nT 1|N")


def test_the_sheet_and_header_that_are_most_like_a_list_are_taken(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    notes = Sheet("Notes", (("Read me",), ("Name",)))
    title = (("Our machines",), (), ("Tag", "Name", "Site", "Company"), ("T", "P", "N", "New"))
    told = Book("b.xlsx", "xlsx", (notes, Sheet("List", title), Sheet("Empty", ())))
    plan = imports.guess(store, Kind.ASSETS, told)
    assert (plan.sheet, plan.header) == (1, 2)
    assert outcomes(imports.preview(store, told, plan)) == ["new"]
    assert imports.preview(store, told, plan).rows[0].row == 4
    assert imports.guess(store, Kind.ASSETS, told, sheet=0, header=0).columns[0].header == "Read me"
    with pytest.raises(RuleBroken, match="nothing in this sheet"):
        imports.guess(store, Kind.ASSETS, told, sheet=2)


def test_a_list_without_a_header_is_read_by_its_places(store: Store, story: Story) -> None:
    assert story.asset_id
    told = book("T 1|Pump|N|New")
    plan = imports.guess(store, Kind.ASSETS, told, header=-1)
    for place, field in enumerate(("tag", "name", "site", "customer")):
        plan = plan.put(place, field)
    assert outcomes(imports.preview(store, told, plan)) == ["new"]


def test_texts_of_any_kind_come_in_as_they_are(store: Store, story: Story) -> None:
    assert story.asset_id
    name = "<b>Ω & 'pump'; DROP TABLE asset -- {x} %s"
    bring(store, Kind.ASSETS, f"Tag|Name|Site|Company\nT 1|{name}|N|New")
    assert assets.get(store, assets.find(store, text="T 1")[0]).row.name == name
