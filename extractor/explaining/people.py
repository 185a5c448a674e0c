"""People and units: which name, which title, which role, and what else each could have been."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.explaining.again import Again
from extractor.explaining.reason import Reason, Rival, first, words
from extractor.language.acts import predicates
from extractor.language.candidates import Candidate
from extractor.language.types import Act, Extent, Name, Person, Unit
from extractor.lexicon import folded
from extractor.rules import load

_UNITS = load("units")
_AND, _JOINT = re.compile("[和与及、]"), re.compile("[和与及]")
_COLLECTIVE = load("titles")["titles.collective"]


def name(again: Again, own: Name) -> tuple[Rival, ...]:
    """The candidates for a name that overlap it and lost, the heaviest first; none for another finder's name."""
    chosen = again.chosen.get(own.extent)
    if chosen is None:
        return ()
    near = sorted(again.candidates(own.extent), key=lambda c: (-c.weight, c.start))
    return first([_lighter(again, c, chosen) for c in near])


def _lighter(again: Again, c: Candidate, chosen: Candidate) -> Rival:
    text = words(again.found, Extent(c.start, c.end))
    if c.gain <= 0:
        return Rival(text, c.rule, "no-name", -c.gain)
    lighter = chosen.weight - c.weight
    return Rival(text, c.rule, "lighter" if lighter >= 0 else "together", abs(lighter))


def _title_rule(again: Again, own: Name) -> str:
    """What gave the title of a mention.

    The lexicon's entry where it lists it for this person, or where the rules alone would have read another;
    else where it is printed.
    """
    assert own.title is not None
    listed = again.posts.listed(own)
    if listed is not None:
        his = folded(listed.name) == folded(own.name)
        if his or again.titles_by_rules.get(own.start) != own.title:
            return listed.rule
    return _printed(again.text, own, own.title)


def _cut_by_rules(again: Again, own: Name) -> Iterator[Rival]:
    """The title as the rules would have cut it, where the lexicon cut it otherwise."""
    title = again.titles_by_rules.get(own.start)
    if title is not None and title != own.title:
        yield Rival(words(again.found, title), _printed(again.text, own, title), "cut-by-rules")


def _printed(text: str, name: Name, title: Extent) -> str:
    """Where a title is printed, as the id of a rule."""
    if title.end <= name.start:
        beside = not text[title.end : name.start].strip(" ：")
        return "titles.before" if beside else "titles.shared"
    beside = not text[name.end : title.start].removeprefix(" ").removeprefix("同志")
    return "titles.after" if beside else "titles.list"


def person(again: Again, path: str, who: Person) -> Iterator[Reason]:
    """Name and title of a person."""
    mentions = again.mentions.get(who.name, [])
    own = next((n for n in mentions if n.extent == who.evidence[0]), None)
    if own is None:
        return
    yield Reason(f"{path}.name", own.rule, name(again, own), own.extent)
    if who.title is not None:
        holder = next((n for n in mentions if n.title == who.title), own)
        rivals = [*_cut_by_rules(again, holder), *_less_full(again, who.title, mentions)]
        yield Reason(f"{path}.title", _title_rule(again, holder), first(rivals), who.title)


def _less_full(again: Again, title: Extent, mentions: list[Name]) -> Iterator[Rival]:
    """The other titles that are printed with this person."""
    chosen = words(again.found, title)
    for mention in mentions:
        if mention.title is not None and (text := words(again.found, mention.title)) != chosen:
            shared = _COLLECTIVE.search(mention.title.of(again.text)) is not None
            yield Rival(text, _title_rule(again, mention), "shared-word" if shared else "less-full")


def role(again: Again, act: Act) -> tuple[Rival, ...]:
    """The other readings of the words that give a role, none of which the record has as well."""
    read = predicates(again.text, act.verb)
    here = {other.role for other in again.acts_at(act.verb)}
    rivals = []
    if any(rule.id == act.rule for rule in read):
        others = ((other.label.rstrip(">"), other.id) for other in read)
        rivals = [Rival(label, rule, "other-predicate") for label, rule in others if label not in here]
    speech = again.speeches.get(act.verb)
    if speech is not None and speech.rule == act.rule and speech.kind != act.role:
        rivals.append(Rival(speech.kind, speech.rule, "goes-on"))
    return first(rivals)


def unit(again: Again, path: str, who: Unit) -> Iterator[Reason]:
    """Name and representatives of a unit."""
    listed = again.found.known.units if again.found.known else ()
    entry = next((m.entry for m in listed if (m.start, m.end) == (who.name.start, who.name.end)), None)
    rivals = list(_otherwise(again, who))
    for plain, act in again.entries_by_rules(who.name) if listed else ():
        if (cut := plain.unit or plain.extent) != who.name:
            rivals.append(Rival(words(again.found, cut), act.rule, "cut-by-rules"))
    yield Reason(f"{path}.name", entry.rule if entry else _unit_rule(again, who), first(rivals), who.name)
    if who.representatives is not None and path.startswith("attending_units"):
        called = [e.people for e in again.entries.get(who.name.of(again.text), ()) if e.people]
        others = {words(again.found, people) for people in called} - {words(again.found, who.representatives)}
        later = [Rival(text, "units.designation", "printed-later") for text in sorted(others)]
        rule = _people_rule(again.text, who.name, who.representatives)
        yield Reason(f"{path}.representatives", rule, first(later), who.representatives)


def _otherwise(again: Again, who: Unit) -> Iterator[Rival]:
    """A unit with 和 in it, in two; one beside 和 and another unit, in one."""
    text, start, end = again.text, who.name.start, who.name.end
    if len(parts := _AND.split(who.name.of(text))) > 1 and all(parts):
        yield Rival(" / ".join(parts), "units.and", "kept-whole")
    joined = []
    if _JOINT.match(text, end) and (after := again.unit_from.get(end + 1)):
        joined.append(Extent(start, after.name.end))
    if start and _JOINT.match(text, start - 1) and (before := again.unit_to.get(start - 1)):
        joined.append(Extent(before.name.start, end))
    yield from (Rival(words(again.found, both), "units.and", "split") for both in joined)


def _people_rule(text: str, unit: Extent, people: Extent) -> str:
    """What told how the people of a unit are called."""
    if unit.end == people.start and _UNITS["units.leading"].match(text[unit.start : people.end]):
        return "units.leading"
    if _UNITS["units.designation"].fullmatch(text, people.start, people.end):
        return "units.designation"
    return "units.within" if unit.end == people.start else "units.count"


def _unit_rule(again: Again, who: Unit) -> str:
    """What makes the name of a unit one."""
    if who.name in again.behalf:
        return "roles.behalf"
    text = who.name.of(again.text)
    if _UNITS["units.collective"].match(text):
        return "units.collective"
    bare = text[: text.rfind("（")] if text.endswith("）") else text
    return "units.tails" if bare.endswith(_UNITS.lists["tails"].words) else "units.among"
