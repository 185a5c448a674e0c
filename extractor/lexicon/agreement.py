"""Entries against each other: what is listed twice, and what contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractor.errors import LexiconConflictError
from extractor.lexicon.entries import Listed, folded


def disagreements(entries: Iterable[Listed], path: str) -> Iterator[LexiconConflictError]:
    """Every entry that repeats or contradicts an earlier one; the later line is the wrong one.

    Two people may have one name, and one person several offices, one after the other or together: only the
    same name with the same title at the same time is a repetition.
    """
    seen: defaultdict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        for n, spelling in enumerate(entry.spellings):
            here = seen[folded(spelling)]
            for other in here:
                if (detail := _conflict(other, entry)) is not None:
                    yield LexiconConflictError(
                        path=path, line=entry.line, first=other.line, value=spelling, detail=detail
                    )
                    break
            if n == 0 or entry not in here:
                here.append(entry)


def _conflict(one: Listed, other: Listed) -> str | None:
    """What is wrong with two entries that share a spelling, as a term; None where nothing is."""
    kinds = {one.kind, other.kind}
    if kinds == {"people"}:
        same = folded(one.title or "") == folded(other.title or "")
        return "listed-twice" if same and one.holds_office(other.begin, other.end) else None
    if "people" in kinds:
        (kind,) = kinds - {"people"}
        return {"never": "person-never", "places": "person-place", "units": "person-unit"}[kind]
    return "listed-twice" if len(kinds) == 1 else None
