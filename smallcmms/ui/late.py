"""What is imported when it is first wanted, beside the pages themselves.

Libraries that draw and read papers take longer to load than a page takes to appear: who needs one
on a page that stands at the start asks for it here.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def module(name: str) -> Any:
    """Return a module by its name."""
    return import_module(name)
