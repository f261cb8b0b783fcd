"""SmallCMMS: the office of a small service shop, from the ringing phone to the issued invoice."""

from __future__ import annotations

__version__ = "0.1.0"
