"""What readers look for around a report, as data: ``reading.toml`` beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractor.patterns import RuleFile, read_rules


@cache
def words() -> RuleFile:
    """The word lists and patterns of this package. Raises RuleError where they are malformed."""
    return read_rules(files(__package__), "reading", lambda _: words())
