"""The one place where an error comes to a person: theirs to mend, or ours.

A ``RuleBroken`` is announced by ``signals.broken`` with the widget it came from; the window shows
it beside its box or in a line of its own. Everything else is a fault of the program: logged, and
shown once by ``signals.fault``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from smallcmms.domain.errors import RuleBroken
from smallcmms.log import discreet, logger
from smallcmms.texts import _


class _Signals(QObject):
    broken = Signal(object, object)
    fault = Signal(object)


signals = _Signals()


def show(error: BaseException, source: QObject | None = None) -> None:
    """Bring an error to the person; ``source`` is the widget that it came from."""
    if isinstance(error, RuleBroken):
        signals.broken.emit(error, source)
    else:
        logger.error("A fault", exc_info=error)
        signals.fault.emit(error)


def words() -> str:
    """Return what a person is told of a fault."""
    return _("Something went wrong inside the program. What you saved is safe.")


def kind(error: BaseException) -> str:
    """Return the kind of a fault in one line."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def details(error: BaseException) -> str:
    """Return what a person may send with a report of a fault; it names nothing that was typed."""
    return discreet(error)


def guarded(source: QObject, act: Callable[[], object]) -> Callable[..., None]:
    """Return the act as a slot, whose broken rules are shown instead of raised."""

    def careful(*_values: object) -> None:
        try:
            act()
        except RuleBroken as error:
            show(error, source)

    return careful


def watch() -> None:
    """Show what nobody caught, instead of losing it."""
    sys.excepthook = _uncaught


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        show(error)
