"""The choices behind one record, made again: each once, when the first value asks for it.

What is looked up for every value is kept by its place, so that explaining a book of reports costs per value what
explaining one report does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from extractor.explaining.reason import overlap
from extractor.language.candidates import Candidate
from extractor.language.documents import read_documents
from extractor.language.event import read_holdings
from extractor.language.findings import Findings
from extractor.language.followups import followups, is_minutes
from extractor.language.holdings import Holding
from extractor.language.lists import Entry, read_list
from extractor.language.names import settle
from extractor.language.posts import Posts
from extractor.language.roll import Roll
from extractor.language.titles import find_titles
from extractor.language.types import Act, DateMention, Document, Extent, Known, Name, Speech, Task, Unit

_Spanned = TypeVar("_Spanned", Task, DateMention)

#: Longest candidate for a name, in code points: one with dots.
_LONGEST_NAME = 80
#: So many of what begins before a place are looked at: nothing that matters here nests deeper.
_BACK = 12


class Again:
    """One report's findings, with what was weighed and dropped on the way to them."""

    def __init__(self, found: Findings) -> None:
        self.found, self.text = found, found.clean

    def bare(self, extent: Extent) -> str:
        """The characters of a name without the blanks inside."""
        return extent.of(self.text).replace(" ", "")

    # -- names and titles

    @cached_property
    def _settled(self) -> tuple[list[Candidate], list[Candidate]]:
        assert self.found.layout is not None
        weighed, chosen = settle(self.text, self.found.layout, self.found.known)
        return sorted(weighed, key=lambda c: c[:2]), chosen

    @cached_property
    def chosen(self) -> dict[Extent, Candidate]:
        """The names that were chosen, by where they stand."""
        return {Extent(c.start, c.end): c for c in self._settled[1]}

    def candidates(self, place: Extent) -> list[Candidate]:
        """The candidates for a name that overlap a place, other than the one that is it."""
        weighed = self._settled[0]
        first = bisect_left(weighed, place.start - _LONGEST_NAME, key=lambda c: c.start)
        last = bisect_left(weighed, place.end, key=lambda c: c.start)
        return [
            c
            for c in weighed[first:last]
            if overlap(Extent(c.start, c.end), place) and c[:2] != (place.start, place.end)
        ]

    @cached_property
    def mentions(self) -> dict[str, list[Name]]:
        """The mentions of each person, with their titles; 王书记 is none."""
        out: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self.found.titles or ():
            if name.rule != "titles.alias":
                out[name.name].append(name)
        return out

    @cached_property
    def roll(self) -> Roll:
        """All mentions by place."""
        return Roll(self.found.titles or ())

    @cached_property
    def posts(self) -> Posts:
        """The titles that a lexicon lists."""
        return Posts(self.text, self.found.known or Known())

    @cached_property
    def titles_by_rules(self) -> dict[int, Extent | None]:
        """The title of each mention, by its start, as the rules cut it without a lexicon."""
        names = find_titles(self.text, self.found.names or ()) if self.found.known else ()
        return {name.start: name.title for name in names}

    # -- acts, speeches, units

    @cached_property
    def _acts(self) -> list[Act]:
        return sorted(self.found.acts or (), key=lambda act: act.verb)

    def acts_at(self, verb: Extent) -> list[Act]:
        """The acts whose verbs overlap these words."""
        at = bisect_left(self._acts, verb.end, key=lambda act: act.verb.start)
        return [act for act in self._acts[max(0, at - _BACK) : at] if overlap(act.verb, verb)]

    @cached_property
    def speeches(self) -> dict[Extent, Speech]:
        """The speeches by their attribution."""
        return {Extent(speech.start, speech.end): speech for speech in self.found.speech or ()}

    @cached_property
    def _speeches(self) -> list[Speech]:
        return sorted(self.found.speech or (), key=lambda speech: speech.content)

    def speeches_at(self, at: int) -> list[Speech]:
        """The speeches that hold a place."""
        last = bisect_right(self._speeches, at, key=lambda speech: speech.content.start)
        return [s for s in self._speeches[max(0, last - _BACK) : last] if at < s.content.end]

    @cached_property
    def entries(self) -> dict[str, list[Entry]]:
        """The entries of all lists of those who took part that are units, by the unit's name."""
        listed = self.found.known.units if self.found.known else ()
        out: defaultdict[str, list[Entry]] = defaultdict(list)
        for act in self.found.acts or ():
            for entry in read_list(
                self.text, *_ends(act.subject), Roll(self.roll.within(*_ends(act.subject)), listed)
            ):
                if entry.unit is not None:
                    out[entry.unit.of(self.text)].append(entry)
        return out

    def entries_by_rules(self, place: Extent) -> list[tuple[Entry, Act]]:
        """The entries that overlap a place, as the rules cut them without a lexicon."""
        acts = [act for act in self.found.acts or () if overlap(act.subject, place)]
        return [
            (entry, act)
            for act in acts
            for entry in read_list(
                self.text, *_ends(act.subject), Roll(self.roll.within(*_ends(act.subject)))
            )
            if overlap(entry.unit or entry.extent, place)
        ]

    @cached_property
    def unit_from(self) -> dict[int, Unit]:
        """The units by where their names begin."""
        return {unit.name.start: unit for unit in self.found.units or ()}

    @cached_property
    def unit_to(self) -> dict[int, Unit]:
        """The units by where their names end."""
        return {unit.name.end: unit for unit in self.found.units or ()}

    @cached_property
    def behalf(self) -> set[Extent]:
        """The units that somebody spoke for."""
        return {act.subject for act in self.found.acts or () if act.rule == "roles.behalf"}

    # -- the rest

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The statements that a meeting was held."""
        return read_holdings(self.found)

    @cached_property
    def documents(self) -> dict[str, list[Document]]:
        """All that is said of each document, by its title."""
        out: defaultdict[str, list[Document]] = defaultdict(list)
        for document in read_documents(self.found):
            out[document.title.of(self.text)].append(document)
        return out

    @cached_property
    def _items(self) -> list[Task]:
        return sorted(followups(self.found)[0], key=lambda t: t.start) if is_minutes(self.found) else []

    def items_at(self, place: Extent) -> list[Task]:
        """The items of minutes that overlap a place."""
        return _at(self._items, place)

    def dates_at(self, place: Extent) -> list[DateMention]:
        """The date expressions that begin inside a place."""
        return [date for date in _at(self.found.dates or (), place) if date.start >= place.start]


def _ends(extent: Extent) -> tuple[int, int]:
    return extent.start, extent.end


def _at(items: Sequence[_Spanned], place: Extent) -> list[_Spanned]:
    """Those that overlap a place; they are in order, and hardly overlap each other."""
    last = bisect_left(items, place.end, key=lambda item: item.start)
    first = bisect_left(items, place.start, key=lambda item: item.start)
    return [item for item in items[max(0, first - _BACK) : last] if item.end > place.start]
