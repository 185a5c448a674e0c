"""Names that nobody bears: made of the characters that names are made of, by frequency.

A tenth of all names (by a digest of the name) is held out: training never shows them, and one of the tests
shows no others.
"""

from __future__ import annotations

import random
import re
import tomllib
import zlib
from collections import Counter
from pathlib import Path

from extractor.language.clean import clean
from training.silver import is_name
from training.wordlists import surnames

_HAN = re.compile(r"[\u3400-\u9fff]+")
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
COMPOUND, DOTTED, RUN_ON = (WORDS[key] for key in ("compound_surnames", "dotted", "run_on"))


def held_out(name: str) -> bool:
    """Whether this name is kept for the test."""
    return zlib.crc32(name.replace(" ", "").encode()) % 10 == 0


class Names:
    """Draws names; ``hold`` says which side of the hold-out it draws from."""

    def __init__(self, lists: Path, seen: Counter[str], hold: bool = False) -> None:
        lines = (lists / "hanlp/人名词典.txt").read_text("utf-8").splitlines()
        rows = [line.split() for line in lines]
        known = {r[0]: min(int(r[2]), 20) for r in rows if len(r) == 3 and r[1] == "nr"}
        known |= {n: known.get(n, 0) + 3 for n in seen}
        listed = surnames(lists / "surnames/family_name_1k.xlsx")
        first = {s for s in listed if len(s) == 1} | set(COMPOUND)
        self.first: Counter[str] = Counter()
        self.middle: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.only: Counter[str] = Counter()
        self.real: list[str] = []
        for name in known:
            surname = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
            given = name[len(surname) :]
            if surname not in first or not 1 <= len(given) <= 2 or not is_name(name):
                continue
            self.first[surname] += 1
            if len(given) == 1:
                self.only[given] += 1
            else:
                self.middle[given[0]] += 1
                self.last[given[1]] += 1
            self.real.append(name)
        for surname in first:
            self.first[surname] += 1  # rare surnames must be met too
        foreign = [clean(r[0]).text for r in rows if len(r) == 3 and r[1] in ("nrf", "nrj")]
        self.foreign = [n for n in foreign if len(n) <= 16 and is_name(n)]
        self.hold = hold
        self._draw = {k: _Draw(getattr(self, k)) for k in ("first", "middle", "last", "only")}

    def characters(self) -> Counter[str]:
        """The characters of surnames and given names, with the number of names that have them."""
        counts: Counter[str] = Counter()
        for table in (self.first, self.middle, self.last, self.only):
            for part, n in table.items():
                for c in part:
                    counts[c] += n
        return counts

    def chinese(self, rnd: random.Random) -> str:
        """A name of the Chinese form, two to four characters: a real one or a made one."""
        while True:
            name = rnd.choice(self.real) if rnd.random() < 0.35 else self._made(rnd)
            if held_out(name) == self.hold:
                return name

    def _made(self, rnd: random.Random) -> str:
        surname = self._draw["first"](rnd)
        if len(surname) == 1 and rnd.random() < 0.015:
            surname += self._draw["first"](rnd)  # both parents' surnames
        if rnd.random() < 0.2:
            return surname + self._draw["only"](rnd)
        if rnd.random() < 0.05:
            return surname + 2 * self._draw["last"](rnd)
        return surname + self._draw["middle"](rnd) + self._draw["last"](rnd)

    def other(self, rnd: random.Random) -> str:
        """A foreign name or one of a people whose names have no Chinese surname."""
        while True:
            kind = rnd.random()
            if kind < 0.35:
                name = "·".join(rnd.sample(DOTTED, 2))
            elif kind < 0.6:
                name = "".join(rnd.sample(RUN_ON, 2))
            elif kind < 0.9:
                name = rnd.choice(self.foreign)
            else:
                name = "·".join(rnd.choice(self.foreign).split("·")[0] for _ in range(2))
            if held_out(name) == self.hold:
                return name

    def like(self, name: str, rnd: random.Random) -> str:
        """A name to stand where ``name`` stood."""
        strange = rnd.random() < (0.8 if self.is_strange(name) else 0.06)
        return self.other(rnd) if strange else self.chinese(rnd)

    def is_strange(self, name: str) -> bool:
        """Whether the name is not of the Chinese form."""
        return "·" in name or len(name) > 4 or not _HAN.fullmatch(name)


class Met(Names):
    """Draws names that stand in the sentences themselves: those that training shows, or those held out."""

    def __init__(self, lists: Path, seen: Counter[str], hold: bool = False) -> None:
        super().__init__(lists, seen, hold)
        self.met = sorted(n for n in seen if held_out(n) == hold)
        self.strange = [n for n in self.met if self.is_strange(n)]
        self.plain = [n for n in self.met if not self.is_strange(n)]

    def like(self, name: str, rnd: random.Random) -> str:
        """A name to stand where ``name`` stood."""
        return rnd.choice(self.strange if self.is_strange(name) else self.plain)


class _Draw:
    """Draws by frequency, damped: the common ones stay common, the rare ones get their turn."""

    def __init__(self, counts: Counter[str], power: float = 0.8) -> None:
        self.items = sorted(counts)
        total = 0.0
        self.cumulative = [total := total + counts[c] ** power for c in self.items]

    def __call__(self, rnd: random.Random) -> str:
        return rnd.choices(self.items, cum_weights=self.cumulative)[0]
