"""What a reason is made of."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.language.findings import Findings
from extractor.language.types import Extent

#: So many rivals are named, the nearest first.
MOST = 5


@dataclass(frozen=True, slots=True)
class Rival:
    """What a value was preferred to.

    ``text``: what the report would be read as instead. ``rule``: what spoke for it. ``why`` it lost, as a code
    (``extractor/writing/reasons.toml`` has the sentences), and ``by`` how much, where it was weighed.
    """

    text: str
    rule: str
    why: str
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A value's path, what gave it, what it was preferred to, and its place in the clean text if it is not the
    item's own."""

    path: str
    rule: str
    over: tuple[Rival, ...] = ()
    at: Extent | None = None


def words(found: Findings, extent: Extent) -> str:
    """A stretch of the clean text as it stands in the report."""
    return found.source(extent.start, extent.end).of(found.text)


def overlap(a: Extent, b: Extent) -> bool:
    """Whether two stretches have a character in common."""
    return a.start < b.end and b.start < a.end


def first(rivals: list[Rival]) -> tuple[Rival, ...]:
    """Each once, and no more than are worth reading."""
    return tuple(dict.fromkeys(rivals))[:MOST]
