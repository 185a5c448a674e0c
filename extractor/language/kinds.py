"""What kind of text this is: a report of a meeting, minutes, or neither.

Evidence is weighed: the signs of ``kind_signs``, each with what it was found to tell in texts that people had judged.
``python -m training.kinds`` fits the weights; ``training/README.md`` says on what, and how well they hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from extractor import regression
from extractor.language.findings import Findings
from extractor.language.holdings import Holding
from extractor.language.kind_signs import KindSigns, signs
from extractor.regression import Weights

#: Where the weights lie inside the package, and what the one regression in it tells.
FILE, KIND = regression.FOLDER / "kinds.json", "meeting"
#: From these odds on (nats) the text is taken for a meeting's. On texts held out as many are right from 0.2 to 1.2; a
#: report that is missed costs the archivist more than one that is none.
ENOUGH = 0.5
#: Weights are told in tenths of a nat.
_TENTHS = 10
#: What signs that are no rule's count as, and what there is where nothing was found.
_FOUND, _WORDS, _NOTHING = "event.kind.found", "event.kind.words", "event.kind.none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: the rule that found it and what it weighs, in tenths of a nat."""

    rule: str
    weight: int


def decide(found: Findings, holdings: Sequence[Holding]) -> tuple[str, str]:
    """The kind of the text (report, minutes, other) and the rule that told most for it."""
    seen = signs(found, holdings)
    sums = _sums(seen)
    if load().bias + sum(sums.values()) <= ENOUGH:
        return "other", _weightiest(sums, -1)
    minutes = next((rule for rule in seen.rules if rule.startswith("event.minutes")), None)
    return ("minutes", minutes) if minutes else ("report", _weightiest(sums, 1))


def _weightiest(sums: Mapping[str, float], side: int) -> str:
    """What told most for a meeting (``side`` 1) or against one (-1): a rule before what is told in sums."""
    here = [rule for rule, weight in sums.items() if side * weight > 0]
    rules = [rule for rule in here if rule not in (_FOUND, _WORDS)]
    return max(rules or here, key=lambda rule: side * sums[rule], default=_NOTHING)


def evidence(found: Findings, holdings: Sequence[Holding]) -> list[Evidence]:
    """All that tells for a meeting or against one: rule by rule, what was found and the words in one sum each."""
    sums = _sums(signs(found, holdings))
    return [Evidence(rule, round(_TENTHS * weight)) for rule, weight in sums.items() if weight]


def _sums(seen: KindSigns) -> dict[str, float]:
    """What each rule tells, in nats; what was found and the words in one sum each."""
    weights = load().signs
    sums = {rule: weights.get(rule, 0.0) * size for rule, size in seen.rules.items()}
    for rule, some in ((_FOUND, seen.found), (_WORDS, seen.words)):
        known = some.keys() & weights.keys()  # of the words of a text few are signs
        sums[rule] = fsum([weights[name] * some[name] for name in known])  # in whatever order
    return sums


@cache
def load() -> Weights:
    """The weights of the package. Raises RuleError where the file is malformed."""
    return regression.read(FILE, (KIND,))[KIND]
