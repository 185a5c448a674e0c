"""The invariant of evidence: what a record says the text says, the text says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

#: What may stand inside a person's name without being part of it: white space (王　伟), invisible
#: characters, entities for spaces and tags, as web pages leave them behind.
_BLANKS = re.compile(
    r"(?:\s|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]"
    r"|&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj);|</?[A-Za-z][^<>\n]{0,300}>)++"
)
#: Between two of these blanks are a space: John Smith.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f.,'’-]")


class Stretch(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


def bare(name: str) -> str:
    """A person's name without the blanks inside it; one space stays between Latin letters.

    >>> bare("王　伟"), bare("王&nbsp;伟"), bare("John  Smith")
    ('王伟', '王伟', 'John Smith')
    """
    return _BLANKS.sub(lambda m: " " if _between_latin(m) else "", name)


def _between_latin(blanks: re.Match[str]) -> bool:
    string, start, end = blanks.string, blanks.start(), blanks.end()
    return all(_LATIN.fullmatch(near) for near in (string[start - 1 : start], string[end : end + 1]))


def check_quote(value: str, evidence: Sequence[Stretch], context: Any, *, name: bool = False) -> None:
    """Raise ValueError unless the first span of the evidence holds exactly the value.

    Without a text in the context there is nothing to compare. ``name``: blanks are left aside.
    """
    if (text := _text(context)) is None:
        return
    held = _slice(text, evidence[0])
    if held != value and not (name and bare(held) == bare(value)):
        raise ValueError(f"the text has {_short(held)} where the record has {_short(value)}")


def check_part(
    label: str, part: str | None, evidence: Sequence[Stretch], context: Any, *, name: bool = False
) -> None:
    """Raise ValueError unless the part (a title, an actor) is one of the spans or lies in the first."""
    if part is None or (text := _text(context)) is None:
        return
    if part in _slice(text, evidence[0]):
        return
    for span in evidence[1:]:
        held = _slice(text, span)
        if held == part or (name and bare(held) == bare(part)):
            return
    raise ValueError(f"no evidence holds the {label} {_short(part)}")


def _text(context: Any) -> str | None:
    return context.get("text") if isinstance(context, Mapping) else None


def _slice(text: str, span: Stretch) -> str:
    if span.end > len(text):
        raise ValueError(f"span {span.start}-{span.end} ends after the text ({len(text)} characters)")
    return text[span.start : span.end]


def _short(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")
