"""The papers and photos of a sample shop, and the walks through its customers' sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from smallcmms import paths
from smallcmms.domain.audits import Finding
from smallcmms.services import asset_audits, attachments
from smallcmms.store.store import Store

Told = Mapping[str, Any]
Step = tuple[datetime, Callable[[], object]]


def steps(
    store: Store, told: Told, asset_ids: Mapping[str, int], site_ids: Mapping[str, int]
) -> Iterator[Step]:
    """Yield when each file was kept, and when each walk was begun and entered."""
    for file in told.get("files", ()):
        yield file["at"], partial(_keep, store, asset_ids[file["asset"]], file["name"])
    for walk in told.get("walks", ()):
        yield walk["at"], partial(_walk, store, walk, asset_ids, site_ids)


def _keep(store: Store, asset_id: int, name: str) -> None:
    content = (paths.resources() / "demo" / "files" / name).read_bytes()
    attachments.add(store, "asset", asset_id, name=name, content=content)


def _walk(
    store: Store, told: Told, asset_ids: Mapping[str, int], site_ids: Mapping[str, int]
) -> None:
    """Begin a walk and enter what is told of it; the rest is still to be looked at."""
    site_id = site_ids[told["site"]]
    audit_id = asset_audits.begin(store, site_id=site_id, walked_by=told["by"])
    lines = {line.asset_id: line.id for line in asset_audits.get(store, audit_id).lines}
    found = partial(asset_audits.mark, store, audit_id)
    for number in told.get("found", ()):
        found(lines[asset_ids[number]], finding=Finding.FOUND)
    for number, note in told.get("missing", {}).items():
        found(lines[asset_ids[number]], finding=Finding.MISSING, note=note)
    for number, place in told.get("moved", {}).items():
        found(lines[asset_ids[number]], finding=Finding.MOVED, place=place)
    for new in told.get("new", ()):
        asset_audits.add_new(store, audit_id, **new)
