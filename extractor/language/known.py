"""What the archive's lexicon knows of a report: where its people, titles, units, places and non-names stand.

A text is looked through once: at each character its next two tell, in one look-up, how long the entries are
that begin so. That takes 0.1 µs a character whatever the number of entries; the whole pipeline takes 25.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language

from extractor.language.clean import clean
from extractor.language.edtf import resolve
from extractor.language.findings import Component, Findings
from extractor.language.types import Known, Match
from extractor.lexicon import Lexicon, Listed, read_lexicon
from extractor.rules import traditional

#: Kind of the matches of a title; the others are those of the entries.
TITLES = "titles"


class Matcher:
    """Finds the entries of a lexicon in clean texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries: dict[str, list[tuple[str, Listed]]] = {}  # spelling → kind and entry of each
        for entry in lexicon.entries:
            for spelling in entry.spellings:
                for form in _forms(spelling, entry.kind == "people"):
                    self._add(form, entry.kind, entry)
            for part in _posts(entry.title):
                for form in _forms(part, False):
                    self._add(form, TITLES, entry)
        sizes: dict[str, set[int]] = {}
        for form in self.entries:
            sizes.setdefault(form[:2], set()).add(len(form))
        self.sizes = {head: tuple(sorted(lengths, reverse=True)) for head, lengths in sizes.items()}

    def _add(self, form: str, kind: str, entry: Listed) -> None:
        here = self.entries.setdefault(form, [])
        if (kind, entry) not in here:
            here.append((kind, entry))

    def find(self, text: str) -> Iterator[Match]:
        """Every place where an entry stands, in the order of the text, the longest first."""
        sizes, entries = self.sizes, self.entries
        for start in range(len(text) - 1):
            for size in sizes.get(text[start : start + 2], ()):
                piece = text[start : start + size]  # shorter than size at the end of the text
                for kind, entry in entries.get(piece, ()) if len(piece) == size else ():
                    yield Match(start, start + size, kind, entry)


def _posts(title: str | None) -> set[str]:
    """A title and the posts that it lists: 县委副书记、县长."""
    return {title, *(part for part in title.split("、") if len(part) > 1)} if title else set()


def _forms(spelling: str, padded: bool) -> set[str]:
    """A spelling as clean texts have it: as it is, in simplified characters, and a name with blanks inside.

    >>> sorted(_forms("張伟", True))
    ['张 伟', '张伟', '張 伟', '張伟']
    """
    plain = clean(spelling).text
    forms = {plain, plain.translate(traditional())}
    if padded and 2 <= len(plain) <= 4 and not plain.isascii():
        forms |= {" ".join(form) for form in forms}
    return {form for form in forms if len(form) > 1}


class Recogniser(Component):
    """Lays what a lexicon knows of the report on the table."""

    stage = "known"
    needs = ("layout", "dates")

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.matcher = Matcher(lexicon or Lexicon(""))

    def find(self, found: Findings) -> None:
        """Fill ``found.known``."""
        found.known = known(self.matcher.find(found.clean), *report_days(found))

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """The matches, labelled with what they are, with the entry as the rule."""
        return ((m.start, m.end, m.kind, m.entry.rule) for m in (found.known.all if found.known else ()))


def known(matches: Iterable[Match], first: date | None, last: date | None) -> Known:
    """Matches by kind; a title counts only if its office falls on the days from ``first`` to ``last``."""
    by_kind: dict[str, list[Match]] = {kind: [] for kind in ("people", TITLES, "units", "places", "never")}
    for match in matches:
        if match.kind != TITLES or match.entry.holds_office(first, last):
            by_kind[match.kind].append(match)
    units, places = (tuple(_apart(by_kind[kind])) for kind in ("units", "places"))
    return Known(tuple(by_kind["people"]), tuple(by_kind[TITLES]), units, places, tuple(by_kind["never"]))


def _apart(matches: Iterable[Match]) -> Iterator[Match]:
    """Of those that overlap, the first and longest."""
    end = 0
    for match in matches:
        if match.start >= end:
            yield match
            end = match.end


def report_days(found: Findings) -> tuple[date | None, date | None]:
    """Between which days the meeting took place, as far as the report and its day of publication tell."""
    mention = next((d for d in found.dates or () if d.kind == "meeting"), None)
    when = resolve(mention, found, found.published) if mention else None
    if when and when.start and when.end:
        return date.fromisoformat(when.start), date.fromisoformat(when.end)
    year = ((when and when.edtf) or "")[:4]
    if year.isdigit() and year != "0000":
        return date(int(year), 1, 1), date(int(year), 12, 31)
    return found.published, found.published


@Language.factory("meeting_lexicon", default_config={"path": None})
def make(nlp: Language, name: str, path: str | None) -> Recogniser:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_lexicon", config={"path": "fonds.toml"}, before="meeting_names")``.

    Raises InputError, LexiconError.
    """
    return Recogniser(read_lexicon(path) if path else None)
