"""The pages of the window in the order of the sidebar."""

from __future__ import annotations

from typing import NamedTuple

from smallcmms.texts import later


class Place(NamedTuple):
    """A page's name in the program, its words, its word in the narrow rail, its icon and group.

    A page without a group has no place in the sidebar of its own: it belongs to ``under``.
    """

    name: str
    title: str
    short: str
    icon: str
    group: int
    under: str = ""


PLACES = (
    Place("today", later("Today"), later("Today"), "sun", 1),
    Place("requests", later("Requests"), later("Requests"), "inbox", 1),
    Place("work_orders", later("Work orders"), later("Work"), "clipboard-list", 1),
    Place("assets", later("Assets"), later("Assets"), "boxes", 2),
    Place("pm_schedules", later("PM schedules"), later("PM"), "calendar-clock", 2),
    Place("parts", later("Parts"), later("Parts"), "package", 2),
    Place("invoices", later("Invoices"), later("Invoices"), "receipt", 3),
    Place("customers", later("Customers"), later("Customers"), "users", 3),
    Place("settings", later("Settings"), later("Settings"), "settings", 4),
    Place("imports", later("Bring in a list"), "", "upload", 0, "customers"),
    Place("stock_counts", later("Counts of stock"), "", "clipboard-list", 0, "parts"),
    Place("purchase_orders", later("Purchase orders"), "", "shopping-cart", 0, "parts"),
    Place("load_truck", later("Load a truck"), "", "truck", 0, "parts"),
    Place("audits", later("Audits"), "", "footprints", 0, "assets"),
    Place("enter_sheet", later("Enter a sheet"), "", "scan-line", 0, "work_orders"),
)
LAST_GROUP = 4
"""It stands at the lower end."""
