"""Which part and which truck a scribbled line of box 3 means."""

from __future__ import annotations

import pytest

from smallcmms.domain.other_parts import Meant, Named, read

SWITCH = Named(1, "Float switch, tether", "FS-1")
CLAMP = Named(2, "Hose clamp 2 in", "HC-2")
SMALL = Named(3, "Hose clamp 1 in", "HC-1")
SHOP, ONE, TWO = Named(10, "Shop"), Named(11, "Truck 1"), Named(12, "Truck 2")
NAMELESS = Named(13, "")


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("hose clamp 2 in Truck 1", "", Meant(2, 11)),
        ("hose clamp 2 in Trk1", "", Meant(2, 11)),
        ("Hose clamp 2 in", "Truck 2", Meant(2, 12)),
        ("hose clamp 2 in trk 1", "truck 2", Meant(2, 12)),
        ("HC-1", "t2", Meant(3, 12)),
        ("hc2 hose clamp shop", "", Meant(2, 10)),
        ("float switch", "", Meant(1, None)),
        ("hose clamp", "", Meant(None, None)),
        ("pipe hanger", "cellar", Meant(None, None)),
        ("Truck 1", "", Meant(None, 11)),
        ("shop towels truck 2", "", Meant(None, 12)),
        ("", "", Meant(None, None)),
    ],
)
def test_a_line_names_a_part_and_a_place_or_stays_open(
    text: str, place: str, expected: Meant
) -> None:
    found = read(text, parts=[SWITCH, CLAMP, SMALL], places=[SHOP, ONE, TWO, NAMELESS], place=place)
    assert found == expected


def test_a_shop_without_parts_and_places_finds_none() -> None:
    assert read("hose clamp", parts=[], places=[]) == Meant(None, None)


def test_the_only_part_is_meant_by_half_of_its_words() -> None:
    assert read("hose clamp", parts=[CLAMP], places=[]) == Meant(2, None)
    assert read("clamp", parts=[CLAMP], places=[]) == Meant(None, None)
