"""Tables for the eye, and the same as tab-separated lines for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table

from extractor.writing.harmless import harmless
from extractor.writing.printing import printed, shown

#: Narrower, a table of several columns cannot be read.
NARROWEST = 60

#: Longer values show these many characters of their two ends, which is where they are cut differently.
_HEAD, _TAIL = 36, 24


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str | int | float]], width: int, *, colour: bool = False
) -> str:
    """Rows under headings; numbers stand to the right, shares (floats) with three digits.

    >>> print(table(["field", "F1", "gold"], [["date", 1.0, 123], ["units", 0.8765, 9]], 80), end="")
    field     F1  gold
    date   1.000   123
    units  0.876     9
    """
    body = [list(row) for row in rows]
    page = grid(headings, [""] * len(headings))
    for number, column in enumerate(page.columns):
        if any(not isinstance(row[number], str) for row in body):
            column.justify = "right"
    for row in body:
        page.add_row(*(shown(_told(cell)) for cell in row))
    lines = printed(page, max(width, NARROWEST), colour).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def grid(headings: Iterable[str], styles: Iterable[str]) -> Table:
    """An empty table with these headings, each column in its style; longer cells are folded."""
    out = Table(box=None, pad_edge=False, header_style="bold")
    for heading, style in zip(headings, styles, strict=True):
        out.add_column(heading, style=style, overflow="fold")
    return out


def tab_separated(rows: Iterable[Sequence[str | int | float]]) -> str:
    """A line for each row, with tabs between its cells."""
    return "".join("\t".join(harmless(_told(cell)) for cell in row) + "\n" for row in rows)


def ends(value: str) -> str:
    """A value that may be long, for the eye: its two ends.

    >>> ends("要" * 36 + "做" * 99 + "好" * 24) == "要" * 36 + "…" + "好" * 24, ends("要做好")
    (True, '要做好')
    """
    return value if len(value) <= _HEAD + _TAIL else f"{value[:_HEAD]}…{value[-_TAIL:]}"


def _told(cell: str | int | float) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
