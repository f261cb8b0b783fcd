"""Tooltips that say what was typed to the letter: Qt guesses at markup in them."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget


def plain(text: str) -> str:
    """Return a text for a tooltip; one that looks like markup is spelt out."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def tell(widget: QWidget, text: str) -> None:
    """Give a widget its tooltip."""
    widget.setToolTip(plain(text))
