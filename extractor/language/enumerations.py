"""Numbered items: 一要…；二要… · 一是…。二是… · 第一，… · （一）… · 1、… · 首先，…其次，….

A chain is a run of items of one style whose numbers follow each other; what is numbered inside an item in
another style belongs to the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.language.types import Extent
from extractor.rules import load

_ORDINAL = load("tasks")["tasks.ordinal"]
_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_LAST = 99  # 最后， closes a series of any length
_NUMBERS |= {"首先": 1, "其次": 2, "再次": 3, "第三": 3, "最后": _LAST}
#: Styles that one chain may mix: 一要…；二是…
_PLAIN = ("is", "must", "bare")
_STOP = re.compile("[。！？]")
_DASHED = re.compile(r"(?<=\n)[—-]{1,4}(?P<item>[^\n]++)")
#: No item is longer: the longest of the gold reports has 900 code points.
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``start`` at its ordinal, if any; ``body`` behind it; ``end`` before its closing mark."""

    start: int
    body: int
    end: int
    ordinal: Extent | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    style: str
    number: int


def chains(text: str, start: int, end: int) -> Iterator[list[Item]]:
    """The chains of at least two items within ``text[start:end]``, those inside others left out.

    >>> text = "提出要求：一要抓学习；二要抓落实，一是严，二是实。会议结束。"
    >>> [[text[i.start:i.end] for i in chain] for chain in chains(text, 0, len(text))]
    [['一要抓学习', '二要抓落实，一是严，二是实']]
    """
    marks = [_mark(m) for m in _ORDINAL.finditer(text, start, end)]
    at = 0
    while at < len(marks):
        chain = _chain(marks, at)
        if len(chain) < 2:
            at += 1
            continue
        items = _items(text, [marks[i] for i in chain], end)
        yield items
        at = chain[-1] + 1
        while at < len(marks) and marks[at].start < items[-1].end:
            at += 1


def dashed(text: str, start: int, end: int) -> list[Item]:
    r"""Paragraphs that open with a dash, if there are at least two: each is one item without an ordinal.

    >>> text = "提出要求：\n——要抓学习。要抓落实。\n——要抓作风。\n会议结束。"
    >>> [text[i.start:i.end] for i in dashed(text, 0, len(text))]
    ['要抓学习。要抓落实', '要抓作风']
    """
    found = ((m.start("item"), m.end()) for m in _DASHED.finditer(text, start, end))
    items = [Item(begin, begin, _back(text, stop)) for begin, stop in found]
    return items if len(items) > 1 else []


def _mark(match: re.Match[str]) -> _Mark:
    style = str(match.lastgroup)
    word = match[style]
    start = match.start() + len(match[0]) - len(match[0].lstrip("— -"))
    return _Mark(start, match.end(), style, _NUMBERS.get(word) or int(word))


def _chain(marks: Sequence[_Mark], first: int) -> list[int]:
    """Indices of the chain that begins at ``first``; of one, if nothing follows it."""
    if marks[first].number != 1:
        return []
    chain = [first]
    while (following := _following(marks, chain[-1], marks[first].style)) is not None:
        chain.append(following)
    return chain


def _following(marks: Sequence[_Mark], last: int, style: str) -> int | None:
    """The item after ``last``: the next number in the same style, else in a style that may mix with it."""
    mixed = None
    for i in range(last + 1, len(marks)):
        here = marks[i]
        if here.style == style and here.number == 1:
            break
        if here.number == marks[last].number + 1 or (here.style == style and here.number == _LAST):
            if here.style == style:
                return i
            if mixed is None and here.style in _PLAIN and style in _PLAIN:
                mixed = i
    return mixed


def _items(text: str, marks: Sequence[_Mark], end: int) -> list[Item]:
    """The items of a chain. The last ends with its sentence, or its paragraph where others hold several."""
    ends = [_back(text, mark.start) for mark in marks[1:]]
    last = marks[-1]
    limit = min(end, last.end + _LONGEST)
    line = text.find("\n", last.end, limit)
    line = limit if line < 0 else line
    several = any(_holds_several(text, mark.end, e) for mark, e in zip(marks, ends, strict=False))
    paragraphs = any("\n" in text[e : mark.start] for e, (_, mark) in zip(ends, pairwise(marks), strict=True))
    stop = None if several or paragraphs else _STOP.search(text, last.end, line)
    ends.append(_back(text, stop.start() if stop else line))
    return [
        Item(mark.start, mark.end, e, Extent(mark.start, _number_end(text, mark)))
        for mark, e in zip(marks, ends, strict=True)
        if e > mark.end
    ]


def _holds_several(text: str, start: int, end: int) -> bool:
    """Whether an item holds more than one sentence."""
    stop = _STOP.search(text, start, end)
    return stop is not None and stop.end() < end


def _number_end(text: str, mark: _Mark) -> int:
    end = mark.end
    while end > mark.start and text[end - 1] in "，、：.． ":
        end -= 1
    return end


def _back(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in " —\n，。；：、！？":
        at -= 1
    return at
