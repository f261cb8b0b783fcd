"""Make the four weights of Inter in resources/fonts from the variable font.

python resources/makers/make_fonts.py \
    /usr/share/fonts/truetype/inter-vf/Inter.var.ttf resources/fonts

The source is Debian's package fonts-inter-variable (SIL Open Font License 1.1). The same files
serve the window and the paper, and ReportLab knows no font features, so the tabular digits are put
where the plain ones were: figures in a column stand under each other.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}
FAMILY = "SmallCMMS Inter"
STYLES_OF_ONE_FAMILY = ("Regular", "Bold")
LAST_SYMBOL = 0x2100
RENAMED = (1, 2, 3, 4, 6, 16, 17, 25)
PLATFORMS = ((3, 1, 0x409), (1, 0, 0))  # both: ReportLab merges faces that share a name


def tabular_digits(font: TTFont) -> dict[str, str]:
    """Return which glyph has which tabular twin."""
    table = font["GSUB"].table
    twins: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[index].SubTable:
                twins.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return twins


def put_tabular_digits(font: TTFont) -> None:
    """Let every character that has a tabular twin show it."""
    twins = tabular_digits(font)
    for table in font["cmap"].tables:
        for character, glyph in list(table.cmap.items()):
            if glyph in twins and character < LAST_SYMBOL:
                table.cmap[character] = twins[glyph]


def even_out_digits(font: TTFont) -> None:
    """Give the ten digits one width: between two drawn weights theirs differ by a hair."""
    glyphs = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    widest = max(font["hmtx"][glyph][0] for glyph in glyphs)
    for glyph in glyphs:
        font["hmtx"][glyph] = (widest, font["hmtx"][glyph][1])


def rename(font: TTFont, style: str) -> None:
    """Give a weight names of its own; the font's licence asks for another name too."""
    own = style not in STYLES_OF_ONE_FAMILY
    names = {
        1: f"{FAMILY} {style}" if own else FAMILY,
        2: "Regular" if own else style,
        3: f"SmallCMMSInter-{style}",
        4: f"{FAMILY} {style}",
        6: f"SmallCMMSInter-{style}",
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in RENAMED]
    for name_id, text in names.items():
        for platform in PLATFORMS:
            table.setName(text, name_id, *platform)


def make(source: Path, folder: Path) -> None:
    """Write the four weights into a folder."""
    for style, weight in WEIGHTS.items():
        font = TTFont(source, recalcTimestamp=False)
        axes = {
            axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue
            for axis in font["fvar"].axes
        }
        font = instancer.instantiateVariableFont(font, axes)
        put_tabular_digits(font)
        even_out_digits(font)
        rename(font, style)
        font["OS/2"].usWeightClass = weight
        path = folder / f"SmallCMMSInter-{style}.ttf"
        font.save(path)
        print(path, path.stat().st_size)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
