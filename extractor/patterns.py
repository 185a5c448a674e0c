"""How a file of word lists and patterns is read: TOML, each entry with an example and a counter-example that are tests.

A file holds ``[[list]]`` and ``[[pattern]]`` tables, each with an ``id``, an ``example`` that it must
find and a ``counter_example`` that it must not; a test tries both for every entry. In a pattern
``{name}`` stands for the words of the list ``name`` of the same file (or ``{file.name}``, of another),
longest first, so that a word added to a list is at once known to every pattern that uses it.
Lists that are large lie in a text file of their own, one word a line (``words_file``).

No pattern may take more than linear time: every repeat is bounded, possessive ones (``*+``) too, since what
they take and lose again at every start is quadratic; ``tests/test_rules.py`` reads the parsed patterns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from extractor.errors import RuleError

_LIST_KEYS = {"id", "note", "words", "words_file", "weight", "example", "counter_example"}
_PATTERN_KEYS = {"id", "note", "pattern", "label", "example", "counter_example"}
_SLOT = re.compile(r"\{([a-z_]{1,40}(?:\.[a-z_]{1,40})?)\}")


def headed(heads: Iterable[str], pattern: str) -> str:
    """``pattern``, tried only where one of the characters ``heads`` stands, with which all its matches begin.

    One look at a character takes a fifth of the time in which a long alternation fails there.

    >>> re.compile(headed("主出", "主持|出席")).pattern
    '(?=[主出])(?:主持|出席)'
    """
    return f"(?=[{re.escape(''.join(sorted(heads)))}])(?:{pattern})"


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of words, with the example that shows what it is for."""

    id: str
    words: tuple[str, ...]
    example: str
    counter_example: str
    weight: float = 0.0  # what a word of the list tells, to a component that weighs
    members: frozenset[str] = field(init=False, repr=False, compare=False)  # the words, for asking

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", frozenset(self.words))

    @property
    def alternation(self) -> str:
        """The words as a regular expression, longest first."""
        return "(?:" + "|".join(re.escape(w) for w in sorted(self.words, key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern; ``label`` is what its match means to the component."""

    id: str
    label: str
    regex: re.Pattern[str]
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class RuleFile:
    """All that one file holds, by id."""

    name: str
    lists: dict[str, WordList]
    rules: dict[str, Rule]

    def words(self, name: str) -> frozenset[str]:
        """The words of a list."""
        return self.lists[name].members

    def labelled(self, label: str) -> tuple[Rule, ...]:
        """The rules with this label, in file order."""
        return tuple(r for r in self.rules.values() if r.label == label)

    def __getitem__(self, rule: str) -> re.Pattern[str]:
        return self.rules[rule].regex


def read_rules(folder: Traversable, name: str, load: Callable[[str], RuleFile]) -> RuleFile:
    """Read ``NAME.toml`` in the folder; ``load`` gives other files, whose lists its patterns name.

    Raises RuleError where an entry has an unknown or missing key, a doubled id, an unknown list or a
    pattern that does not compile: the message names the file and the id.
    """
    data = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    _expect(name, "the file", set(data), {"list", "pattern"}, set())
    lists: dict[str, WordList] = {}
    for entry in data.get("list", []):
        _expect(name, entry.get("id"), set(entry), _LIST_KEYS, {"id", "example", "counter_example"})
        words = list(entry.get("words", []))
        if "words_file" in entry:
            lines = (folder / entry["words_file"]).read_text("utf-8").splitlines()
            words += [line for line in lines if line and not line.startswith("#")]
        if not words or entry["id"] in lists:
            raise RuleError(f"rules/{name}.toml: list {entry['id']!r} is empty or doubled")
        weight = float(entry.get("weight", 0))
        lists[entry["id"]] = WordList(
            entry["id"], tuple(words), entry["example"], entry["counter_example"], weight
        )
    rules: dict[str, Rule] = {}
    for entry in data.get("pattern", []):
        _expect(
            name, entry.get("id"), set(entry), _PATTERN_KEYS, {"id", "pattern", "example", "counter_example"}
        )
        if entry["id"] in rules:
            raise RuleError(f"rules/{name}.toml: pattern {entry['id']!r} is doubled")
        rules[entry["id"]] = _rule(name, entry, lists, load)
    return RuleFile(name, lists, rules)


def _rule(
    name: str, entry: dict[str, str], lists: dict[str, WordList], load: Callable[[str], RuleFile]
) -> Rule:
    def fill(match: re.Match[str]) -> str:
        file, _, word = match[1].rpartition(".")
        known = load(file).lists if file else lists
        if word not in known:
            raise RuleError(f"rules/{name}.toml: pattern {entry['id']!r} names an unknown list {match[1]!r}")
        return known[word].alternation

    try:
        regex = re.compile(_SLOT.sub(fill, entry["pattern"]), re.VERBOSE)
    except re.error as e:
        raise RuleError(f"rules/{name}.toml: pattern {entry['id']!r} does not compile: {e}") from e
    return Rule(entry["id"], entry.get("label", ""), regex, entry["example"], entry["counter_example"])


def _expect(name: str, entry: str | None, keys: set[str], known: set[str], needed: set[str]) -> None:
    if keys - known or needed - keys:
        raise RuleError(
            f"rules/{name}.toml: {entry or 'an entry'}: unknown {sorted(keys - known)}, missing {sorted(needed - keys)}"
        )
