"""Where a name may stand, and how much the text gains by reading one there.

Words and names compete for the characters: a candidate gains what the ordinary words in its place would
cost, less what it costs as a name, plus what its neighbours tell, all in tenths of a nat. Nothing here
looks beyond the candidate's own clause: ``names`` weighs the report as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.language import costs, transliterated
from extractor.language.costs import characters
from extractor.language.neighbours import ACT, POST, after, before, context, post_ends
from extractor.rules import load

_RULES = load("names")

#: -10 ln of the share of names of two and of three characters among words (2.5 % of these are names), and of
#: the doubt that what looks like a name is a word unknown to the table; fitted on sentences of the genre.
_SHORT, _LONG = 52 + 81, 40 + 60
#: A character that no name of the lists has in this place.
_UNHEARD = 110
#: -10 ln of the share of given names that are one character twice (婷婷), and of two surnames (林郑甲乙).
_TWICE, _TWO_SURNAMES = 42, 80
#: What it costs more to begin with a word that takes a person after it (向|王甲), to end as things and places
#: do (明理楼), and to be cut from a longer run of characters that spell by sound.
_PREPOSITION, _THING, _CUT = 40, 30, 60
#: A candidate that lacks more than this is not worth weighing: names beside it in a list add no more, and
#: known names are looked for apart. Neighbours add no more than that.
_HOPELESS, _BEST_CONTEXT = -60, 180

#: Countries of fewer characters begin names as well: 马里 and 马里奥.
_LONG_LAND = 3
_COUNTRY = re.compile(_RULES.lists["countries"].alternation)
_RUN = re.compile(r"[\u4e00-\u9fff]++")
_SPACED = re.compile(r"(?=([\u4e00-\u9fff]) ([\u4e00-\u9fff]))")


class Candidate(NamedTuple):
    """A stretch that may be a name, and what speaks for one there, in tenths of a nat."""

    start: int
    end: int
    shape: int  # what its characters say, and the words in their place
    told: int  # what its neighbours say
    rule: str
    known: int = 0  # what the rest of the report says
    model: int = 0  # what the trained model says, which is in ``told`` too; 0 if it was not asked

    @property
    def weight(self) -> int:
        """All of it: of two that overlap, the heavier is the better cut."""
        return self.shape + self.told + self.known

    @property
    def gain(self) -> int:
        """Above zero a name is likelier than none.

        Of a shape above zero a third counts: what looks ever more like a name is more and more a word unknown
        to the table.
        """
        return min(self.shape, self.shape // 3) + self.told + self.known


class _Shape(NamedTuple):
    """How many characters a name may have here, its cost, and what the words in its place cost at most."""

    size: int
    cost: int
    words: int


class _Hope(NamedTuple):
    """A shape at its place, before the words around it are read."""

    start: int
    end: int
    cost: int
    told: int
    rule: str


def candidates(text: str) -> list[Candidate]:
    """Every stretch that may be a name; gains below zero as well.

    >>> [(c.start, c.end) for c in candidates("由李明华主持") if c.gain > 0]
    [(1, 4)]
    """
    foreign = [*_after_posts(text), *_before_posts(text)]
    hopes = sorted(_abroad(text, [*_surnames(text), *foreign]))
    return [*_weighed(text, hopes), *_dotted(text), *_spaced(text), *_latin(text)]


def _weighed(text: str, hopes: list[_Hope]) -> Iterator[Candidate]:
    """Every run of Chinese characters that has a hope is read as words, and the hope weighed against them."""
    waiting = iter(hopes)
    hope = next(waiting, None)
    for match in _RUN.finditer(text):
        if hope is None:
            return
        if hope.start >= match.end():
            continue
        run, at = match[0], match.start()
        reading = costs.read(run)
        while hope is not None and hope.start < match.end():
            start, end = hope.start - at, hope.end - at
            shape = reading.cost(start, end) - hope.cost
            if transliterated.cut(run, start, end):
                shape -= _CUT
            if shape + hope.told > _HOPELESS:
                yield Candidate(hope.start, hope.end, shape, hope.told, hope.rule)
            hope = next(waiting, None)


# -- surnames


def _surnames(text: str) -> Iterator[_Hope]:
    """At every surname, the names that its next characters may make."""
    listed = characters().surname
    for match in _surname().finditer(text):
        start = match.start()
        for shape in _shapes(text[start : start + (4 if text[start : start + 2] in listed else 3)]):
            end = start + shape.size
            told = context(text, start, end)
            if shape.words - shape.cost + told > _HOPELESS:
                yield _Hope(start, end, shape.cost, told, "names.surname")


@cache
def _surname() -> re.Pattern[str]:
    """Where a surname begins."""
    return re.compile("[" + "".join(sorted({s[0] for s in characters().surname})) + "]")


@lru_cache(maxsize=1 << 16)
def _shapes(piece: str) -> tuple[_Shape, ...]:
    """Shapes of a surname and one or two characters at the head of a piece.

    >>> [shape.size for shape in _shapes("欧阳建国")]
    [3, 4]
    """
    listed, piece = characters().surname, _run(piece)
    given = 2 if piece[:2] in listed else 1
    found = _named(listed[piece[:given]], given, piece) if piece[:given] in listed else ()
    hopeful = (s for s in found if s.words - s.cost + _BEST_CONTEXT > 0)
    return tuple(s for s in hopeful if not _address(piece[given : s.size]))


def _named(surname: int, given: int, piece: str) -> Iterator[_Shape]:
    """A surname of this cost, and the one or two characters of the piece from ``given`` on."""
    chars = characters()
    if piece[0] in _RULES.words("prepositions"):
        surname += _PREPOSITION
    words = costs.ahead(piece[: given + 2])
    if given < len(piece):
        single = chars.single.get(piece[given], _UNHEARD) + _thing(piece[given])
        yield _Shape(given + 1, _SHORT + surname + single, words[given + 1])
    if given + 1 < len(piece):
        one, two = piece[given], piece[given + 1]
        double = chars.first.get(one, _UNHEARD) + chars.second.get(two, _UNHEARD)
        if one == two:
            double = _TWICE + chars.single.get(one, _UNHEARD)
        yield _Shape(given + 2, _LONG + surname + double + _thing(two), words[given + 2])


def _thing(last: str) -> int:
    return _THING if last in _RULES.words("thing_ends") or last in _RULES.words("numerals") else 0


def _address(given: str) -> bool:
    """Whether these make of a surname a form of address or a number: 李局长, 王老, 万五千."""
    if given in _RULES.words("address") or given in _RULES.words("address_words"):
        return True
    return given != "一" and all(c == "一" or c in _RULES.words("numerals") for c in given)


def is_address(name: str) -> bool:
    """Whether this is a surname with a form of address, or such a number.

    >>> is_address("王老"), is_address("王老五")
    (True, False)
    """
    listed = characters().surname
    return any(name[:n] in listed and _address(name[n:]) for n in (1, 2) if n < len(name))


def _run(piece: str) -> str:
    """The Chinese characters that a piece begins with."""
    match = _RUN.match(piece)
    return match[0] if match else ""


# -- beside posts


def _after_posts(text: str) -> Iterator[_Hope]:
    """Where a post ends, foreign names and two surnames have a chance."""
    for start in post_ends(text):
        piece = _run(text[start : start + transliterated.LONGEST])
        for size, cost in transliterated.spelt(piece):
            yield _Hope(start, start + size, cost, context(text, start, start + size), "names.foreign")
        for size, cost, _ in _two_surnames(piece[:4]):
            yield _Hope(start, start + size, cost, context(text, start, start + size), "names.two_surnames")


def _abroad(text: str, hopes: list[_Hope]) -> Iterator[_Hope]:
    """Those that are no piece of a country's name, and do not begin with a long one: 土库曼斯坦总统."""
    lands = [match.span() for match in _COUNTRY.finditer(text)] if hopes else []
    starts = [start for start, _ in lands]
    for hope in hopes:
        i = bisect_right(starts, hope.start) - 1
        first, last = lands[i] if i >= 0 else (0, 0)
        if any(end <= hope.end and end - start >= _LONG_LAND for start, end in lands[i + 1 : i + 2]):
            continue  # 阿多和｜巴巴多斯
        if hope.start >= last or (last < hope.end and (hope.start > first or last - first < _LONG_LAND)):
            yield hope


