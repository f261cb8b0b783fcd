"""What is loaded for good: modules, tables, statements, which stay until the program ends.

Python looks for garbage among all that was made, again and again while much is made, and later each
time for a tenth of a second on the screen's thread. There is none in what stays.
"""

from __future__ import annotations

import gc


def begin() -> None:
    """Look for no garbage while what stays is loaded."""
    gc.disable()


def end() -> None:
    """Leave out what is there by now whenever garbage is looked for from here on."""
    gc.freeze()
    gc.enable()
