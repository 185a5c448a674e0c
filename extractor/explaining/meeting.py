"""The meeting itself: kind, headline, name, organizer, place, date, and what else each could have been."""

from __future__ import annotations

from collections.abc import Iterator

import schemas
from extractor.explaining.reason import Reason, Rival, first, words
from extractor.language.dates import rank
from extractor.language.event import read_holdings
from extractor.language.findings import Findings
from extractor.language.holdings import Holding
from extractor.language.kinds import evidence
from extractor.language.meeting_names import alike, is_nameless
from extractor.language.types import DateMention, Extent, LineKind

#: Kinds of dates that can be that of a meeting.
_POSSIBLE = frozenset({"day", "relative", "month", "year", "vague", "lunar", "meeting"})


def kind(found: Findings, rule: str) -> tuple[Rival, ...]:
    """What else told for a meeting or against one, the weightiest first; the rule that decided comes not again."""
    assert found.layout is not None and found.event is not None
    meeting = found.event.kind if found.event.kind != "other" else "report"
    pieces = list(evidence(found.clean, found.layout, found.dates or (), read_holdings(found)))
    rest = sorted((p for p in pieces if p.rule != rule), key=lambda p: -abs(p.weight))
    return first([Rival("other" if p.weight < 0 else meeting, p.rule, "evidence", p.weight) for p in rest])


def headline(found: Findings, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001  (one signature for all fields)
    """The other lines above the story."""
    assert found.layout is not None
    rivals = []
    for line in found.layout.lines:
        if line.kind in (LineKind.BODY, LineKind.LABEL):
            break
        if line.kind in (LineKind.SUBHEAD, LineKind.META):
            rivals.append(Rival(words(found, Extent(line.start, line.end)), "layout.line", line.kind.value))
    return first(rivals)


def name(found: Findings, rule: str) -> tuple[Rival, ...]:
    """The other names that the report gives to a meeting."""
    assert found.event is not None and found.event.name is not None
    return first(list(_names(found, found.event.name, rule)))


def _names(found: Findings, chosen: Extent, rule: str) -> Iterator[Rival]:
    own = chosen.of(found.clean)
    for holding in read_holdings(found):
        if holding.name is None or (other := holding.name.of(found.clean)) == own:
            continue
        yield Rival(words(found, holding.name), holding.rule, _why(own, other, holding, rule))


def _why(own: str, other: str, holding: Holding, rule: str) -> str:
    """Why another name lost."""
    if is_nameless(other):
        return "nameless"
    if not holding.told:
        return "not-told"
    if rule.startswith("event.label"):
        return "not-the-label"
    return "less-full" if alike(own, other) else "another-meeting"


def organizer(found: Findings, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001
    """Who else is said to have held a meeting."""
    assert found.event is not None
    return _others(found, found.event.organizer, [(h, h.organizer) for h in read_holdings(found)])


def location(found: Findings, rule: str) -> tuple[Rival, ...]:  # noqa: ARG001
    """Where else a meeting is said to have been held."""
    assert found.event is not None
    return _others(found, found.event.location, [(h, h.place) for h in read_holdings(found)])


def _others(
    found: Findings, chosen: Extent | None, said: list[tuple[Holding, Extent | None]]
) -> tuple[Rival, ...]:
    own = chosen.of(found.clean) if chosen else None
    return first(
        [
            Rival(words(found, extent), holding.rule, "less-sure" if holding.told else "not-told")
            for holding, extent in said
            if extent is not None and extent.of(found.clean) != own
        ]
    )


def date(found: Findings, chosen: DateMention) -> tuple[Rival, ...]:
    """The other dates of the text, and why each is not that of the meeting: all of them."""
    assert found.layout is not None
    rivals = []
    for mention in found.dates or ():
        if mention.start == chosen.start:
            continue
        why = f"date-{mention.kind}"
        if mention.kind in _POSSIBLE:
            place = rank(found.clean, found.layout, mention)
            why = f"rank-{place}" if place else "no-place"
        rivals.append(Rival(words(found, Extent(mention.start, mention.end)), mention.rule, why))
    return tuple(rivals)


def inferred(when: schemas.MeetingDate | None) -> Iterator[Reason]:
    """Where the parts of the date came from that the expression does not state."""
    if when is not None and when.inferred:
        yield Reason("date.inferred", f"dates.from.{str(when.inferred_from).replace(' ', '-')}")
