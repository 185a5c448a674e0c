"""A logistic regression small enough to read, for signs whose direction is known beforehand.

Every sign but those of rules, roles and actions speaks against its value: the fit may only say how strongly.
With some thousand values of a hundred reports that is what keeps it from learning the reports by heart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.regression import Weights

Signs = Mapping[str, float]
Floats = NDArray[np.float64]

#: What is believed of a sign before any value is seen (nats of the odds), and how many values it takes to
#: believe otherwise: chosen on sources held out (training/README.md). A rule is believed to be like the
#: others: a rare one keeps the mean of its kind.
PRIOR, STRENGTH = -0.8, 8.0
#: Signs that may speak for a value as well.
_FREE = ("rule:", "role:", "action:")
#: As many values, half of them wrong, are thought to have been seen besides: where none was wrong, none of
#: the next might be, and the one after.
_BESIDES = 1.0
#: Steps at most; a fit of this size settles after about ten.
_STEPS = 60
#: Decimals kept, so that the last bits of another processor's floats change nothing.
_DECIMALS = 2


def fit(
    signs: Sequence[Signs], right: Sequence[bool], prior: float = PRIOR, strength: float = STRENGTH
) -> Weights:
    """The weights under which these values are likeliest to be right and wrong as they are.

    Weights of rules are told beside their mean over the values, which goes into the bias.
    """
    names = sorted({name for seen in signs for name in seen})
    column = {name: i for i, name in enumerate(names, start=1)}
    table = np.zeros((len(signs) + 2, len(names) + 1))
    table[:, 0] = 1
    for row, seen in enumerate(signs):
        for name, size in seen.items():
            table[row, column[name]] = size
    table[-2:, 1:] = table[:-2, 1:].mean(axis=0) if len(signs) else 0  # seen besides: values like the others
    told = np.array([*map(float, right), 0.0, 1.0])
    count = np.array([1.0] * len(signs) + [_BESIDES / 2] * 2)
    doubts = np.array([False] + [not name.startswith(_FREE) for name in names])
    found = _newton(table, told, count, doubts, (prior, strength))
    return _centred(names, found, table[:-2])


def _newton(
    table: Floats, told: Floats, count: Floats, doubts: NDArray[np.bool_], belief: tuple[float, float]
) -> Floats:
    """Newton's method; no weight of a doubt goes above zero."""
    expected = np.where(doubts, belief[0], 0.0)
    drawn = np.full(len(expected), belief[1])
    drawn[0] = 1e-9  # what the mean is like, only the values say
    found = expected.copy()
    found[0] = np.log((count @ told) / (count @ (1 - told)))

    def loss(weights: Floats) -> float:
        odds = table @ weights
        fitting = count @ (np.logaddexp(0, odds) - told * odds)
        return float(fitting + drawn @ (weights - expected) ** 2 / 2)

    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-table @ found))
        bent = table * (count * likely * (1 - likely))[:, None]
        bend = bent.T @ table + np.diag(drawn)
        aim = table.T @ (count * (told - likely)) + bent.T @ (table @ found) + drawn * expected
        step = _bounded(bend, aim, doubts) - found
        while loss(found + step) > loss(found) and np.abs(step).max() > 1e-6:
            step = step / 2
        found = found + step
        if np.abs(step).max() < 1e-6:
            break
    return found


def _bounded(bend: Floats, aim: Floats, doubts: NDArray[np.bool_]) -> Floats:
    """Solve ``bend @ x = aim`` with no doubt above zero: whichever would be is held there."""
    free = np.ones(len(aim), dtype=bool)
    while True:
        solved = np.zeros(len(aim))
        solved[free] = np.linalg.solve(bend[np.ix_(free, free)], aim[free])
        above = free & doubts & (solved > 0)
        if not above.any():
            return solved
        free &= ~above


def _centred(names: Sequence[str], found: Floats, table: Floats) -> Weights:
    rules = [i for i, name in enumerate(names, start=1) if name.startswith("rule:")]
    shares = table[:, rules].sum(axis=0)
    mean = float(found[rules] @ shares / shares.sum()) if shares.sum() else 0.0
    weights: dict[str, Any] = {}
    for i, name in enumerate(names, start=1):
        weight = round(float(found[i]) - (mean if i in rules else 0), _DECIMALS)
        if weight or name.startswith("rule:"):
            weights[name] = weight + 0.0  # no -0.0
    return Weights(round(float(found[0]) + mean, _DECIMALS), weights)
