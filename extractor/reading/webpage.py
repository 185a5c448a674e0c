"""A web page as lines: what a reader sees of it, block by block, in the order of its source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extractor.errors import BrokenError, EmptyError
from extractor.reading.extras import need
from extractor.reading.text import Raw
from extractor.reading.words import words

#: One token of HTML that is looked at before parsing: a comment, a script or style with its content, a tag.
_TOKEN = re.compile(
    r"""<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?)
      | <(?P<raw>script|style)(?P<its>(?:[\s/](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+)?)>
        (?P<content>(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+)(?:</(?P=raw)[^>]*+>?)?
      | <[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+>?""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
#: Longer tags are cut down to the attributes read here. A picture within the page is an attribute of megabytes, and the
#: time that libxml2 takes for a tag grows with the square of its attributes: a minute for 100 000.
_LONG_TAG, LONG_VALUE = 300, 2000
_TAG_NAME = re.compile(r"<[A-Za-z][^\s/>]{0,50}")
_ATTRIBUTE = re.compile(
    r"""(?<![^\s/"'])(name|property|itemprop|content|class|id|style|datetime|hidden|href|start)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""",
    re.IGNORECASE,
)

#: What a reader of the page does not see, or sees as a control.
# fmt: off
_UNSEEN = (
    "head", "title", "script", "style", "noscript", "template", "iframe", "frame", "noframes", "object", "embed", "applet",
    "svg", "math", "canvas", "audio", "video", "map", "select", "option", "button", "input", "textarea",
    "datalist", "rt", "rp", "dialog"
)
# fmt: on
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|mso-hide\s{0,5}:\s{0,5}all", re.IGNORECASE)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
))
# fmt: on
#: What a block counts as for all within it.
_ROLE = {
    **dict.fromkeys(("nav", "aside", "footer"), "aside"),
    **dict.fromkeys(("h1", "h2", "h3"), "heading"),
    "pre": "pre",
}

_WHITE = re.compile(r"[ \t\n\r\f]++")
_WIDE = re.compile("[\u2014-\u2026\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
SPACE = re.compile(r"\s++")
#: What lists of other stories print beside the links: dates, numbers, bullets.
_DATED = re.compile(r"[\d\-/:.\[\]()（）年月日·•>]++")
_FURNITURE = words()["reading.web.around"]
_LONGEST_FURNITURE = 120


@dataclass(slots=True)
class Block:
    """A line of the page: how many of its characters lead elsewhere, the element that it stands in, whether that is aside."""

    text: str
    linked: int
    element: Any
    aside: bool = False
    heading: bool = False
    bare: str = field(init=False)

    def __post_init__(self) -> None:
        self.bare = SPACE.sub("", self.text)

    @property
    def leads(self) -> bool:
        """Whether it is there to lead to other pages; files that belong to the story are part of it."""
        return self.linked * 2 > len(_DATED.sub("", self.bare)) and not self.text.startswith("附件")

    @property
    def is_furniture(self) -> bool:
        """Whether it is one of the lines that sites print around stories."""
        return len(self.text) <= _LONGEST_FURNITURE and _FURNITURE.match(self.text) is not None


@dataclass(slots=True)
class _Row:
    """A row of a table: where its cells begin among the blocks; whether it holds another table."""

    cells: list[int] = field(default_factory=list)
    holds_table: bool = False


def parsed(raw: Raw, characters: str) -> tuple[Any, list[str]]:
    """The tree of the page, and what it says of itself to search engines. No entity is expanded, nothing is fetched."""
    described: list[str] = []

    def lighter(token: re.Match[str]) -> str:
        if token["raw"] is not None:
            if "ld+json" in token["its"]:
                described.append(token["content"])
            return ""
        if token[0].startswith("<!--"):
            return ""
        return token[0] if len(token[0]) <= _LONG_TAG else _shortened(token[0])

    source = _TOKEN.sub(lighter, characters).encode()
    lxml, etree = need("lxml.html", raw, "html", "html"), need("lxml.etree", raw, "html", "html")
    parser = lxml.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        tree = lxml.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:  # a page without any element
        raise EmptyError(path=raw.path) from error
    # Nested deeper than 256, or ten megabytes without a tag: libxml2 has dropped the rest.
    if fatal := next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None):
        raise BrokenError(path=raw.path, looks="html", detail=fatal.message.split(",")[0][:80])
    return tree, described


def _shortened(tag: str) -> str:
    kept: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        if len(match[2]) <= LONG_VALUE:
            kept.setdefault(match[1].lower(), match[2])
    name = _TAG_NAME.match(tag)
    return f"{name[0] if name else '<p'} {' '.join(f'{k}={v}' for k, v in kept.items())}>"


def remove_unseen(tree: Any, etree: Any) -> None:
    """Take out of the tree what a reader of the page does not see."""
    for element in tree.iter(etree.Element):
        if ("hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))) and element.tag not in (
            "html",
            "body",
        ):
            element.tag = "script"
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)


