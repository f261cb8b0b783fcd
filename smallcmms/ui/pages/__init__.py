"""The pages: a registry of their names, which imports them once the window has been painted.

It is the one place that imports late: what the pages stand on takes longer to load than the window
takes to appear.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from smallcmms import loading

NAMES = (
    "today",
    "requests",
    "work_orders",
    "assets",
    "pm_schedules",
    "parts",
    "invoices",
    "customers",
    "settings",
    "imports",
    "stock_counts",
    "load_truck",
    "purchase_orders",
    "audits",
    "enter_sheet",
)


FIRST = "today"
"""What stands at the start; the others are imported once it is filled, or when they are wanted."""


def names() -> tuple[str, ...]:
    """Return the pages that are built, in the order of the window."""
    return tuple(name for name in NAMES if find_spec(f"{__name__}.{name}") is not None)


def kind(name: str) -> Any:
    """Return the class of a page: RequestsPage of the module requests."""
    words = "".join(word.capitalize() for word in name.split("_"))
    return getattr(_for_good(name), f"{words}Page")


def load() -> Any:
    """Import the first page and what it stands on; return the module that opens a shop."""
    if FIRST in names():
        kind(FIRST)
    return _for_good("shop")


def doors() -> Any:
    """Import what lets things in: the search, the scanner and the like; return its module."""
    return _for_good("shop_doors")


def _for_good(name: str) -> Any:
    """Import a module of this folder with what it stands on."""
    path = f"{__name__}.{name}"
    if path in sys.modules:
        return import_module(path)
    loading.begin()
    try:
        return import_module(path)
    finally:
        loading.end()
