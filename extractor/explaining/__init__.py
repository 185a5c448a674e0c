"""Why each value of a record is what it is: the rule or the model that gave it, and what it was preferred to.

Nothing of this is kept while records are made: a ``Trace`` only points to the find behind a value, and the
choices are made again here, for the one report that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.explaining.meeting import date, headline, inferred, kind, location, name, organizer
from extractor.explaining.people import Namer, person, role, unit
from extractor.explaining.reason import Reason, Rival
from extractor.explaining.said import document, task
from extractor.language.findings import Findings
from extractor.language.types import Act, DateMention, Document, Name, Person, Task, Unit
from extractor.record import Made, Trace

__all__ = ["Reason", "Rival", "reasons"]

_FIELDS: dict[str, Callable[[Findings, str], tuple[Rival, ...]]] = {
    "kind": kind,
    "title": headline,
    "meeting.name": name,
    "meeting.organizer": organizer,
    "meeting.location": location,
}


def reasons(made: Made) -> Iterator[Reason]:
    """A reason for each value, in the order of the record's trace; without ``made.found`` none has rivals."""
    if made.found is None:
        yield from (Reason(trace.path, trace.rule) for trace in made.trace)
        return
    namer = Namer(made.found)
    for trace in made.trace:
        yield from _reasons(made, made.found, namer, trace)


def _reasons(made: Made, found: Findings, namer: Namer, trace: Trace) -> Iterator[Reason]:
    path, rule, find = trace.path, trace.rule, trace.find
    match find:
        case Person():
            yield Reason(path, rule)
            yield from person(found, namer, path, find)
        case Unit():
            yield Reason(path, rule)
            yield from unit(found, path, find)
        case Act():
            yield Reason(path, rule, role(found, find), find.verb)
        case Task():
            yield from task(found, path, find)
        case Document():
            yield from document(found, path, find)
        case Name():
            yield Reason(path, rule, namer.rivals(find), find.extent)
        case DateMention():
            yield Reason(path, rule, date(found, find))
            yield from inferred(made.record.date)
        case None:
            yield Reason(path, rule, _FIELDS[path](found, rule) if path in _FIELDS else ())
