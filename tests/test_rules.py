"""Rules are data, and their examples are tests; no pattern may take more than linear time."""

import re
from importlib.resources import files
from typing import Any

import pytest

from extractor.errors import RuleError
from extractor.language import acts, documents, holdings, speech
from extractor.reading.words import words
from extractor.rules import RuleFile, load

# the standard library's own parser of patterns: what it returns is what the matcher runs
from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip
from re import _parser  # type: ignore[attr-defined]  # isort: skip

FILES = sorted(
    p.name.removesuffix(".toml") for p in files("extractor.rules").iterdir() if p.name.endswith(".toml")
)
ALL = [*map(load, FILES), words()]
ENTRIES = [
    pytest.param(file, kind, id, id=f"{file.name}:{id}")
    for file in ALL
    for kind in ("lists", "rules")
    for id in getattr(file, kind)
]
#: Longest bounded repeat that a rule may have, in characters.
LIMIT = 400


@pytest.mark.parametrize(("rules", "kind", "id"), ENTRIES)
def test_example_is_found_and_counter_example_is_not(rules: RuleFile, kind: str, id: str) -> None:
    entry = getattr(rules, kind)[id]
    regex = entry.regex if kind == "rules" else re.compile(entry.alternation)
    assert any(m[0] for m in regex.finditer(entry.example)), f"{id} does not find its example"
    assert not any(m[0] for m in regex.finditer(entry.counter_example)), f"{id} finds its counter-example"


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_ids_name_their_file(file: RuleFile) -> None:
    for id in file.rules:
        assert id.startswith(f"{file.name}."), id


def repeats(tree: Any, possessive: bool = False) -> Any:
    """Every repeat in a parsed pattern that can give back what it took; with ``possessive``, the others too."""
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield value[1], value[2]
            yield from repeats(value[2], possessive)
        elif op is sre.POSSESSIVE_REPEAT:
            if possessive:
                yield value[1], value[2]
            yield from repeats(value[2], possessive)
        elif op is sre.SUBPATTERN:
            yield from repeats(value[3], possessive)
        elif op is sre.ATOMIC_GROUP:
            yield from repeats(value, possessive)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, possessive)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(value[1], possessive)
        elif op is sre.GROUPREF_EXISTS:
            for branch in value[1:]:
                yield from repeats(branch or [], possessive)


def unbounded(pattern: str, flags: int = re.VERBOSE, possessive: bool = False) -> list[int]:
    found = (most for most, _ in repeats(_parser.parse(pattern, flags), possessive))
    return [most for most in found if most is sre.MAXREPEAT or most > LIMIT]


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_every_repeat_is_bounded(file: RuleFile) -> None:
    # a possessive one too: what it takes and loses again at every start is quadratic
    for rule in file.rules.values():
        assert not unbounded(rule.regex.pattern, possessive=True), rule.id


@pytest.mark.parametrize(
    ("pattern", "bad"), [("a*b", 1), ("a*+b", 0), ("(?:a+)+", 2), ("a{0,40}", 0), ("a{3,}", 1)]
)
def test_the_check_itself(pattern: str, bad: int) -> None:
    assert len(unbounded(pattern)) == bad


def beginnings(tree: Any) -> tuple[set[str], bool]:
    """With which characters a match of a parsed pattern may begin, and whether it may be empty."""
    out: set[str] = set()
    for op, value in tree:
        if op in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
            continue
        if op is sre.LITERAL:
            chars, empty = {chr(value)}, False
        elif op is sre.IN:
            chars, empty = {c for item in value for c in listed(*item)}, False
        elif op is sre.BRANCH:
            parts = [beginnings(branch) for branch in value[1]]
            chars, empty = set().union(*(c for c, _ in parts)), any(e for _, e in parts)
        elif op is sre.SUBPATTERN:
            chars, empty = beginnings(value[3])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            chars, empty = beginnings(value[2])
            empty = empty or value[0] == 0
        else:
            raise AssertionError(f"a pattern with heads begins with {op}")
        out |= chars
        if not empty:
            return out, False
    return out, True


def listed(op: Any, value: Any) -> set[str]:
    """The characters of an item in square brackets."""
    assert op in (sre.LITERAL, sre.RANGE), "a pattern with heads begins with a negated class"
    first, last = (value, value) if op is sre.LITERAL else value
    return {chr(c) for c in range(first, last + 1)}


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("roles", acts._PREDICATE),
        ("speech", speech._TOKEN),
        ("documents", documents._TOKEN),
        ("event", holdings._HELD),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_the_heads_of_patterns_are_those_with_which_they_begin(file: str, pattern: re.Pattern[str]) -> None:
    tree = list(_parser.parse(pattern.pattern, re.VERBOSE))
    assert tree[0][0] is sre.ASSERT  # the heads; the rest is what they stand for
    begin, empty = beginnings(tree[1:])
    assert not empty
    assert load(file).words("heads") == begin


def test_unknown_keys_are_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "odd.toml").write_text('[[pattern]]\nid = "odd.x"\nregex = "x"\n', "utf-8")
    monkeypatch.setattr("extractor.rules.files", lambda _: tmp_path)
    with pytest.raises(RuleError, match=r"odd\.toml.*regex"):
        load.__wrapped__("odd")
