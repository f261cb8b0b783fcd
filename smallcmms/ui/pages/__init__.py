"""The pages: a registry of their names, which imports them once the window has been painted.

It is the one place that imports late: what the pages stand on takes longer to load than the window
takes to appear.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

NAMES = (
    "today",
    "requests",
    "work_orders",
    "assets",
    "invoices",
    "customers",
    "settings",
    "imports",
    "audits",
    "enter_sheet",
)


def kinds() -> dict[str, Any]:
    """Return the class of every page that is built: RequestsPage of the module requests."""
    return {name: _kind(name) for name in NAMES if find_spec(f"{__name__}.{name}") is not None}


def load() -> Any:
    """Import the pages and what they stand on; return the module that opens a shop for them."""
    kinds()
    return import_module(f"{__name__}.shop")


def _kind(name: str) -> Any:
    words = "".join(word.capitalize() for word in name.split("_"))
    return getattr(import_module(f"{__name__}.{name}"), f"{words}Page")
