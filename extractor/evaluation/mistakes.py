"""Errors as a person would tell them: each once, and of one kind.

The rows of the table count one misread name in up to four of them; here it is one mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.evaluation.gold import Case
from extractor.evaluation.matching import (
    Where,
    candidates,
    equal_pairs,
    held,
    norm,
    one_to_one,
    shared,
    unpaired,
)
from extractor.evaluation.readings import PARTS, Entry, Reading, everybody

Pairs = list[tuple[int, int]]

#: Fields that have one value at most.
_SINGLE = ("date", *(f"meeting.{part}" for part in PARTS))


class MistakeKind(StrEnum):
    """What sort of error it is."""

    MISSED = "missed"  # the annotation has it, the record has nothing for it
    WRONG = "wrong"  # the record has it, or something else in its place
    BOUNDARY = "boundary"  # the same piece of the text, cut differently
    ROLE = "role"  # the right name in another role; the right document, otherwise handled; the right task of another
    TITLE = "title"  # the right name with another title; the right unit with other representatives


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: ``item`` is the value that it is about, ``gold`` and ``record`` what each says, or None.

    ``where``: START, END of the record's value in the text, else of the annotation's where it stands first.
    """

    report: str
    field: str
    kind: MistakeKind
    item: str
    gold: str | None
    record: str | None
    where: Where | None


def no_such_meeting(report: str) -> Mistake:
    """The error of a record of a text that reports no meeting."""
    return Mistake(report, "kind", MistakeKind.WRONG, "", "other", "meeting", None)


def mistakes_in(case: Case, gold: Reading, found: Reading, same: Pairs, nearly: Pairs) -> Iterator[Mistake]:
    """The errors of a record. ``same``, ``nearly``: pairs of tasks that the table takes for the same."""
    if not found.is_meeting:
        yield Mistake(case.id, "kind", MistakeKind.MISSED, "", "meeting", "other", None)
    for field in ("date", "leaders", "speakers", "units"):
        yield from _of_field(case, field, gold, found)
    yield from _of_tasks(case, gold, found, same, nearly)
    for field in ("documents", *(f"meeting.{part}" for part in PARTS)):
        yield from _of_field(case, field, gold, found)
    # People who take part are told above; left are those who are only mentioned.
    ours = [entry for entry in gold.entries["mentioned"] if entry.key not in found.names]
    theirs = [entry for entry in found.entries["mentioned"] if entry.key not in gold.names]
    yield from _unmatched(case, "names", _distinct(ours), _distinct(theirs))


def _of_field(case: Case, field: str, gold: Reading, found: Reading) -> Iterator[Mistake]:
    ours, theirs = list(gold.entries[field]), list(found.entries[field])
    pairs = equal_pairs([entry.key for entry in ours], [entry.key for entry in theirs])
    for i, j in pairs:
        yield from _of_pair(case, field, ours[i], theirs[j])
    ours, theirs = unpaired(ours, theirs, pairs)
    if field in ("leaders", "speakers"):  # who is known, but not as a leader, has another role
        known_to_them, known_to_us = ({entry.key for entry in everybody(r)} for r in (found, gold))
        for entry in (entry for entry in ours if entry.key in known_to_them):
            yield _mistake(case, field, MistakeKind.ROLE, entry, None, _roles)
        for entry in (entry for entry in theirs if entry.key in known_to_us):
            yield _mistake(case, field, MistakeKind.ROLE, None, entry, _roles)
        ours = [entry for entry in ours if entry.key not in known_to_them]
        theirs = [entry for entry in theirs if entry.key not in known_to_us]
    yield from _unmatched(case, field, ours, theirs)


def _of_pair(case: Case, field: str, ours: Entry, theirs: Entry) -> Iterator[Mistake]:
    """Of one value that both have."""
    if set(ours.roles) != set(theirs.roles):
        yield _mistake(case, field, MistakeKind.ROLE, ours, theirs, _roles)
    if norm(ours.detail) != norm(theirs.detail):
        yield _mistake(case, field, MistakeKind.TITLE, ours, theirs, _detail)


def _of_tasks(case: Case, gold: Reading, found: Reading, same: Pairs, nearly: Pairs) -> Iterator[Mistake]:
    for i, j in nearly:
        if norm(gold.tasks[i].detail) != norm(found.tasks[j].detail):
            yield _mistake(case, "task.by", MistakeKind.ROLE, gold.tasks[i], found.tasks[j], _detail)
    yield from _unmatched(case, "tasks", *unpaired(gold.tasks, found.tasks, same))


def _unmatched(case: Case, field: str, ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[Mistake]:
    """Of values that only one has: those that overlap are the same piece, cut differently."""
    fits = ((_overlap(case.text, entry, other) for other in theirs) for entry in ours)
    pairs = one_to_one(candidates(fits), least=0.0)
    for i, j in pairs:
        yield _mistake(case, field, MistakeKind.BOUNDARY, ours[i], theirs[j])
    ours, theirs = unpaired(ours, theirs, pairs)
    if field in _SINGLE and ours and theirs:
        yield _mistake(case, field, MistakeKind.WRONG, ours[0], theirs[0])
        return
    for entry in ours:
        yield _mistake(case, field, MistakeKind.MISSED, entry, None)
    for entry in theirs:
        yield _mistake(case, field, MistakeKind.WRONG, None, entry)


def _overlap(text: str, ours: Entry, theirs: Entry) -> float:
    """How well two values fit that may be one piece of the text with two cuts; 0 where they are not.

    They are if one holds the other, if their places overlap, or if the annotation's characters stand
    anywhere across the record's place: an annotation has no places, and a name may stand in many.
    """
    if ours.text == theirs.text:  # one expression, two values: no matter of where to cut
        return 0.0
    if fit := held(ours.text, theirs.text) or shared(ours.where, theirs.where):
        return fit
    if theirs.where is None:
        return 0.0
    start, end = theirs.where
    size = len(ours.text)
    around = max(0, start - size + 1)
    place = text.find(ours.text, around, end + size - 1)
    return shared((place, place + size), theirs.where) if place >= 0 else 0.0


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return list({entry.key: entry for entry in entries}.values())


def _as_said(entry: Entry) -> str:
    """A date also has a value: 3月24日 = 2021-03-24."""
    return f"{entry.text} = {entry.value}" if entry.value else entry.text


def _roles(entry: Entry) -> str:
    return ", ".join(entry.roles)


def _detail(entry: Entry) -> str | None:
    return entry.detail


def _mistake(
    case: Case,
    field: str,
    kind: MistakeKind,
    ours: Entry | None,
    theirs: Entry | None,
    told: Callable[[Entry], str | None] = _as_said,
) -> Mistake:
    """``told``: what of an entry to tell, where its name is right."""
    entries = [entry for entry in (theirs, ours) if entry is not None]
    gold, record = (None if entry is None else told(entry) for entry in (ours, theirs))
    where = next((entry.where for entry in entries if entry.where), None)
    return Mistake(case.id, field, kind, entries[-1].text, gold, record, where)
