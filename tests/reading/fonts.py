"""An open Chinese font for the files that tests make: Noto Sans and Serif SC (SIL OFL 1.1), as a package installs them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest


def opentype(face: str = "Serif") -> Path:
    """The font as it comes (OpenType with CFF outlines), for Pillow; ``face``: Serif or Sans."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("no Chinese font here: pip install -e '.[dev]'")
    return Path(spec.submodule_search_locations[0]) / f"Noto{face}SC-Regular.otf"


@cache
def truetype(characters: str, face: str = "Serif") -> Path:
    """A TrueType font with these characters alone, for reportlab, which embeds no CFF outlines."""
    from fontTools import subset
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(opentype(face))
    cutter = subset.Subsetter()
    cutter.populate(text=characters + " ")
    cutter.subset(font)
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, field, 0)
    del font["CFF "]
    for table in ("VORG", "GPOS", "GSUB"):
        if table in font:
            del font[table]
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    path = Path(mkdtemp()) / "font.ttf"
    font.save(path)
    return path
