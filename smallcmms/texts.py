"""Every word that a person reads, in that person's language.

A text is written in English where it is shown, with its values named, and translated as it is
shown: ``_("Printed {number}", number="WO-2310")``. A paper speaks its customer's language, not the
screen's: ``in_language("de_DE")._("Invoice")``. A text without a translation stays English.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smallcmms import paths

DOMAIN = "smallcmms"


@dataclass(frozen=True)
class Texts:
    """The texts of one language; ``folder`` holds the compiled catalogues."""

    catalogue: gettext.NullTranslations

    def _(self, message: str, /, **values: object) -> str:
        """Return a text in this language, with its values put in."""
        return _filled(self.catalogue.gettext(message) if message else "", message, values)

    def _n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form of a text that fits the number ``n``, which it may name."""
        text = self.catalogue.ngettext(one, many, n)
        return _filled(text, one if n == 1 else many, {"n": n, **values})


def _filled(text: str, message: str, values: dict[str, object]) -> str:
    """Put values into a translation, or into the English text where a translation is at fault."""
    try:
        return text.format(**values)
    except (IndexError, KeyError, ValueError):
        return message.format(**values)


@cache
def in_language(language: str, folder: Path | None = None) -> Texts:
    """Return the texts of a language such as ``de_DE`` or ``de``."""
    where = folder or paths.resources() / "locale"
    return Texts(gettext.translation(DOMAIN, where, [language], fallback=True))


class _Screen:
    """The language that the screen speaks now."""

    texts = Texts(gettext.NullTranslations())


def use(language: str, folder: Path | None = None) -> None:
    """Let the screen speak this language from now on."""
    _Screen.texts = in_language(language, folder)


def _(message: str, /, **values: object) -> str:
    """Return a text in the screen's language, with its values put in."""
    return _Screen.texts._(message, **values)


def _n(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a text that fits the number ``n``, in the screen's language."""
    return _Screen.texts._n(one, many, n, **values)


def listed(text: str) -> str:
    """Return a text of the shop's own lists as it is, or translated where it is a starter's."""
    return _Screen.texts.catalogue.gettext(text) if text else ""


def later(message: str) -> str:
    """Mark a text for the translators and hand it back as it is, to be translated when shown."""
    return message
