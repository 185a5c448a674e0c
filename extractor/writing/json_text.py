"""JSON: one record as a document, or as a line of JSON Lines; always UTF-8, Chinese as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas import ErrorRecord, Record

#: Characters that JSON may hold as they are, but that a terminal would obey (C1, direction of writing) or
#: that readers of lines take for line ends (U+0085, U+2028, U+2029). Written as escapes: the same JSON to
#: every parser. (Halves of characters cannot occur: the models refuse them.)
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

#: A string (a key, where a colon follows), a number or a word of JSON.
_TOKEN = re.compile(
    r'(?P<key>"(?:[^"\\]++|\\.)*+")(?=:)|(?P<string>"(?:[^"\\]++|\\.)*+")'
    r"|(?P<number>-?\d++(?:\.\d++)?)|(?P<word>true|false|null)"
)
_COLOURS = {"key": "\x1b[34m", "string": "\x1b[32m", "number": "\x1b[36m", "word": "\x1b[2m"}
_PLAIN = "\x1b[0m"


def document(record: Record | ErrorRecord) -> str:
    """The record as an indented JSON document, with its line end."""
    return _text(record, indent=2)


def line(record: Record | ErrorRecord) -> str:
    """The record as one line of JSON Lines, with its line end."""
    return _text(record, indent=None)


def data(content: object) -> str:
    r"""Anything that JSON can hold, as an indented document with its line end.

    >>> data({"姓名": "李\u2028甲"})
    '{\n  "姓名": "李\\u2028甲"\n}\n'
    """
    return _escaped(json.dumps(content, ensure_ascii=False, indent=2))


def coloured(text: str) -> str:
    r"""The same characters with colours between them, for a terminal.

    >>> coloured('{"a": null}\n')
    '{\x1b[34m"a"\x1b[0m: \x1b[2mnull\x1b[0m}\n'
    """
    return _TOKEN.sub(lambda m: f"{_COLOURS[m.lastgroup or 'word']}{m[0]}{_PLAIN}", text)


def _text(record: Record | ErrorRecord, indent: int | None) -> str:
    from schemas import to_json

    return _escaped(to_json(record, indent))


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"