class Walk:
    """The way through a page, and the lines gathered on it."""

    def __init__(self, *, at_blanks: bool = False) -> None:
        self.at_blanks = at_blanks  # the lines of the source end only where blanks are
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.within: list[Any] = []
        self.rows: list[_Row] = []
        self.numbers: list[int | None] = []
        self.number = ""
        self.linked = 0
        self.inside: Counter[str] = Counter()

    def blocks_of(self, tree: Any, etree: Any) -> list[Block]:
        """The lines of the page, in the order of its source."""
        root = tree.find("body") if tree.find("body") is not None else tree
        self.within.append(root)
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag in _BLOCKS or tag == "br":
                    self.end_line()
                if tag in _BLOCKS:
                    self.enter(tag, element)
                self.inside["a" if tag == "a" and "href" in element.attrib else ""] += 1
                self.say(element.text)
            else:
                if tag in _BLOCKS:
                    self.end_line()
                    self.leave(tag)
                self.inside["a" if tag == "a" and "href" in element.attrib else ""] -= 1
                if element is not root:
                    self.say(element.tail)
        self.end_line()
        return self.blocks

    def enter(self, tag: str, element: Any) -> None:
        """A block begins."""
        self.within.append(element)
        self.inside[_ROLE.get(tag, "")] += 1
        if tag == "tr":
            self.rows.append(_Row())
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].cells.append(len(self.blocks))
        elif tag == "table" and self.rows:
            self.rows[-1].holds_table = True
        elif tag in ("ol", "ul"):
            self.numbers.append(_whole(element.get("start")) if tag == "ol" else None)
        elif tag == "li" and self.numbers and (number := self.numbers[-1]) is not None:
            self.number, self.numbers[-1] = f"{number}. ", number + 1

    def leave(self, tag: str) -> None:
        """A block ends."""
        element = self.within.pop()
        self.inside[_ROLE.get(tag, "")] -= 1
        if tag == "tr":
            self.join_cells(self.rows.pop(), element)
        elif tag in ("ol", "ul"):
            self.numbers.pop()
        elif tag == "li":
            self.number = ""

    def say(self, characters: str | None) -> None:
        """Characters of the line that is open; in preformatted text line ends are as in the source."""
        if not characters:
            return
        if self.inside["a"]:
            self.linked += len(SPACE.sub("", characters))
        first, *others = characters.split("\n") if self.inside["pre"] else (characters,)
        self.parts.append(first)
        for line in others:
            self.end_line()
            self.parts.append(line)

    def end_line(self) -> None:
        """What was said since the last line ended is a line, if a reader sees any of it."""
        text = (
            _WHITE.sub(" " if self.at_blanks else _seen, "".join(self.parts)).replace("\xa0", " ").strip()
            if self.parts
            else ""
        )
        if text:
            aside, heading = self.inside["aside"] > 0, self.inside["heading"] > 0
            self.blocks.append(Block(self.number + text, self.linked, self.within[-1], aside, heading))
            self.number = ""
        self.parts.clear()
        self.linked = 0

    def join_cells(self, row: _Row, element: Any) -> None:
        """One line for a row whose cells hold a line each; a table that only lays out a page has other rows."""
        ends = [*row.cells[1:], len(self.blocks)]
        cells = [self.blocks[start:end] for start, end in zip(row.cells, ends, strict=True)]
        held = [cell[0] for cell in cells if cell]
        if (
            row.holds_table
            or len(held) < 2
            or any(len(cell) > 1 for cell in cells)
            or any(x.leads for x in held)
        ):
            return
        joined = Block("\t".join(x.text for x in held), sum(x.linked for x in held), element, held[0].aside)
        self.blocks[row.cells[0] :] = [joined]


def _whole(number: str | None) -> int:
    return int(number) if number and number.isascii() and number.isdecimal() and len(number) < 6 else 1


def _seen(white: re.Match[str]) -> str:
    """Blanks and line ends of the source as one blank, but none for a line end between two Chinese characters."""
    start, end = white.span()
    between = "\n" in white[0] and joins(white.string[max(start - 1, 0) : start], white.string[end : end + 1])
    return "" if between else " "


def joins(before: str, after: str) -> bool:
    """Whether a line end of the source between these characters is nothing to see: both are Chinese.

    >>> joins("会", "议"), joins("会", "A")
    (True, False)
    """
    return _WIDE.match(before) is not None and _WIDE.match(after) is not None
