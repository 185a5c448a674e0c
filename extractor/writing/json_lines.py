"""JSON Lines: each record on a line of its own, as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from extractor.writing.entries import Entry


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write the lines; one is held at a time."""
    for entry in entries:
        out.write(entry.line.encode("utf-8"))
