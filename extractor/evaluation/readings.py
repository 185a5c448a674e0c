"""What somebody took from a report, annotator or program, in one form: so that both are compared alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import get_args

from extractor.evaluation import records
from extractor.evaluation.gold import Gold, GoldPerson, GoldUnit
from extractor.evaluation.matching import Where, norm
from schemas import LeaderRole, SpeakerRole

#: Roles that make a leader, and those that make a speaker (docs/record.md).
LEADS: frozenset[str] = frozenset(get_args(LeaderRole))
SPEAKS: frozenset[str] = frozenset(get_args(SpeakerRole))

#: The parts of ``meeting``.
PARTS = ("name", "organizer", "location")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: ``text`` as it stands in the report, ``key`` what is compared of it.

    ``detail``: the title of a leader, the representatives of a unit, who says a task. ``where``: the place
    in the text, None where it is not known. ``value``: that of a date, in EDTF.
    """

    text: str
    key: str
    roles: tuple[str, ...] = ()
    detail: str | None = None
    where: Where | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one report by field (leaders, meeting.name, …); ``names``: of all people named.

    ``tasks`` are those that stand in the text, each with its place; ``said_by`` is who says each task, those
    among them that do not stand there too.
    """

    is_meeting: bool
    entries: Mapping[str, tuple[Entry, ...]]
    names: frozenset[str]
    tasks: tuple[Entry, ...]
    said_by: tuple[str, ...]


def of_gold(gold: Gold, text: str) -> Reading:
    """What the annotator took from the report."""
    parties: list[GoldPerson | GoldUnit] = [*gold.people, *gold.units]
    find = partial(first_place, text)
    entries: dict[str, Iterable[Entry]] = {
        "date": [_date(gold.date.text, gold.date.edtf, find(gold.date.text))] if gold.date else [],
        "leaders": (
            _party(p, LEADS, p.title, find(p.name)) for p in gold.people if LEADS.intersection(p.roles)
        ),
        "speakers": (_party(p, SPEAKS, None, find(p.name)) for p in parties if SPEAKS.intersection(p.roles)),
        "units": (_entry(u.name, find(u.name), detail=u.representatives) for u in gold.units),
        "documents": (_entry(d.title, find(d.title), roles=(d.action,)) for d in gold.documents),
        "mentioned": (_entry(name, find(name)) for name in gold.mentioned),
    }
    for part in PARTS:
        value = getattr(gold.meeting, part)
        entries[f"meeting.{part}"] = [_entry(value, find(value))] if norm(value) else []
    places = in_order(text, (task.text for task in gold.tasks))
    return Reading(
        is_meeting=True,
        entries={field: tuple(found) for field, found in entries.items()},
        names=frozenset(norm(name) for name in (*(p.name for p in gold.people), *gold.mentioned)),
        tasks=tuple(_entry(t.text, w, detail=t.by) for t, w in zip(gold.tasks, places, strict=True) if w),
        said_by=tuple(_sayer(task.by) for task in gold.tasks),
    )


def of_record(record: records.Record | None, text: str) -> Reading:
    """What a record says of the report; no record, and an error record, say nothing."""
    if record is None or record.status == "error":
        record = _NO_RECORD
    mentioned = [m if isinstance(m, records.Party) else records.Party(name=m) for m in record.mentioned]
    people = [*record.leaders, *(s for s in record.speakers if s.kind == "person"), *mentioned]
    date, meeting = record.date, record.meeting or records.Meeting()
    entries: dict[str, Iterable[Entry]] = {
        "date": [_date(date.text, date.edtf, _first(date.evidence))] if date else [],
        "leaders": (_party(p, LEADS, p.title, _first(p.evidence)) for p in record.leaders),
        "speakers": (_party(s, SPEAKS, None, _first(s.evidence)) for s in record.speakers),
        "units": (
            _entry(u.name, _first(u.evidence), detail=u.representatives) for u in record.attending_units
        ),
        "documents": (_entry(d.title, _first(d.evidence), roles=(d.action,)) for d in record.documents),
        "mentioned": (_entry(m.name, _first(m.evidence)) for m in mentioned),
    }
    for part in PARTS:
        value: records.Value | None = getattr(meeting, part)
        told = value if value and norm(value.text) else None
        entries[f"meeting.{part}"] = [_entry(told.text, _first(told.evidence))] if told else []
    return Reading(
        is_meeting=record.kind != "other",
        entries={field: tuple(found) for field, found in entries.items()},
        names=frozenset(norm(person.name) for person in people),
        tasks=tuple(_located(record.tasks, text)),
        said_by=tuple(_sayer(task.by) for task in record.tasks),
    )


def in_order(text: str, pieces: Iterable[str]) -> Iterator[Where | None]:
    """Where pieces of a text stand that were written down in its order.

    >>> list(in_order("要严格。要落实。要严格。", ["要严格", "要严格", "要落实", "要快"]))
    [(0, 3), (8, 11), (4, 7), None]
    """
    after = 0
    for piece in pieces:
        start = text.find(piece, after)
        if start < 0:
            start = text.find(piece)
        if start < 0:
            yield None
            continue
        after = start + len(piece)
        yield start, after


def first_place(text: str, piece: str | None) -> Where | None:
    """Where a piece of the text stands first."""
    return next(in_order(text, [piece])) if piece else None


_NO_RECORD = records.Record(source=records.Source(name=""), kind="other")


def _located(tasks: Iterable[records.Task], text: str) -> Iterator[Entry]:
    """The tasks of a record that stand in the text, by their evidence or, without, where they stand first."""
    for task in tasks:
        where = _first(task.evidence)
        if where is None or text[slice(*where)] != task.text:
            where = next(in_order(text, [task.text]))
        if where is not None:
            yield _entry(task.text, where, detail=task.by)


def _entry(
    text: str, where: Where | None, *, roles: tuple[str, ...] = (), detail: str | None = None
) -> Entry:
    return Entry(text, norm(text), roles, detail, where)


def _party(
    party: GoldPerson | GoldUnit | records.Party,
    roles: frozenset[str],
    title: str | None,
    where: Where | None,
) -> Entry:
    return _entry(party.name, where, roles=tuple(r for r in party.roles if r in roles), detail=title)


def _date(text: str, edtf: str | None, where: Where | None) -> Entry:
    return Entry(text, edtf or norm(text), where=where, value=edtf)


def _sayer(by: str | None) -> str:
    return norm(by) or "-"


def _first(evidence: Iterable[records.Span]) -> Where | None:
    return next(((span.start, span.end) for span in evidence), None)


def everybody(reading: Reading) -> Iterator[Entry]:
    """Everybody and every unit that the reading names anywhere."""
    fields = ("leaders", "speakers", "units", "mentioned")
    return chain.from_iterable(reading.entries[field] for field in fields)
