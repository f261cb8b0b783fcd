from __future__ import annotations

import codecs
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.tables import shown
from smallcmms.exchange import bounds, tables
from tests.exchange import books

ROWS = [["Tag", "Name", "Cost"], ["A 1", "Pumpe für Öl", "12,50"], ["A 2", "Fan; 2", ""]]


def csv(delimiter: str = ",", end: str = "\n") -> str:
    quoted = [
        delimiter.join(f'"{cell}"' if set(cell) & set(',;\t|"') else cell for cell in row)
        for row in ROWS
    ]
    return end.join(quoted) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_however_it_is_written(delimiter: str, encoding: str, end: str) -> None:
    book = tables.read(csv(delimiter, end).encode(encoding), "list.csv")
    assert book.delimiter == delimiter
    assert book.sheets[0].name == "list"
    assert book.sheets[0].rows == (tuple(ROWS[0]), tuple(ROWS[1]), ("A 2", "Fan; 2"))


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_BE])
def test_two_bytes_a_letter_are_seen_with_and_without_their_mark(mark: bytes) -> None:
    book = tables.read(mark + csv().encode("utf-16-be"), "list.csv")
    assert (book.encoding, book.sheets[0].rows[1][1]) == ("utf-16", "Pumpe für Öl")
    little = tables.read(csv().encode("utf-16-le"), "list.csv")
    assert little.sheets == book.sheets


def test_what_a_person_says_of_a_file_goes_before_what_is_guessed() -> None:
    book = tables.read(
        "a;b,c\nČ;d".encode("iso8859-2"), "x.csv", encoding="iso8859-2", delimiter=","
    )
    assert book.sheets[0].rows == (("a;b", "c"), ("Č;d",))
    with pytest.raises(RuleBroken, match="cannot be read as a table"):
        tables.read("Č".encode("iso8859-2"), "x.csv", encoding="utf-8")


def test_rows_keep_their_numbers_though_some_are_empty_or_ragged() -> None:
    book = tables.read(b'a,b,c\n\n1\n , \n"two\nlines",2,3,4\n\n\n', "x.csv")
    assert book.sheets[0].rows == (("a", "b", "c"), (), ("1",), (), ("two\nlines", "2", "3", "4"))


def test_a_first_line_may_say_what_parts_the_cells() -> None:
    book = tables.read(b"sep=|\na|b,c\n", "x.csv")
    assert book.sheets[0].rows == ((), ("a", "b,c"))


def test_signs_that_nobody_can_see_are_left_out() -> None:
    assert tables.read(b"a\x07b,c\n1,2\x1b\n", "x.csv").sheets[0].rows == (("ab", "c"), ("1", "2"))


@pytest.mark.parametrize("write", [books.xlsx, books.xls, books.ods])
def test_a_spreadsheet_says_which_cells_are_numbers_and_days(write: object) -> None:
    rows = [["Tag", "Cost", "On"], ["A-1", 1234.5, date(2026, 7, 13)], ["", 105, ""], [], ["end"]]
    book = tables.read(write(First=rows, Other=[["x"]]), "book.any")  # type: ignore[operator]
    first, other = book.sheets
    assert (first.name, other.rows) == ("First", (("x",),))
    assert first.rows == (
        ("Tag", "Cost", "On"),
        ("A-1", Decimal("1234.5"), date(2026, 7, 13)),
        ("", Decimal(105)),
        (),
        ("end",),
    )
    assert [shown(cell) for cell in first.rows[1]] == ["A-1", "1234.5", "2026-07-13"]
    assert book.format == write.__name__  # type: ignore[attr-defined]


def moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment as a spreadsheet holds it: without a zone."""
    return datetime.combine(date(2026, 7, day), time(hour, minute))


@pytest.mark.parametrize("write", [books.xlsx, books.xls, books.ods])
def test_a_spreadsheet_keeps_clock_times(write: object) -> None:
    rows = [
        ["Moment", "Day", "Clock"],
        [moment(13, 7, 30), date(2026, 7, 13), time(7, 30)],
        [moment(14), moment(14), time(19, 5)],
        [moment(14, 8, 15), "", ""],
    ]
    book = tables.read(write(S=rows), "book.any")  # type: ignore[operator]
    assert book.sheets[0].rows[1:] == (
        (moment(13, 7, 30), date(2026, 7, 13), "07:30:00"),
        (moment(14), date(2026, 7, 14), "19:05:00"),
        (moment(14, 8, 15),),
    )
    assert type(book.sheets[0].rows[2][1]) is date
    assert shown(book.sheets[0].rows[1][0]) == "2026-07-13 07:30:00"


def test_a_number_is_what_the_spreadsheet_shows_and_yes_is_a_text() -> None:
    book = tables.read(books.xlsx(S=[[0.1 + 0.2, 1e15, True]]), "x.xlsx")
    assert book.sheets[0].rows == ((Decimal("0.3"), Decimal(10) ** 15, "TRUE"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There is nothing in it.csv"),
        (b"\n\n , \n", "There is nothing in it.csv"),
        (b"a,b\n\x00\x01,2", "cannot be read as a table"),
        (bytes(range(256)), "cannot be read as a table"),
        (b'a,b\n1,"2\n3,4\n', "line 3: a quote is opened"),
        (b'a,b\n"1"2,3\n', "line 2: a quote is opened"),
        (b"a," + b"x" * 200_000, "a quote"),
        (b"PK\x03\x04 and nothing else", "cannot be read as a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be read as a table"),
        (books.packed({"a.txt": b"x"}), "cannot be read as a table"),
        (books.packed({"xl/workbook.xml": b"<x/>"}), "cannot be read as a table"),
        (books.packed({"content.xml": b"<x"}), "cannot be read as a table"),
        (books.packed({str(each): b"" for each in range(2_001)}), "cannot be read as a table"),
        (books.xlsx(S=[]), "There is nothing in it.csv"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said) as error:
        tables.read(data, "it.csv")
    assert "\n" not in str(error.value)


def test_a_file_cut_short_anywhere_is_refused_or_read_and_never_stops_us() -> None:
    for whole in (books.xlsx(S=ROWS), books.xls(S=ROWS), books.ods(S=ROWS)):
        for length in range(8, len(whole), max(1, len(whole) // 40)):
            with pytest.raises(RuleBroken):
                tables.read(whole[:length], "cut")


def test_a_spreadsheet_packed_by_a_version_that_nobody_has_is_refused() -> None:
    whole = books.xlsx(S=ROWS)
    version = whole.index(b"PK\x01\x02") + 6  # what is needed to unpack the first member
    with pytest.raises(RuleBroken):
        tables.read(whole[:version] + b"\xff" + whole[version + 1 :], "damaged")


def test_a_damaged_spreadsheet_is_refused_or_read_and_never_stops_us() -> None:
    for whole in (books.xlsx(S=ROWS), books.xls(S=ROWS), books.ods(S=ROWS)):
        for place in range(8, len(whole), max(1, len(whole) // 60)):
            damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
            with suppress(RuleBroken):
                assert tables.read(damaged, "damaged").sheets


FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="%s"><c r="%s"><v>1</v></c></row>
</sheetData></worksheet>"""


@pytest.mark.parametrize(
    "corner", [(b"1048576", b"XFD1048576"), (b"2", b"XFD2"), (b"900000", b"A1")]
)
def test_two_cells_at_the_far_corners_are_refused_before_they_fill_the_memory(
    corner: tuple[bytes, bytes],
) -> None:
    far = books.swapped(books.xlsx(S=ROWS), "xl/worksheets/sheet1.xml", FAR % corner)
    with pytest.raises(RuleBroken, match="has a sheet of"):
        tables.read(far, "far.xlsx")


ODS = b"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="S">%s</table:table>
</office:spreadsheet></office:body></office:document-content>""".replace(b"\n", b"")
REPEATED = b"""<table:table-row table:number-rows-repeated="%s"><table:table-cell
 table:number-columns-repeated="%s" office:value-type="string"><text:p>x</text:p></table:table-cell>
</table:table-row>""".replace(b"\n", b"")
EMPTY = b"""<table:table-row table:number-rows-repeated="%s"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row>""".replace(b"\n", b"")


@pytest.mark.parametrize(
    "rows",
    [
        REPEATED % (b"1048576", b"1"),
        REPEATED % (b"5", b"16384"),
        REPEATED % (b"1", b"1") + EMPTY % b"1048000" + REPEATED % (b"1", b"1"),
    ],
)
def test_cells_that_are_said_to_be_repeated_are_counted_out(rows: bytes) -> None:
    with pytest.raises(RuleBroken, match="has a sheet of"):
        tables.read(books.swapped(books.ods(S=ROWS), "content.xml", ODS % rows), "far.ods")


def test_empty_rows_to_the_end_of_a_sheet_are_no_rows() -> None:
    rows = REPEATED % (b"2", b"2") + EMPTY % b"1048574"
    book = tables.read(books.swapped(books.ods(S=ROWS), "content.xml", ODS % rows), "x.ods")
    assert book.sheets[0].rows == (("x", "x"), ("x", "x"))


def test_what_unpacks_into_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "UNPACKED", 2_000_000)
    bomb = books.swapped(books.xlsx(S=ROWS), "xl/media/x", b"0" * 3_000_000)
    with pytest.raises(RuleBroken, match="unpacks into more than can be read"):
        tables.read(bomb, "bomb.xlsx")


def test_a_file_of_more_bytes_or_rows_than_are_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "ROWS", 3)
    with pytest.raises(RuleBroken, match="has a sheet of 4 rows"):
        tables.read(b"a\n" * 5, "x.csv")
    monkeypatch.setattr(bounds, "BYTES", 1024 * 1024)
    with pytest.raises(RuleBroken, match="larger than 1 MB"):
        tables.read(b"a\n" * 600_000, "x.csv")
