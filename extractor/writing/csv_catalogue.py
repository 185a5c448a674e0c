"""The catalogue as CSV: 归档文件目录 with a row for each entry, as spreadsheets and archive systems on every desktop open it.

UTF-8 with a byte order mark, ``\\r\\n``, one line a row. Error records have their row: 状态 and 备注 say so.
People, units and tasks have no table of their own here: take the XLSX or the SQLite file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import BinaryIO

from extractor.writing.catalogue import catalogue_row, sheets
from extractor.writing.entries import Entry
from extractor.writing.harmless import cell


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write the catalogue; one row is held at a time."""
    sheet = sheets()[0]
    text = TextIOWrapper(out, "utf-8", newline="", write_through=True)
    try:
        text.write("\ufeff")
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(sheet.headings())
        for entry in entries:
            rows.writerow(map(cell, sheet.cells(catalogue_row(entry))))
    finally:
        text.detach()
