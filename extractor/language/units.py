"""Organisations that take part through their representatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.lists import read_list
from extractor.language.roll import Roll
from extractor.language.types import Act, Extent, Match, Name, Unit
from extractor.lexicon import Listed
from extractor.rules import load

#: The roles a unit can have, in the order in which a record lists them.
ROLES = ("address", "report", "statement", "lecture", "attend")
#: What a unit's part is where its people chair: the guideline knows no such role for units.
AS_UNIT = {"chair": "attend"}
#: What people do, even for a unit: what a lecture is on looks like a unit at times (结肠科), and 省政府部署要求
#: tells of no meeting.
_BY_PEOPLE = ("lecture", "address")
_PREFIXES = load("units").lists["prefixes"].words
#: Shortest name that is left of a unit's, in code points, where a prefix like 我校 is taken from it.
_SHORTEST = 2
#: A unit that only the verb's own subject could be (会议, 大会) is none.
_NOT_SUBJECTS = ("会议", "大会", "座谈会", "全会")


class Units(Component):
    """Units, from the subjects of the acts."""

    stage = "units"
    needs = ("layout", "titles", "acts")

    def find(self, found: Findings) -> None:
        """Fill ``found.units``."""
        assert found.acts is not None and found.titles is not None
        listed = found.known.units if found.known else ()
        found.units = tuple(find_units(found.clean, found.acts, found.titles, listed))

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """The units' names, labelled with their roles."""
        return ((u.name.start, u.name.end, "+".join(u.roles), u.rule) for u in found.units or ())


def find_units(
    text: str, acts: Iterable[Act], names: tuple[Name, ...], listed: Sequence[Match] = ()
) -> list[Unit]:
    """The units among the subjects of ``acts``, each once, in the order of the report.

    ``listed``: those of an archive's lexicon, where they stand; unit and alias are one unit.
    """
    seen: dict[str, tuple[Extent, Extent | None, dict[str, list[Extent]], str]] = {}
    roll = Roll(names, listed)
    entries = {(m.start, m.end): m.entry for m in listed}
    called: dict[Listed, str] = {}  # what the report calls a listed unit first
    for act in acts:
        role = AS_UNIT.get(act.role, act.role)
        for entry in read_list(text, act.subject.start, act.subject.end, roll):
            if entry.unit is None or entry.unit.of(text) in _NOT_SUBJECTS:
                continue
            if act.role in _BY_PEOPLE and act.rule != "roles.behalf" and entry.people is None:
                continue
            name = entry.unit.of(text)
            name = next((called for called in _callings(name) if called in seen), name)
            if (known := entries.get((entry.unit.start, entry.unit.end))) is not None:
                name = called.setdefault(known, name)
            first = seen.setdefault(name, (entry.unit, entry.people, {}, act.rule))
            if first[1] is None and entry.people is not None:
                seen[name] = (first[0], entry.people, first[2], first[3])
            seen[name][2].setdefault(role, []).append(act.verb)
    out = []
    rules = {name: known.rule for known, name in called.items()}
    for name, (unit, people, roles, rule) in seen.items():
        said = sorted({e for extents in roles.values() for e in extents})
        out.append(
            Unit(unit, people, tuple(r for r in ROLES if r in roles), (unit, *said), rules.get(name, rule))
        )
    return sorted(out, key=lambda u: u.name.start)


def _callings(name: str) -> Iterator[str]:
    """How a report may have called a unit before: 我校团委, 校团委 and 团委 are one."""
    yield name
    for prefix in _PREFIXES:
        if name.startswith(prefix) and len(name) - len(prefix) >= _SHORTEST:
            yield name.removeprefix(prefix)
    yield from (prefix + name for prefix in _PREFIXES)


@Language.factory("meeting_units")
def make(nlp: Language, name: str) -> Units:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_units")``."""
    return Units()
