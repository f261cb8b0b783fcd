"""What an asset is to the shop."""

from __future__ import annotations

from enum import StrEnum


class AssetStatus(StrEnum):
    """Whether the asset does its work."""

    IN_SERVICE = "in_service"
    STANDBY = "standby"
    DOWN = "down"
    RETIRED = "retired"


class Criticality(StrEnum):
    """How much its owner needs it: A cannot do without it today."""

    A = "a"
    B = "b"
    C = "c"


class Owner(StrEnum):
    """Whose asset it is."""

    CUSTOMER = "customer"
    SHOP = "shop"
