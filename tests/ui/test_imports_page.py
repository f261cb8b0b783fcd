from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.imports import Kind
from smallcmms.services import assets, customers, imports
from smallcmms.ui import errors
from smallcmms.ui.background import Job
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.imports import ImportsPage
from tests import build
from tests.exchange import handovers
from tests.ui.conftest import Answers, Front

CUSTOMERS = (
    "Customer;Phone;Address;City;Not to exceed;Über\n"
    "Bluebird Bakery;937 555 0151;17 Mill St;Dayton;1.250,50\n"
    "Oakmont Dental;937 555 0128;88 Linden Ave;Dayton;2.000,00\n"
    ";937 555 0199;1 Nowhere;Dayton;1,00\n"
)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> ImportsPage:
    assert story
    page = ImportsPage(desk)
    qtbot.addWidget(page, before_close_func=heard_nothing)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    return page


def settled(qtbot: QtBot, page: ImportsPage, step: str) -> None:
    qtbot.waitUntil(lambda: page.steps.value == step and page.steps.isEnabled())


def looked_through(qtbot: QtBot, page: ImportsPage) -> None:
    page.next.click()
    settled(qtbot, page, "preview")


def heard_nothing(page: ImportsPage) -> None:
    """Let nobody hear of the last choice: it is told 80 ms later, when the file may be closed."""
    page.preview.list.chosen.disconnect()


def choose(page: ImportsPage, ask: Answers, path: Path) -> None:
    ask.path = path
    page.file.open_button.click()


@pytest.fixture
def semicolons(tmp_path: Path) -> Path:
    path = tmp_path / "kunden.csv"
    path.write_bytes(CUSTOMERS.encode("cp1252"))
    return path


def test_a_list_with_semicolons_and_commas_comes_in_as_one_step(
    qtbot: QtBot, page: ImportsPage, front: Front, ask: Answers, semicolons: Path
) -> None:
    desk = page.desk
    page.begin("import", kind="customers")
    choose(page, ask, semicolons)
    settled(qtbot, page, "columns")
    columns = page.columns
    assert (columns.delimiter.value, columns.encoding.value) == (";", "cp1252")
    assert columns.decimal.isHidden()
    told = [(each.field.value) for each in columns.rows]
    assert told[0] == "name"
    looked_through(qtbot, page)
    counts = {key: chip.count for key, chip in page.preview.chips._chips.items()}
    assert (counts["new"], counts["refused"]) == ("2", "1")
    assert page.preview.chips.value == "refused"
    assert page.preview.why.text()
    assert page.next.words == "Bring in 2"
    assert len(customers.find(desk.store)) == 1
    page.next.click()
    qtbot.waitUntil(lambda: front.toasts == ["Brought in: 2 new, 0 changed"])
    assert len(customers.find(desk.store)) == 3
    assert front.went == [("customers", 0)]
    assert ask.asked == ["Bring in a list"]
    desk.store.undo()
    assert len(customers.find(desk.store)) == 1


def test_a_second_time_nothing_is_left_to_bring_in_and_the_mapping_is_remembered(
    qtbot: QtBot, page: ImportsPage, front: Front, semicolons: Path, desk: Desk
) -> None:
    for _time in range(2):
        page.begin("import", kind="customers", path=str(semicolons))
        settled(qtbot, page, "columns")
        looked_through(qtbot, page)
        if page.next.isEnabled():
            page.next.click()
            qtbot.waitUntil(lambda: bool(front.toasts))
            settled(qtbot, page, "file")
    assert page.next.words == "Nothing to bring in"
    assert not page.next.isEnabled()
    assert "as the last time" in page.columns.columns_header.count.text()
    assert page.leave()
    assert page.steps.value == "columns"
    assert len(customers.find(desk.store)) == 3


