"""Save into a file whose growth is stopped at every size; run as a program of its own."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from smallcmms.store.errors import DiskFull
from smallcmms.store.opening import open_shop
from tests.store.rows import add_customer, names


def main(shop: Path) -> None:
    """Try sizes from far too small upwards until a save passes."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    refused = 0
    for limit in (*range(0, 40_000, 1_500), shop.stat().st_size):
        store = open_shop(shop)
        kept = names(store)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
        try:
            add_customer(store, "x" * 6_000)
        except DiskFull as error:
            refused += str(error).startswith(f"The disk {error.values['disk']} is full")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        assert names(store) == kept
        store.close()
    assert refused > 20, refused
    store = open_shop(shop)
    add_customer(store, "fits")
    assert names(store) == ["fits"]
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
