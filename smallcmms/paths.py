"""Where SmallCMMS keeps its things on this machine."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder of icons, fonts and catalogues, in a checkout or an installed program."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def data() -> Path:
    """Return the folder where a shop file lies unless its owner chose another; only they read it.

    It is local on purpose: a folder that another program copies elsewhere while it is in use is no
    place for a database.
    """
    return _private(platformdirs.user_data_path("SmallCMMS", appauthor=False, roaming=False))


def logs() -> Path:
    """Return the folder of the log; only its owner reads it."""
    return _private(platformdirs.user_log_path("SmallCMMS", appauthor=False))


def laid_out() -> Path:
    """Return the folder of the copies that the system was asked to open."""
    return _private(data() / "opened")


def _private(folder: Path) -> Path:
    """Make a folder that only its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
