"""XML 1.0 written piece by piece: what it forbids replaced, what it reserves escaped, never more than one text held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import escape

#: All that the production Char of XML 1.0 (fifth edition, 2.2) leaves out: controls, halves of characters, U+FFFE, U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOST = "\ufffd"
#: A parser reads a bare CR as LF (2.11), and each of these in an attribute as a blank (3.3.3).
_TEXT = {"\r": "&#13;"}
_ATTRIBUTE = _TEXT | {"\n": "&#10;", "\t": "&#9;", '"': "&quot;"}

Attributes = Mapping[str, str]
_NONE: Attributes = {}


def text(value: str) -> str:
    r"""As content of an element.

    >>> text("甲 < 乙 & ]]>\x1b")
    '甲 &lt; 乙 &amp; ]]&gt;\ufffd'
    """
    return escape(_FORBIDDEN.sub(_LOST, value), _TEXT)


def attribute(value: str) -> str:
    r"""As the value of an attribute, its quotation marks included.

    >>> attribute('说"好"\n')
    '"说&quot;好&quot;&#10;"'
    """
    return f'"{escape(_FORBIDDEN.sub(_LOST, value), _ATTRIBUTE)}"'


class XmlStream:
    """One document in UTF-8, each element on a line of its own. Names of elements and attributes are the caller's own."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._depth = out, 0
        self._write('<?xml version="1.0" encoding="UTF-8"?>\n')

    @contextmanager
    def element(self, name: str, attributes: Attributes = _NONE) -> Iterator[None]:
        """An element that holds elements: those written inside the ``with``."""
        self._line(_start(name, attributes))
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{name}>")

    def leaf(self, name: str, value: str | None, attributes: Attributes = _NONE) -> None:
        """An element that holds text; without any, nothing is written."""
        if value:
            self._line(f"{_start(name, attributes)}{text(value)}</{name}>")

    def _line(self, markup: str) -> None:
        self._write(f"{'  ' * self._depth}{markup}\n")

    def _write(self, markup: str) -> None:
        self._out.write(markup.encode())


def _start(name: str, attributes: Attributes) -> str:
    return f"<{name}{''.join(f' {key}={attribute(value)}' for key, value in attributes.items())}>"
