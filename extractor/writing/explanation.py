"""Which rule gave which value, for ``extract explain``: a table for the eye, or tab-separated lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.table import Table

from extractor.writing.harmless import harmless
from extractor.writing.printing import printed, shown

if TYPE_CHECKING:
    from extractor.record import Made

#: Narrower, a table of four columns cannot be read.
NARROWEST = 60

#: What of a value with several fields tells the reader which one it is.
_SHOWN = ("text", "edtf", "name", "title", "representatives")
_STEP = re.compile(r"([a-z_]++)|\[(\d++)\]")


class Row(NamedTuple):
    """One value of the record: ``where`` is START-END in code points of the text as read, or empty."""

    path: str
    value: str
    rule: str
    where: str


def rows(made: Made) -> Iterator[Row]:
    """The values that a rule gave, in the order of the record's trace."""
    data = made.record.model_dump(mode="json")
    for trace in made.trace:
        value, where = value_at(data, trace.path)
        yield Row(trace.path, value, trace.rule, where)


def tab_separated(explanation: Iterable[Row]) -> str:
    """A line for each value: path, value, rule and where, with tabs between; for programs."""
    return "".join("\t".join(map(harmless, row)) + "\n" for row in explanation)


def table(explanation: Iterable[Row], headings: Row, width: int, colour: bool) -> str:
    """The same under headings, in columns; for the eye."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for heading, style in zip(headings, ("dim", "", "cyan", "dim"), strict=True):
        grid.add_column(heading, style=style, overflow="fold")
    for row in explanation:
        grid.add_row(*map(shown, row))
    return printed(grid, max(width, NARROWEST), colour)


def value_at(data: Any, path: str) -> tuple[str, str]:
    """The value under a path as ``leaders[0].roles[1]``, and the first evidence on the way there."""
    where = ""
    for key, index in _STEP.findall(path):
        data = data[key] if key else data[int(index)]
        if isinstance(data, dict) and data.get("evidence"):
            first = data["evidence"][0]
            where = f"{first['start']}-{first['end']}"
    if isinstance(data, dict):
        data = " ".join(data[key] for key in _SHOWN if data.get(key))
    return str(data), where
