"""OpenDocument texts: .odt, and .fodt, the same in one XML file. LibreOffice writes them, and WPS can.

Left out: deleted and hidden text, comments, footnotes, headers and footers. Kept: text boxes (before the paragraph that
they hang on), and the numbers of lists and headings. Rows and cells that the file repeats are read once.
The format is ISO/IEC 26300 (OpenDocument 1.2 and 1.3, part 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from extractor.errors import BinaryError, BrokenError, EncryptedError, UnsafeError
from extractor.reading.metadata import TEMPLATES, add_headline, day_of
from extractor.reading.numbering import joined
from extractor.reading.odt_lists import ListStyles
from extractor.reading.package import Package, names_of
from extractor.reading.places import Writer
from extractor.reading.rows import Line, in_row, put
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_KIND = "application/vnd.oasis.opendocument."
_OTHERS = (("spreadsheet", "sheet"), ("presentation", "slides"))
_MANIFEST = "META-INF/manifest.xml"

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE = _OASIS + "office:1.0}", _OASIS + "text:1.0}", _OASIS + "table:1.0}"
_STYLE, _SVG, _META = _OASIS + "style:1.0}", _OASIS + "svg-compatible:1.0}", _OASIS + "meta:1.0}"
_MANIFESTS, _CORE = _OASIS + "manifest:1.0}", "{http://purl.org/dc/elements/1.1/}"

_PARAGRAPHS = frozenset((_TEXT + "p", _TEXT + "h"))
#: Nothing in these is text of the document, or none that its reader sees.
_SILENT = frozenset(
    (
        *(_TEXT + name for name in ("tracked-changes", "note", "ruby-text", "script", "hidden-text")),
        *(_OFFICE + name for name in ("annotation", "forms", "scripts", "event-listeners")),
        *(_TABLE + name for name in ("covered-table-cell", "shapes")),
        *(_SVG + name for name in ("title", "desc")),
    )
)
_BLANKS = re.compile(r"[ \t\r\n]++")
#: Blanks in one text:s: nobody puts more in a line.
_SPACES = 1000
#: Elements between two looks at the clock.
_CHECKED = 10_000


def accepts(raw: Raw) -> bool:
    """Whether this is an OpenDocument file; spreadsheets and presentations are told as such when read."""
    if raw.data.startswith(b"PK\x03\x04"):
        first = raw.data[30:38] == b"mimetype" and _KIND.encode() in raw.data[38:128]
        return first or {"content.xml", _MANIFEST} <= names_of(raw.data)
    return "<office:document" in raw.text_head and _OASIS[1:] in raw.text_head


def read(raw: Raw) -> Text:
    """The text of an OpenDocument text; ``paragraph`` in its places counts text:p and text:h of the content, from 1.

    Raises BinaryError (a spreadsheet, a presentation), EncryptedError, BrokenError, UnsafeError, TooLargeError,
    TooSlowError, EmptyError.
    """
    if raw.data.startswith(b"PK\x03\x04"):
        package = Package(raw, "odt")
        kind = _kind(package)
        roots = [package.xml(name) for name in ("content.xml", "styles.xml", "meta.xml") if name in package]
        if "content.xml" not in package:
            raise BrokenError(path=raw.path, looks="odt", detail="content.xml is missing")
    else:
        roots = [_parsed(raw)]
        kind = roots[0].get(_OFFICE + "mimetype", _KIND + "text")
    if not kind.startswith(_KIND + "text"):
        raise BinaryError(
            path=raw.path,
            looks=next((looks for name, looks in _OTHERS if kind.startswith(_KIND + name)), "office"),
        )
    return _read(raw, roots)


def _read(raw: Raw, roots: list[Element]) -> Text:
    body = roots[0].find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise BrokenError(path=raw.path, looks="odt", detail="it has no office:text")
    written = Writer()
    _Body(raw, written, roots).read(body)
    meta = next(
        (found for root in roots[::-1] if (found := root.find(_OFFICE + "meta")) is not None), Element("none")
    )
    add_headline(written, meta.findtext(_CORE + "title"), shown=False)
    created = day_of(_time(meta.findtext(_META + "creation-date")), _time(meta.findtext(_CORE + "date")))
    return put_together(raw, written, MEDIA_TYPE, created=created)


def _kind(package: Package) -> str:
    """The media type that the package names. Raises EncryptedError."""
    manifest = package.xml(_MANIFEST) if _MANIFEST in package else Element("none")
    kind = package.bytes("mimetype")[:128].decode("ascii", "replace").strip() if "mimetype" in package else ""
    for entry in manifest:
        if entry.find(_MANIFESTS + "encryption-data") is not None:
            raise EncryptedError(path=package.raw.path, looks="odt")
        if entry.get(_MANIFESTS + "full-path") == "/":
            kind = kind or entry.get(_MANIFESTS + "media-type", "")
    return kind or _KIND + "text"


def _parsed(raw: Raw) -> Element:
    raw.check("xml", len(raw.data))
    try:
        root: Element = fromstring(raw.data, forbid_dtd=False)
    except DefusedXmlException as error:
        raise UnsafeError(path=raw.path, looks="odt", detail="entities") from error
    except (ParseError, LookupError, ValueError) as error:
        raise BrokenError(path=raw.path, looks="odt", detail=str(error)) from error
    return root


def _time(said: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat((said or "").strip()).replace(tzinfo=None)
    except ValueError:
        return None
    return None if time.replace(second=0, microsecond=0) in TEMPLATES else time


def events(root: Element) -> Iterator[tuple[bool, Element]]:
    """Each element within this one as it opens (True) and closes (False), however deep they lie."""
    waiting = [iter(root)]
    opened = [root]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            yield False, opened.pop()
        else:
            yield True, element
            opened.append(element)
            waiting.append(iter(element))


class _Paragraph:
    """A paragraph while it is read."""

    def __init__(self, number: int, label: str, *, joins: bool) -> None:
        self.number, self.label, self.joins = number, label, joins
        self.pieces: list[str] = []
        self.blank = True  # whether a blank would be one too many


class _Body:
    """Reads the elements of a text as they open and close."""

    def __init__(self, raw: Raw, written: Writer, roots: list[Element]) -> None:
        self.raw, self.written = raw, written
        self.lists = ListStyles(roots)
        self.hidden = frozenset(_hidden_styles(roots))
        self.number = 0
        self.silent = 0  # elements around this one that say nothing
        self.paragraphs: list[_Paragraph] = []  # open ones: a text box lies within a paragraph
        self.rows: list[list[list[Line]]] = []  # open rows: their cells, as lines
        self.cells: list[list[Line]] = []  # open cells

    def read(self, body: Element) -> None:
        """Write all that the body says."""
        for count, (opens, element) in enumerate(events(body)):
            if count % _CHECKED == 0:
                self.raw.check_time()
            if opens:
                if self.silent or self._left_out(element):
                    self.silent += 1
                    self.number += element.tag in _PARAGRAPHS
                else:
                    self._open(element)
                    self._say(element.text)
            elif element is not body:
                if self.silent:
                    self.silent -= 1
                else:
                    self._close(element)
                if not self.silent:
                    self._say(element.tail)

    def _left_out(self, element: Element) -> bool:
        if element.tag in _SILENT or element.get(_TEXT + "is-hidden") == "true":
            return True
        if element.tag == _TEXT + "section":
            return element.get(_TEXT + "display") == "none"
        return element.get(_TEXT + "style-name") in self.hidden

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self.number += 1
            label, joins = self.lists.label(element)
            self.paragraphs.append(_Paragraph(self.number, label, joins=joins))
        elif tag == _TEXT + "list":
            self.lists.open_list(element)
        elif tag in (_TEXT + "list-item", _TEXT + "list-header"):
            self.lists.open_item(element)
        elif tag == _TABLE + "table-row":
            self.rows.append([])
        elif tag == _TABLE + "table-cell":
            self.cells.append([])
        elif tag == _TEXT + "tab":
            self._put("\t")
        elif tag == _TEXT + "line-break":
            self._put("\n")
        elif tag == _TEXT + "s":
            count = element.get(_TEXT + "c", "1")
            self._put(" " * min(int(count) if count.isdecimal() and len(count) < 10 else 1, _SPACES))

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            paragraph = self.paragraphs.pop()
            text = "".join(paragraph.pieces)
            if text and not text.isspace():
                label = paragraph.label if paragraph.joins else joined(paragraph.label, text)
                self._emit([(paragraph.number, label + text)])
        elif tag == _TEXT + "list":
            self.lists.close_list()
        elif tag == _TABLE + "table-cell":
            lines = self.cells.pop()
            if self.rows:
                self.rows[-1].append(lines)
        elif tag == _TABLE + "table-row":
            for line in in_row(self.rows.pop()):
                self._emit(line)

    def _emit(self, line: Line) -> None:
        """A line is finished: it belongs to the innermost cell, or to the text."""
        if self.cells:
            self.cells[-1].append(line)
        else:
            put(line, self.written)

    def _say(self, characters: str | None) -> None:
        """Characters as they stand in the XML, where several blanks are one."""
        if not characters or not self.paragraphs:
            return
        paragraph = self.paragraphs[-1]
        characters = _BLANKS.sub(" ", characters)
        if paragraph.blank:
            characters = characters.removeprefix(" ")
        if characters:
            paragraph.pieces.append(characters)
            paragraph.blank = characters.endswith(" ")

    def _put(self, characters: str) -> None:
        """Characters that elements stand for."""
        if self.paragraphs:
            self.paragraphs[-1].pieces.append(characters)
            self.paragraphs[-1].blank = False


def _hidden_styles(roots: list[Element]) -> Iterator[str]:
    """Names of styles whose text is not displayed."""
    for root in roots:
        for kind in ("automatic-styles", "styles"):
            for style in root.findall(f"{_OFFICE}{kind}/{_STYLE}style"):
                properties = style.find(_STYLE + "text-properties")
                if properties is not None and properties.get(_TEXT + "display") == "none":
                    yield style.get(_STYLE + "name", "")
