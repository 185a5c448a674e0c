"""In which order the lines of a page are read: columns, rows put together again, vertical text last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from extractor.reading.places import Box

if TYPE_CHECKING:
    from extractor.reading.lines import Page

T = TypeVar("T")

#: What overlaps by this share of the lower one's height stands on one line, if none is twice as high as the other
#: (a superscript has 0.6 of the height; a large initial beside three lines belongs to none of them).
_OVERLAP, _HIGHER = 0.55, 2.0
#: Lines that are looked at again for a character further down. Bounds what characters of every height cost.
_OPEN = 8

#: Two columns have at least so many lines each, are at least so many ems wide, and their lines fill this much of them
#: at the median: two columns of a table or of labels do not.
_COLUMN_LINES, _COLUMN_EMS, _COLUMN_FILL = 4, 7.0, 0.6
#: What a line across a gutter counts against it: pages have headlines and leads over their columns.
_ACROSS = 0.5
#: Cells of a table are further apart than this, in ems; names in a list are set apart by up to two. The mark of a list is
#: not longer than so many characters.
_CELL, _MARK = 2.6, 4
#: Columns within columns.
_DEEPEST = 6

#: A line this much higher than wide is vertical; so is a stack of this many Chinese characters, each within so many ems of the
#: next (lines of a text are 1.5 to 2 apart).
_UPRIGHT, _STACK, _STACK_PITCH = 2.5, 4, 1.45


@dataclass(slots=True)
class Row:
    """A line of a page: what stands at one height in one column. ``em``: the width of a Chinese character of its type."""

    page: int
    characters: str
    boxes: list[Box]
    unsure: list[int]
    box: Box
    em: float
    #: What it was put together from: a line of a table has several parts.
    parts: int = 1

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class Block:
    """Rows that stand under one another, in order. ``column``: beside another one; ``upright``: vertical text."""

    rows: list[Row]
    page: int
    width: float
    column: bool = False
    upright: bool = False


def blocks_of(page: Page) -> list[Block]:
    """The blocks of a page in the order in which they are read."""
    rows = [
        _row(page.number, line.characters, list(line.boxes), list(line.unsure))
        for line in page.lines
        if line.characters
    ]
    rows, upright = _without_upright(rows)
    blocks = [
        Block(_rows(block), page.number, page.width, column) for block, column in _ordered(rows, _DEEPEST)
    ]
    if upright:
        blocks.append(Block(upright, page.number, page.width, upright=True))
    return blocks


def strips(items: Iterable[T], box: Callable[[T], Box]) -> list[list[T]]:
    """What stands at one height put together, from top to bottom, each in the order from top to bottom.

    >>> strips([(9, 1, 12, 6), (0, 20, 8, 28), (0, 1, 8, 9)], lambda box: box)
    [[(9, 1, 12, 6), (0, 1, 8, 9)], [(0, 20, 8, 28)]]
    """
    found: list[list[T]] = []
    last: list[tuple[float, float, list[T]]] = []  # top and bottom of the highest of each
    for item in sorted(items, key=lambda one: box(one)[1] + box(one)[3]):
        _, top, _, bottom = box(item)
        best, share = -1, _OVERLAP
        for i, (other_top, other_bottom, _) in enumerate(last):
            lower, higher = sorted((bottom - top, other_bottom - other_top))
            overlap = min(bottom, other_bottom) - max(top, other_top)
            if higher <= _HIGHER * lower and overlap >= share * lower:
                best, share = i, overlap / lower
        if best < 0:
            found.append([item])
            last = [*last[1 - _OPEN :], (top, bottom, found[-1])]
            continue
        other_top, other_bottom, strip = last[best]
        strip.append(item)
        if bottom - top > other_bottom - other_top:
            last[best] = (top, bottom, strip)
    return found


def _row(page: int, characters: str, boxes: list[Box], unsure: list[int], parts: int = 1) -> Row:
    left, top, right, bottom = zip(*boxes, strict=True)
    box = (min(left), min(top), max(right), max(bottom))
    wide = sorted(b[2] - b[0] for b, c in zip(boxes, characters, strict=True) if "\u4e00" <= c <= "\u9fff")
    sizes = wide if len(wide) > 1 else sorted(b[3] - b[1] for b in boxes)
    return Row(page, characters, boxes, unsure, box, sizes[len(sizes) // 2], parts)


def _rows(lines: Sequence[Row]) -> list[Row]:
    """Lines at one height made one row, blanks between: of a table, or set apart with tabulators."""
    rows = []
    for strip in strips(lines, lambda row: row.box):
        strip.sort(key=lambda row: row.box[0])
        rows.append(strip[0] if len(strip) == 1 else _beside(strip))
    return sorted(rows, key=lambda row: row.middle)


def _beside(strip: list[Row]) -> Row:
    # Letters of a headline that are set far apart are one word.
    apart = "" if len(strip) > 2 and all(len(line.characters) == 1 for line in strip) else " "
    characters, boxes, unsure = list[str](), list[Box](), list[int]()
    for i, line in enumerate(strip):
        if i and apart:
            before = boxes[-1]
            characters.append(apart)
            boxes.append((before[2], before[1], max(before[2], line.box[0]), before[3]))
        unsure += [len(characters) + place for place in line.unsure]
        characters += line.characters
        boxes += line.boxes
    parts = 1
    for one, other in pairwise(strip):
        # The mark of a list (1. or 一、) with a tabulator behind is no cell of a table.
        parts += bool(apart) and other.box[0] - one.box[2] > _CELL * other.em and len(one.characters) > _MARK
    return _row(strip[0].page, "".join(characters), boxes, unsure, parts)


def _ordered(rows: list[Row], depth: int) -> list[tuple[list[Row], bool]]:
    """Rows in reading order, in blocks; whether a block is a column.

    A gutter parts left from right; what crosses it (a headline) parts what is above from what is below.
    """
    gutter = _gutter(rows, depth)
    if gutter is None:
        return [(rows, depth < _DEEPEST)] if rows else []
    blocks: list[tuple[list[Row], bool]] = []
    left, right, across = list[Row](), list[Row](), list[Row]()

    def close() -> None:
        for side in (left, right):
            blocks.extend(_ordered(side[:], depth - 1))
            side.clear()

    for row in sorted(rows, key=lambda row: row.middle):
        if row.box[0] < gutter < row.box[2]:
            close()
            across.append(row)
            continue
        if across:
            blocks.append((across, False))
            across = []
        (right if row.box[0] >= gutter else left).append(row)
    close()
    return [*blocks, (across, False)] if across else blocks


def _gutter(rows: list[Row], depth: int) -> float | None:
    """Where columns part, if they do.

    The place with most lines on its emptier side, and few across; both sides must be columns of text, or several.
    """
    if not depth:
        return None
    lefts, rights = sorted(row.box[0] for row in rows), sorted(row.box[2] for row in rows)
    best, rank = None, float("-inf")
    for i, place in enumerate(lefts):
        left, right = bisect_right(rights, place), len(lefts) - i
        if (not i or place > lefts[i - 1]) and min(left, right) >= _COLUMN_LINES:
            across = len(rows) - left - right
            if (better := min(left, right) - _ACROSS * across) > rank:
                best, rank = place, better
    if best is None:
        return None
    gutter = best - 0.01  # just before the column on the right
    sides = [row for row in rows if row.box[2] <= best], [row for row in rows if row.box[0] >= best]
    if not _side_by_side(*sides):
        return None
    return gutter if all(_is_column(side) or _gutter(side, depth - 1) is not None for side in sides) else None


def _is_column(rows: list[Row]) -> bool:
    width = max(row.box[2] for row in rows) - min(row.box[0] for row in rows)
    widths = sorted(row.box[2] - row.box[0] for row in rows)
    em = sorted(row.em for row in rows)[len(rows) // 2]
    return width >= _COLUMN_EMS * em and widths[len(widths) // 2] >= _COLUMN_FILL * width


def _side_by_side(one: list[Row], other: list[Row]) -> bool:
    """Whether most of the shorter side has the other one beside it."""
    (top, bottom), (other_top, other_bottom) = (
        (min(row.box[1] for row in side), max(row.box[3] for row in side)) for side in (one, other)
    )
    return min(bottom, other_bottom) - max(top, other_top) > 0.5 * min(bottom - top, other_bottom - other_top)


def _without_upright(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that lie, and those that stand, from right to left."""
    lying, standing, single = list[Row](), list[Row](), list[Row]()
    for row in rows:
        width, height = row.box[2] - row.box[0], row.box[3] - row.box[1]
        if len(row.characters) > 1 and height > _UPRIGHT * width:
            standing.append(row)
        elif len(row.characters) == 1 and "\u4e00" <= row.characters <= "\u9fff":
            single.append(row)
        else:
            lying.append(row)
    for stack in _stacks(single):
        if len(stack) < _STACK:
            lying += stack
        else:
            characters = "".join(row.characters for row in stack)
            unsure = [i for i, row in enumerate(stack) if row.unsure]
            standing.append(_row(stack[0].page, characters, [row.box for row in stack], unsure))
    return lying, sorted(standing, key=lambda row: -row.box[2])


def _stacks(single: list[Row]) -> list[list[Row]]:
    """Single characters that stand close under one another."""
    stacks: list[list[Row]] = []
    place: dict[
        int, list[Row]
    ] = {}  # column (in ems of its first character) → its stack; neighbours are looked at too, for rounding
    for row in sorted(single, key=lambda row: row.middle):
        middle, em = (row.box[0] + row.box[2]) / 2, row.em or 1.0
        columns = [round(middle / em) + step for step in (0, -1, 1)]
        stack = next((place[column] for column in columns if column in place), None)
        if (
            stack
            and abs((stack[-1].box[0] + stack[-1].box[2]) / 2 - middle) < 0.4 * em
            and row.middle - stack[-1].middle <= _STACK_PITCH * em
        ):
            stack.append(row)
        else:
            stacks.append(stack := [row])
        place[columns[0]] = stack
    return stacks
