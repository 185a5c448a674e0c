"""How likely each value of a record is right: signs that tell (``signs``), and what they weigh (``weights``)."""

from __future__ import annotations

from extractor.confidence.signs import Reader
from extractor.confidence.weights import KINDS, Judged, judge
from extractor.regression import Signs

__all__ = ["KINDS", "Judged", "Reader", "Signs", "judge"]
