"""Numbers of lists and headings in OpenDocument texts (OpenDocument 1.3 part 3, 16.30 to 16.34)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extractor.reading.numbering import LEVELS, Counter, Level, whole

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _STYLE = _OASIS + "office:1.0}", _OASIS + "text:1.0}", _OASIS + "style:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"

#: How a format of numbers begins → what Word calls it. LibreOffice names them by their first three: 一, 二, 三, ...
_FORMS = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"},
    **{"一": "chineseCountingThousand", "①": "decimalEnclosedCircle", "１": "decimalFullWidth"},
    **{"甲": "ideographTraditional", "子": "ideographZodiac"},
    **{"壹": "chineseLegalSimplified", "壹, 貳": "ideographLegalTraditional"},
}
_PLACE = re.compile(r"%([1-9])%")
#: Characters around a number: as in ``numbering``.
_AROUND = 64


@dataclass(slots=True)
class OpenList:
    """A list while it is read: its style, its numbers, its level from 0, and what its open item begins with."""

    style: str
    counter: Counter
    depth: int
    numbered: bool = False  # whether the next paragraph gets the number of an item
    start: int | None = None


@dataclass
class ListStyles:
    """The list styles of a document, and the lists that are open. To be told of lists, items and paragraphs in order."""

    roots: list[Element]
    styles: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    open: list[OpenList] = field(default_factory=list)
    _headings: Counter = field(default_factory=Counter)
    _named: dict[str, Counter] = field(default_factory=dict)
    _last: dict[str, Counter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots[::-1]:  # what the content says of a style goes before what the styles say
            for kind in ("styles", "automatic-styles"):
                for style in root.findall(f"{_OFFICE}{kind}/{_TEXT}list-style"):
                    self.styles[style.get(_STYLE + "name", "")] = _levels(style)
            outline = root.find(f"{_OFFICE}styles/{_TEXT}outline-style")
            if outline is not None:
                self.outline = _levels(outline)

    def open_list(self, element: Element) -> None:
        """A list begins: within another one, on its own, or going on with one before."""
        name = element.get(_TEXT + "style-name")
        if self.open:
            outer = self.open[-1]
            depth = min(outer.depth + 1, LEVELS - 1)
            self.open.append(OpenList(outer.style if name is None else name, outer.counter, depth))
            return
        style = name or ""
        counter = self._named.get(element.get(_TEXT + "continue-list") or " ")  # no name is a blank
        if counter is None and element.get(_TEXT + "continue-numbering") == "true":
            counter = self._last.get(style)
        counter = counter or Counter()
        self._last[style] = self._named[element.get(_ID, "")] = counter
        self.open.append(OpenList(style, counter, 0))

    def close_list(self) -> None:
        """The innermost list ends."""
        self.open.pop()

    def open_item(self, element: Element) -> None:
        """An item begins; a header of a list has no number."""
        if self.open:
            self.open[-1].numbered = element.tag == _TEXT + "list-item"
            start = element.get(_TEXT + "start-value")
            self.open[-1].start = None if start is None else whole(start)

    def label(self, paragraph: Element) -> tuple[str, bool]:
        """The number before this paragraph, and whether its text follows at once."""
        if not self.open:
            if paragraph.tag != _TEXT + "h" or paragraph.get(_TEXT + "is-list-header") == "true":
                return "", True
            depth = min(max(whole(paragraph.get(_TEXT + "outline-level"), 1), 1), LEVELS) - 1
            return _counted(self._headings, depth, self.outline)
        within = self.open[-1]
        if not within.numbered:
            return "", True
        within.numbered = False
        if within.start is not None:
            within.counter.values[within.depth] = within.start - 1
            within.start = None
        return _counted(within.counter, within.depth, self.styles.get(within.style, {}))


def _counted(counter: Counter, depth: int, levels: dict[int, Level]) -> tuple[str, bool]:
    counter.count(depth, levels)
    return counter.label(depth, levels), depth in levels and levels[depth].joins


def _levels(style: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style:
        depth = whole(element.get(_TEXT + "level"), 0) - 1
        if 0 <= depth < LEVELS:
            levels[depth] = _level(element, depth)
    return levels


def _level(element: Element, depth: int) -> Level:
    form = element.get(_STYLE + "num-format", "")
    if not element.tag.endswith(("list-level-style-number", "outline-level-style")) or not form:
        return Level(form="bullet")
    text = element.get(_EXTENDED + "num-list-format") or element.get(_STYLE + "num-list-format")
    if text is None:
        shown = min(max(whole(element.get(_TEXT + "display-levels"), 1), 1), depth + 1)
        places = ".".join(f"%{place + 1}%" for place in range(depth + 1 - shown, depth + 1))
        text = element.get(_STYLE + "num-prefix", "") + places + element.get(_STYLE + "num-suffix", "")
    alignment = element.find(f"{_STYLE}list-level-properties/{_STYLE}list-level-label-alignment")
    followed = "" if alignment is None else alignment.get(_TEXT + "label-followed-by")
    return Level(
        form=_FORMS.get(form[:4]) or _FORMS.get(form[:1], "decimal"),
        text=_PLACE.sub(r"%\1", text)[:_AROUND],
        start=whole(element.get(_TEXT + "start-value"), 1),
        joins=followed == "nothing",
    )
