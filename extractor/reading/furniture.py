"""Page furniture: what stands around the text on every page, and is read past."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.reading.lines import Line, Page

#: The outer part of a page, above and below, where furniture stands. Official documents (GB/T 9704-2012) have
#: 35 mm of 297 below the text, with the page number in it; Word puts headers at 15 mm.
_MARGIN = 0.12
#: What stands at one height (give or take this share of the page) on so many of the pages, at least two, is a running
#: header or footer: those of even and odd pages may differ, the first page may have none.
_SAME_HEIGHT, _MOST = 0.015, 0.4
#: A headline in larger type than the text is none, even if a file holds several documents under the same one.
_LARGER = 1.3

_NUMBER = r"(?:[0-9]{1,4}|[ⅰ-ⅹivx]{1,5})"
#: In outer parts of pages: 1, - 1 -, — 3 —, ·5·, 1/3, Page 1 of 3, the address of a printed web page.
_PAGE_NUMBER = re.compile(
    rf"[-—–―－─·•~～|第]?[-—]?{_NUMBER}[-—–―－─·•~～|页]?[-—]?|{_NUMBER}/{_NUMBER}|page{_NUMBER}(?:of{_NUMBER}|/{_NUMBER})?"
    rf"|https?://[!-~]++",
    re.IGNORECASE,
)
#: Anywhere: nothing else looks like that.
_PLAIN_NUMBER = re.compile(
    r"第[0-9一二三四五六七八九十]{1,4}页[，,/]?(?:[（(]?共[0-9一二三四五六七八九十]{1,4}页[）)]?)?|[-—]{1,2}[0-9]{1,4}[-—]{1,2}"
)
_BLANK, _DIGITS = re.compile(r"\s++"), re.compile(r"[0-9]++")
_NARROW = str.maketrans("０１２３４５６７８９／", "0123456789/")


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, running headers and footers."""
    running = _running(pages)
    return [
        replace(
            page,
            lines=tuple(
                line
                for i, line in enumerate(page.lines)
                if (page.number, i) not in running and not _is_number(line, page)
            ),
        )
        for page in pages
    ]


def _is_number(line: Line, page: Page) -> bool:
    if len(line.characters) > 200:
        return False
    bare = _bare(line)
    return bool(_PLAIN_NUMBER.fullmatch(bare) or (_outside(line, page) and _PAGE_NUMBER.fullmatch(bare)))


def _running(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Page and index of the lines that recur at one height in the outer parts of pages."""
    if len(pages) < 2:
        return set()
    largest = _LARGER * _size(pages)
    found = defaultdict[str, list[tuple[float, int, int]]](list)
    for page in pages:
        for i, line in enumerate(page.lines):
            if line.characters and _outside(line, page) and _height(line) <= largest:
                found[_DIGITS.sub("#", _bare(line))].append((_middle(line) / page.height, page.number, i))
    running = set()
    for places in found.values():
        typical = sorted(places)[len(places) // 2][0]
        same = [(number, i) for height, number, i in places if abs(height - typical) <= _SAME_HEIGHT]
        if len({number for number, _ in same}) >= max(2, _MOST * len(pages)):
            running |= set(same)
    return running


def _outside(line: Line, page: Page) -> bool:
    return bool(line.boxes) and not _MARGIN * page.height < _middle(line) < (1 - _MARGIN) * page.height


def _bare(line: Line) -> str:
    return _BLANK.sub("", line.characters.translate(_NARROW))


def _middle(line: Line) -> float:
    return (line.boxes[0][1] + line.boxes[0][3]) / 2


def _height(line: Line) -> float:
    return line.boxes[0][3] - line.boxes[0][1]


def _size(pages: Sequence[Page]) -> float:
    """The height of the type that most characters have."""
    sizes = sorted(
        (_height(line), len(line.characters)) for page in pages for line in page.lines if line.boxes
    )
    half, seen = sum(count for _, count in sizes) / 2, 0
    for size, count in sizes:
        seen += count
        if seen >= half:
            return size
    return 0.0
