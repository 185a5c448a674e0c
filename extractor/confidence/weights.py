"""From signs to a probability: one logistic regression for each kind of value.

The weights lie in ``extractor/model/confidence.json``; ``python -m training.confidence`` fits them. What each
probability is of, and how well it holds, is in ``docs/confidence.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, isfinite
from pathlib import Path
from typing import NamedTuple

from extractor.errors import RuleError

#: Where the weights lie inside the package.
FILE = Path(__file__).parent.parent / "model" / "confidence.json"

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

#: What was seen of a value: name of the sign → how strong, mostly 0 to 1. What is not seen is left out.
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """The regression of one kind: ``bias`` and the weight of each sign, in nats of the odds."""

    bias: float
    signs: Mapping[str, float]

    def odds(self, signs: Signs) -> float:
        """The natural logarithm of the odds. A sign that the fit did not know weighs nothing.

        The weights of rules are those beside the mean of the kind: a rule that the fit did not know has it.
        """
        odds, weight = self.bias, self.signs.get
        for name, size in signs.items():
            if size:  # most signs of most values are not there: half the time of a sum over all
                odds += weight(name, 0.0) * size
        return odds

    def probability(self, signs: Signs) -> float:
        """That the value is right, in hundredths; never quite 0 or 1."""
        return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-self.odds(signs))))), 2)


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
    return Judged(path, kind, signs, load()[kind].probability(signs))


@cache
def load() -> dict[str, Weights]:
    """The weights of the package. Raises RuleError where the file is malformed."""
    return read(FILE)


def read(path: Path) -> dict[str, Weights]:
    """The weights of a file, checked. Raises RuleError, naming the kind.

    The file is an object with ``kinds``; each kind an object with ``bias`` and ``signs`` (name → weight).
    """
    try:
        kinds = json.loads(path.read_text("utf-8"))["kinds"]
        found = {kind: Weights(_number(x["bias"]), _numbers(x["signs"])) for kind, x in kinds.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RuleError(f"model/{path.name}: {type(error).__name__}: {error}") from error
    if odd := set(KINDS) ^ set(found):
        raise RuleError(f"model/{path.name}: missing or unknown kinds: {', '.join(sorted(odd))}")
    return found


def _numbers(signs: Mapping[str, object]) -> dict[str, float]:
    return {name: _number(weight) for name, weight in signs.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return float(value)
