"""Stretches of a text hidden, so that no rule and no sign sees what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.language.types import Extent, Match, Name

#: What hides a character where nothing else is said.
HIDDEN = "〓"
_DIGIT = re.compile(r"[0-9]")


def masked(text: str, blocks: Iterable[Extent | Name | Match], filling: str = HIDDEN, offset: int = 0) -> str:
    """The text, ``offset`` where it begins, with every block filled up; one that begins within another counts not.

    >>> masked("县长李甲讲话", [Extent(2, 4)])
    '县长〓〓讲话'
    """
    parts, last = [], 0
    for block in blocks:
        start, end = block.start - offset, block.end - offset
        if start >= last:
            parts += [text[last:start], filling * (end - start)]
            last = end
    return "".join([*parts, text[last:]])


def without_names(text: str, names: Iterable[Name]) -> str:
    """The text with its names hidden and its digits alike: what is learned from it knows no person and no day."""
    return _DIGIT.sub("0", masked(text, names))
