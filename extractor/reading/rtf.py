r"""Rich Text Format, as Word, WPS, WordPad and LibreOffice write it: a tokenizer of its own, linear on any input.

striprtf was tried and left: it drops the numbers of lists and text boxes, keeps hidden and deleted text, tells neither
paragraphs nor cells apart, and looks for hyperlinks with a pattern that takes quadratic time.

Left out: hidden and deleted text, field codes, comments, footnotes, headers and footers, pictures. Kept: results of
fields, text boxes (before the paragraph that they hang on), and the numbers of lists (\listtext, \pntext).
Control words are those of the Rich Text Format specification 1.9.1.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from extractor.errors import BrokenError
from extractor.reading.metadata import TEMPLATES, add_headline, day_of
from extractor.reading.numbering import joined
from extractor.reading.places import Writer
from extractor.reading.rows import Line, in_row, put
from extractor.reading.rtf_words import (
    BOXES,
    CHARACTERS,
    CHARSETS,
    ENDS,
    LABEL,
    LABELS,
    NOTHING,
    SIGNS,
    SILENT,
    SYMBOLS,
    TEXT,
    TIMES,
    TITLE,
    TOKEN,
    TOLD,
    WRITTEN,
    character,
    code_page,
    whole,
)
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/rtf"

#: Tokens between two looks at the clock.
_CHECKED = 100_000
#: Groups within one another. Word's own files have some 10; what a million of them would change is kept in memory.
_DEEPEST = 10_000
#: Tables within one another that are told apart.
_TABLES = 10


class _State(NamedTuple):
    """What a group may change, and its end restores."""

    destination: bytes = TEXT
    font: int = -1
    fallback: int = 1  # characters after \u for readers that do not know it
    hidden: bool = False
    deleted: bool = False


class _Row:
    """A row of a table while it is read: its finished cells, and the lines of the one that is open."""

    def __init__(self) -> None:
        self.cells: list[list[Line]] = []
        self.lines: list[Line] = []

    def end_cell(self) -> None:
        self.cells.append(self.lines)
        self.lines = []


class _Flow:
    """Paragraphs that follow one another while they are read: those of the document, or of a text box."""

    def __init__(self, depth: int) -> None:
        self.depth = depth  # of the group that holds it
        self.line: Line = []
        self.label: list[str] = []
        self.rows: list[_Row] = []  # open ones, one for each table in a table
        self.level = 0  # tables around the current paragraph
        self.done: list[Line] = []


def accepts(raw: Raw) -> bool:
    """Whether this is RTF."""
    return raw.data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def read(raw: Raw) -> Text:
    """The text of an RTF document; ``paragraph`` in its places counts the ends of paragraphs and cells, from 1.

    Raises BrokenError, TooLargeError, TooSlowError, EmptyError. A document whose last group is not closed is broken,
    unless the caller goes on despite damage.
    """
    reader = _Reader(raw)
    reader.read()
    written = Writer()
    for line in reader.flows[0].done:
        put(line, written)
    add_headline(written, whole("".join(reader.title)), shown=False)
    return put_together(
        raw, written, MEDIA_TYPE, created=day_of(reader.time(b"creatim"), reader.time(b"revtim"))
    )


class _Reader:
    """Goes through the tokens of a document."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.state = _State()
        self.stack: list[_State] = []
        self.flows = [_Flow(0)]
        self.number = 1
        self.bytes = bytearray()  # not yet decoded: the bytes of a character may come in two tokens
        self.skip = 0  # characters still to pass over after \u
        self.optional = False  # after \*
        self.usual_font, self.code_page = -1, "cp1252"
        self.fonts: dict[int, int | str] = {}  # charset, or the code page that the font names
        self.title: list[str] = []
        self.times: dict[bytes, dict[bytes, int]] = {}
        self.merged: list[bool] = []  # cells of the row that only go on with others
        self.goes_on = False

    def read(self) -> None:
        """Read the whole document."""
        data, position, count = self.raw.data, self.raw.data.index(b"{"), 0
        while token := TOKEN.search(data, position):
            position = token.end()
            count += 1
            if count % _CHECKED == 0:
                self.raw.check_time()
            kind = token.lastgroup
            if kind == "text":
                self._characters(token[0])
            elif kind == "hexes":
                self._characters(bytes.fromhex(token[0].decode().replace("\\'", "")))
            elif kind == "brace":
                if not self._group(token[0]):
                    break
            elif kind == "symbol":
                self._symbol(token["symbol"])
            elif kind is not None:
                number = int(token["number"]) if token["number"] else None
                if token["word"] == b"bin":
                    position += max(number or 0, 0)
                self._word(token["word"], number)
        if self.stack and self.raw.on_damage == "stop":
            raise BrokenError(path=self.raw.path, looks="rtf", detail="it ends within a group")
        while len(self.flows) > 1:
            self._end_box()
        self._end_paragraph()
        self._end_rows(0)

    def time(self, name: bytes) -> datetime | None:
        """When the document was made or changed last, as it says."""
        said = self.times.get(name, {})
        try:
            time = datetime(
                said.get(b"yr", 0),
                said.get(b"mo", 0),
                said.get(b"dy", 0),
                said.get(b"hr", 0),
                said.get(b"min", 0),
            )
        except ValueError:
            return None
        return None if time in TEMPLATES else time

    def _group(self, brace: bytes) -> bool:
        """A group begins or ends. False after the end of the outermost."""
        self._decode()
        self.skip, self.optional = 0, False
        if brace == b"{":
            if len(self.stack) >= _DEEPEST:
                raise BrokenError(
                    path=self.raw.path, looks="rtf", detail="groups lie too deep within one another"
                )
            self.stack.append(self.state)
        elif self.stack:
            if len(self.flows) > 1 and self.flows[-1].depth == len(self.stack):
                self._end_box()
            self.state = self.stack.pop()
        return bool(self.stack)

    def _characters(self, data: bytes) -> None:
        if self.skip:
            self.skip, data = max(self.skip - len(data), 0), data[self.skip :]
        state = self.state
        if data and state.destination in WRITTEN and not state.hidden and not state.deleted:
            self.bytes += data

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.optional = True
        elif self.skip:
            self.skip -= 1
        elif symbol in b"\r\n":
            self._word(b"par", None)
        elif symbol in SYMBOLS:
            self._decode()
            self._say(SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        if self.skip and word != b"u":
            self.skip -= 1
            return
        optional, self.optional = self.optional, False
        destination = self.state.destination
        if word == b"nestrow":  # stands in a group that is passed over otherwise
            self._end_rows(max(len(self.flows[-1].rows) - 1, 0))
        elif destination == b"info":
            self._enter(word if word in TIMES or word == TITLE else NOTHING)
        elif destination in TIMES:
            self.times.setdefault(destination, {})[word] = number or 0
        elif destination == b"fonttbl":
            self._font(word, number or 0, optional=optional)
        elif destination == b"upr":  # the same twice: in the code page, and as Unicode
            self._enter(TEXT if word == b"ud" else destination)
        elif destination not in WRITTEN:
            return
        elif word in (b"info", b"fonttbl", b"upr"):
            self._enter(word)
        elif word in SILENT or (optional and word not in TOLD):
            self._enter(NOTHING)
        elif word in LABELS:
            self._enter(NOTHING if self.flows[-1].label else LABEL)
        elif word in BOXES:
            self._decode()
            self.flows.append(_Flow(len(self.stack)))
        else:
            self._formatted(word, number)

    def _enter(self, destination: bytes) -> None:
        self._decode()
        self.state = self.state._replace(destination=destination)

    def _font(self, word: bytes, number: int, *, optional: bool) -> None:
        """What the table of fonts says."""
        if optional:
            self._enter(NOTHING)
        elif word == b"f":
            self.state = self.state._replace(font=number)
        elif word == b"fcharset":
            self.fonts.setdefault(self.state.font, number)
        elif word == b"cpg":
            self.fonts[self.state.font] = code_page(number)

    def _formatted(self, word: bytes, number: int | None) -> None:
        """Words within the text: characters, ends of paragraphs, and what changes the text that follows."""
        on = number != 0
        if word == b"u":
            self._decode()
            self._say(character(number or 0))
            self.skip = self.state.fallback
        elif word in CHARACTERS:
            self._decode()
            self._say(CHARACTERS[word])
        elif word in ENDS:
            self._end(word)
        elif word in (b"f", b"plain", b"v", b"deleted", b"uc"):
            self._decode()
            if word == b"f":
                self.state = self.state._replace(font=-1 if number is None else number)
            elif word == b"plain":
                self.state = self.state._replace(font=-1, hidden=False, deleted=False)
            elif word == b"uc":
                self.state = self.state._replace(fallback=max(number or 0, 0))
            elif word == b"v":
                self.state = self.state._replace(hidden=on)
            else:
                self.state = self.state._replace(deleted=on)
        elif word == b"deff":
            self.usual_font = number or 0
        elif word == b"ansicpg":
            self.code_page = code_page(number or 1252)
        else:
            self._table(word, number)

    def _table(self, word: bytes, number: int | None) -> None:
        flow = self.flows[-1]
        if word == b"pard":
            flow.level = 0
        elif word == b"intbl":
            flow.level = max(flow.level, 1)
        elif word == b"itap":
            flow.level = min(max(number or 0, 0), _TABLES)
        elif word == b"trowd":
            flow.rows = flow.rows or [_Row()]
            self.merged, self.goes_on = [], False
        elif word in (b"clvmrg", b"clmrg"):
            self.goes_on = True
        elif word == b"cellx":
            self.merged.append(self.goes_on)
            self.goes_on = False
        elif word == b"row":
            self._end_rows(0)

    def _end(self, word: bytes) -> None:
        if word in (b"par", b"sect") and (self.state.hidden or self.state.deleted):
            self._decode()
            self.number += 1  # its mark is gone: the next paragraph goes on with it
            return
        flow = self.flows[-1]
        if word == b"nestcell":
            flow.level = max(flow.level, 2)
        elif word == b"cell":
            flow.level = 1
        self._end_paragraph()
        if word in (b"cell", b"nestcell"):
            self._row(flow.level).end_cell()

    def _end_paragraph(self) -> None:
        self._decode()
        flow = self.flows[-1]
        line = [
            (number, whole("".join(piece for _, piece in group)))
            for number, group in groupby(flow.line, lambda p: p[0])
        ]
        label = whole("".join(flow.label)).strip()
        flow.line, flow.label = [], []
        if any(not piece.isspace() for _, piece in line):
            if any(map(str.isalnum, label)):  # else a bullet
                line.insert(0, (line[0][0], joined(label, line[0][1])))
            self._emit(line)
        self.number += 1

    def _emit(self, line: Line) -> None:
        """A line is finished: it belongs to the open cell, or to the text."""
        flow = self.flows[-1]
        if level := flow.level or bool(flow.rows):
            self._row(level).lines.append(line)
        else:
            flow.done.append(line)

    def _row(self, level: int) -> _Row:
        """The open row of this table in tables; what lies deeper has ended."""
        rows = self.flows[-1].rows
        self._end_rows(level)
        while len(rows) < level:
            rows.append(_Row())
        return rows[-1]

    def _end_rows(self, kept: int) -> None:
        flow = self.flows[-1]
        while len(flow.rows) > kept:
            row = flow.rows.pop()
            if row.lines:
                row.end_cell()
            merged = self.merged if not flow.rows else []
            cells = [cell for i, cell in enumerate(row.cells) if not (i < len(merged) and merged[i])]
            (flow.rows[-1].lines if flow.rows else flow.done).extend(in_row(cells))

    def _end_box(self) -> None:
        """The lines of a text box come before the paragraph that holds it."""
        self._end_paragraph()
        self._end_rows(0)
        for line in self.flows.pop().done:
            self._emit(line)

    def _say(self, characters: str) -> None:
        state = self.state
        if not characters or state.hidden or state.deleted:
            return
        if state.destination == TEXT:
            self.flows[-1].line.append((self.number, characters))
        elif state.destination == LABEL:
            self.flows[-1].label.append(characters)
        elif state.destination == TITLE:
            self.title.append(characters)

    def _decode(self) -> None:
        """What the bytes say that have come since the last other thing."""
        if not self.bytes:
            return
        data = bytes(self.bytes)
        self.bytes.clear()
        charset = self.fonts.get(self.usual_font if self.state.font < 0 else self.state.font, 1)
        if charset == SIGNS and self.state.destination != TITLE:
            return
        own = charset if isinstance(charset, str) else CHARSETS.get(charset)
        try:
            self._say(data.decode(own or self.code_page))
        except UnicodeDecodeError:  # é, in a font of Latin letters, of a Chinese document
            latin = own is None and self.code_page != "cp1252" and charset == 0
            self._say(data.decode("cp1252" if latin else own or self.code_page, "replace"))
