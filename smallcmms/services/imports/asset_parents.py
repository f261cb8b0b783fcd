"""What assets are part of: parents may stand behind their children in the file, or be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from smallcmms.services.imports.asset_index import Index, telling
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.known import alike

SiteOf = Callable[[Entry], int | None]
_Lookup = dict[object, list[Entry]]


def find(entries: Sequence[Entry], index: Index, site_of: SiteOf) -> dict[Entry, Entry | int]:
    """Return what each row's asset is part of: another row's, or one that is there.

    A row whose parent is not found, or is left out itself, is refused.
    """
    waiting = [entry for entry in entries if entry.is_in and entry.values.get("parent")]
    found: dict[Entry, Entry | int] = {}
    count = -1
    while count != len(waiting):
        count = len(waiting)
        lookup = _lookup([entry for entry in entries if entry.is_in], site_of) if waiting else {}
        for entry in waiting:
            parent = _find(entry, lookup, index, site_of(entry))
            if parent is not None and _site(parent, index, site_of) != site_of(entry):
                entry.refuse("{name} stands at another site.", name=entry.values["parent"])
            elif parent is not None:
                found[entry] = parent
        waiting = [entry for entry in waiting if entry.is_in]
    taken = {entry.record_id: entry for entry in entries if entry.record_id is not None}
    for entry in waiting:
        if _goes_round(entry, found, taken, index):
            entry.refuse("It would be part of itself.")
    return {entry: parent for entry, parent in found.items() if entry.is_in}


def _site(parent: Entry | int, index: Index, site_of: SiteOf) -> int | None:
    return site_of(parent) if isinstance(parent, Entry) else int(index.by_id[parent].site_id)


def _lookup(entries: Sequence[Entry], site_of: SiteOf) -> _Lookup:
    lookup: _Lookup = defaultdict(list)
    for entry in entries:
        if tag := telling(entry.values.get("tag", "")):
            lookup[tag].append(entry)
        lookup[site_of(entry), alike(entry.values["name"])].append(entry)
    return lookup


def _find(entry: Entry, lookup: _Lookup, index: Index, site_id: int | None) -> Entry | int | None:
    name = entry.values["parent"]
    found = lookup.get(telling(name)) or lookup.get((site_id, alike(name))) or []
    there = () if found else index.tagged(name) or index.named(site_id, name)
    if len(found) == 1:
        return found[0]
    if len(there) == 1:
        return int(there[0].id)
    count = len(found) + len(there)
    message = "{count} assets are called {name}." if count else "There is no asset {name}."
    entry.refuse(message, count=count, name=name)
    return None


def _goes_round(
    entry: Entry, found: dict[Entry, Entry | int], taken: dict[int, Entry], index: Index
) -> bool:
    """Tell whether the way up from an asset comes back to itself."""
    seen: set[Entry | int] = set()
    step: Entry | int | None = entry
    while step is not None and step not in seen:
        seen.add(step)
        if isinstance(step, int):
            step = taken.get(step, step)
        row_id = step.record_id if isinstance(step, Entry) else step
        row = index.get(row_id)
        above = found.get(step) if isinstance(step, Entry) else None
        step = above if above is not None else row.parent_id if row is not None else None
    return step is not None
