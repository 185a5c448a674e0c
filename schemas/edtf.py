"""Dates in EDTF (ISO 8601-2): a day, month or year, or a range of two; an unknown digit is X."""

from __future__ import annotations

import re
from datetime import date

_POINT = r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?"
#: As a regular expression that Python, Rust and ECMA-262 read alike: it goes into the JSON Schema.
EDTF_PATTERN = rf"^{_POINT}(?:/{_POINT})?$".replace(r"\d", "0-9")


def check_edtf(value: str) -> str:
    """The value itself.

    Raises ValueError where a month or day does not exist, digits stand after an X inside one part, or a
    range ends before it begins.

    >>> check_edtf("2021-03-24/2021-03-25"), check_edtf("XXXX-10-24"), check_edtf("201X")
    ('2021-03-24/2021-03-25', 'XXXX-10-24', '201X')
    >>> check_edtf("2021-02-30")
    Traceback (most recent call last):
    ValueError: no such day: 2021-02-30
    """
    if not re.fullmatch(EDTF_PATTERN[1:-1], value):
        raise ValueError(f"not EDTF: {value}")
    points = value.split("/")
    for point in points:
        _check_point(point)
    if len(points) == 2 and "X" not in value and points[1] < points[0]:
        raise ValueError(f"the range ends before it begins: {value}")
    return value


def days_of(edtf: str) -> tuple[str, str] | None:
    """First and last day of a value whose days are all known, else None.

    >>> days_of("2021-03-24"), days_of("2021-03-24/2021-03-25"), days_of("XXXX-03-24")
    (('2021-03-24', '2021-03-24'), ('2021-03-24', '2021-03-25'), None)
    """
    points = edtf.split("/")
    if any("X" in point or len(point) != 10 for point in points):
        return None
    return points[0], points[-1]


def _check_point(point: str) -> None:
    for part in point.split("-"):
        if re.search(r"X\d", part):
            raise ValueError(f"a digit after an unknown one: {point}")
    year, month, day = (*point.split("-"), "", "")[:3]
    # An unknown year may be a leap year, an unknown month may have 31 days.
    known = [int(part) if part.isdigit() else other for part, other in ((year, 2000), (month, 1), (day, 1))]
    try:
        date(*known)
    except ValueError:
        raise ValueError(f"no such day: {point}") from None
