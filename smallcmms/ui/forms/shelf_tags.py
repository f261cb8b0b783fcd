"""Tags for the shelves of parts: whose, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.papers import TagSheet
from smallcmms.services import parts, tag_printing
from smallcmms.services.papers import part_labels
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui.forms.tag_kinds import Offer


class ShelfTags:
    """Tags for the shelves of parts."""

    has_second = False

    def offer(self, store: Store, ids: Sequence[int]) -> Offer:
        """Return these parts, or every part of the register."""
        given = list(ids)
        words = _n("{n} part as shown", "{n} parts as shown", len(given))
        if len(given) == 1:
            part = parts.rows(store, given)[given[0]]
            words = f"{part.number} {part.name}"
        items: list[tuple[object, str]] = [("given", words), ("every", _("Every part"))]
        return Offer(items, {"given": lambda: given, "every": lambda: parts.find(store)})

    def paper(
        self,
        store: Store,
        ids: Sequence[int],
        labels: LabelSheet,
        told: Habits,
        *,
        has_guides: bool,
    ) -> TagSheet:
        """Return the tags of shelves."""
        return part_labels.part_labels(
            store,
            ids,
            labels=labels,
            start_at=told.start_at,
            nudge_x_mm=told.nudge_x_mm,
            nudge_y_mm=told.nudge_y_mm,
            has_guides=has_guides,
        )

    def printed(self, store: Store, ids: Sequence[int], told: Habits) -> Habits:
        """Write down that these have their tags; return the habits with the next free label."""
        return tag_printing.printed(store, ids, told, record="part")
