"""Collect the texts for translators, and compile what they hand back.

python resources/makers/translate.py          writes the template from the sources
python resources/makers/translate.py compile  makes each smallcmms.mo beside its .po
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_n": (1, 2),
    "later": None,
    "Words": (3,),  # the fields of a list that is brought in
    "Said": None,
    "refuse": None,  # why a row is left out
    "double": None,
    "remark": None,
    "RuleBroken": None,  # its message is translated by the face that shows it
    "NotFound": None,
    "FileRefused": None,
    "DiskFull": None,
    "change": None,  # the label of an undo step
}
SAME_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the same texts make the same file


def collect(sources: Path) -> Catalog:
    """Return every text for people in a folder of sources."""
    catalog = Catalog(
        project="SmallCMMS",
        copyright_holder="The SmallCMMS authors",
        msgid_bugs_address="",
        creation_date=SAME_DATE,
        revision_date=SAME_DATE,
        charset="utf-8",
    )
    found = extract_from_dir(sources, [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, _context in sorted(found, key=lambda text: text[:2]):
        catalog.add(message, locations=[(f"{sources.name}/{name}", 1)])
    return catalog


def write_template(sources: Path, path: Path) -> None:
    """Write the template that a translation starts from."""
    with path.open("wb") as file:
        write_po(file, collect(sources), include_lineno=False, sort_by_file=True, width=100)


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile every translation of a folder, and return the files made."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/smallcmms.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        made.append(target)
    return made


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        print(*compile_catalogues(LOCALE), sep="\n")
    else:
        write_template(ROOT / "smallcmms", LOCALE / "smallcmms.pot")
