"""Logistic regression over very many signs, most of which a case does not have (scikit-learn's)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extractor.regression import Signs, Weights

#: How far the weights may go from zero (scikit-learn's C), chosen on reports held out: 0.1 to 0.3 are alike.
REACH = 0.3
#: A sign that fewer cases have is left out.
LEAST = 3
#: Decimals kept; what rounds to nothing is left out.
_DECIMALS = 2


def fit(signs: Sequence[Signs], told: Mapping[str, Sequence[bool]]) -> dict[str, Weights]:
    """One regression for each thing told, over the signs that are seen often enough."""
    table = DictVectorizer()
    seen = table.fit_transform([{name: size for name, size in s.items() if size} for s in signs])
    often = (seen != 0).sum(axis=0).A1 >= LEAST
    names = [name for name, kept in zip(table.get_feature_names_out(), often, strict=True) if kept]
    return {kind: _fit(seen[:, often], names, right) for kind, right in told.items()}


def _fit(seen: Any, names: Sequence[str], right: Sequence[bool]) -> Weights:
    model = LogisticRegression(C=REACH, solver="liblinear", max_iter=1000, random_state=0).fit(seen, right)
    weights = {name: round(float(w), _DECIMALS) for name, w in zip(names, model.coef_[0], strict=True)}
    return Weights(
        round(float(model.intercept_[0]), _DECIMALS), {name: w + 0.0 for name, w in weights.items() if w}
    )
