"""Word documents (.docx, .docm, .dotx; WPS saves them too), as the reader of a print would read them.

Left out: what was deleted or is hidden, field codes, comments, footnotes, headers and footers. Kept: what was inserted, the
results of fields, text boxes (before the paragraph that they hang on: the head of a document often stands in one), and
the numbers of lists. A row of a table is one line, its cells parted by tabs.

python-docx opens the document, but is handed only the few parts that are read, each checked before: it follows every
relationship, and would give up where a picture is missing or the document holds macros.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import tostring
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from extractor.errors import BinaryError, BrokenError, InputError, UnsafeError
from extractor.reading.extras import need
from extractor.reading.metadata import TEMPLATES, add_headline, day_of
from extractor.reading.numbering import WordLists, WordStyles, joined, numbered, switch, value_of
from extractor.reading.package import Package, names_of
from extractor.reading.places import Writer
from extractor.reading.rows import Line, in_row, put
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_CONTENTS = "[Content_Types].xml"
#: Other programs of the same family, by the folder of their main part.
_OTHERS = (("xl/", "sheet"), ("ppt/", "slides"))
#: What is read beside the document itself, by the last word of the relationship that leads there.
_READ = ("officeDocument", "core-properties", "styles", "numbering")
#: Documents that Word saved as "strict" name the same things otherwise (ISO/IEC 29500-1).
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

#: Word gives times in UTC; the day is that of China.
_CHINA = timedelta(hours=8)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SAME = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = _WORD + "val"
_PARAGRAPH, _RUN = _WORD + "p", _WORD + "r"

#: Nothing in these is text of the document.
_SILENT = frozenset(
    _WORD + name
    for name in (
        *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"),
    )
)
#: Elements that stand for characters. A page or column that ends within a paragraph ends a line.
_CHARACTERS = {
    _WORD + "tab": "\t",
    _WORD + "ptab": "\t",
    _WORD + "br": "\n",
    _WORD + "cr": "\n",
    _WORD + "noBreakHyphen": "-",
}
#: Symbols of fonts that have signs in the place of letters; others of them say nothing that text could.
_SYMBOLS = {
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xA8): "□",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB0): "°",
}
#: Word lets fields stand in one another 20 deep; what lies deeper in a damaged file is not followed.
_FIELDS = 20
#: Paragraphs between two looks at the clock.
_CHECKED = 1000


def accepts(raw: Raw) -> bool:
    """Whether this is an Office document of the newer kind, whole or not; spreadsheets are told as such when read."""
    if not raw.data.startswith(b"PK\x03\x04"):
        return False
    names = names_of(raw.data)
    return _CONTENTS in names or "word/document.xml" in names or (not names and b"word/" in raw.data[:65_536])


def read(raw: Raw) -> Text:
    """The text of a Word document; ``paragraph`` in its places counts the elements w:p of the main part, from 1.

    Raises BinaryError (a spreadsheet, a presentation), BrokenError, EncryptedError, UnsafeError, TooLargeError,
    TooSlowError, EmptyError, MissingExtraError.
    """
    package = Package(raw, "docx")
    for folder, looks in _OTHERS:
        if any(name.startswith(folder) for name in package.parts) and "word/document.xml" not in package:
            raise BinaryError(path=raw.path, looks=looks)
    try:
        return _read(raw, _checked(package))
    except InputError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a damaged file makes them stumble over
        name = type(error).__name__
        detail = (
            str(error)[:200] if isinstance(error, SyntaxError) else f"its parts do not fit together ({name})"
        )
        raise BrokenError(path=raw.path, looks="docx", detail=detail) from error


def _read(raw: Raw, data: BytesIO) -> Text:
    opener, etree = need("docx.package", raw, "docx", "word"), need("lxml.etree", raw, "docx", "word")
    parse = need("docx.oxml.parser", raw, "docx", "word").parse_xml
    opened = opener.Package.open(data)
    main = opened.main_document_part

    def root(
        part: Any,
    ) -> Any:  # of a type that python-docx does not know, a document with macros, it has but the bytes
        return part.element if hasattr(part, "element") else parse(part.blob)

    def related(name: str) -> Any:
        try:
            return root(main.part_related_by(_RELATION + name))
        except KeyError:
            return None

    styles = WordStyles(related("styles"))
    written = Writer()
    body = _Body(raw, written, styles, WordLists(related("numbering"), styles.list_of))
    body.read(etree.iterwalk(root(main), events=("start", "end")))
    title, created = _properties(opened)
    add_headline(written, title, shown=False)
    return put_together(raw, written, MEDIA_TYPE, created=created)


def _properties(opened: Any) -> tuple[str | None, Any]:
    """The title, and the day of the last change, as the document's properties have them."""
    try:
        properties = opened.part_related_by(_CORE).core_properties
        title, times = properties.title, (properties.created, properties.modified)
    except (KeyError, AttributeError):  # there are none, or they are something else
        return None, None
    naive = [None if time is None else time.replace(tzinfo=None) for time in times]
    return title, day_of(*(None if time is None or time in TEMPLATES else time + _CHINA for time in naive))


