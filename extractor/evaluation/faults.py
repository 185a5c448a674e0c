"""What is wrong with a JSON file that somebody else wrote: the place and a term of ``extractor.errors``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from extractor.errors import ExtractorError

#: Pydantic's types of error → what an archivist is told.
_TERMS = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "unknown-value",
    "string_too_short": "empty-string",
    "string_pattern_mismatch": "empty-string",
    "value_error": "not-edtf",  # the only check of our own in the models
}
#: Longer values are cut in a message.
_SHOWN = 40


class Fault(NamedTuple):
    """``place`` as ``people[0].roles[1] = "chairs"``; ``term`` is a key of ``extractor.errors.TERMS``."""

    place: str
    term: str


def json_object(data: bytes, wrong: Callable[..., ExtractorError]) -> dict[str, Any]:
    """The JSON object that these bytes are.

    Raises what ``wrong`` makes of ``place`` (line:column, from 1) and ``detail`` (a term).
    """
    at = "1:1"
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError):
            at = f"{error.lineno}:{error.colno}"
        raise wrong(place=at, detail="not-json") from None
    if not isinstance(found, dict):
        raise wrong(place=at, detail="not-an-object")
    return found


def first_fault(error: ValidationError) -> Fault:
    """The first thing that Pydantic found."""
    first = error.errors(include_url=False, include_context=False)[0]
    return Fault(
        place(first["loc"], None if first["type"] == "missing" else first["input"]),
        _TERMS.get(first["type"], "wrong-type"),
    )


def place(path: Iterable[str | int], value: Any = None) -> str:
    """A path into JSON as people write it, with the value that stands there if it is short to tell.

    >>> place(["people", 0, "roles", 1], "chairs"), place(["tasks"])
    ('people[0].roles[1] = "chairs"', 'tasks')
    """
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    if not isinstance(value, str | int | float):
        return steps
    shown = json.dumps(value, ensure_ascii=False)
    return f"{steps} = {shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + '…'}"
