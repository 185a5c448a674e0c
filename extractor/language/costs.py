"""What an ordinary word and what a piece of a name costs: the tables of the name finder.

A cost is -10 ln of a probability, as a whole number: word after word, they add up. The tables are made by
``training/wordlists.py`` from openly licensed lists (``NOTICE``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractor.rules import load

#: What a character costs that is no word of the table: once in five million.
UNKNOWN = 155
#: What a word of the genre costs that the table lacks or has as rare: once in 25 000.
GENRE = 100


@dataclass(frozen=True, slots=True)
class Characters:
    """Costs of a character, or compound surname, in each place of a name."""

    surname: dict[str, int]
    first: dict[str, int]  # of a double given name
    second: dict[str, int]
    single: dict[str, int]
    head: dict[str, int]  # of a transliterated name
    inside: dict[str, int]


def words() -> dict[str, int]:
    """Ordinary word → cost; 116 000 words, read in less than 0.1 s."""
    return _tables()[0]


@cache
def _tables() -> tuple[dict[str, int], dict[str, int]]:
    """Word → cost; the first two characters of longer words → the length of the longest that begins so."""
    costs: dict[str, int] = {}
    reach: dict[str, int] = {}
    for line in _lines("names_words.txt"):  # the shortest words first
        cost, _, rest = line.partition("\t")
        row = rest.split(" ")
        costs.update(dict.fromkeys(row, int(cost)))
        if len(row[0]) > 2:
            reach.update(dict.fromkeys([word[:2] for word in row], len(row[0])))
    for word in load("names").lists["genre"].words:
        costs[word] = min(costs.get(word, GENRE), GENRE)
        reach[word[:2]] = max(reach.get(word[:2], 0), len(word))
    return costs, reach


@cache
def characters() -> Characters:
    """The costs of characters in names."""
    columns: list[dict[str, int]] = [{} for _ in range(6)]
    for line in _lines("names_characters.tsv"):
        char, *row = line.split("\t")
        for column, cost in zip(columns, row, strict=True):
            if cost != "-":
                column[char] = int(cost)
    return Characters(*columns)


def _lines(name: str) -> list[str]:
    text = (files("extractor.rules") / name).read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of Chinese characters read as ordinary words.

    ``ahead[i]`` is the least cost of the words before character ``i``, ``behind[i]`` that of the rest.
    """

    ahead: list[int]
    behind: list[int]

    def cost(self, start: int, end: int) -> int:
        """What a name from ``start`` to ``end`` may cost, for the run to be as likely with it as without."""
        return self.ahead[-1] - self.ahead[start] - self.behind[end]


def ahead(piece: str) -> list[int]:
    """The least cost of the words before each character of a short piece, and of them all: ``read(piece).ahead``.

    It is asked for every hope of a name, and does without the arcs that ``read`` keeps for the way back.

    >>> ahead("召开会议") == read("召开会议").ahead
    True
    """
    table, size = words().get, len(piece)
    least = [0]
    for end in range(1, size + 1):
        best = least[end - 1] + table(piece[end - 1], UNKNOWN)
        for start in range(end - 1):
            cost = table(piece[start:end])
            if cost is not None and least[start] + cost < best:
                best = least[start] + cost
        least.append(best)
    return least


def read(run: str) -> Reading:
    """Read a run of Chinese characters as ordinary words.

    >>> read("县委召开会议").cost(2, 4) == words()["召开"]
    True
    """
    (costs, reach), size = _tables(), len(run)
    table, longest = costs.get, reach.get
    arcs: list[list[tuple[int, int]]] = []
    ahead = [0] + [1 << 30] * size
    for i in range(size):
        here = ahead[i]
        cost = table(run[i], UNKNOWN)
        out = [(i + 1, cost)]
        if here + cost < ahead[i + 1]:
            ahead[i + 1] = here + cost
        for j in range(i + 2, min(i + longest(run[i : i + 2], 2), size) + 1):
            longer = table(run[i:j])
            if longer is not None:
                out.append((j, longer))
                if here + longer < ahead[j]:
                    ahead[j] = here + longer
        arcs.append(out)
    behind = [0] * (size + 1)
    for i in range(size - 1, -1, -1):
        least = 1 << 30  # a loop, not min(): every run of characters comes here
        for j, cost in arcs[i]:
            if cost + behind[j] < least:
                least = cost + behind[j]
        behind[i] = least
    return Reading(ahead, behind)
