"""Names that are spelt by sound: foreign guests, and the peoples whose names have a dot (阿里·买买提)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.language import costs
from extractor.language.costs import characters

#: Longest part of a name, in code points.
LONGEST = 8
#: -10 ln of the share of such names, of one character more, and of no more; with a dot, of the name whole.
_SHARE, _MORE, _LAST, _DOTTED_SHARE = 100, 3, 13, 80
#: A character that no name of the lists is spelt with in this place. One is let pass in a name without a dot.
_UNSPELT, _STRANGERS = 140, 1

#: The dot is a full stop at times: 阿里.买买提; a part may be double: 米格尔·罗伊-卡内尔 · 阿库-阿多.
_DOTTED = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:[·.][\u4e00-\u9fff]{1,16}(?:[-－][\u4e00-\u9fff]{1,8})?){1,4}|[\u4e00-\u9fff]{1,16}[-－][\u4e00-\u9fff]{1,8}"
)
#: Each part of a name that has a hyphen alone has so many characters: no 英-苏.
_HYPHENED = 2
_PART = re.compile(r"[·.－-]")


def spelt(piece: str) -> Iterator[tuple[int, int]]:
    """Sizes and costs of what may be such a name at the head of a piece of Chinese characters.

    >>> [size for size, cost in spelt("马科斯表示")]
    [2, 3]
    """
    head, inside = characters().head, characters().inside
    if piece[:1] not in head and piece[1:2] not in inside:
        return
    cost, strangers = _SHARE + head.get(piece[0], _UNSPELT), 0
    for size in range(2, len(piece) + 1):
        char = piece[size - 1]
        cost += _MORE + inside.get(char, _UNSPELT)
        strangers += char not in inside
        if strangers > _STRANGERS:
            return
        if char in inside and piece[:size] not in costs.words():
            yield size, cost + _LAST


def cut(run: str, start: int, end: int) -> bool:
    """Whether ``run[start:end]`` and its neighbour are spelt by sound, as if it were cut: 卡|马尔科."""
    inside = characters().inside
    near = run[max(0, start - 1) : start], run[end : end + 1]
    return any(c in inside for c in near) and all(c in inside for c in run[start:end])


def dotted(text: str) -> Iterator[tuple[int, int, int]]:
    """Names with a dot: start, end and gain over ordinary words.

    Other words may stand before the first part and after the last: each cut of these is one try.
    """
    for match in _DOTTED.finditer(text):
        first, *middle, last = _PART.split(match[0])
        before, behind = costs.read(first), costs.read(last)
        inner = sum(costs.read(part).ahead[-1] - _spell(part) for part in middle) - _DOTTED_SHARE
        tail = match.end() - len(last)
        least = 1 if "·" in match[0] or "." in match[0] else _HYPHENED
        for i in range(max(0, len(first) - LONGEST), len(first) - least + 1):
            left = before.cost(i, len(first)) - _spell(first[i:])
            for j in range(least, min(len(last), LONGEST) + 1):
                right = behind.cost(0, j) - _spell(last[:j])
                yield match.start() + i, tail + j, left + inner + right


def _spell(part: str) -> int:
    head, inside = characters().head, characters().inside
    return head.get(part[0], _UNSPELT) + sum(_MORE + inside.get(c, _UNSPELT) for c in part[1:]) + _LAST
