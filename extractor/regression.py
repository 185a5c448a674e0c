"""Logistic regressions as the package keeps them: signs in, odds out.

A file in ``extractor/model/`` is an object with ``kinds``; each kind is an object with ``bias`` and ``signs`` (name →
weight). ``training/`` fits them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from extractor.errors import RuleError

#: Where the files lie inside the package.
FOLDER = Path(__file__).parent / "model"

#: What was seen: name of the sign → how strong, mostly 0 to 1. What is not seen is left out.
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """The regression of one kind: ``bias`` and the weight of each sign, in nats of the odds."""

    bias: float
    signs: Mapping[str, float]

    def odds(self, signs: Signs) -> float:
        """The natural logarithm of the odds. A sign that the fit did not know weighs nothing."""
        odds, weight = self.bias, self.signs.get
        for name, size in signs.items():
            if size:  # most signs of most values are not there: half the time of a sum over all
                odds += weight(name, 0.0) * size
        return odds


def read(path: Path, kinds: Collection[str]) -> dict[str, Weights]:
    """The regressions of a file, checked: these kinds and no others. Raises RuleError, naming the file."""
    try:
        written = json.loads(path.read_text("utf-8"))["kinds"]
        found = {kind: Weights(_number(x["bias"]), _numbers(x["signs"])) for kind, x in written.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RuleError(f"model/{path.name}: {type(error).__name__}: {error}") from error
    if odd := set(kinds) ^ set(found):
        raise RuleError(f"model/{path.name}: missing or unknown kinds: {', '.join(sorted(odd))}")
    return found


def dumped(weights: Mapping[str, Weights]) -> str:
    """Regressions as a file keeps them."""
    kinds = {kind: {"bias": w.bias, "signs": dict(sorted(w.signs.items()))} for kind, w in weights.items()}
    return json.dumps({"kinds": kinds}, ensure_ascii=False, indent=1) + "\n"


def _numbers(signs: Mapping[str, object]) -> dict[str, float]:
    return {name: _number(weight) for name, weight in signs.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return float(value)
