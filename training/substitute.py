"""Other names in the place of those that stand there: the model is to learn where names stand and how they
are made, not who was in the news.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractor.language.clean import clean
from training.names import WORDS, Names, held_out
from training.silver import Example
from training.wordlists import divisions

Span = tuple[int, int, str]
_HAN = re.compile(r"[\u3400-\u9fff]+")
_PLACE_ENDS = "省市县区镇乡村州旗盟"


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each kind of span is replaced, 0 to 1 (the config file has the values)."""

    person: float
    organisation: float
    place: float
    title: float
    addressed: float  # of the names before a post: 张明教授 becomes 张教授, where none is named
    padded: float  # of the two-character names: 王 伟
    joined: float  # of the lists: the 、 between names goes, or becomes a space
    longer: float  # of the lists: further names are put in
    famous: int  # no name stands more often than this in its own place


class Substitutes:
    """Draws what to put in the place of a span."""

    def __init__(self, names: Names, lists: Path, examples: Iterable[Example], shares: Shares) -> None:
        self.names, self.shares = names, shares
        self.counts: Counter[str] = Counter()
        titles: Counter[str] = Counter()
        organisations: set[str] = set()
        for e in examples:
            for a, b, label in e.spans:
                if label == "PERSON":
                    self.counts[e.text[a:b]] += 1
                elif label == "TITLE":
                    titles[e.text[a:b]] += 1
                elif label == "ORG":
                    organisations.add(e.text[a:b])
        self.titles = sorted(t for t, n in titles.items() if n > 1 and 2 <= len(t) <= 12)
        for line in (lists / "hanlp/机构名词典.txt").read_text("utf-8").splitlines():
            organisations.add(clean(line.split(" ")[0]).text)
        self.organisations = _by_end(organisations, 2, names.hold)
        places = set(divisions(lists / "divisions", "provinces", "cities", "areas", "streets"))
        for line in (lists / "thuocl/THUOCL_diming.txt").read_text("utf-8-sig").splitlines():
            places.add(line.split("\t")[0].strip())
        self.places = _by_end({p for p in places if p and p[-1] in _PLACE_ENDS}, 1, names.hold)

    def instead(self, text: str, label: str, rnd: random.Random) -> str:
        """What stands in the place of ``text``: often itself."""
        s, draw = self.shares, rnd.random()
        wrong_side = held_out(text) != self.names.hold
        if label == "PERSON":
            # The famous are met so often a pass, not so often as in the news; the held out never.
            kept = 0.0 if wrong_side else min(1 - s.person, s.famous / max(1, self.counts[text]))
            return text if draw < kept else self.names.like(text, rnd)
        if label == "ORG" and (wrong_side or draw < s.organisation):
            return rnd.choice(self.organisations.get(text[-2:], [text]))
        if label == "LOC" and draw < s.place:
            return rnd.choice(self.places.get(text[-1], [text]))
        if label == "TITLE" and draw < s.title:
            return rnd.choice(self.titles)
        return text

    def apply(self, example: Example, rnd: random.Random) -> Example:
        """The sentence with its spans replaced; the same name is replaced by the same name."""
        out, shares = _Draft(), self.shares
        last, before = 0, ""
        memory: dict[str, str] = {}
        joint = rnd.choice(["", "", " ", " "]) if rnd.random() < shares.joined else None
        longer = rnd.random() < shares.longer
        for number, (start, end, label) in enumerate(example.spans):
            old, between = example.text[start:end], example.text[last:start]
            new = memory.setdefault(old, self.instead(old, label, rnd))
            listed = label == before == "PERSON" and between == "、"
            glue = "、" if joint is None or not listed else joint
            while listed and longer and rnd.random() < 0.5:
                out.add(glue)
                out.add(self.names.like("王伟", rnd), label)
            if listed:
                out.add(glue)
            else:
                out.add(between, weights=example.weights[last:start])
            if label == "PERSON" and self._before_post(example, number) and rnd.random() < shares.addressed:
                out.add(new[0])
            elif label == "PERSON" and len(new) == 2 and rnd.random() < shares.padded:
                out.add(f"{new[0]} {new[1]}", label)
            else:
                out.add(new, label)
            last, before = end, label
        out.add(example.text[last:], weights=example.weights[last:])
        return out.done()

    @staticmethod
    def _before_post(example: Example, number: int) -> bool:
        """Whether a post follows this span at once."""
        after = example.spans[number + 1 : number + 2]
        return bool(after) and after[0][2] == "TITLE" and after[0][0] == example.spans[number][1]


def _by_end(names: Iterable[str], length: int, hold: bool) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if _HAN.fullmatch(name) and len(name) <= 20 and held_out(name) == hold:
            table[name[-length:]].append(name)
    return dict(table)


#: Shapes of lines, as ``words.toml`` explains them.
TEMPLATES: list[str] = WORDS["lines"]


def from_template(names: Names, subs: Substitutes, rnd: random.Random) -> Example:
    """A short line by one of the shapes."""
    shape = rnd.choice(TEMPLATES)
    shape = re.sub(r"\{([^}]*)\}", lambda m: m[1] * rnd.choice((1, 1, 2, 2, 3, 4, 6, 8)), shape)
    padded = rnd.random() < 0.15
    out = _Draft()
    for c in shape:
        if c == "N":
            name = names.like("王伟", rnd)
            out.add(f"{name[0]} {name[1]}" if padded and len(name) == 2 else name, "PERSON")
        elif c == "T":
            out.add(rnd.choice(subs.titles), "TITLE")
        elif c in "OL":
            table = subs.organisations if c == "O" else subs.places
            out.add(rnd.choice(rnd.choice(list(table.values()))), "ORG" if c == "O" else "LOC")
        else:
            out.add(c)
    return out.done()


class _Draft:
    """A sentence in the making."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.spans: list[Span] = []
        self.weights: list[float] = []

    def add(self, text: str, label: str = "", weights: list[float] | None = None) -> None:
        """Append, as a span where it has a label."""
        start = len(self.weights)
        self.parts.append(text)
        self.weights += [1.0] * len(text) if weights is None else weights
        if label:
            self.spans.append((start, len(self.weights), label))

    def done(self) -> Example:
        """The sentence."""
        return Example("".join(self.parts), self.spans, self.weights)
