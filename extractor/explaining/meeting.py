"""The meeting itself: kind, headline, name, organizer, place, date, and what else each could have been."""

from __future__ import annotations

from collections.abc import Iterator

import schemas
from extractor.explaining.again import Again
from extractor.explaining.reason import Reason, Rival, first, words
from extractor.language.dates import ranks
from extractor.language.holdings import Holding
from extractor.language.kinds import evidence
from extractor.language.meeting_names import alike, is_nameless
from extractor.language.types import DateMention, Extent, LineKind
from extractor.rules import load

#: Who else held a meeting, and where else, where no statement of holding tells.
_HOSTS = ("event.hosts", "event.hosts.among", "event.undertaken")
_PLACES = ("event.venue", "event.whereabouts")
#: Kinds of dates that can be that of a meeting.
_POSSIBLE = frozenset({"day", "relative", "month", "year", "vague", "lunar", "meeting"})


def kind(again: Again, rule: str) -> tuple[Rival, ...]:
    """What else told for a meeting or against one, the weightiest first; the rule that decided comes not again."""
    assert again.found.layout is not None and again.found.event is not None
    meeting = again.found.event.kind if again.found.event.kind != "other" else "report"
    rest = sorted(
        (p for p in evidence(again.found, again.holdings) if p.rule != rule), key=lambda p: -abs(p.weight)
    )
    return first([Rival("other" if p.weight < 0 else meeting, p.rule, "evidence", p.weight) for p in rest])


def headline(again: Again, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001  (one signature for all fields)
    """The other lines above the story."""
    assert again.found.layout is not None
    rivals = []
    for line in again.found.layout.lines:
        if line.kind in (LineKind.BODY, LineKind.LABEL):
            break
        if line.kind in (LineKind.SUBHEAD, LineKind.META):
            rivals.append(
                Rival(words(again.found, Extent(line.start, line.end)), "layout.line", line.kind.value)
            )
    return first(rivals)


def name(again: Again, rule: str) -> tuple[Rival, ...]:
    """The other names that the report gives to a meeting."""
    assert again.found.event is not None and again.found.event.name is not None
    return first(list(_names(again, again.found.event.name, rule)))


def _names(again: Again, chosen: Extent, rule: str) -> Iterator[Rival]:
    own = chosen.of(again.text)
    for holding in again.holdings:
        if holding.name is None or (other := holding.name.of(again.text)) == own:
            continue
        yield Rival(words(again.found, holding.name), holding.rule, _why(own, other, holding, rule))


def _why(own: str, other: str, holding: Holding, rule: str) -> str:
    """Why another name lost."""
    if is_nameless(other):
        return "nameless"
    if not holding.told:
        return "not-told"
    if rule.startswith("event.label"):
        return "not-the-label"
    return "less-full" if alike(own, other) else "another-meeting"


def organizer(again: Again, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001
    """Who else is said to have held a meeting."""
    assert again.found.event is not None
    said = [(h.organizer, h.rule, h.told) for h in again.holdings]
    return _others(again, again.found.event.organizer, [*said, *_elsewhere(again, "org", _HOSTS)])


def location(again: Again, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001
    """Where else a meeting is said to have been held."""
    assert again.found.event is not None
    said = [(h.place, "event.place", h.told) for h in again.holdings]
    return _others(again, again.found.event.location, [*said, *_elsewhere(again, "place", _PLACES)])


#: A value, its rule, and whether it is told of a meeting that was held.
_Said = tuple[Extent | None, str, bool]


def _elsewhere(again: Again, group: str, rules: tuple[str, ...]) -> Iterator[_Said]:
    """What the patterns find that count only where no statement of holding tells."""
    for rule in rules:
        if (match := load("event")[rule].search(again.text)) is not None:
            yield Extent(*match.span(group)), rule, True


def _others(again: Again, chosen: Extent | None, said: list[_Said]) -> tuple[Rival, ...]:
    own = chosen.of(again.text) if chosen else None
    return first(
        [
            Rival(words(again.found, extent), rule, "less-sure" if told else "not-told")
            for extent, rule, told in said
            if extent is not None and extent.of(again.text) != own
        ]
    )


def date(again: Again, chosen: DateMention) -> tuple[Rival, ...]:
    """The other dates of the text, and why each is not that of the meeting: all of them."""
    assert again.found.layout is not None
    others = [mention for mention in again.found.dates or () if mention.start != chosen.start]
    places = ranks(again.text, again.found.layout, others)
    return tuple(
        Rival(words(again.found, Extent(mention.start, mention.end)), mention.rule, _no_date(mention, place))
        for mention, place in zip(others, places, strict=True)
    )


def _no_date(mention: DateMention, place: str | None) -> str:
    """Why a date is not that of the meeting: its kind, or its place."""
    if mention.kind not in _POSSIBLE:
        return f"date-{mention.kind}"
    return f"rank-{place}" if place else "no-place"


def inferred(when: schemas.MeetingDate | None) -> Iterator[Reason]:
    """Where the parts of the date came from that the expression does not state."""
    if when is not None and when.inferred:
        yield Reason("date.inferred", f"dates.from.{str(when.inferred_from).replace(' ', '-')}")
