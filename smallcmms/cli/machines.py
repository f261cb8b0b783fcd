"""What a script says of assets: class, parent, place, warranty, meters and readings by name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from smallcmms.cli import kinds
from smallcmms.cli.desk import Desk
from smallcmms.cli.fields import Read, is_id, text
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.services import asset_classes, assets, lookups, meters, parts, warranties
from smallcmms.services.meters import MeterRow, ReadingRow
from smallcmms.store.store import Store
from smallcmms.texts import _

Fields = dict[str, Any]
ASSET: dict[str, Read] = {**kinds.ASSET, "class": text, "parent": text, "place": text}
METER: dict[str, Read] = {"asset": text, **kinds.METER}
READING: dict[str, Read] = {"asset": text, "meter": text, **kinds.READING}
WARRANTY: dict[str, Read] = {"asset": text, **kinds.WARRANTY}


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("number", help=_("A-0133, class:2, meter:5 or part:7"))


def run(desk: Desk, options: Namespace, word: str) -> None:
    """Put an asset, a class or a meter away, or bring it back."""
    away, back = {
        "class": (asset_classes.archive, asset_classes.bring_back),
        "meter": (meters.archive, meters.bring_back),
        "part": (parts.archive, parts.bring_back),
    }.get(options.number.partition(":")[0], (assets.archive, assets.restore))
    change = away if word == "archive" else back
    with desk.opened() as store:
        _kind, sign, row_id = options.number.partition(":")
        is_by_id = bool(sign) and is_id(row_id)
        change(store, int(row_id) if is_by_id else lookups.of(store, "asset", options.number))


def superseded(store: Store, fields: Fields) -> Fields:
    """Return the fields of a part with the part that takes its place looked up by its number."""
    found = dict(fields)
    if "superseded_by" in found:
        number = found.pop("superseded_by")
        found["superseded_by_id"] = lookups.part(store, number) if number else None
    return found


def need(fields: Fields, name: str) -> Any:
    """Take a field out that must be told.

    Raises:
        RuleBroken: it was not.
    """
    if name not in fields:
        raise RuleBroken("Say {name}=…", field=name, name=name)
    return fields.pop(name)


def told(store: Store, fields: Fields) -> Fields:
    """Return the fields of an asset with its class and its parent looked up by their names."""
    found = dict(fields)
    if "class" in found:
        name = found.pop("class")
        found["asset_class_id"] = _class(store, name) if name else None
    if "parent" in found:
        number = found.pop("parent")
        found["parent_id"] = lookups.asset(store, number) if number else None
    return found


def _class(store: Store, name: str) -> int:
    for each in asset_classes.rows(store):
        if each.name.casefold() == name.strip().casefold():
            return each.id
    raise NotFound("There is no {text} here.", text=name)


def edit(store: Store, asset_id: int, **fields: Any) -> None:
    """Change fields of an asset; a place moves it within its site."""
    if "place" not in fields:
        assets.edit(store, asset_id, **told(store, fields))
    elif len(fields) > 1:
        raise RuleBroken("A move is a step of its own. Say place=… alone.", "place")
    else:
        site_id = assets.get(store, asset_id).row.site_id
        assets.move(store, asset_id, site_id=site_id, place=fields["place"])


def add_meter(store: Store, fields: Fields) -> str:
    """Put a meter on an asset and answer its id."""
    asset_id, name = lookups.asset(store, need(fields, "asset")), need(fields, "name")
    return str(meters.add(store, asset_id, name=name, **fields))


def add_reading(store: Store, fields: Fields) -> str:
    """Log a reading; the answer says when it is beyond a limit."""
    asset_id = lookups.asset(store, need(fields, "asset"))
    meter, value = _meter(store, asset_id, fields.pop("meter", "")), need(fields, "value")
    kept = meters.log(store, meter.id, value=value, **fields)
    if kept.limit is None:
        return str(kept.id)
    return _(
        "{id}\tbeyond the limit of {bound} {unit}", id=kept.id, bound=kept.bound, unit=meter.unit
    )


def _meter(store: Store, asset_id: int, name: str) -> MeterRow:
    """Return the meter of an asset by the beginning of its name; the only one needs none."""
    own = meters.of_asset(store, asset_id)
    found = [each for each in own if each.name.casefold().startswith(name.strip().casefold())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("There is no {text} here.", text=name)
    names = ", ".join(each.name for each in found)
    raise RuleBroken("{text} may mean several: {names}.", text=name, names=names)


def add_warranty(store: Store, fields: Fields) -> str:
    """Add a warranty to an asset and answer its id."""
    asset_id = lookups.asset(store, need(fields, "asset"))
    return str(warranties.add(store, asset_id, ends_on=need(fields, "ends_on"), **fields))


def add_class(store: Store, fields: Fields) -> str:
    """Add a class and answer its id."""
    return str(asset_classes.add(store, name=need(fields, "name"), **fields))


def add_stub(store: Store, fields: Fields) -> str:
    """Add an asset of which only the name is known; answer its number."""
    customer = fields.pop("customer", None)
    customer_id = None if customer is None else lookups.customer(store, customer)
    site_id = lookups.site(store, need(fields, "site"), customer_id=customer_id)
    place = fields.pop("place", "")
    name = need(fields, "name")
    asset_id = assets.add(store, site_id=site_id, name=name, place=place, is_stub=True)
    return assets.get(store, asset_id).row.number


def all_readings(store: Store) -> list[ReadingRow]:
    """Return every reading of every meter in use."""
    return [each for meter in meters.everywhere(store) for each in meters.readings(store, meter.id)]
