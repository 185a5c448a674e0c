"""People and units: which name, which title, which role, and what else each could have been."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.explaining.reason import Reason, Rival, first, overlap, words
from extractor.language.acts import predicates
from extractor.language.candidates import Candidate
from extractor.language.findings import Findings
from extractor.language.lists import read_list
from extractor.language.names import settle
from extractor.language.posts import Posts
from extractor.language.roll import Roll
from extractor.language.titles import find_titles
from extractor.language.types import Act, Extent, Known, Name, Person, Unit
from extractor.lexicon import folded
from extractor.rules import load

_UNITS = load("units")
_AND, _JOINT = re.compile("[和与及、]"), re.compile("[和与及]")
_COLLECTIVE = load("titles")["titles.collective"]


class Namer:
    """The names of one report, weighed again."""

    def __init__(self, found: Findings) -> None:
        assert found.layout is not None
        self.found = found
        self.weighed, self.chosen = settle(found.clean, found.layout, found.known)
        self.posts = Posts(found.clean, found.known or Known())
        by_rules = find_titles(found.clean, found.names or ()) if found.known else ()
        self.by_rules = {name.start: name.title for name in by_rules}  # titles as they were without a lexicon

    def rivals(self, name: Name) -> tuple[Rival, ...]:
        """The candidates for a name that overlap it and lost, the heaviest first."""
        own = next((c for c in self.chosen if (c.start, c.end) == (name.start, name.end)), None)
        if own is None:  # another finder's
            return ()
        near = [c for c in self.weighed if c[:2] != own[:2] and overlap(_place(c), _place(own))]
        near.sort(key=lambda c: (-c.weight, c.start))
        return first([self._rival(c, own) for c in near])

    def _rival(self, c: Candidate, own: Candidate) -> Rival:
        text = words(self.found, _place(c))
        if c.gain <= 0:
            return Rival(text, c.rule, "no-name", -c.gain)
        lighter = own.weight - c.weight
        return Rival(text, c.rule, "lighter" if lighter >= 0 else "together", abs(lighter))

    def title_rule(self, name: Name) -> str:
        """What gave the title of a mention: the lexicon's entry where it lists it for this person, or where the
        rules alone would have read another; else where it is printed."""
        assert name.title is not None
        listed = self.posts.listed(name)
        if listed is not None and (
            folded(listed.name) == folded(name.name) or self.by_rules.get(name.start) != name.title
        ):
            return listed.rule
        return _printed(self.found.clean, name, name.title)

    def cut_by_rules(self, name: Name) -> Iterator[Rival]:
        """The title as the rules would have cut it, where the lexicon cut it otherwise."""
        title = self.by_rules.get(name.start)
        if title is not None and title != name.title:
            yield Rival(words(self.found, title), _printed(self.found.clean, name, title), "cut-by-rules")


def _printed(text: str, name: Name, title: Extent) -> str:
    """Where a title is printed, as the id of a rule."""
    if title.end <= name.start:
        beside = not text[title.end : name.start].strip(" ：")
        return "titles.before" if beside else "titles.shared"
    beside = not text[name.end : title.start].removeprefix(" ").removeprefix("同志")
    return "titles.after" if beside else "titles.list"


def _place(c: Candidate) -> Extent:
    return Extent(c.start, c.end)


def person(found: Findings, namer: Namer, path: str, who: Person) -> Iterator[Reason]:
    """Name and title of a person."""
    mentions = [n for n in found.titles or () if n.name == who.name and n.rule != "titles.alias"]
    own = next(
        (n for n in mentions if (n.start, n.end) == (who.evidence[0].start, who.evidence[0].end)), None
    )
    if own is None:
        return
    yield Reason(f"{path}.name", own.rule, namer.rivals(own), own.extent)
    if who.title is not None:
        holder = next((n for n in mentions if n.title == who.title), own)
        rivals = [*namer.cut_by_rules(holder), *_less_full(namer, who.title, mentions)]
        yield Reason(f"{path}.title", namer.title_rule(holder), first(rivals), who.title)


def _less_full(namer: Namer, title: Extent, mentions: list[Name]) -> Iterator[Rival]:
    """The other titles that are printed with this person."""
    found = namer.found
    chosen = words(found, title)
    for name in mentions:
        if name.title is not None and (text := words(found, name.title)) != chosen:
            shared = _COLLECTIVE.search(name.title.of(found.clean)) is not None
            yield Rival(text, namer.title_rule(name), "shared-word" if shared else "less-full")


def role(found: Findings, act: Act) -> tuple[Rival, ...]:
    """The other readings of the words that give a role, none of which the record has as well."""
    read = predicates(found.clean, act.verb)
    here = {other.role for other in found.acts or () if overlap(other.verb, act.verb)}
    rivals = [
        Rival(role, other.id, "other-predicate")
        for other in read
        if (role := other.label.rstrip(">")) not in here and act.rule in {rule.id for rule in read}
    ]
    for speech in found.speech or ():
        if (
            act.rule == speech.rule
            and Extent(speech.start, speech.end) == act.verb
            and speech.kind != act.role
        ):
            rivals.append(Rival(speech.kind, speech.rule, "goes-on"))
    return first(rivals)


def unit(found: Findings, path: str, who: Unit) -> Iterator[Reason]:
    """Name and representatives of a unit."""
    listed = found.known.units if found.known else ()
    entry = next((m.entry for m in listed if (m.start, m.end) == (who.name.start, who.name.end)), None)
    names = found.titles or ()
    rivals, others = list(_otherwise(found, who)), []
    for act in found.acts or ():
        if listed:
            for plain in read_list(found.clean, act.subject.start, act.subject.end, Roll(names)):
                cut = plain.unit or plain.extent
                if overlap(cut, who.name) and cut != who.name:
                    rivals.append(Rival(words(found, cut), act.rule, "cut-by-rules"))
        for item in read_list(found.clean, act.subject.start, act.subject.end, Roll(names, listed)):
            same = item.unit is not None and item.unit.of(found.clean) == who.name.of(found.clean)
            if same and item.people and item.people != who.representatives:
                others.append(Rival(words(found, item.people), "units.designation", "printed-later"))
    yield Reason(f"{path}.name", entry.rule if entry else _unit_rule(found, who), first(rivals), who.name)
    if who.representatives is not None and path.startswith("attending_units"):
        said = words(found, who.representatives)
        rest = [rival for rival in others if rival.text != said]
        rule = _people_rule(found, who.name, who.representatives)
        yield Reason(f"{path}.representatives", rule, first(rest), who.representatives)


def _otherwise(found: Findings, who: Unit) -> Iterator[Rival]:
    """A unit with 和 in it, in two; one beside 和 and another unit, in one."""
    text = found.clean
    if len(parts := _AND.split(who.name.of(text))) > 1 and all(parts):
        yield Rival(" / ".join(parts), "units.and", "kept-whole")
    starts = {unit.name.start: unit.name.end for unit in found.units or ()}
    ends = {unit.name.end: unit.name.start for unit in found.units or ()}
    if _JOINT.match(text, who.name.end) and (end := starts.get(who.name.end + 1)):
        yield Rival(words(found, Extent(who.name.start, end)), "units.and", "split")
    if who.name.start and _JOINT.match(text, who.name.start - 1) and (who.name.start - 1) in ends:
        yield Rival(words(found, Extent(ends[who.name.start - 1], who.name.end)), "units.and", "split")


def _people_rule(found: Findings, name: Extent, people: Extent) -> str:
    """What told how the people of a unit are called."""
    if name.end == people.start and _UNITS["units.leading"].match(found.clean[name.start : people.end]):
        return "units.leading"
    if _UNITS["units.designation"].fullmatch(found.clean, people.start, people.end):
        return "units.designation"
    return "units.within" if name.end == people.start else "units.count"


def _unit_rule(found: Findings, who: Unit) -> str:
    """What makes the name of a unit one."""
    if any(
        Extent(a.subject.start, a.subject.end) == who.name and a.rule == "roles.behalf"
        for a in found.acts or ()
    ):
        return "roles.behalf"
    name = who.name.of(found.clean)
    if _UNITS["units.collective"].match(name):
        return "units.collective"
    bare = name[: name.rfind("（")] if name.endswith("）") else name
    return "units.tails" if bare.endswith(_UNITS.lists["tails"].words) else "units.among"
