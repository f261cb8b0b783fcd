"""What carries a tag, whose tags are printed together, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from smallcmms.domain.papers import TagSheet
from smallcmms.services import assets, parts, tag_printing
from smallcmms.services.papers import tags
from smallcmms.services.papers.part_labels import part_labels
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import _, _n

Which = Callable[[], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Whose tags can be printed: the words of each choice, and how its records are found."""

    items: Sequence[tuple[object, str]]
    which: Mapping[str, Which]


class Paper(Protocol):
    """What a sheet of tags says of these records."""

    def __call__(
        self, store: Store, ids: Sequence[int], /, *, told: Habits, has_guides: bool
    ) -> TagSheet:
        """Return the sheet."""


@dataclass(frozen=True, slots=True)
class TagKind:
    """The kind of record whose tags are printed; ``offer`` adds to those that were asked for."""

    record: str
    offer: Callable[[Store, Sequence[int]], Offer]
    paper: Paper
    has_second: bool = False


def _assets(store: Store, ids: Sequence[int]) -> Offer:
    """Return these assets, those of the place and the site of one, and those left."""
    given = list(ids)
    which: dict[str, Which] = {"given": lambda: given}
    words = _n("{n} asset as shown", "{n} assets as shown", len(given))
    items: list[tuple[object, str]] = [("given", words)]
    if len(given) == 1:
        asset = assets.get(store, given[0]).row
        items = [("given", f"{asset.number} {asset.label}")]
        if (place_id := asset.location_id) is not None:
            which["place"] = lambda: tag_printing.wanting(store, location_id=place_id)
            items.append(("place", _("All at {place}", place=asset.place)))
        which["site"] = lambda: tag_printing.wanting(store, site_id=asset.site_id)
        items.append(("site", _("All at {place}", place=asset.site)))
    which["untagged"] = lambda: tag_printing.wanting(store, is_untagged=True)
    items.append(("untagged", _("Everything without a printed tag")))
    return Offer(items, which)


def _shelves(store: Store, ids: Sequence[int]) -> Offer:
    """Return these parts, or every part of the register."""
    given = list(ids)
    words = _n("{n} part as shown", "{n} parts as shown", len(given))
    if len(given) == 1:
        part = parts.rows(store, given)[given[0]]
        words = f"{part.number} {part.name}"
    items: list[tuple[object, str]] = [("given", words), ("every", _("Every part"))]
    return Offer(items, {"given": lambda: given, "every": lambda: parts.find(store)})


ASSETS = TagKind("asset", _assets, tags.tags, has_second=True)
SHELVES = TagKind("part", _shelves, part_labels)
