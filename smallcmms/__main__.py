"""The front door: without words the window, with words the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

SHOP = ".smallcmms"


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window, or do one word of the command line, and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    is_file = len(words) == 1 and words[0].endswith(SHOP)
    if words and not is_file:
        return int(import_module("smallcmms.cli").main(words))
    if not has_display():
        return int(import_module("smallcmms.cli").headless())
    return int(import_module("smallcmms.app").run(Path(words[0]) if is_file else None))


def has_display() -> bool:
    """Tell whether a window can be shown; Qt may be told to draw into memory."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