def _two_surnames(piece: str) -> Iterator[_Shape]:
    """林郑甲乙: a wife's surname after her husband's."""
    listed = characters().surname
    if piece[:1] in listed and piece[1:2] in listed and piece[0] not in _RULES.words("prepositions"):
        surname = listed[piece[0]] + listed[piece[1]] + _TWO_SURNAMES
        yield from (shape for shape in _named(surname, 2, piece) if shape.size == 4)


def _before_posts(text: str) -> Iterator[_Hope]:
    """卡塔总统: what is spelt as foreign names are, up to the post."""
    for match in _RULES["names.post_after"].finditer(text):
        end = match.start()
        for start in range(max(0, end - transliterated.LONGEST), end - 1):
            piece = _run(text[start:end])
            if len(piece) == end - start and piece[0] not in _RULES.words("prepositions"):
                for size, cost in transliterated.spelt(piece):
                    if size == len(piece):
                        yield _Hope(start, end, cost, context(text, start, end), "names.foreign")


# -- other shapes


def _dotted(text: str) -> Iterator[Candidate]:
    for start, end, shape in transliterated.dotted(text):
        yield Candidate(start, end, shape, context(text, start, end), "names.dotted")


def _spaced(text: str) -> Iterator[Candidate]:
    """王 伟: a surname, a blank, one character, and beside them no Chinese but a post or an act."""
    chars, words = characters(), costs.words()
    for match in _SPACED.finditer(text):
        start, end = match.start(), match.end(2)
        surname = chars.surname.get(match[1])
        if surname is None:
            continue
        if _RUN.match(text[start - 1 : start]) and before(text, start) < POST:
            continue
        if _RUN.match(text, end) and after(text, end) < ACT:
            continue
        cost = _SHORT + surname + chars.single.get(match[2], _UNHEARD)
        plain = sum(words.get(c, costs.UNKNOWN) for c in match.groups())
        yield Candidate(start, end, plain - cost, context(text, start, end), "names.spaced")


def _latin(text: str) -> Iterator[Candidate]:
    """Martin Li: in Latin letters, beside a post."""
    for match in _RULES["names.latin"].finditer(text):
        told = max(before(text, match.start()), after(text, match.end()))
        if told > POST:
            yield Candidate(*match.span(), 0, told, "names.latin")
