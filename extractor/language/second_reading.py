"""The second reading: what was learned from annotated reports, where the rules could not tell.

The rules read first. A second reader, one logistic regression for each role over the signs of ``role_signs``, then
says of every person named how likely each role is; a role that it holds for unlikely goes, one that it holds for likely
comes in addition. ``python -m training.second_reading`` fits it; ``training/README.md`` says on what, and what it gains.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np

from extractor import regression
from extractor.language.acts import Said
from extractor.language.role_signs import RoleSigns
from extractor.language.types import Act, Extent, Layout, Name
from extractor.regression import Signs, Weights

#: Where the weights lie inside the package.
FILE = regression.FOLDER / "second_reading.json"
#: The order in which a record lists the roles of one person.
ROLES = ("chair", "address", "report", "statement", "lecture", "attend")
#: From these odds on (nats) a role that the rules gave stays, and one that they did not give comes; chosen on reports
#: held out, where nearby values are alike.
KEPT, TAKEN = -1.0, 0.0
#: That somebody attended must be said of him (guideline): where no rule reads it, it is not. On 500 reports held out
#: such additions were right 12 times and wrong 10 times, and once a whole list of prize-winners came.
_SAID = "attend"
#: So many mentions and so many verbs are looked through for the words of a role.
_MENTIONS, _VERBS = 8, 80
#: The rule that an act of the second reading names.
RULE = "roles.second"


def read_again(text: str, layout: Layout, names: Sequence[Name], said: Sequence[Said]) -> list[Said]:
    """The acts as they stand after the second reading, in the order of the text.

    ``names``: all mentions of persons; ``said``: what the rules have read.
    """
    signs = RoleSigns(text, layout, names, said)
    judge = load()
    out, found = [], _Evidence(layout, signs, said)
    for name in signs.mentions:
        had = signs.roles.get(name, frozenset())
        if not had and not found.speaks_near(name):
            continue
        likely = judge.roles(signs.of(name), had)
        found.dropped.update((name, role) for role in had - likely)
        acts = (found.act(name, role) for role in ROLES if role in likely - had)
        out += [act for act in acts if act is not None]
    for act, people in said:  # one that is left without a person still tells of units
        out.append((act, tuple(n for n in people if (n.name, act.role) not in found.dropped)))
    return sorted(out, key=lambda x: x[0].verb.start)


class Judge:
    """Says of signs which roles they tell."""

    def __init__(self, weights: Mapping[str, Weights]) -> None:
        self.biases = np.array([weights[role].bias for role in ROLES])
        names = sorted({name for role in ROLES for name in weights[role].signs})
        self.rows = {name: row for row, name in enumerate(names)}
        told = [[weights[role].signs.get(name, 0.0) for role in ROLES] for name in names]
        self.table = np.array(told).reshape(len(names), len(ROLES))  # a row a sign, a column a role

    def roles(self, signs: Signs, ruled: Collection[str]) -> frozenset[str]:
        """The roles of a person with these signs, to whom the rules gave the roles ``ruled``."""
        row = self.rows.get
        known = [(at, size) for name, size in signs.items() if (at := row(name)) is not None]
        rows, sizes = [at for at, _ in known], np.array([size for _, size in known])
        odds = self.biases + sizes @ self.table[rows] if known else self.biases
        told = zip(ROLES, odds.tolist(), strict=True)
        return frozenset(
            role for role, sure in told if (sure > KEPT if role in ruled else sure > TAKEN and role != _SAID)
        )


class _Evidence:
    """Finds the words that a role of the second reading points at."""

    def __init__(self, layout: Layout, signs: RoleSigns, said: Sequence[Said]) -> None:
        self.layout, self.signs = layout, signs
        self.starts = [s.start for s in layout.sentences]
        self.verbs = sorted({(act.verb.start, act.verb.end, act.role) for act, _ in said})
        self.dropped: set[tuple[str, str]] = set()

    def speaks_near(self, name: str) -> bool:
        """Whether a sentence that names the person holds a verb of any role, so that one could come."""
        return next(self._beside(name), None) is not None

    def act(self, name: str, role: str) -> Said | None:
        """The act, at a verb that the rules read otherwise, or gave to others in a sentence that names the person.

        None where no words say that role: a record's values point at what they came from.
        """
        first = self.signs.names[self.signs.mentions[name][0]]
        otherwise = (a.verb for a in self.signs.acts.get(name, ()) if (name, a.role) in self.dropped)
        beside = (
            Extent(start, end)
            for start, end, told in self._beside(name)
            if told == role and not self._done(name, start)
        )
        verb = next(chain(otherwise, beside), None)
        return None if verb is None else (Act(role, first.extent, verb, RULE), (first,))

    def _done(self, name: str, verb: int) -> bool:
        """Whether the sentence has told by then what the person did, and named another since: 李甲讲话，王乙发言."""
        told = max(
            (act.verb.start for act in self.signs.acts.get(name, ()) if act.verb.start < verb), default=-1
        )
        if told < self.starts[bisect_right(self.starts, verb) - 1]:
            return False
        first, last = (bisect_left(self.signs.starts, at) for at in (told, verb))
        return any(other.name != name for other in self.signs.names[first:last])

    def _beside(self, name: str) -> Iterator[tuple[int, int, str]]:
        """The verbs in the sentences that name the person: start, end, role."""
        for i in self.signs.mentions[name][:_MENTIONS]:
            number = bisect_right(self.starts, self.signs.names[i].start) - 1
            if number < 0:  # a headline
                continue
            sentence = self.layout.sentences[number]
            first = bisect_left(self.verbs, (sentence.start, 0, ""))
            for start, end, told in self.verbs[first : first + _VERBS]:
                if start < sentence.end:
                    yield start, end, told


@cache
def load() -> Judge:
    """The weights of the package. Raises RuleError where the file is malformed."""
    return Judge(regression.read(FILE, ROLES))
