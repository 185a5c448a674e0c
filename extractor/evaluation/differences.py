"""Two files of records beside each other: which reports differ, in what, and how often.

Both files are read once and side by side. Only records whose counterpart has not come yet are kept, as the
bytes of their lines: for two runs over the same reports in the same order that is one at a time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as default
from itertools import zip_longest
from typing import NamedTuple

from extractor.evaluation.changes import Change, changes
from extractor.evaluation.records import Line, parsed

#: A record is that of a report by the name of its file and the digest of its bytes.
Key = tuple[str, str | None]


class Example(NamedTuple):
    """One change, and the name of the report in whose record it is."""

    report: str
    change: Change


@dataclass(slots=True)
class ChangeKind:
    """All changes of one kind in one field, the first of them as examples."""

    field: str
    kind: str
    changes: int = 0
    records: int = 0
    examples: list[Example] = default(default_factory=list)


@dataclass(slots=True)
class Differences:
    """The whole comparison: numbers of records, names of those without counterpart, kinds of changes."""

    same: int = 0
    changed: int = 0
    only_old: list[str] = default(default_factory=list)
    only_new: list[str] = default(default_factory=list)
    by_kind: dict[tuple[str, str], ChangeKind] = default(default_factory=dict)

    def kinds(self) -> list[ChangeKind]:
        """The kinds of changes, the most frequent first."""
        return sorted(self.by_kind.values(), key=lambda kind: (-kind.changes, kind.field, kind.kind))

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.changed or self.only_old or self.only_new)


def compared(
    old: Iterable[Line], new: Iterable[Line], *, limit: int, everything: bool = False
) -> Differences:
    """The differences of two files of records, with ``limit`` examples of each kind of change."""
    found = Differences()
    for before, after in paired(old, new):
        if before is None or after is None:
            for line, names in ((before, found.only_old), (after, found.only_new)):
                names += [line.record.source.name] if line else []
            continue
        same = before.raw == after.raw
        told = [] if same else list(changes(before.data, after.data, everything=everything))
        found.changed += bool(told)
        found.same += not told
        _count(found, after.record.source.name, told, limit)
    return found


def paired(old: Iterable[Line], new: Iterable[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Records of the same report: by name and digest, and what is left by the name alone where it is unique.

    A report that stands several times is matched in order. Records without counterpart come last.
    """
    waiting: tuple[_Waiting, _Waiting] = (_Waiting(), _Waiting())
    for before, after in zip_longest(old, new):
        key = _key(before) if before else None
        if before and after and key == _key(after) and not any(key in side for side in waiting):
            yield before, after
            continue
        for side, line in enumerate((before, after)):
            if line is None:
                continue
            if (other := waiting[1 - side].taken(_key(line))) is None:
                waiting[side].add(line)
            else:
                yield (other, line) if side else (line, other)
    yield from _left(*waiting)


class _Waiting:
    """Records whose counterpart has not come yet, by key and in order."""

    def __init__(self) -> None:
        self._lines: dict[Key, deque[bytes]] = {}

    def __contains__(self, key: Key | None) -> bool:
        return key in self._lines

    def add(self, line: Line) -> None:
        self._lines.setdefault(_key(line), deque()).append(line.raw)

    def taken(self, key: Key) -> Line | None:
        """The first with this key, which waits no longer."""
        if key not in self._lines:
            return None
        lines = self._lines[key]
        raw = lines.popleft()
        if not lines:
            del self._lines[key]
        return parsed(raw, key[0])

    def all_keys(self) -> list[Key]:
        """The key of each record, in order."""
        return [key for key, lines in self._lines.items() for _ in lines]


def _left(old: _Waiting, new: _Waiting) -> Iterator[tuple[Line | None, Line | None]]:
    """What is left: a report that was edited has another digest, but its name."""
    names = Counter(name for name, _ in old.all_keys()), Counter(name for name, _ in new.all_keys())
    edited = {
        name: (name, digest) for name, digest in new.all_keys() if names[0][name] == names[1][name] == 1
    }
    for key in old.all_keys():
        after = new.taken(edited[key[0]]) if key[0] in edited else None
        yield old.taken(key), after
    for key in new.all_keys():
        yield None, new.taken(key)


def _count(found: Differences, report: str, told: list[Change], limit: int) -> None:
    """Add the changes of one record."""
    seen = set()
    for change in told:
        key = (change.field, change.kind)
        kind = found.by_kind.setdefault(key, ChangeKind(*key))
        kind.changes += 1
        if key in seen:  # a second example of one report teaches less than one of another
            continue
        seen.add(key)
        kind.records += 1
        if len(kind.examples) < limit:
            kind.examples.append(Example(report, change))


def _key(line: Line) -> Key:
    return line.record.source.name, line.record.source.sha256
