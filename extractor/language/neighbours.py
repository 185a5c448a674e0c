"""What stands before and after a name: posts, acts, joints, and their weights (``rules/neighbours.toml``).

All weights are tenths of a nat: above zero they speak for a name, below zero against one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.rules import load

#: From POST on a word says almost surely that a name stands beside it, from ACT on that one may end there.
POST, ACT = 60, 50

#: The edges of a line, a blank or colon before the name, a bracket that holds nothing else: 《报告》（李甲）.
_LINE_START, _LINE_END, _BLANK, _ENCLOSED = 50, 60, 40, 60
#: Between the two commas of a list (、).
_LISTED = 20
#: Lost where a word of the lists runs into the name or begins in it (县长|孙甲, not 县|长孙甲), or where the
#: name goes on beyond a dot (阿里·买买提). A dot at the head of a line is a bullet.
_CROSSED = -60
#: A post may be followed by so long a bracket, in code points: 站长（主任）李甲.
_BRACKET = 12


class _Side(NamedTuple):
    """The words that stand on one side of a name."""

    weights: dict[str, int]
    touching: frozenset[str]  # the characters of these words that touch the name
    firm: frozenset[str]  # the same, of the words of two characters or more that may not run into a name
    longest: int


@cache
def _side(side: str) -> _Side:
    weights: dict[str, int] = {}
    for words in load("neighbours").lists.values():
        if words.id.startswith(side):
            more = _posts(side) if words.id.endswith("_posts") else []
            for word in (*words.words, *more):
                weights.setdefault(word, round(10 * words.weight))
    if side == "right":
        # 李甲任副县长: the post says that the name ends before 任.
        weights |= {joint + post: POST for joint in "任兼" for post in _posts(side)}
        # 李甲同印度总理会谈: the country says that the name ends before 同.
        weights |= {joint + land: ACT for joint in "同与" for land in load("names").words("countries")}
    at, least = (-1, POST) if side == "left" else (0, ACT)
    firm = {w[at] for w, n in weights.items() if len(w) > 1 and (n >= least or (n < 0 and side == "right"))}
    return _Side(weights, frozenset(w[at] for w in weights), frozenset(firm), max(map(len, weights)))


def _posts(side: str) -> list[str]:
    titles = load("titles")
    posts = titles.words("posts")
    if side == "right":
        posts = titles.words("after") | {p for p in posts if p[0] in "副总"}
    return sorted(posts)


def context(text: str, start: int, end: int) -> int:
    """What the neighbours of ``text[start:end]`` say of a name there.

    >>> context("由李甲主持", 1, 3) > 0 > context("在李甲村", 1, 3)
    True
    """
    told = after(text, end)
    if told >= 0 and text[start - 1 : start] == "（":
        if text.startswith("）", end):
            return _ENCLOSED
        if text.startswith("代）", end):
            return _ENCLOSED + told
    if text[start - 1 : start] == "、" == text[end : end + 1]:
        told += _LISTED
    return before(text, start) + told


def before(text: str, start: int) -> int:
    """What stands before a name that begins at ``start``."""
    if start == 0 or text[start - 1] == "\n":
        return _LINE_START
    if text[start - 1] == "·":
        return _CROSSED if start > 1 and text[start - 2].isalpha() else _LINE_START
    left = _side("left")
    if text[start : start + 1] in left.firm:
        for size in range(2, min(left.longest, start + 1) + 1):
            if left.weights.get(text[start + 1 - size : start + 1], 0) >= POST:
                return _CROSSED
    end, least = start, 0
    if text[start - 1] in " ：:":
        end, least = start - 1, _BLANK
    elif text[start - 1] == "）":
        opened = text.rfind("（", max(0, start - _BRACKET), start)
        if opened > 0 and before(text, opened) >= POST:
            return POST
    if text[end - 1 : end] in left.touching:
        for size in range(min(left.longest, end), 0, -1):
            weight = left.weights.get(text[end - size : end])
            if weight is not None:
                return max(weight, least)
    return least


def after(text: str, end: int) -> int:
    """What stands after a name that ends at ``end``."""
    if end == len(text) or text[end] in "\n ":
        return _LINE_END
    if text[end] == "·":
        return _CROSSED
    right, length, weight = _side("right"), 0, 0
    if text[end] in right.touching:
        for size in range(right.longest, 0, -1):
            found = right.weights.get(text[end : end + size])
            if found is not None:
                length, weight = min(size, len(text) - end), found
                break
    if text[end - 1 : end] in right.firm:
        # 周强|调研 stands although 强调 is a word, 李江副|总编辑 does not: the word that runs on decides.
        for size in range(max(2, length + 1), right.longest + 1):
            crossing = right.weights.get(text[end - 1 : end - 1 + size], 0)
            if crossing >= ACT or crossing < 0:
                return _CROSSED
    return weight


@lru_cache(maxsize=1)  # asked twice for each text
def post_ends(text: str) -> list[int]:
    """Where a post ends.

    >>> post_ends("县委书记李甲")
    [4]
    """
    ends, pairs = _post_ends()
    found = (m.end() for m in ends.finditer(text))
    return [at for at in found if text[at - 2 : at] in pairs and before(text, at) >= POST]


@cache
def _post_ends() -> tuple[re.Pattern[str], frozenset[str]]:
    """The last characters of posts, and their last two: what most places fail is looked at first."""
    left = _side("left")
    pairs = frozenset(w[-2:] for w, n in left.weights.items() if n >= POST and len(w) > 1)
    return re.compile("[" + "".join(sorted(left.firm)) + "]"), pairs
