"""What kind of text this is: a report of a meeting, minutes, or neither.

Evidence is weighed. Each rule of ``rules/event.toml`` labelled ``PLACE:WEIGHT`` counts once where it is
found there (in the body up to three times), and so does every sort of statement that a meeting was held.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.language.holdings import LIGHT, Holding
from extractor.language.types import DateMention, Layout, LineKind
from extractor.rules import load

_RULES = load("event")
_EVIDENCE = [
    (place, int(weight), rule)
    for rule in _RULES.rules.values()
    for place, _, weight in [rule.label.partition(":")]
    if weight
]
#: From this weight on the text reports a meeting: those of the gold reports reach 4 and more, the texts that
#: report none 1 at most.
_ENOUGH = 4
#: How often evidence of the body counts.
_TIMES = 3
#: How much of the body is its opening, in code points.
_OPENING = 500
#: A statement that a meeting was held: in the headline, in the first sentence of the body, in a sentence of
#: the opening with a date or without one, further down.
_HEADLINE, _FIRST, _DATED, _UNDATED, _LATE = 3, 4, 3, 2, 1
#: What labels of minutes weigh, and which count. A second 主持人： is an interview.
_LABELLED = 4
_MINUTES = frozenset(
    {"chair", "present", "time", "place", "topics", "decisions", "observers", "recorder", "absent"}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: the rule that found it and what it weighs."""

    rule: str
    weight: int


def decide(
    text: str, layout: Layout, dates: Sequence[DateMention], holdings: Sequence[Holding]
) -> tuple[str, str]:
    """The kind of the text (report, minutes, other) and the rule that told most for it."""
    pieces = list(evidence(text, layout, dates, holdings))
    minutes = [p for p in pieces if p.weight > 0 and p.rule.startswith("event.minutes")]
    if sum(p.weight for p in pieces) < _ENOUGH:
        return "other", min(pieces, key=lambda p: p.weight, default=Evidence("event.kind.none", 0)).rule
    if minutes:
        return "minutes", minutes[0].rule
    return "report", max(pieces, key=lambda p: p.weight).rule


def evidence(
    text: str, layout: Layout, dates: Sequence[DateMention], holdings: Sequence[Holding]
) -> Iterator[Evidence]:
    """All that tells for a meeting or against one."""
    body = next((x.start for x in layout.lines if x.kind in (LineKind.BODY, LineKind.LABEL)), 0)
    told = [h for h in holdings if h.told and not h.attended and not _is_no_meeting(text, h)]
    if any(h.headline for h in told):
        yield Evidence("event.headline", _HEADLINE)
    yield from _held([h for h in told if not h.headline], layout, dates, body)
    places = {"headline": (0, body), "opening": (body, body + _OPENING), "body": (body,), "text": (0,)}
    for place, weight, rule in _EVIDENCE:
        finds = rule.regex.finditer(text, *places[place])
        for _ in range(_TIMES if place == "body" else 1):
            if next(finds, None) is None:
                break
            yield Evidence(rule.id, weight)
    labels = Counter(x.label for x in layout.lines if x.label in _MINUTES and x.start != x.value)
    if len(labels) > 1 and (labels["present"] or labels["chair"]) and labels["chair"] <= 1:
        yield Evidence("event.minutes.labels", _LABELLED)
    if layout.headline is not None and _RULES["event.minutes"].search(layout.headline.of(text)):
        yield Evidence("event.minutes", _LABELLED)


def _held(told: list[Holding], layout: Layout, dates: Sequence[DateMention], body: int) -> Iterator[Evidence]:
    """The strongest statement of the body that a meeting was held."""
    early = [h for h in told if h.verb.start < body + _OPENING]
    if not told:
        return
    starts = [s.start for s in layout.sentences]
    dated = {bisect_right(starts, d.start) for d in dates}
    first = bisect_right(starts, body)
    sentences = {bisect_right(starts, h.verb.start) for h in early}
    if not early:
        weight = _LATE
    elif first in sentences:
        weight = _FIRST
    else:
        weight = _DATED if sentences & dated else _UNDATED
    yield Evidence("event.held", weight)


def _is_no_meeting(text: str, holding: Holding) -> bool:
    """Whether what was held is news for the press, or a 活动 for which nobody sat together."""
    if holding.name is None:
        return False
    name = holding.name.of(text)
    verb = holding.verb.of(text)
    if _RULES["event.sat_together"].search(name) and not any(light in verb for light in LIGHT):
        return False
    return _RULES["event.press"].search(name) is not None
