"""The meeting itself: kind, name, organizer, location, date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.holdings import Holding, HoldingReader
from extractor.language.kinds import decide
from extractor.language.meeting_names import alike, fullness, is_meeting
from extractor.language.types import Event, Extent
from extractor.rules import load

_RULES = load("event")
_OPENING = _RULES["event.opening"]
#: How many holdings of the body may give the name in full, and how alike those behind the first must be.
_NEAR, _CLOSELY = 4, 0.9
#: Longest attribute that a bare headline may have more than the body, in code points: 县一中｜研讨会.
_ATTRIBUTE = 8
#: Labels of minutes: what stands below them is what was talked about.
_FORM = frozenset({"time", "place", "chair", "present"})


class EventFinder(Component):
    """The meeting itself: kind, name, organizer, location, date."""

    stage = "event"
    needs = ("layout", "dates", "titles", "people", "units", "tasks")

    def find(self, found: Findings) -> None:
        """Fill ``found.event``."""
        assert found.layout is not None and found.dates is not None and found.names is not None
        holdings = read_holdings(found)
        kind, kind_rule = decide(found, holdings)
        chooser = _Chooser(found, holdings, kind == "minutes")
        values = {"name": chooser.name(), "organizer": chooser.organizer(), "location": chooser.place()}
        rules = [("kind", kind_rule)] + [(field, value[1]) for field, value in values.items() if value]
        name, organizer, place = (value and value[0] for value in values.values())
        date = next((d for d in found.dates if d.kind == "meeting"), None)
        found.event = Event(kind, name, organizer, place, date, tuple(rules))

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """Name, organizer and location."""
        event = found.event
        assert event is not None
        fields = {"name": event.name, "organizer": event.organizer, "location": event.location}
        for field, rule in event.rules:
            extent = fields.get(field)
            if extent is not None:
                yield extent.start, extent.end, field, rule


def read_holdings(found: Findings) -> tuple[Holding, ...]:
    """All statements that a meeting was held: those of the headlines, then in the order of the text."""
    assert found.layout is not None and found.dates is not None and found.names is not None
    places = found.known.places if found.known else ()
    reader = HoldingReader(found.clean, found.layout, found.dates, found.names, places)
    return *reader.headlines(), *reader.read()


def _joined(name: str) -> str:
    return "".join(name.split())


#: A value and the rule that gave it.
_Value = tuple[Extent, str] | None


class _Chooser:
    """Chooses among the statements that a meeting was held."""

    def __init__(self, found: Findings, holdings: tuple[Holding, ...], minutes: bool) -> None:
        assert found.layout is not None
        self.text, self.layout, self.minutes = found.clean, found.layout, minutes
        places = found.known.places if found.known else ()
        self.listed = {Extent(p.start, p.end): p.entry.rule for p in places}
        form = next((x.start for x in self.layout.lines if x.label in _FORM), len(self.text))
        told = [h for h in holdings if h.told and h.verb.start < form]
        self.heads = sorted((h for h in told if h.headline), key=lambda h: h.verb.start)
        self.bodies = [h for h in told if not h.headline]
        self.chosen: str | None = None

    def name(self) -> _Value:
        """The most complete name of the meeting."""
        value = self._label("name") or self._named()
        if value is not None:
            self.chosen = value[0].of(self.text)
        return value

    def _label(self, label: str) -> _Value:
        """What a labelled line of minutes gives; a topic (会议主题：…) is no name."""
        for line in self.layout.lines:
            if line.label == label and line.value < line.end:
                value = self.text[line.value : line.end].rstrip(" 。；，")
                extent = Extent(line.value, line.value + len(value))
                if label != "name" or is_meeting(extent.of(self.text)):
                    return extent, f"event.label.{label}"
                return None
        return None

    def _named(self) -> _Value:
        """The fullest of the names that headline and body give to one meeting."""
        if self.heads and self.bodies and self.heads[0].nameless and self.bodies[0].nameless:
            return None
        bodies = [h for h in self.bodies if not h.nameless][:_NEAR]
        heads = [h for h in self.heads if not h.nameless and self._trusted(h, bodies)][:1]
        if not (heads or bodies):
            return self._found("regular", "name") if self.minutes else None
        lead = self._of((heads or bodies)[0])
        near = [h for h in (*heads, *bodies[:1]) if alike(lead, self._of(h))]
        near += [h for h in bodies[1:] if alike(lead, self._of(h), _CLOSELY)]
        best = max(near, key=lambda h: (fullness(self._of(h)), not h.headline))
        assert best.name is not None
        return self._whole(best.name), best.rule

    def _whole(self, name: Extent) -> Extent:
        """The meeting of which only the opening is named: 第五届年会 for 第五届年会开幕式."""
        opening = _OPENING.search(self.text, name.start, name.end)
        if opening is None or not is_meeting(self.text[name.start : opening.start()]):
            return name
        return Extent(name.start, opening.start())

    def _trusted(self, head: Holding, bodies: list[Holding]) -> bool:
        """A headline that is only a name may hold more than the name: the body must not tell otherwise."""
        if head.rule != "event.headline" or not bodies:
            return True
        name = self._of(head)
        said = [self._of(h) for h in bodies if alike(name, self._of(h))]
        full = _joined(max(said, key=fullness, default=""))
        return bool(full) and not (_joined(name).endswith(full) and len(name) > len(full) + _ATTRIBUTE)

    def _of(self, holding: Holding) -> str:
        assert holding.name is not None
        return holding.name.of(self.text)

    def organizer(self) -> _Value:
        """Who held it: as the body says, fuller if the headline is fuller; else as the headline says."""
        heads = [(h.organizer, h.rule) for h in self.heads if h.organizer and not self._own_session(h)]
        for holding in self._ordered():
            if holding.organizer is not None and not holding.headline:
                said = holding.organizer, holding.rule
                return next((v for v in heads if self._extends(v[0], said[0])), said)
        if value := self._found("hosts", "org") or self._found("hosts.among", "org"):
            return value
        return heads[0] if heads else self._found("undertaken", "org")

    def _own_session(self, holding: Holding) -> bool:
        """Whether it is the organizer's own: 县人大常委会举行第三次会议 for 县人大常委会第三次会议."""
        name = self._of(holding) if holding.name else ""
        session = _RULES["event.session"].match(name) is not None
        return session and self.chosen is not None and name != self.chosen and self.chosen.endswith(name)

    def _extends(self, longer: Extent, shorter: Extent) -> bool:
        return longer.of(self.text).startswith(shorter.of(self.text))

    def _found(self, rule: str, group: str) -> _Value:
        """The first place in the whole report where a rule holds."""
        match = _RULES[f"event.{rule}"].search(self.text)
        return (Extent(*match.span(group)), f"event.{rule}") if match else None

    def place(self) -> _Value:
        """Where it was held."""
        value = self._label("place")
        if value is not None:
            return value
        for holding in self._ordered():
            if holding.place is not None:
                return holding.place, self.listed.get(holding.place, "event.place")
        return self._found("venue", "place") or self._found("whereabouts", "place")

    def _ordered(self) -> Iterator[Holding]:
        """Statements about the chosen meeting: those of the body first."""
        for n, holding in enumerate((*self.bodies, *self.heads)):
            if n == 0 or self.chosen is None or holding.nameless or alike(self.chosen, self._of(holding)):
                yield holding


@Language.factory("meeting_event")
def make(nlp: Language, name: str) -> EventFinder:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_event")``."""
    return EventFinder()
