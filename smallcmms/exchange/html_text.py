"""The words of a page of HTML: its text alone; nothing that it names is looked at.

The parser of the standard library takes minutes for a page that never closes its tags, so the tags
are found here by one pattern that looks at every letter once.
"""

from __future__ import annotations

import re
from html import unescape

MOST = 400_000
"""So many letters of markup are read."""

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_BREAKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section"}
    | {"table", "tr", "ul"}
)
_GAPS = frozenset({"td", "th"})
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*|[!?][^<>]*)>")
_SPACES = re.compile(r"[^\S\n]+")
_EDGES = re.compile(r" ?\n ?")
_EMPTY = re.compile(r"\n{3,}")


def text_of(page: str) -> str:
    """Return the words of a page, its blocks on lines of their own."""
    found: list[str] = []
    silent, at = "", 0
    plain = _without_comments(page[:MOST])
    for tag in _TAG.finditer(plain):
        if not silent:
            found.append(plain[at : tag.start()].replace("\n", " "))
        at, name = tag.end(), (tag[2] or "").lower()
        if silent:
            is_over = (tag[1] and name == silent) or (silent, name) == ("head", "body")
            silent = "" if is_over else silent
        elif name in _SILENT and not tag[1]:
            silent = name
        else:
            found.append("\n" if name in _BREAKS else " " * (name in _GAPS))
    if not silent:
        found.append(plain[at:].replace("\n", " "))
    text = _EDGES.sub("\n", _SPACES.sub(" ", unescape("".join(found))))
    return _EMPTY.sub("\n\n", text).strip()


def _without_comments(page: str) -> str:
    first, *others = page.split("<!--")
    return "".join([first, *(each.partition("-->")[2] for each in others)])
