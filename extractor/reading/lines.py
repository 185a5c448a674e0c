"""From what stands on pages to running text: lines, their order, page furniture left out, paragraphs put together.

Three steps of ``lay_out`` have files of their own: ``furniture`` (what stands outside the text), ``columns`` (in which order
the lines are read) and ``paragraphs`` (which lines belong together).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from extractor.reading.columns import blocks_of, strips
from extractor.reading.furniture import without_furniture
from extractor.reading.paragraphs import joint, paragraphs_of
from extractor.reading.places import Box, Writer

#: Widths in ems (the height of the line). A gap as wide as a column gutter parts what stands beside it; newspapers have
#: gutters of 1.5 to 2.5, justified Chinese lines gaps of up to 0.4.
_GUTTER = 1.3
#: A gap that is a blank: between Latin words (a space is 0.25 wide, kerning below 0.1), and beside Chinese characters.
_WORD_GAP, _WIDE_GAP = 0.15, 0.7
#: A gap between two Chinese characters, beyond what the others on the line have (a justified line sets all apart alike): a
#: blank of a Latin font is 0.25 to 0.33 wide. Beside marks, which are set closer, and beside Latin no gap so small means one.
_HANZI_GAP = 0.22
#: Two of the same character nearer to one another than this are one, drawn twice for bold or for a shadow.
_SHADOW = 0.3
#: No page is larger (PDF 1.7, annex C: 14 400 points); boxes beyond are damage.
_FURTHEST = 1e6

#: Chinese radicals that stand for characters in the text layers of PDF files, and have no compatibility mapping
#: (EquivalentUnifiedIdeograph.txt of Unicode 15.1).
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻶",
        "民虎西见角贝车長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙亀",
        strict=True,
    )
)
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_USUAL = {ord(radical): character for radical, character in _RADICALS.items()} | {
    code: plain
    for codes in _COMPATIBLE
    for code in codes
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands on the page."""

    character: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand together on one line, each with its box; ``unsure``: indices of those recognised badly."""

    characters: str
    boxes: tuple[Box, ...]
    unsure: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, its lines in any order. ``width`` and ``height`` in the unit of the boxes.

    ``back``: where a box stands on the page as displayed, if the page was turned or laid straight to be read.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    back: Callable[[Box], Box] | None = None


def usual(characters: str) -> str:
    """Radicals and compatibility ideographs, which text layers hold for the characters they look like, one for one.

    >>> usual("⼀九\\uf98e⻓江")
    '一九年长江'
    """
    return characters.translate(_USUAL)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that positioned characters make, whatever the order in which the file has them.

    What stands side by side with a gutter between is two lines. A blank is put in where a gap between Latin words, or a very
    wide one beside Chinese characters, says so; its box is the gap. Radicals become characters (``usual``).
    """
    placed = [glyph for glyph in glyphs if _stands(glyph.box)]
    lines = []
    for strip in strips(placed, lambda glyph: glyph.box):
        strip.sort(key=lambda glyph: glyph.box[0])
        em = max(glyph.box[3] - glyph.box[1] for glyph in strip)
        lines += [_line(part, em) for part in _parts(_once(strip, em), em)]
    return lines


def lay_out(pages: Sequence[Page]) -> tuple[Writer, tuple[tuple[int, int], ...]]:
    """The running text of pages, each character with its place, and the stretches recognised with little certainty.

    One paragraph a line. Page numbers and running headers are left out; columns follow one another; vertical text
    comes after the rest of its page.
    """
    blocks = [block for page in without_furniture(pages) for block in blocks_of(page)]
    backs = {page.number: page.back for page in pages}
    written, unsure = Writer(), list[tuple[int, int]]()
    for paragraph in paragraphs_of(blocks):
        if written.length:
            written.add("\n")
        for row, after in zip(paragraph, [*paragraph[1:], None], strict=True):
            unsure += [(written.length + i, written.length + i + 1) for i in row.unsure]
            back = backs[row.page]
            boxes = row.boxes if back is None else [back(box) for box in row.boxes]
            written.add(row.characters, page=row.page, boxes=boxes)
            if after is not None:
                written.add(joint(row, after), page=row.page)
    return written, tuple(unsure)


def _stands(box: Box) -> bool:
    """Whether a box has a height and a place on a page."""
    return (
        all(isfinite(edge) and abs(edge) < _FURTHEST for edge in box) and box[3] > box[1] and box[2] >= box[0]
    )


def _once(strip: list[Glyph], em: float) -> list[Glyph]:
    """Without what is drawn twice. Blanks count once too: they have no ink."""
    kept: list[Glyph] = []
    for glyph in strip:
        near = _SHADOW * min(em, max(glyph.box[2] - glyph.box[0], 0.1 * em))
        if not any(
            other.character == glyph.character
            and abs(other.box[0] - glyph.box[0]) <= near
            and abs(other.box[1] - glyph.box[1]) <= _SHADOW * em
            for other in kept[-3:]
        ):
            kept.append(glyph)
    return kept


def _parts(strip: list[Glyph], em: float) -> Iterator[list[Glyph]]:
    """Cut at gutters (blanks that someone typed are none), blanks at both ends dropped."""
    part: list[Glyph] = []
    right = 0.0
    for glyph in strip:
        blank = glyph.character.isspace()
        if part and not blank and glyph.box[0] - right > _GUTTER * em:
            yield _without_end(part)
            part = []
        if part or not blank:
            right = max(right, glyph.box[2]) if part else glyph.box[2]
            part.append(glyph)
    if part:
        yield _without_end(part)


def _without_end(part: list[Glyph]) -> list[Glyph]:
    end = len(part)
    while part[end - 1].character.isspace():
        end -= 1
    return part[:end]


def _line(part: list[Glyph], em: float) -> Line:
    """A line of these, with blanks where gaps stand for them. Letters set apart evenly have none between them."""
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(part)]
    typical = max(0.0, sorted(gaps)[len(gaps) // 2]) if gaps else 0.0
    characters, boxes = [part[0].character], [part[0].box]
    for (before, after), gap in zip(pairwise(part), gaps, strict=True):
        blank = before.character.isspace() or after.character.isspace()
        if not blank and gap > typical + _blank_gap(before.character, after.character) * em:
            characters.append(" ")
            boxes.append((before.box[2], before.box[1], after.box[0], before.box[3]))
        characters.append(after.character)
        boxes.append(after.box)
    return Line(usual("".join(characters)), tuple(boxes))


def _blank_gap(before: str, after: str) -> float:
    """The gap, in ems, from which on a blank stands between two characters."""
    if _is_latin(before) and _is_latin(after):
        return _WORD_GAP
    return _HANZI_GAP if _is_hanzi(before) and _is_hanzi(after) else _WIDE_GAP


def _is_hanzi(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_latin(character: str) -> bool:
    return character < "\u0250" and character not in "·×"
