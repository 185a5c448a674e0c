"""From signs to a probability: one logistic regression for each kind of value.

The weights lie in ``extractor/model/confidence.json``; ``python -m training.confidence`` fits them. What each
probability is of, and how well it holds, is in ``docs/confidence.md``.
"""

from __future__ import annotations

from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from extractor import regression
from extractor.regression import Signs, Weights

#: Where the weights lie inside the package.
FILE = regression.FOLDER / "confidence.json"

#: The kinds of value, each with a regression of its own.
KINDS = (
    "headline",
    "meeting.name",
    "meeting.organizer",
    "meeting.location",
    "date",
    "leader",
    "speaker",
    "speaking unit",
    "title",
    "unit",
    "representatives",
    "task",
    "document",
)

#: What is said at most and at least: no fit on some hundred values knows more than this.
_LEAST, _MOST = 0.01, 0.99


def probability(weights: Weights, signs: Signs) -> float:
    """That a value with these signs is right, in hundredths; never quite 0 or 1.

    The weights of rules are those beside the mean of the kind: a rule that the fit did not know has it.
    """
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-weights.odds(signs))))), 2)


class Judged(NamedTuple):
    """One value of a record: ``path`` in the record (``leaders[0].title``), kind, signs, probability."""

    path: str
    kind: str
    signs: Signs
    confidence: float

    def against(self) -> list[str]:
        """The signs that speak against the value, the weightiest first."""
        weights = load()[self.kind].signs
        told = sorted((weights.get(name, 0.0) * size, name) for name, size in self.signs.items())
        return [name for weight, name in told if weight < 0]


def judge(path: str, kind: str, signs: Signs) -> Judged:
    """The value with its probability, in hundredths.

    >>> judge("date", "date", {}).confidence > 0.5
    True
    """
    return Judged(path, kind, signs, probability(load()[kind], signs))


@cache
def load() -> dict[str, Weights]:
    """The weights of the package. Raises RuleError where the file is malformed."""
    return read(FILE)


def read(path: Path) -> dict[str, Weights]:
    """The weights of a file, checked. Raises RuleError, naming the kind."""
    return regression.read(path, KINDS)
