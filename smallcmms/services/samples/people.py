"""What the people of a sample shop are certified for, and where that is asked for."""

from __future__ import annotations

from datetime import timedelta

from smallcmms.services import asset_classes, certificates
from smallcmms.services.samples.registers import Registers, Told
from smallcmms.store.store import Store


def certify(store: Store, told: Told, ids: Registers, later: timedelta) -> None:
    """Write the certificates of the technicians and what work asks for; days move by ``later``."""
    for each in told["certificates"]:
        expires = each.get("expires")
        certificates.add(
            store,
            ids.technicians[each["technician"]],
            kind=each["kind"],
            number=each.get("number", ""),
            issued_on=each["issued"],
            expires_on=expires + later if expires else None,
        )
    classes = {each.name: each.id for each in asset_classes.rows(store)}
    for need in told["needs"]:
        if "class" in need:
            where = {"asset_class_id": classes[need["class"]]}
        else:
            where = {"asset_id": ids.assets[need["asset"]]}
        certificates.ask_for(store, kind=need["kind"], **where)