def test_it_asks_before_records_that_are_there_change(
    qtbot: QtBot, page: ImportsPage, desk: Desk, ask: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Number,Customer,Notes\nC-014,Harbor View Apartments,Pays late\n")
    page.begin("import", kind="customers", path=str(path))
    settled(qtbot, page, "columns")
    looked_through(qtbot, page)
    assert page.next.words == "Change 1"
    ask.says = False
    page.next.click()
    assert ask.asked == ["1 record that is there already will change."]
    assert customers.get(desk.store, 1).notes == ""
    ask.says = True
    page.next.click()
    qtbot.waitUntil(lambda: customers.get(desk.store, 1).notes == "Pays late")


def test_what_a_column_is_can_be_said_and_a_missing_one_is_asked_for(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, desk: Desk
) -> None:
    path = tmp_path / "assets.csv"
    told = "Ding;Where it is;Replacement cost\nBoiler 7;1200 Riverside Dr;1.250,50\n"
    path.write_text(told)
    page.begin("import", kind="assets", path=str(path))
    settled(qtbot, page, "columns")
    columns = page.columns
    assert columns.needed.isVisible()
    assert (columns.decimal.value, columns.decimal.isVisible()) == (",", True)
    columns.rows[0].field.set_value("name")
    columns.rows[0].field.changed.emit()
    columns.rows[1].field.set_value("site")
    columns.rows[1].field.changed.emit()
    assert columns.needed.isHidden()
    columns.customer.line.setText("Harbor View Apartments")
    looked_through(qtbot, page)
    assert page.preview.chips._chips["new"].count == "1"
    page.next.click()
    qtbot.waitUntil(lambda: len(assets.find(desk.store)) == 2)


def test_the_rows_of_the_preview_are_a_proper_list(
    qtbot: QtBot, page: ImportsPage, semicolons: Path, qtmodeltester: ModelTester
) -> None:
    page.begin("import", kind="customers", path=str(semicolons))
    settled(qtbot, page, "columns")
    looked_through(qtbot, page)
    qtmodeltester.check(page.preview.model)


def test_another_sheet_row_and_delimiter_are_read_again(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Cover").write_row(0, 0, ["Ridgeline", "2026"])
        sheet = book.add_worksheet("People")
        sheet.write_row(0, 0, ["Our people"])
        sheet.write_row(1, 0, ["Name", "Phone"])
        sheet.write_row(2, 0, ["Jess Okafor", "937 555 0144"])
    page.begin("import", kind="technicians", path=str(path))
    settled(qtbot, page, "columns")
    assert (page.columns.sheet.value, page.columns.header.value) == (1, 1)
    assert page.columns.delimiter.isHidden()
    page.columns.sheet.set_value(0)
    page.columns.sheet.changed.emit()
    qtbot.waitUntil(lambda: page.columns.plan is not None and page.columns.plan.sheet == 0)
    settled(qtbot, page, "columns")
    page.columns.sheet.set_value(1)
    page.columns.header.set_value(0)
    page.columns.header.changed.emit()
    qtbot.waitUntil(lambda: page.columns.plan is not None and page.columns.plan.header == 0)


def test_a_file_that_is_no_table_leaves_the_first_step(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04 nothing"), ("gone.csv", None)):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with qtbot.waitSignal(errors.signals.broken):
            page.open_file(Kind.CUSTOMERS, path)
        assert page.steps.value == "file"
        assert page.file.open_button.isEnabled()


def test_of_a_building_the_person_chooses_which_classes_are_worth_an_asset(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, desk: Desk
) -> None:
    path = tmp_path / "mill.xlsx"
    path.write_bytes(handovers.workbook())
    page.begin("import", kind="cobie", path=str(path))
    settled(qtbot, page, "columns")
    classes = page.classes
    assert page.stack.currentWidget() is classes
    assert [name for name, tick in classes.ticks.items() if tick.isChecked()] == ["Pump P3", "Skid"]
    assert "3 assets" in classes.header.count.text()
    assert not classes.ticks["Valve"].isEnabled()
    classes.ticks["Skid"].click()
    assert "2 assets" in classes.header.count.text()
    looked_through(qtbot, page)
    assert page.next.words == "Bring in 2"
    page.next.click()
    qtbot.waitUntil(lambda: len(assets.find(desk.store)) == 3)


def test_an_import_can_be_stopped_and_writes_nothing(
    qtbot: QtBot, page: ImportsPage, semicolons: Path, desk: Desk
) -> None:
    page.begin("import", kind="customers", path=str(semicolons))
    settled(qtbot, page, "columns")
    looked_through(qtbot, page)
    stopping = Job("", page)
    stopping.stop()
    preview = page.preview.preview
    assert preview is not None
    with qtbot.waitSignal(errors.signals.broken):
        page._work(
            "", lambda _job: imports.run(desk.store, preview, step=stopping.step), page._done
        )
    settled(qtbot, page, "preview")
    assert len(customers.find(desk.store)) == 1
    assert page.next.isEnabled()
