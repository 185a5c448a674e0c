"""Why each value of a record is what it is: the rule or the model that gave it, and what it was preferred to.

Nothing of this is kept while records are made: a ``Trace`` only points to the find behind a value, and the
choices are made again here, for the one report that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.explaining import meeting, people, said
from extractor.explaining.again import Again
from extractor.explaining.reason import Reason, Rival
from extractor.language.types import Act, DateMention, Document, Name, Person, Task, Unit
from extractor.record import Made, Trace

__all__ = ["Reason", "Rival", "reasons"]

_FIELDS: dict[str, Callable[[Again, str], tuple[Rival, ...]]] = {
    "kind": meeting.kind,
    "title": meeting.headline,
    "meeting.name": meeting.name,
    "meeting.organizer": meeting.organizer,
    "meeting.location": meeting.location,
}


def reasons(made: Made) -> Iterator[Reason]:
    """A reason for each value, in the order of the record's trace; without ``made.found`` none has rivals."""
    if made.found is None:
        yield from (Reason(trace.path, trace.rule) for trace in made.trace)
        return
    again = Again(made.found)
    for trace in made.trace:
        yield from _reasons(made, again, trace)


def _reasons(made: Made, again: Again, trace: Trace) -> Iterator[Reason]:
    path, rule, find = trace.path, trace.rule, trace.find
    match find:
        case Person():
            yield Reason(path, rule)
            yield from people.person(again, path, find)
        case Unit():
            yield Reason(path, rule)
            yield from people.unit(again, path, find)
        case Act():
            yield Reason(path, rule, people.role(again, find), find.verb)
        case Task():
            yield from said.task(again, path, find)
        case Document():
            yield from said.document(again, path, find)
        case Name():
            yield Reason(path, rule, people.name(again, find), find.extent)
        case DateMention():
            yield Reason(path, rule, meeting.date(again, find))
            yield from meeting.inferred(made.record.date)
        case None:
            yield Reason(path, rule, _FIELDS[path](again, rule) if path in _FIELDS else ())
