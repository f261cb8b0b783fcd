from __future__ import annotations

import pytest

from smallcmms.domain.other_parts import Meant, Named, read, words

PARTS = (
    Named(1, "Float switch, tether", "FS-10"),
    Named(2, "Hose clamp 2 in", "HC-2"),
    Named(3, "Hose clamp 3 in", "HC-3"),
    Named(4, "Check valve 1½ in", "CV-15"),
)
PLACES = (Named(10, "Shop"), Named(11, "Truck 1"), Named(12, "Truck 2"), Named(13, "Truck 12"))


@pytest.mark.parametrize(
    ("text", "part_id", "location_id"),
    [
        ("hose clamp 2 in Trk 1", 2, 11),
        ("hose clamp 2 in  trk1", 2, 11),
        ("hose clamp 3 in, shop", 3, 10),
        ("HC-2", 2, None),
        ("hc2 truck 2", 2, 12),
        ("HC-2 hose clamp, truck 12", 2, 13),
        ("float switch", 1, None),
        ("check valve 1½ in T2", 4, 12),
        ("hose clamp", None, None),
        ("two ft of blue pipe", None, None),
        ("truck 1", None, 11),
        ("", None, None),
    ],
)
def test_a_scribbled_line_names_its_part_and_its_place(
    text: str, part_id: int | None, location_id: int | None
) -> None:
    assert read(text, parts=PARTS, places=PLACES) == Meant(part_id, location_id)


def test_a_place_in_its_own_box_counts_before_one_in_the_words() -> None:
    meant = read("hose clamp 2 in trk 1", parts=PARTS, places=PLACES, place="Shop")
    assert meant == Meant(2, 10)


def test_the_place_that_is_named_last_counts() -> None:
    assert read("truck 1 part, from shop", parts=(), places=PLACES).location_id == 10


def test_words_take_digits_apart() -> None:
    assert words("Trk1, 1½ in") == ("trk", "1", "1", "½", "in")
