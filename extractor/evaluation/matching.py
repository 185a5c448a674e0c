"""Which of two lists of values belong together, where they are not simply equal."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
#: A stretch of the text: start inclusive, end exclusive, in code points.
Where = tuple[int, int]
#: Two items that may belong together: how well they fit (0 to 1), their indices.
Candidate = tuple[float, int, int]


def norm(words: str | None) -> str:
    """What is compared of a value: full width is half width, white space and closing marks are nothing.

    >>> norm("王　伟"), norm("县委、县政府。"), norm("（市、区），")
    ('王伟', '县委、县政府', '(市、区)')
    """
    folded = unicodedata.normalize("NFKC", words or "")
    return "".join(c for c in folded if not c.isspace()).strip("，。；：、,.;:")


def one_to_one(candidates: Iterable[Candidate], least: float) -> list[tuple[int, int]]:
    """Pairs of indices, each in one pair at most, the best fitting first; none that fits less than ``least``.

    >>> one_to_one([(0.7, 0, 0), (0.9, 0, 1), (0.6, 1, 1), (0.6, 1, 0)], 0.6)
    [(0, 1), (1, 0)]
    """
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for fit, i, j in sorted(candidates, reverse=True):
        if fit >= least and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def equal_pairs(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Indices of equal items, in order; what stands twice is matched twice.

    >>> equal_pairs(["a", "b", "a"], ["a", "c", "a"])
    [(0, 0), (2, 2)]
    """
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(range(len(right))):
        waiting[right[j]].append(j)
    return [(i, waiting[item].pop()) for i, item in enumerate(left) if waiting[item]]


def unpaired(
    left: Sequence[T], right: Sequence[T], pairs: Sequence[tuple[int, int]]
) -> tuple[list[T], list[T]]:
    """The items of both lists that are in no pair of indices.

    >>> unpaired(["a", "b"], ["a", "c"], [(0, 0)])
    (['b'], ['c'])
    """
    of_left, of_right = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [item for i, item in enumerate(left) if i not in of_left],
        [item for j, item in enumerate(right) if j not in of_right],
    )


def shared(one: Where | None, other: Where | None) -> float:
    """What two stretches share of what they cover together, 0 to 1; nothing where one is not known.

    >>> shared((0, 10), (0, 8)), shared((0, 4), (4, 8))
    (0.8, 0.0)
    """
    if one is None or other is None:
        return 0.0
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def held(one: str, other: str) -> float:
    """Where one name holds the other: the ratio of their lengths, else 0.

    >>> held("县财政局", "县财政局"), held("各乡镇", "各乡镇(街道)"), held("县财政局", "县教育局")
    (1.0, 0.42857142857142855, 0.0)
    """
    a, b = norm(one), norm(other)
    if a == b:
        return 1.0
    return min(len(a), len(b)) / max(len(a), len(b)) if a in b or b in a else 0.0


def candidates(fits: Iterable[Iterable[float]]) -> list[Candidate]:
    """Every pair that fits at all, from a table of fits: a row for each item of the left list."""
    return [(fit, i, j) for i, row in enumerate(fits) for j, fit in enumerate(row) if fit > 0]
