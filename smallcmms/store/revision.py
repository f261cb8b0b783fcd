"""Which schema this program knows; readable without the migrations being loaded."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x53434D4D
"""Written into the file's header: the letters SCMM."""

HEAD: Final = "0001"
"""The newest revision of the schema."""

KNOWN: Final = (HEAD,)
"""Every revision that this program opens, the oldest first."""

NEEDS: Final = 1_000
"""The first version that can open a file of the newest revision: 1.2.3 is 1_002_003."""


def version_text(number: int) -> str:
    """Return a version as people write it."""
    return f"{number // 1_000_000}.{number // 1_000 % 1_000}.{number % 1_000}"
