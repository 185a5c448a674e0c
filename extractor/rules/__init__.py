"""Word lists and patterns as data: TOML files beside this one, read as ``extractor.patterns`` says, and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractor.patterns import Rule, RuleFile, WordList, read_rules

__all__ = ["Rule", "RuleFile", "WordList", "known_rule", "load", "traditional"]


@cache
def traditional() -> dict[int, str]:
    """Traditional characters with their simplified twins, for ``str.translate``."""
    lines = (files(__package__) / "traditional.tsv").read_text("utf-8").splitlines()
    return {ord(line[0]): line[2] for line in lines if not line.startswith("#")}


@cache
def load(name: str) -> RuleFile:
    """``extractor/rules/NAME.toml``. Raises RuleError where it is malformed."""
    return read_rules(files(__package__), name, load)


def known_rule(rule: str) -> Rule | WordList | None:
    """The pattern or word list with this id (``names.latin``, ``units.tails``); None for what code decides."""
    name = rule.partition(".")[0]
    if not (files(__package__) / f"{name}.toml").is_file():
        return None
    file = load(name)
    return file.rules.get(rule) or file.lists.get(rule.partition(".")[2])
