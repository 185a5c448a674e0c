"""What tells a report of a meeting from other news: signs read from the whole text, for ``kinds``.

Three sorts: what the rules of ``rules/event.toml`` that are labelled with a PLACE find there, with how it is said that
a meeting was held; what was found in the text (people in their roles, units, tasks); and the pairs and triples of
characters of headline and opening, names and digits hidden.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import add
from typing import NamedTuple

from extractor.language.findings import Findings
from extractor.language.holdings import LIGHT, Holding
from extractor.language.masks import without_names
from extractor.language.types import DateMention, Layout, LineKind
from extractor.rules import load

_RULES = load("event")
_EVIDENCE = [rule for rule in _RULES.rules.values() if rule.label in ("headline", "opening", "body", "text")]
#: How much of the body is its opening, in code points: for rules, for pairs of characters.
_OPENING, _READ = 500, 800
#: How much of a sign a rule's find is, and a pair of the opening: most pairs say little. On texts held out 1 to 4 for
#: rules are alike; the fit believes what is larger sooner, so that a rare rule counts too.
_RULED, _FAINT = 2.0, 0.4
#: Without a headline, the first so many characters are read for one.
_NO_HEADLINE = 30
#: From so many on, counts are alike.
_MANY = 5
#: Labels of minutes that count. A second 主持人： is an interview.
_MINUTES = frozenset(
    {"chair", "present", "time", "place", "topics", "decisions", "observers", "recorder", "absent"}
)
Signs = dict[str, float]


class KindSigns(NamedTuple):
    """The signs of one text: ``rules`` by the rules' ids, what was ``found``, the ``words``."""

    rules: Signs
    found: Signs
    words: Signs

    @property
    def all(self) -> Signs:
        """All of them; no two have the same name."""
        return self.rules | self.found | self.words


def signs(found: Findings, holdings: Sequence[Holding]) -> KindSigns:
    """All that tells for a meeting or against one."""
    assert found.layout is not None and found.titles is not None
    body = next((x.start for x in found.layout.lines if x.kind in (LineKind.BODY, LineKind.LABEL)), 0)
    rules = dict.fromkeys(_told(found.clean, found.layout, found.dates or (), holdings, body), _RULED)
    words = _words(without_names(found.clean, found.titles), found.layout)
    return KindSigns(rules, dict(_found(found)), words)


def _told(
    text: str, layout: Layout, dates: Sequence[DateMention], holdings: Sequence[Holding], body: int
) -> Iterator[str]:
    """The rules that find something in their place."""
    told = [h for h in holdings if h.told and not h.attended and not _is_no_meeting(text, h)]
    if any(h.headline for h in told):
        yield "event.headline"
    yield from _held([h for h in told if not h.headline], layout, dates, body)
    places = {"headline": (0, body), "opening": (body, body + _OPENING), "body": (body,), "text": (0,)}
    yield from (rule.id for rule in _EVIDENCE if rule.regex.search(text, *places[rule.label]))
    labels = Counter(x.label for x in layout.lines if x.label in _MINUTES and x.start != x.value)
    if len(labels) > 1 and (labels["present"] or labels["chair"]) and labels["chair"] <= 1:
        yield "event.minutes.labels"
    if layout.headline is not None and _RULES["event.minutes"].search(layout.headline.of(text)):
        yield "event.minutes"


def _held(told: list[Holding], layout: Layout, dates: Sequence[DateMention], body: int) -> Iterator[str]:
    """Where in the body it is said that a meeting was held: its first sentence, beside a date, without one, late."""
    if not told:
        return
    early = [h for h in told if h.verb.start < body + _OPENING]
    starts = [s.start for s in layout.sentences]
    sentences = {bisect_right(starts, h.verb.start) for h in early}
    if not early:
        yield "event.held.late"
    elif bisect_right(starts, body) in sentences:
        yield "event.held.first"
    else:
        dated = sentences & {bisect_right(starts, d.start) for d in dates}
        yield "event.held.dated" if dated else "event.held.undated"


def _is_no_meeting(text: str, holding: Holding) -> bool:
    """Whether what was held is news for the press, or a 活动 for which nobody sat together."""
    if holding.name is None:
        return False
    name = holding.name.of(text)
    verb = holding.verb.of(text)
    if _RULES["event.sat_together"].search(name) and not any(light in verb for light in LIGHT):
        return False
    return _RULES["event.press"].search(name) is not None


def _found(found: Findings) -> Iterator[tuple[str, float]]:
    """How much of a meeting's record there is."""
    many = Counter(role for person in found.people or () for role in person.roles)
    many["unit"], many["task"] = len(found.units or ()), len(found.tasks or ())
    for what, count in many.items():
        if count:
            yield f"found {what}", 1.0
            yield f"found so many: {what}", min(count, _MANY) / _MANY
    if any(day.kind == "meeting" for day in found.dates or ()):
        yield "found date", 1.0
    yield from ((f"found speech: {kind}", 1.0) for kind in {s.kind for s in found.speech or ()})


def _words(text: str, layout: Layout) -> Signs:
    """The pairs of characters of the opening, each a sign by itself, and the pairs and triples of the headline."""
    start, end = 0, min(_NO_HEADLINE, len(text))
    if layout.headline is not None:
        start, end = layout.headline.start, layout.headline.end
    opening, head = text[end : end + _READ], text[start:end]
    out = dict.fromkeys(map(add, opening, opening[1:]), _FAINT)
    for size in (2, 3):
        runs = (head[at : at + size] for at in range(len(head) - size + 1))
        out.update(dict.fromkeys((f"in the headline {run}" for run in runs), 1.0))
        out[f"at its end {head[-size:]}"] = 1.0
    return out
