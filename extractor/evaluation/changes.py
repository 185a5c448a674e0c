"""What changed between two records of one report, value by value.

Records are compared as plain JSON, so that any two schema versions can be: what one version has not is as
if it were null. Items of lists are matched by what they are (a name, the title of a document) and, where
that changed, by where they stand; never by their index, which shifts with every item before them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.evaluation.matching import Where, candidates, equal_pairs, held, one_to_one, shared, unpaired

#: What an item of a list is told by.
KEYS: dict[str, tuple[str, ...]] = {
    "leaders": ("name",),
    "speakers": ("name", "kind"),
    "attending_units": ("name",),
    "tasks": ("text",),
    "documents": ("title",),
    "mentioned": ("name",),
    "warnings": ("code",),
}

#: No statements about the meeting: compared only when everything is.
SILENT = frozenset(
    {"schema_version", "evidence", "confidence", "title_confidence", "representatives_confidence", "message"}
)

#: The value of a date, compared as such, and what follows from it.
_FOLLOWS = frozenset({"edtf", "start", "end"})

Data = Mapping[str, Any]


class Change(NamedTuple):
    """``field`` as tasks or meeting.name. ``kind``: added, removed, changed, boundary (cut differently),
    order, or the part that changed (roles, title, by …). ``item``: whose part it is, or empty.
    """

    field: str
    kind: str
    item: str
    old: str | None
    new: str | None


def changes(old: Data, new: Data, *, everything: bool = False) -> Iterator[Change]:
    """The changes from one record to another one of the same report, field by field.

    ``everything``: also in the keys of ``SILENT``, as evidence and confidence.
    """
    if "error" in (old.get("status"), new.get("status")):  # one has no fields to compare
        yield from _of_scalar("status", _status(old), _status(new))
        return
    ignored = frozenset() if everything else SILENT
    same_text = _dict(old.get("source")).get("sha256") == _dict(new.get("source")).get("sha256")
    for field, before, after in _in_both(old, new, ignored):
        if field in KEYS:
            yield from _of_list(field, _items(field, before), _items(field, after), ignored, same_text)
        elif field in ("source", "meeting"):
            for part, was, is_now in _in_both(_dict(before), _dict(after), ignored):
                yield from _of_value(f"{field}.{part}", was, is_now, ignored)
        else:
            yield from _of_value(field, before, after, ignored)


def _of_value(field: str, old: Any, new: Any, ignored: frozenset[str]) -> Iterator[Change]:
    """Of something that a record has once: a scalar, or a value with its evidence."""
    if not (isinstance(old, dict) or isinstance(new, dict)):
        yield from _of_scalar(field, old, new)
        return
    before, after = ({"text": value} if isinstance(value, str) else _dict(value) for value in (old, new))
    was, is_now = before.get("text"), after.get("text")
    if "edtf" in before or "edtf" in after:  # a date: its value counts, and the expression is a part of it
        yield from _of_scalar(field, before.get("edtf") or was, after.get("edtf") or is_now)
    elif was != is_now and _fit(before, after, "text", same_text=True):
        yield Change(field, "boundary", "", was, is_now)
        ignored |= {"text"}
    else:
        yield from _of_scalar(field, was, is_now)
        ignored |= {"text"}
    if was and is_now:
        yield from _of_parts(field, "", before, after, ignored | _FOLLOWS)


def _of_scalar(field: str, old: Any, new: Any) -> Iterator[Change]:
    if _is_same(old, new):
        return
    kind = "added" if _is_nothing(old) else "removed" if _is_nothing(new) else "changed"
    yield Change(field, kind, "", _told(old), _told(new))


def _of_parts(field: str, item: str, old: Data, new: Data, ignored: frozenset[str]) -> Iterator[Change]:
    """Of what is said of one thing: roles, title, who says it. The part is the kind of the change."""
    for part, before, after in _in_both(old, new, ignored):
        if not _is_same(before, after):
            yield Change(field, part, item, _told(before), _told(after))


def _of_list(
    field: str, old: Sequence[Data], new: Sequence[Data], ignored: frozenset[str], same_text: bool
) -> Iterator[Change]:
    keys = KEYS[field]
    name = keys[0]
    pairs = equal_pairs(*([tuple(item.get(key) for key in keys) for item in items] for items in (old, new)))
    if [j for _, j in pairs] != sorted(j for _, j in pairs):
        yield Change(field, "order", "", *(_names(items, name) for items in (old, new)))
    gone, come = unpaired(range(len(old)), range(len(new)), pairs)
    fits = ((_fit(old[i], new[j], name, same_text) for j in come) for i in gone)
    fitting = one_to_one(candidates(fits), least=0.0)
    recut = {(gone[i], come[j]) for i, j in fitting}
    for i, j in sorted([*pairs, *recut]):
        item = str(old[i].get(name))
        if (i, j) in recut:
            yield Change(field, "boundary", "", item, str(new[j].get(name)))
        yield from _of_parts(field, item, old[i], new[j], ignored | {name})
    removed, added = unpaired(gone, come, fitting)
    for i in removed:
        yield Change(field, "removed", "", str(old[i].get(name)), None)
    for j in added:
        yield Change(field, "added", "", None, str(new[j].get(name)))


def _fit(old: Data, new: Data, name: str, same_text: bool) -> float:
    """How well two items fit that may be one piece of the text with two cuts, 0 to 1."""
    one, other = old.get(name), new.get(name)
    if not isinstance(one, str) or not isinstance(other, str):
        return 0.0
    return held(one, other) or (shared(_where(old), _where(new)) if same_text else 0.0)


def _where(item: Data) -> Where | None:
    """The first span of the evidence."""
    evidence = item.get("evidence")
    first = _dict(evidence[0]) if isinstance(evidence, list) and evidence else {}
    start, end = first.get("start"), first.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def _in_both(old: Data, new: Data, ignored: frozenset[str]) -> Iterator[tuple[str, Any, Any]]:
    """Every key that one of them has, in the order of the new one, and its values."""
    for key in dict.fromkeys((*new, *old)):
        if key not in ignored:
            yield key, old.get(key), new.get(key)


def _items(field: str, value: Any) -> list[Data]:
    """The items of a list; a bare string (mentioned) is a name."""
    items = value if isinstance(value, list) else []
    return [item if isinstance(item, dict) else {KEYS[field][0]: item} for item in items]


def _dict(value: Any) -> Data:
    return value if isinstance(value, dict) else {}


def _names(items: Sequence[Data], name: str) -> str:
    return "、".join(str(item.get(name)) for item in items)


def _status(record: Data) -> str:
    code = _dict(record.get("error")).get("code")
    return f"{record.get('status')} {code}" if code else str(record.get("status"))


def _is_nothing(value: Any) -> bool:
    return value is None or value == [] or value == {}


def _is_same(old: Any, new: Any) -> bool:
    """Nothing is nothing, however it is written; roles are the same in any order."""
    if _is_nothing(old) or _is_nothing(new):
        return _is_nothing(old) and _is_nothing(new)
    return bool(old == new) or (_are_words(old) and _are_words(new) and sorted(old) == sorted(new))


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _told(value: Any) -> str | None:
    """A value as people read it."""
    if _is_nothing(value):
        return None
    if isinstance(value, str):
        return value
    return ", ".join(value) if _are_words(value) else json.dumps(value, ensure_ascii=False)
