"""Workbooks that the tests write, as other programs write theirs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]


def xlsx(**sheets: Rows) -> bytes:
    """Return a workbook of Excel."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    as_day = book.add_format({"num_format": "yyyy-mm-dd"})
    as_time = book.add_format({"num_format": "hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(down, across, cell, as_day)
                elif isinstance(cell, time):
                    sheet.write_datetime(down, across, cell, as_time)
                else:
                    sheet.write(down, across, cell)
    book.close()
    return written.getvalue()


def xls(**sheets: Rows) -> bytes:
    """Return a workbook of the Excel before 2007."""
    written, book = io.BytesIO(), xlwt.Workbook()
    as_day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    as_time = xlwt.easyxf(num_format_str="HH:MM")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                styles = {date: as_day, datetime: as_day, time: as_time}
                told = (styles[type(cell)],) if type(cell) in styles else ()
                sheet.write(down, across, cell, *told)
    book.save(written)
    return written.getvalue()


def ods(**sheets: Rows) -> bytes:
    """Return a workbook of LibreOffice."""
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    written = io.BytesIO()
    book.write(written)
    return written.getvalue()


def _ods_cell(cell: Any) -> TableCell:
    if isinstance(cell, date):
        told = {"valuetype": "date", "datevalue": cell.isoformat()}
    elif isinstance(cell, time):
        told = {"valuetype": "time", "timevalue": f"PT{cell:%HH%MM%SS}"}
    elif isinstance(cell, int | float):
        told = {"valuetype": "float", "value": str(cell)}
    else:
        told = {"valuetype": "string"}
    made = TableCell(**told)
    if cell != "":
        made.addElement(P(text=str(cell)))
    return made


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of these members."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return written.getvalue()


def swapped(book: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with another content of one member."""
    with zipfile.ZipFile(io.BytesIO(book)) as zipped:
        members = {each: zipped.read(each) for each in zipped.namelist()}
    return packed({**members, name: content})
