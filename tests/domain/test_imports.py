from __future__ import annotations

import pytest

from smallcmms.domain import imports
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import CUSTOM, LEFT_OUT, Kind, Plan

SNIPE = (
    "Company, Name, Asset Tag, Category, Supplier, Manufacturer, Location, Order Number, Model,"
    " Model Notes, Model Number, Asset Notes, Purchase Date, Purchase Cost"
)
MAXIMO = "ASSETNUM, DESCRIPTION, LOCATION, PARENT, STATUS, ASSETTYPE, SERIALNUM, SITEID"


@pytest.mark.parametrize(
    ("headers", "meant"),
    [
        (
            SNIPE,
            "customer,name,tag,class,,make,place,,model,,,notes,installed_on,replacement_cost",
        ),
        (MAXIMO, "tag,name,place,parent,status,class,serial,site"),
        ("Parent Asset, Asset, Asset #, asset-type, S/N", "parent,name,tag,class,serial"),
    ],
)
def test_headers_of_other_programs_are_known(headers: str, meant: str) -> None:
    assert imports.meanings(Kind.ASSETS, headers.split(", ")) == meant.split(",")


def test_of_two_columns_the_better_word_is_the_field() -> None:
    assert imports.meanings(Kind.ASSETS, ["Description", "Asset", "Name"]) == ["", "", "name"]
    assert imports.meanings(Kind.ASSETS, ["Name", "NAME"]) == ["name", ""]


def test_every_field_is_called_by_its_own_name() -> None:
    for kind in (Kind.CUSTOMERS, Kind.ASSETS, Kind.TECHNICIANS, Kind.WORK_ORDERS):
        told = imports.fields(kind)
        assert imports.meanings(kind, [each.label for each in told]) == [each.key for each in told]
        assert imports.words(kind).keys() == {each.key for each in told}
    assert imports.fields(Kind.COBIE) == ()


def test_the_header_is_the_row_most_like_one() -> None:
    rows = [(), ("Machines of 2026",), ("Tag", "Name"), ("A", "Pump")]
    assert imports.find_header(Kind.ASSETS, [tuple(row) for row in rows]) == 2
    assert imports.find_header(Kind.ASSETS, [(), ("x", "y")]) == 1
    assert imports.find_header(Kind.ASSETS, []) == -1


def test_columns_show_what_stands_in_them() -> None:
    rows = [("Tag", "Name"), ("A", "Pump", "more"), ("A",), ("B", "Fan"), ("C",), ("D",)]
    first, second, third = imports.columns(Kind.ASSETS, rows, 0)
    assert (first.field, first.samples) == ("tag", ("A", "B", "C"))
    assert (second.samples, third.header, third.field) == (("Pump", "Fan"), "", LEFT_OUT)
    assert imports.columns(Kind.ASSETS, rows, -1)[0].samples == ("Tag", "A", "B")


def test_no_two_columns_are_one_field() -> None:
    rows = [("Tag", "Name", "Old tag")]
    plan = Plan(kind=Kind.ASSETS, sheet=0, header=0, columns=imports.columns(Kind.ASSETS, rows, 0))
    changed = plan.put(2, "tag")
    assert [column.field for column in changed.columns] == [LEFT_OUT, "name", "tag"]
    own = changed.put(0, CUSTOM).put(1, CUSTOM)
    assert [column.field for column in own.columns] == [CUSTOM, CUSTOM, "tag"]
    with pytest.raises(RuleBroken, match="no field boat"):
        plan.put(0, "boat")
    with pytest.raises(RuleBroken, match="Only assets"):
        Plan(kind=Kind.TECHNICIANS, sheet=0, header=0, columns=()).put(0, CUSTOM)


def test_files_of_the_same_columns_are_alike_however_they_are_spelled() -> None:
    assert imports.fingerprint(["Asset Tag", "Name"]) == imports.fingerprint(["asset-tag", "NAME "])
    assert imports.fingerprint(["Name", "Asset Tag"]) != imports.fingerprint(["Asset Tag", "Name"])
