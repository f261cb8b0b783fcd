"""Going round the panes with F6, and pressing the filled button of the pane with the focus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from smallcmms.ui.widgets.button import Button

IS_SHORT = "is_short_list"
"""The property of a list that stands inside a page, below its own list."""


def primary_button(view: QWidget, focus: QWidget | None) -> Button | None:
    """Return the filled button nearest to the focus: of its pane, or else of the page."""
    place = focus if focus is not None and view.isAncestorOf(focus) else view
    while place is not view:
        if place.property("pane") and (found := _filled(place)):
            return found
        parent = place.parentWidget()
        if parent is None:
            break
        place = parent
    return _filled(view)


def _filled(place: QWidget) -> Button | None:
    for button in place.findChildren(Button):
        if button.kind == "primary" and button.isVisible() and button.isEnabled():
            return button
    return None


def go_round(panes: Sequence[QWidget], step: int) -> None:
    """Give the keys to the next pane (1) or the one before (-1)."""
    if not panes:
        return
    focus = QApplication.focusWidget()
    inside = [at for at, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)]
    first = 0 if step > 0 else len(panes) - 1
    at = (inside[-1] + step) % len(panes) if inside else first
    for turn in range(len(panes)):
        if enter(panes[(at + turn * step) % len(panes)]):
            return


def enter(pane: QWidget) -> bool:
    """Give the keys to the list of a pane, or to the first that takes them; tell whether.

    The list of a page comes before the short ones that stand inside a page.
    """
    lists = sorted(pane.findChildren(QAbstractItemView), key=_is_short)
    taker = next(filter(_takes_keys, chain(lists, pane.findChildren(QWidget))), None)
    if taker is not None:
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return taker is not None


def _is_short(view: QWidget) -> bool:
    return view.property(IS_SHORT) is True


def _takes_keys(widget: QWidget) -> bool:
    takes = Qt.FocusPolicy.TabFocus.value & widget.focusPolicy().value
    return bool(takes) and widget.isVisible() and widget.isEnabled()
