"""What ``extract diff`` tells: rows for its table, examples, and all of it as JSON, where no value is cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.evaluation.changes import Change
from extractor.evaluation.differences import ChangeKind, Differences
from extractor.writing.harmless import harmless
from extractor.writing.tables import ends

_NOTHING = "-"


def kind_rows(differences: Differences) -> Iterator[list[str | int]]:
    """Number of changes, of records, field and kind, the most frequent first."""
    for kind in differences.kinds():
        yield [kind.changes, kind.records, kind.field, kind.kind]


def examples(kind: ChangeKind) -> str:
    """A line for each example under a line that names the kind: report, whose part it is, old → new."""
    lines = [f"{kind.field} {kind.kind}"]
    for report, change in kind.examples:
        item = f"{change.item}: " if change.item else ""
        lines.append(f"  {report}  {_short(item)}{_short(change.old)} → {_short(change.new)}")
    return "".join(f"{harmless(line)}\n" for line in lines)


def differences_json(differences: Differences) -> dict[str, Any]:
    """All of it."""
    return {
        "same": differences.same,
        "changed": differences.changed,
        "only_old": differences.only_old,
        "only_new": differences.only_new,
        "kinds": [
            {
                "field": kind.field,
                "kind": kind.kind,
                "changes": kind.changes,
                "records": kind.records,
                "examples": [_example_json(report, change) for report, change in kind.examples],
            }
            for kind in differences.kinds()
        ],
    }


def _example_json(report: str, change: Change) -> dict[str, Any]:
    return {"report": report, "item": change.item or None, "old": change.old, "new": change.new}


def _short(value: str | None) -> str:
    return _NOTHING if value is None else ends(value)
