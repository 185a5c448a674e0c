"""Which lines belong to one paragraph, told as a reader of Chinese tells it: from indents, short ends, sizes and distances."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.reading.columns import Block, Row
from extractor.reading.words import words

#: In ems. An indent (two characters, as a rule); lefts and rights that count as the same; the slack of a full line
#: (kerned marks, justified Latin, boxes of recognised text).
_INDENT, _SAME, _SLACK = 0.9, 0.6, 0.6
#: Type differs if it is larger by this; a headline is larger than the text by that.
_OTHER_SIZE, _HEADLINE = 1.2, 1.12
#: Lines further apart than this many times the usual distance are two paragraphs.
_DISTANCE = 1.35
#: Of the lines, the share that a margin must have to be one, not one odd line.
_SUPPORT = 0.05
#: Of so few lines, any one may show the margin.
_SEVERAL = 8

#: What cannot stand at the beginning of a line, and at its end.
_CLOSING, _OPENING = "，。、；：？！”’）》〉】〕」』…—·,.;:?!)%", "“‘（《〈【〔「『("
_RULES = words()
_LABEL, _ITEM = _RULES["reading.page.label"], _RULES["reading.page.item"]
_NEW = re.compile(r"[（(〔\[【—-]")
_WORD = re.compile(r"[0-9A-Za-z][!-~]{0,40}")


@dataclass(slots=True)
class _Margins:
    left: float
    right: float


@dataclass(slots=True)
class _Style:
    """What the document does throughout: the size of its text, the distance of its lines, whether it indents first lines."""

    em: float
    distance: float
    indents: bool = False


@dataclass(slots=True)
class _Placed:
    """A row, the margins of its column, and its block: distances mean something only within one."""

    row: Row
    margins: _Margins
    block: Block

    @property
    def indent(self) -> float:
        """How far it begins behind the left margin, in ems."""
        return (self.row.box[0] - self.margins.left) / self.row.em

    @property
    def room(self) -> float:
        """What is left behind it."""
        return self.margins.right - self.row.box[2]


def paragraphs_of(blocks: Sequence[Block]) -> list[list[Row]]:
    """The rows of these blocks, those of one paragraph together: also across columns and pages."""
    usual = _size([row for block in blocks for row in block.rows])
    placed = _placed([block for block in blocks if block.rows], usual)
    style = _Style(usual, _distance(placed))
    style.indents = _indents(placed)
    paragraphs: list[list[Row]] = []
    for i, one in enumerate(placed):
        if i and not _parts(placed[i - 1], one, style, paragraphs[-1]):
            paragraphs[-1].append(one.row)
        else:
            paragraphs.append([one.row])
    return paragraphs


def _indents(placed: Sequence[_Placed]) -> bool:
    """Whether first lines are indented: more often than others hang under the mark of a list or a label."""
    first = hanging = 0
    for before, after in pairwise(placed):
        if _same_size(before.row, after.row) and _is_full(before, after.row):
            first += before.indent > _INDENT and abs(after.indent) < _SAME and not _is_centred(before)
            marked = _ITEM.match(before.row.characters) or _LABEL.match(before.row.characters)
            hanging += bool(marked) and before.indent < _SAME and after.indent > _INDENT
    return first > 0 and first >= hanging


def joint(before: Row, after: Row) -> str:
    """What stands between two lines that are joined: a blank between Latin words, else nothing."""
    end, begin = before.characters[-1], after.characters[0]
    latin = end < "\u0250" and begin < "\u0250" and begin.isalnum()
    if latin and (end.isalpha() or end in ",;:.)") and not (end.isdigit() and begin.isdigit()):
        return " "
    return " " if latin and end.isdigit() and begin.isalpha() else ""


def _parts(before: _Placed, after: _Placed, style: _Style, paragraph: list[Row]) -> bool:
    """Whether a paragraph ends between two lines; ``paragraph``: what it has so far."""
    a, b = before.row, after.row
    if before.block.upright or after.block.upright or a.parts > 1 or b.parts > 1 or not _same_size(a, b):
        return True
    near = before.block is not after.block or 0 < b.middle - a.middle <= max(
        _DISTANCE * style.distance, 1.1 * b.em
    )
    if _goes_on(before, after, style):
        return False
    if (
        not near
        or not _is_full(before, b)
        or _LABEL.match(b.characters)
        or _stands_apart(before, after, style)
    ):
        return True
    if after.indent > _INDENT:
        return not _hangs(before, after, style, len(paragraph))
    items = bool(_ITEM.match(b.characters))
    return (
        items
        and not style.indents
        and (a.characters[-1] in "。；：！？" or bool(_ITEM.match(paragraph[0].characters)))
    )


def _goes_on(before: _Placed, after: _Placed, style: _Style) -> bool:
    """Whether a centred headline goes on. In large type it need not be full: it is broken where its sense allows."""
    a, b = before.row, after.row
    if before.block is not after.block or b.middle - a.middle > 2.4 * b.em or _NEW.match(b.characters):
        return False
    if a.characters[-1] in "。；！？：" or not (_is_centred(before, 0.0) and _is_centred(after, 0.0)):
        return False
    if min(a.em, b.em) >= _HEADLINE * style.em:
        return True
    first_line = style.indents and abs(after.indent - 2) < _SAME / 2
    return _is_full(before, b) and _is_centred(after) and not first_line


def _stands_apart(before: _Placed, after: _Placed, style: _Style) -> bool:
    """Whether a line is centred over text that has no indents."""
    return not style.indents and _is_centred(before) and after.indent < _SAME


def _is_centred(line: _Placed, least: float = _INDENT) -> bool:
    """Whether a line has as much before it as behind it, at least so many ems."""
    behind = line.room / line.row.em
    return abs(line.indent - behind) < _SAME and min(line.indent, behind) >= least - _SAME / 2


def _is_full(line: _Placed, after: Row) -> bool:
    """Whether what begins the next line had no room on this one."""
    characters, first = after.characters, 1
    if word := _WORD.match(characters):
        first = word.end()
    elif characters[0] in _OPENING:
        first = 2
    while first < len(characters) and first < 48 and characters[first] in _CLOSING:
        first += 1
    needed = after.boxes[min(first, len(after.boxes)) - 1][2] - after.boxes[0][0]
    return line.room <= needed + _SLACK * line.row.em


def _hangs(before: _Placed, after: _Placed, style: _Style, lines: int) -> bool:
    """Whether an indented line goes on with its paragraph: under what follows a label or the mark of a list."""
    a, b = before.row, after.row
    colon = next((i for i, c in enumerate(a.characters[:12]) if c in ":："), None)
    if lines == 1 and colon is not None and colon + 1 < len(a.boxes):
        under = a.boxes[colon + 1][0]
        if abs(b.box[0] - under) < _SAME * b.em or abs(b.box[0] - a.boxes[colon][2]) < _SAME * b.em:
            return True
    level = abs(b.box[0] - a.box[0]) < _SAME * b.em
    if level and lines > 1:
        return True
    return not style.indents and (
        level or (lines == 1 and before.indent < _SAME and bool(_ITEM.match(a.characters)))
    )


def _same_size(a: Row, b: Row) -> bool:
    return max(a.em, b.em) <= _OTHER_SIZE * min(a.em, b.em)


def _placed(blocks: Sequence[Block], usual: float) -> list[_Placed]:
    """Rows with their margins: of their column, or, where the text goes over the page, of all even or odd pages."""
    alike = defaultdict[tuple[object, ...], list[Block]](list)
    for i, block in enumerate(blocks):
        alike[(i,) if block.column or block.upright else (block.page % 2, round(block.width))].append(block)
    margins: dict[int, _Margins] = {}
    for group in alike.values():
        margins |= dict.fromkeys(map(id, group), _margins(group, usual))
    return [_Placed(row, margins[id(block)], block) for block in blocks for row in block.rows]


def _margins(blocks: Sequence[Block], usual: float) -> _Margins:
    rows = [row for block in blocks for row in block.rows]
    text = [row for row in rows if row.em < _HEADLINE * usual and row.parts == 1] or rows
    left, _ = _edge(sorted(row.box[0] for row in text), usual)
    right, support = _edge(sorted(-row.box[2] for row in text), usual)
    if support < 3 and not blocks[0].column:  # too few lines to say: as far from the right as from the left
        return _Margins(left, max(-right, blocks[0].width - left))
    return _Margins(left, -right)


def _edge(edges: list[float], em: float) -> tuple[float, int]:
    """The outermost place where several lines begin, or, negated, end; and how many do."""
    least, end = max(1 if len(edges) < _SEVERAL else 2, round(_SUPPORT * len(edges))), 0
    for i, edge in enumerate(edges):
        while end < len(edges) and edges[end] <= edge + _SAME * em:
            end += 1
        if end - i >= least:
            return edge, end - i
    return edges[0], 1


def _size(rows: Sequence[Row]) -> float:
    """The size of type that most characters have."""
    sizes = sorted((row.em, len(row.characters)) for row in rows)
    half, seen = sum(count for _, count in sizes) / 2, 0
    for size, count in sizes:
        seen += count
        if seen >= half:
            return size or 1.0
    return 1.0


def _distance(placed: Sequence[_Placed]) -> float:
    """How far lines of a paragraph are apart: a quarter of all distances is not larger, paragraphs may be further apart."""
    distances = sorted(
        after.row.middle - before.row.middle
        for before, after in pairwise(placed)
        if before.block is after.block
        and _same_size(before.row, after.row)
        and after.row.middle > before.row.middle
    )
    return distances[len(distances) // 4] if distances else 0.0
