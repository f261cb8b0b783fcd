"""What the machines of a sample shop have beside their plate: class, warranty, meters, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from smallcmms.domain.assets import Criticality
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.services import asset_classes, meters, warranties
from smallcmms.store.store import Store

Told = Mapping[str, Any]
_READ = time(16, 30)
_LIMITS = ("low", "high", "rolls_over_at")


def classes(store: Store, told: Told) -> dict[str, int]:
    """Add the classes of a sample; return their ids by name."""
    return {name: asset_classes.add(store, name=name, **kind) for name, kind in told.items()}


def particulars(told: Told, kinds: Mapping[str, int]) -> dict[str, Any]:
    """Return what a new machine is told of its class, its need and its fields."""
    found: dict[str, Any] = {}
    if "class" in told:
        found["asset_class_id"] = kinds[told["class"]]
    if "criticality" in told:
        found["criticality"] = Criticality(told["criticality"])
    if "custom_values" in told:
        found["custom_values"] = told["custom_values"]
    return found


def promise(store: Store, asset_id: int, told: Told) -> None:
    """Add the warranty that a machine has."""
    if "warranty" not in told:
        return
    said = told["warranty"]
    warranties.add(
        store,
        asset_id,
        kind=WarrantyKind(said.get("kind", WarrantyKind.FULL)),
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        guarantor=said.get("guarantor", ""),
    )


def steps(
    store: Store, told: Told, ids: Mapping[str, int], later: timedelta
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Yield when each meter was put on its machine, and when it was read."""
    for meter in told.get("meters", ()):
        kept: dict[str, int] = {}
        readings = sorted(meter["readings"].items())
        first = datetime.fromisoformat(readings[0][0])
        begun = datetime.combine(first.date(), time(16))
        yield begun, partial(_put_on, store, ids[meter["asset"]], meter, kept)
        for on, value in readings:
            moment = datetime.combine(datetime.fromisoformat(on).date(), _READ)
            yield moment, partial(_log, store, kept, moment + later, value)


def _put_on(store: Store, asset_id: int, told: Told, kept: dict[str, int]) -> None:
    kept["id"] = meters.add(
        store,
        asset_id,
        name=told["name"],
        unit=told["unit"],
        sensor=told.get("sensor", ""),
        kind=MeterKind(told.get("kind", MeterKind.GAUGE)),
        **{name: Decimal(told[name]) for name in _LIMITS if name in told},
    )


def _log(store: Store, kept: Mapping[str, int], on: datetime, value: str) -> None:
    meters.log(store, kept["id"], value=Decimal(value), read_on=on.date())
