"""The front door: without words the window, with words the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from smallcmms import loading

SHOP = ".smallcmms"


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window, or do one word of the command line, and return the exit code.

    ``--shop FILE`` and ``--now MOMENT`` may stand before the word, or alone.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    given, rest = _given(words)
    if len(rest) == 1 and rest[0].endswith(SHOP):
        given["--shop"], rest = rest[0], []
    if rest:
        return int(import_module("smallcmms.cli").main(words))
    if not has_display():
        return _play()
    path, now = given.get("--shop"), given.get("--now")
    loading.begin()  # until the first page is there
    return int(import_module("smallcmms.app").run(Path(path) if path else None, now))


def has_display() -> bool:
    """Tell whether a window can be shown; Qt may be told to draw into memory."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _given(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return what is said before the word, and the rest."""
    count = 0
    while words[count : count + 1] in (["--shop"], ["--now"]) and count + 1 < len(words):
        count += 2
    return dict(zip(words[:count:2], words[1:count:2], strict=True)), words[count:]


def _play() -> int:
    """Play the story where there is no display: its papers, and pictures of its pages."""
    cli = import_module("smallcmms.cli")
    folder = cli.new_folder(Path.cwd())
    code = int(cli.headless(folder))
    return code or int(import_module("smallcmms.headless").take_pictures(folder / cli.STORY))


if __name__ == "__main__":
    sys.exit(main())
