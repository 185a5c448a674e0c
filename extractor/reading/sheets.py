"""Lines as they were found on a page image, in any direction, and the page laid straight with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractor.reading.lines import Line
from extractor.reading.places import Box

Point = tuple[float, float]
#: The corners of a line: upper left, upper right, lower right, lower left as one reads it.
Quad = tuple[Point, Point, Point, Point]

#: Characters recognised with less certainty are named as unsure. By benchmarks/ocr.py, with U+FFFD for what is lost counted in:
#: on clean pages 1 in 1 000 is named or fewer; of the fax and the bad copy 90 % of what is wrong is named, and 72 % of what is
#: named is wrong. On a legible worn copy few are wrong (4 of 1 800), half of them named, among 18.
_UNSURE = 0.85
#: Degrees: less slant is that of boxes in whole pixels.
_ASKEW = 0.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page image as one would lay it to be read: turned upright, and straight where it was a little askew.

    ``back`` gives for a box of ``lines`` the box on the page as displayed.
    """

    lines: tuple[Line, ...]
    width: float
    height: float
    back: Callable[[Box], Box]


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as recognised: the certainty of each character, and where its left and right end are, from 0 to 1."""

    quad: Quad
    characters: str = ""
    certain: tuple[float, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()


def quad_of(corners: Sequence[Sequence[float]], factor: float) -> Quad:
    """The corners on a page of which a copy, ``factor`` times as large, has these."""
    a, b, c, d = ((x / factor, y / factor) for x, y in corners)
    return a, b, c, d


def sides(quad: Quad) -> tuple[float, float]:
    """Length and height of a line."""
    return math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])


def turned(quad: Quad, quarters: int) -> Quad:
    """The same place, read in another direction: 1 for downwards, 2 for upside down."""
    a, b, c, d = quad[quarters:] + quad[:quarters]
    return a, b, c, d


def laid_straight(lines_read: Sequence[ReadLine], width: float, height: float, scale: float) -> Sheet:
    """The lines on a page turned by the angle at which most of them run; ``scale`` from pixels to the unit of the page."""
    angle, quarters = _slant(lines_read)
    size = (height, width) if quarters % 2 else (width, height)
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))

    def straight(x: float, y: float) -> Point:
        x, y = x - width / 2, y - height / 2
        return x * cosine + y * sine + size[0] / 2, y * cosine - x * sine + size[1] / 2

    def displayed(x: float, y: float) -> Point:
        x, y = x - size[0] / 2, y - size[1] / 2
        return x * cosine - y * sine + width / 2, y * cosine + x * sine + height / 2

    def back(box: Box) -> Box:
        return box if angle == 0 else _around([displayed(x, y) for x in box[::2] for y in box[1::2]])

    lines = []
    for line in lines_read:
        a, b, c, d = (straight(x * scale, y * scale) for x, y in line.quad)
        corners = [[between(e, f, t) for t in ends for e, f in ((a, b), (d, c))] for ends in line.ends]
        read = zip(line.characters, line.certain, strict=True)
        unsure = tuple(
            i for i, (character, certain) in enumerate(read) if certain < _UNSURE and character != " "
        )
        lines.append(Line(line.characters, tuple(map(_around, corners)), unsure))
    return Sheet(tuple(lines), *size, back)


def _slant(read: Sequence[ReadLine]) -> tuple[float, int]:
    """The angle at which most lines run, in degrees clockwise, and the quarter turns in it."""
    runs = []
    for line in read:
        a, b, *_ = line.quad
        runs.append((math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])), math.dist(a, b)))
    lengths = [0.0] * 4
    for angle, length in runs:
        lengths[round(angle / 90) % 4] += length
    quarters = lengths.index(max(lengths))
    askew = sorted(
        ((angle - 90 * quarters + 180) % 360 - 180, length)
        for angle, length in runs
        if round(angle / 90) % 4 == quarters
    )
    so_far = accumulate(length for _, length in askew)  # the median, long lines counting for more
    middle = [
        skew for (skew, _), length in zip(askew, so_far, strict=True) if 2 * length >= lengths[quarters]
    ]
    skew = middle[0] if middle and abs(middle[0]) >= _ASKEW else 0.0
    return 90 * quarters + skew, quarters


def between(a: Point, b: Point, share: float) -> Point:
    """The point that lies this share of the way from ``a`` to ``b``."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _around(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
