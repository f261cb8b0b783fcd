"""A purchase order as a supplier's own program reads it."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest

from smallcmms.domain import papers
from smallcmms.exchange import purchase_csv
from tests.reports.test_purchase_order import order


def rows(paper: papers.PurchaseOrder) -> list[dict[str, str]]:
    text = purchase_csv.write(paper).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_each_line_is_a_row_of_plain_values() -> None:
    filters, contactor = rows(order())
    assert filters == {
        "order": "PO-0089",
        "ordered_on": "2026-07-13",
        "wanted_by": "2026-07-15",
        "supplier": "Miami Valley Supply",
        "account": "RM-2207",
        "supplier_number": "MVS-402025",
        "our_number": "FLT-20252",
        "description": "Filter 20×25×2, MERV 8",
        "quantity": "18",
        "unit": "",
        "packs": "3",
        "pack_of": "6",
        "unit_cost": "4.10",
        "amount": "73.80",
        "currency": "USD",
        "job": "",
    }
    assert (contactor["job"], contactor["packs"]) == ("WO-2302", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    line = replace(
        order().lines[0], text=f"{text} x", number=text, supplier_number=text, unit=text, job=text
    )
    paper = replace(order(), lines=(line,), account=text, note=text)
    (row,) = rows(paper)
    for cell in row.values():
        assert not cell.strip().startswith(("=", "+", "-", "@")), cell


def test_a_cost_has_the_decimals_that_it_needs() -> None:
    for cost, written in (("212.0000", "212.00"), ("13.4025", "13.4025"), ("0.5", "0.50")):
        line = replace(order().lines[0], unit_cost=Decimal(cost))
        assert rows(replace(order(), lines=(line,)))[0]["unit_cost"] == written


def test_a_text_of_two_lines_stays_in_its_row() -> None:
    line = replace(order().lines[0], text='Filter\n"20", MERV 8')
    (row,) = rows(replace(order(), lines=(line,)))
    assert row["description"] == 'Filter "20", MERV 8'
