"""What carries a tag, whose tags are printed together, and what they say: assets first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.papers import TagSheet
from smallcmms.services import assets, tag_printing
from smallcmms.services.papers import tags
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import _, _n

Which = Callable[[], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Whose tags can be printed: the words of each choice, and how its records are found."""

    items: Sequence[tuple[object, str]]
    which: Mapping[str, Which]


class TagKind(Protocol):
    """The kind of record whose tags are printed."""

    has_second: bool

    def offer(self, store: Store, ids: Sequence[int]) -> Offer:
        """Return whose tags can be printed besides those that were asked for."""

    def paper(
        self,
        store: Store,
        ids: Sequence[int],
        labels: LabelSheet,
        told: Habits,
        *,
        has_guides: bool,
    ) -> TagSheet:
        """Return what the sheet says."""

    def printed(self, store: Store, ids: Sequence[int], told: Habits) -> Habits:
        """Write down that these have their tags; return the habits with the next free label."""


class AssetTags:
    """Tags of assets, with a second code for customers where it is wanted."""

    has_second = True

    def offer(self, store: Store, ids: Sequence[int]) -> Offer:
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

    def paper(
        self,
        store: Store,
        ids: Sequence[int],
        labels: LabelSheet,
        told: Habits,
        *,
        has_guides: bool,
    ) -> TagSheet:
        """Return the tags of assets."""
        return tags.tags(
            store,
            ids,
            labels=labels,
            start_at=told.start_at,
            nudge_x_mm=told.nudge_x_mm,
            nudge_y_mm=told.nudge_y_mm,
            second=told.second,
            has_guides=has_guides,
        )

    def printed(self, store: Store, ids: Sequence[int], told: Habits) -> Habits:
        """Write down that these have their tags; return the habits with the next free label."""
        return tag_printing.printed(store, ids, told)
