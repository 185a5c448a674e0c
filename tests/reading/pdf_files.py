"""PDF files as word processors write them, and hostile ones: made here, in memory."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from tests.reading.alike import NAMES, sample
from tests.reading.fonts import truetype

A4, SMALL = (595.0, 842.0), (420.0, 500.0)
#: Characters that begin no line, and end none.
_CLOSING, _OPENING = "，。、；：？！”’）》", "“‘（《"


def width_of(character: str) -> float:
    """In ems."""
    return 1.0 if character >= "\u2e80" or character in "“”‘’—…·" else 0.5


def wrapped(paragraph: str, ems: float, indent: float = 2.0) -> list[str]:
    """The lines of a paragraph as a word processor breaks them: numbers and words whole, no mark at the beginning of a line."""
    units: list[str] = []
    for character in paragraph:
        glued = units and (
            (
                character.isascii()
                and character.isalnum()
                and units[-1][-1].isascii()
                and units[-1][-1].isalnum()
            )
            or character in _CLOSING
            or units[-1][-1] in _OPENING
        )
        units[-1:] = [units[-1] + character] if glued else [*units[-1:], character]
    lines, used = [""], indent
    for unit in units:
        size = sum(map(width_of, unit))
        if used + size > ems + 0.01 and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += unit
        used += size
    return lines


@dataclass
class Report:
    """A report to be drawn: headlines are centred, everything else has its first line indented."""

    paragraphs: Sequence[str]
    headlines: int = 1
    page: tuple[float, float] = A4
    margin: float = 72.0
    size: float = 16.0
    indent: float = 2.0
    header: str = "青石县人民政府办公室文件选编"
    numbers: str = "- {} -"
    properties: dict[str, str] = field(default_factory=dict)


def draw(report: Report) -> bytes:
    """The report as PDF."""
    canvas, out, font = _canvas(
        "".join(report.paragraphs) + report.header + "-—第页共0123456789 ", report.page
    )
    for name, value in report.properties.items():
        getattr(canvas, f"set{name}")(value)
    width, height = report.page
    y, number = 0.0, 0

    def turn() -> float:
        nonlocal number
        if number:
            canvas.showPage()
        number += 1
        canvas.setFont(font, 9)
        canvas.drawCentredString(width / 2, height - 40, report.header)
        canvas.drawCentredString(width / 2, 36, report.numbers.format(number))
        return height - 80

    y = turn()
    for i, paragraph in enumerate(report.paragraphs):
        headline = i < report.headlines
        size = report.size + (6 if headline and i == 0 else 0)
        ems = (width - 2 * report.margin) // size
        for j, line in enumerate(wrapped(paragraph, ems, 0 if headline else report.indent)):
            if y < 70:
                y = turn()
            canvas.setFont(font, size)
            if headline:
                canvas.drawCentredString(width / 2, y, line)
            else:
                canvas.drawString(report.margin + (report.indent * size if j == 0 else 0), y, line)
            y -= size * 1.7
    canvas.save()
    return out.getvalue()


def placed(
    things: Sequence[tuple[float, float, float, str]], page: tuple[float, float] = A4, rotation: int = 0
) -> bytes:
    """Strings at places: x and y of the baseline from the upper left, size, characters; on one page."""
    canvas, out, font = _canvas("".join(thing[3] for thing in things), page)
    for x, y, size, characters in things:
        canvas.setFont(font, size)
        canvas.drawString(x, page[1] - y, characters)
    canvas.save()
    return out.getvalue().replace(b"/Rotate 0", b"/Rotate %d" % rotation)  # reportlab turns the media box too


@cache
def _font() -> str:
    """One font with what the samples hold, and marks: reportlab takes a second one of the same family for the first."""
    pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    from reportlab.pdfbase.ttfonts import TTFont

    held = (
        set("".join(map(sample, NAMES)))
        | {chr(code) for code in range(0x20, 0x7F)}
        | set("—·…　青石县人民政府办公室文件选编左右栏竖排第共页")
    )
    pdfmetrics.registerFont(TTFont("Song", str(truetype("".join(sorted(held))))))
    return "Song"


def _canvas(characters: str, page: tuple[float, float]) -> tuple[Any, io.BytesIO, str]:
    font = _font()
    from reportlab.pdfbase.pdfmetrics import getFont
    from reportlab.pdfgen.canvas import Canvas

    missing = {character for character in characters if ord(character) not in getFont(font).face.charToGlyph}
    assert not missing, f"not in the font: {missing}"
    out = io.BytesIO()
    return Canvas(out, pagesize=page, invariant=True), out, font


def scanned(images: Sequence[Any], page: tuple[float, float] = A4) -> bytes:
    """A page for each image."""
    pytest.importorskip("reportlab")
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=True)
    for image in images:
        canvas.drawImage(ImageReader(image), 0, 0, *page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def raw_pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a cross-reference table that fits."""
    out, places = b"%PDF-1.7\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


def stream(data: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


CATALOG, FONT = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page with this content stream (object 5); ``more``: objects from 6."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>%s>>/Contents 5 0 R>>"
        % resources
    )
    return raw_pdf(CATALOG, PAGES, page, FONT, content, *more)
