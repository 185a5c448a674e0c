"""The catalogue as a workbook (XLSX): the sheets 归档文件目录, 人员, 单位 and 任务.

Written as ISO/IEC 29500-1 (SpreadsheetML) has it, with nothing but the standard library: libraries stamp files with the time
and guess the types of cells. Here text is text whatever it looks like (a file number keeps its zeros, ``=1+1`` is no formula),
the ZIP has a fixed date and the file no properties. Of a sheet that is full the rest goes on one called 人员 (2).
Error records have their row: 状态 and 备注 say so. Lost: a text beyond 32 767 characters is cut, with … at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from shutil import copyfileobj
from string import ascii_uppercase
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from extractor.writing.catalogue import Cell, Sheet, catalogue_row, people_rows, sheets, task_rows, unit_rows
from extractor.writing.entries import Entry
from extractor.writing.harmless import harmless

#: Rows of a sheet, its heading included, and UTF-16 units of a cell: what Excel takes ("Excel specifications and limits").
MAX_ROWS, MAX_TEXT = 1_048_576, 32_767
#: Bytes of a sheet that are kept in memory while it grows; what is beyond goes to a temporary file.
_IN_MEMORY = 1 << 20
#: The first moment that a ZIP can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: What ``s`` of a cell counts: 0 number, 1 heading, 2 text (format @, so that it stays text when a person edits it).
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
#: XML 1.0 has no such characters; the other forbidden ones, controls and halves, ``harmless`` has written out.
_FORBIDDEN = re.compile("[\ufffe\uffff]")
#: In a cell ``_x0041_`` means A (ISO/IEC 29500-1, 22.9.2.19, ST_Xstring): its first _ is written as _x005F_.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write the workbook. Memory stays the same however many entries there are; sheets grow in temporary files."""
    with ExitStack() as stack:
        catalogue, people, units, tasks = (_Growing(sheet, stack) for sheet in sheets())
        for entry in entries:
            catalogue.add(catalogue_row(entry))
            for growing, rows in ((people, people_rows), (units, unit_rows), (tasks, task_rows)):
                for row in rows(entry):
                    growing.add(row)
        parts = [part for growing in (catalogue, people, units, tasks) for part in growing.finished()]
        _pack(parts, out)


class _Growing:
    """A sheet to which rows are added: one part, and one more whenever that is full."""

    def __init__(self, sheet: Sheet, stack: ExitStack) -> None:
        self.sheet, self.stack = sheet, stack
        self.parts: list[IO[bytes]] = []
        self.letters = list(_letters(len(sheet.columns)))
        self._begin()

    def add(self, row: dict[str, Cell]) -> None:
        """Write a row."""
        if self.rows == MAX_ROWS:
            self._begin()
        self._row(self.sheet.cells(row), text_style=2)

    def finished(self) -> Iterator[tuple[str, IO[bytes]]]:
        """The names of the parts, and their XML."""
        for number, part in enumerate(self.parts, start=1):
            part.write(b"</sheetData></worksheet>")
            yield self.sheet.name if number == 1 else f"{self.sheet.name} ({number})", part

    def _begin(self) -> None:
        part = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (closed by the stack)
        self.parts.append(self.stack.enter_context(part))
        self.rows = 0
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
            for n, column in enumerate(self.sheet.columns, start=1)
        )
        self._put(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
            'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>"
        )
        self._row(list(self.sheet.headings()), text_style=1)

    def _row(self, cells: list[Cell], text_style: int) -> None:
        self.rows += 1
        row, xml = self.rows, []
        for letters, value in zip(self.letters, cells, strict=True):
            if isinstance(value, str):
                xml.append(
                    f'<c r="{letters}{row}" s="{text_style}" t="inlineStr"><is>'
                    f'<t xml:space="preserve">{escape(_text(value))}</t></is></c>'
                )
            elif value is not None:
                xml.append(f'<c r="{letters}{row}" s="0"><v>{value}</v></c>')
        self._put(f'<row r="{row}">{"".join(xml)}</row>')

    def _put(self, xml: str) -> None:
        self.parts[-1].write(xml.encode("utf-8"))


def _text(value: str) -> str:
    """The text as a cell may hold it: in one line, of the characters that XML has, no longer than Excel takes."""
    text = _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("\ufffd", harmless(value)))
    if len(text) <= MAX_TEXT // 2 or len(units := text.encode("utf-16-le")) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _letters(count: int) -> Iterator[str]:
    """The names of the first columns: A … Z, AA … ZZ.

    >>> list(_letters(28))[25:]
    ['Z', 'AA', 'AB']
    """
    for number in range(count):
        before, last = divmod(number, 26)
        yield (ascii_uppercase[before - 1] if before else "") + ascii_uppercase[last]


def _pack(parts: list[tuple[str, IO[bytes]]], out: BinaryIO) -> None:
    """The package: what describes it, then the sheets."""
    numbers = range(1, len(parts) + 1)
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in zip(numbers, parts, strict=True)
    )
    targets = [(f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    overrides = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
        + [(target, "worksheet") for _, target in targets]
    )
    described = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([(f"{_OFFICE}/officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations([*targets, (f"{_OFFICE}/styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, xml in described.items():
            package.writestr(_member(name), xml)
        for n, (_, part) in zip(numbers, parts, strict=True):
            member = _member(f"xl/worksheets/sheet{n}.xml")
            member.file_size = part.tell()  # tells whether it needs ZIP64
            part.seek(0)
            with package.open(member, "w") as stream:
                copyfileobj(part, stream)


def _relations(targets: list[tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _member(name: str) -> ZipInfo:
    """A member that tells nothing of the time and the system that it was made on."""
    member = ZipInfo(name, _NO_TIME)
    member.create_system, member.external_attr, member.compress_type = 3, 0o644 << 16, ZIP_DEFLATED
    return member