def _checked(package: Package) -> BytesIO:
    """The parts that are read, in a package of their own, none of which defines entities."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in package.parts:
            if not name.endswith((".xml", ".rels")):
                continue
            package.raw.check("xml", package.parts[name].file_size)
            data = package.bytes(name)
            _refuse_entities(data, package)
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
            archive.writestr(name, _relationships(package, name) if name.endswith(".rels") else data)
    return out


def _relationships(package: Package, name: str) -> bytes:
    """Relationships, without those that lead to what is not read, or is not there."""
    base = name.replace("_rels/", "").removesuffix(".rels")
    root = package.xml(name)
    for relation in list(root):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        if kind not in _READ or package.resolve(base, relation.get("Target", "")) not in package:
            root.remove(relation)
    for relation in root:
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        relation.set("Type", _CORE if kind == "core-properties" else _RELATION + kind)
    written: bytes = tostring(root, "utf-8")
    return written


def _refuse_entities(data: bytes, package: Package) -> None:
    """Raise UnsafeError if XML defines entities. What is no XML is found out by who parses it."""

    def refuse(*_: object) -> None:
        raise UnsafeError(path=package.raw.path, looks="docx", detail="entities")

    parser = ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError, LookupError):
        return


class _Paragraph:
    """A paragraph while it is read."""

    def __init__(self, number: int, label: str, *, joins: bool, hidden: bool, goes_on: bool) -> None:
        self.number, self.label, self.joins = number, label, joins
        self.hidden, self.goes_on = hidden, goes_on
        self.pieces: list[str] = []


class _Body:
    """Reads the elements of a document as they open and close: no depth of nesting can exhaust the stack."""

    def __init__(self, raw: Raw, written: Writer, styles: WordStyles, lists: WordLists) -> None:
        self.raw, self.written, self.styles, self.lists = raw, written, styles, lists
        self.number = 0
        self.paragraphs: list[_Paragraph] = []  # open ones: a text box lies within a paragraph
        self.rows: list[list[list[Line]]] = []  # open rows: their cells, as lines
        self.cells: list[list[Line]] = []  # open cells
        self.fields: list[bool] = []  # open fields: whether their result has begun
        self.carried: Line = []  # of a paragraph whose mark was deleted: it goes on in the next one

    def read(self, walk: Any) -> None:
        """Write all that the elements of this walk (lxml's iterwalk) say."""
        skipped = None
        for event, element in walk:
            if event == "end":
                if element is not skipped:
                    self._close(element)
                skipped = None
            elif self._left_out(element):
                skipped = element
                self.number += sum(1 for _ in element.iter(_PARAGRAPH))
                walk.skip_subtree()
            else:
                self._open(element)
        self._flush()

    def _left_out(self, element: Any) -> bool:
        tag = element.tag
        if tag in _SILENT:
            return True
        if tag == _RUN:
            return self._hidden(element)
        if tag in (_SAME + "Choice", _SAME + "Fallback"):  # the same again, for other programs
            before = element.getprevious()
            return before is not None and before.tag == _SAME + "Choice"
        if tag == _WORD + "tc":
            properties = element.find(_WORD + "tcPr")
            return properties is not None and (
                _merged(properties, "vMerge")
                or _merged(properties, "hMerge")
                or properties.find(_WORD + "cellDel") is not None
            )
        if tag == _WORD + "tr":
            return element.find(f"{_WORD}trPr/{_WORD}del") is not None
        return (
            tag == _WORD + "sdt" and switch(element.find(_WORD + "sdtPr"), "showingPlcHdr") is True
        )  # 单击此处输入文字

    def _hidden(self, run: Any) -> bool:
        properties = run.find(_WORD + "rPr")
        hidden = switch(properties, "vanish")
        if hidden is None and properties is not None and (style := value_of(properties, "rStyle")):
            hidden = self.styles.hidden(style) or None
        return self.paragraphs[-1].hidden if hidden is None and self.paragraphs else bool(hidden)

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag == _PARAGRAPH:
            self._open_paragraph(element)
        elif tag == _WORD + "tc":
            self.cells.append([])
        elif tag == _WORD + "tr":
            self.rows.append([])
        elif tag == _WORD + "fldChar":
            self._field(element.get(_WORD + "fldCharType"))
        elif tag == _VML + "textpath":  # lettering drawn as a picture: 文件头
            self._say(element.get("string", "") + "\n")
        elif tag in (_WORD + "t", _MATH + "t"):
            self._say(element.text or "")
        elif tag == _WORD + "sym":
            self._say(_symbol(element))
        elif tag in _CHARACTERS:
            self._say(_CHARACTERS[tag])

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag == _PARAGRAPH and self.paragraphs:
            self._close_paragraph()
        elif tag == _WORD + "tc" and self.cells:
            self._flush()
            lines = self.cells.pop()
            if self.rows:
                self.rows[-1].append(lines)
        elif tag == _WORD + "tr" and self.rows:
            for line in in_row(self.rows.pop()):
                self._emit(line)

    def _open_paragraph(self, element: Any) -> None:
        self.number += 1
        if self.number % _CHECKED == 0:
            self.raw.check_time()
        properties = element.find(_WORD + "pPr")
        style = (
            self.styles.usual if properties is None else value_of(properties, "pStyle") or self.styles.usual
        )
        mark = None if properties is None else properties.find(_WORD + "rPr")
        gone = mark is not None and (
            any(mark.find(_WORD + name) is not None for name in ("del", "moveFrom"))
            or switch(mark, "vanish") is True
            or switch(mark, "specVanish") is True
        )
        label, joins = ("", True) if gone else self._label(properties, style)
        hidden = self.styles.hidden(style)
        self.paragraphs.append(_Paragraph(self.number, label, joins=joins, hidden=hidden, goes_on=gone))

    def _label(self, properties: Any, style: str) -> tuple[str, bool]:
        number, depth = numbered(properties)
        if number is None:
            number, of_style, style = self.styles.numbering(style)
            depth = of_style if depth is None else depth
        return ("", True) if number is None else self.lists.label(number, depth, style)

    def _close_paragraph(self) -> None:
        paragraph = self.paragraphs.pop()
        if not all(self.fields):  # the code of a field ends with its paragraph, whatever a damaged file says
            self.fields = [begun for begun in self.fields if begun]
        text = "".join(paragraph.pieces)
        line = [*self.carried, (paragraph.number, text)] if text else self.carried
        if paragraph.goes_on:
            self.carried = line
            return
        self.carried = []
        if any(not piece.isspace() for _, piece in line):
            label = paragraph.label if paragraph.joins else joined(paragraph.label, line[0][1])
            self._emit([(paragraph.number, label), *line])

    def _flush(self) -> None:
        line, self.carried = self.carried, []
        if line:
            self._emit(line)

    def _emit(self, line: Line) -> None:
        """A line is finished: it belongs to the innermost cell, or to the text."""
        if self.cells:
            self.cells[-1].append(line)
        else:
            put(line, self.written)

    def _say(self, characters: str) -> None:
        if characters and self.paragraphs and all(self.fields):
            self.paragraphs[-1].pieces.append(characters)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields = [*self.fields[1 - _FIELDS :], False]
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _symbol(element: Any) -> str:
    """What w:sym shows: a character of its own, or one of a font of signs, which have the codes F000 to F0FF."""
    try:
        code = int(element.get(_WORD + "char", "")[:6], 16)
    except ValueError:
        return ""
    if 0xE000 <= code < 0xF900:
        return _SYMBOLS.get((element.get(_WORD + "font", "").lower(), code & 0xFF), "")
    return chr(code) if 0x20 <= code < 0x110000 else ""


def _merged(properties: Any, name: str) -> bool:
    """Whether a cell only goes on with the one above or before it."""
    found = properties.find(_WORD + name)
    return found is not None and found.get(_VAL, "continue") == "continue"
