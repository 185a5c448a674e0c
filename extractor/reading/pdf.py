"""Reads PDF with pypdfium2 (extra ``pdf``), and scans in PDF by recognition (extra ``ocr``).

PDFium works in a process of its own, see ``pdf_worker``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from threading import Timer
from typing import Any, BinaryIO, cast

from extractor.errors import BrokenError, EncryptedError, MissingExtraError, TooLargeError, TooSlowError
from extractor.reading import pdf_worker
from extractor.reading.extras import need
from extractor.reading.lines import Glyph, Line, Page, lay_out, lines_of
from extractor.reading.metadata import add_headline, day_of
from extractor.reading.places import Box
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/pdf"

#: The header may have other bytes before it, of a mail or a web server (PDF 1.7, annex H, note 13).
_HEADER = 1024
#: A page is a scan if images cover this much of it and it has fewer characters than this (those that scanning programs put under
#: each page, and page numbers, are fewer); or if so many drawings, but no character, are on it (text as outlines).
_COVERED, _FEW, _DRAWINGS = 0.5, 40, 50
#: A text layer with this share of characters that nobody knows is none.
_UNKNOWN = 0.5
#: Characters in vertical writing: at least so many, one under another by at most this many ems.
_UPRIGHT, _PITCH = 4, 1.45
_DAY = re.compile(r"\s*+(?:D:)?([12]\d{3})(\d\d)?(\d\d)?")


def accepts(raw: Raw) -> bool:
    """Whether this format reads such content."""
    return b"%PDF-" in raw.data[:_HEADER]


def read(raw: Raw) -> Text:
    """The text of it, page by page.

    Raises BrokenError, EncryptedError (an empty password does not open it), TooLargeError, TooSlowError, EmptyError,
    MissingExtraError (also where no page has a text layer, and recognition is not installed).
    """
    try:
        return _read(raw)
    except (MemoryError, RecursionError) as error:
        raise BrokenError(path=raw.path, looks="pdf", detail="reading it takes too much memory") from error


def _read(raw: Raw) -> Text:
    need("pypdfium2_raw", raw, "pdf", "pdf")
    pages, unread, characters = list[Page](), list[str](), 0
    missing: MissingExtraError | None = None
    with _opened(raw) as document:
        raw.check("pages", document.pages)
        for number in range(1, document.pages + 1):
            raw.check_time()
            page, said = document.page(number, raw.limits.characters - characters)
            if _is_scan(page, said):
                try:
                    page = _recognised(document, page)
                except MissingExtraError as error:
                    missing, page = error, _bare(page)
                    unread.append(f"第{number}页")
            characters += sum(len(line.characters) for line in page.lines)
            pages.append(page)
    if missing and not characters:
        raise missing
    written, unsure = lay_out(pages)
    add_headline(written, document.title, shown=False)
    return put_together(
        raw,
        written,
        MEDIA_TYPE,
        created=document.day,
        pages=document.pages,
        unsure=unsure,
        unread=tuple(unread),
    )


def _is_scan(page: Page, said: dict[str, Any]) -> bool:
    """Whether a page has something to see, but not to read."""
    known = sum(len(line.characters) for line in page.lines)
    if not known:
        return bool(said["images"] or said["drawings"] >= _DRAWINGS)
    return bool(said["unknown"] >= _UNKNOWN * known or (said["images"] >= _COVERED and known < _FEW))


def _bare(page: Page) -> Page:
    return Page(page.number, page.width, page.height, ())


def _recognised(document: _Document, page: Page) -> Page:
    """The page as recognised on its image."""
    raw = document.raw
    images = need("PIL.Image", raw, "scan", "ocr")
    need("rapidocr", raw, "scan", "ocr")
    from extractor.reading.ocr import read_sheet

    said, pixels = document.ask(b"I", page.number, raw.limits.pixels)
    size = (said["columns"], said["rows"])
    image = images.frombytes("RGB", size, pixels, "raw", "RGB", said["stride"], 1)
    sheet = read_sheet(raw, image, said["scale"])
    return Page(page.number, sheet.width, sheet.height, sheet.lines, sheet.back)


class _Document:
    """A PDF that is open in another process."""

    def __init__(self, raw: Raw, process: subprocess.Popen[bytes]) -> None:
        self.raw, self.process = raw, process
        self.given, self.answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        with suppress(OSError):  # it has ended: the answer will say so
            self.given.write(pdf_worker.LENGTH.pack(len(raw.data)))
            self.given.write(raw.data)
            self.given.flush()
        about = self._answer("the file")
        self.pages: int = about["pages"]
        self.title: str = about["Title"]
        self.day = day_of(_day(about["CreationDate"]), _day(about["ModDate"]))

    def ask(self, what: bytes, number: int, most: int) -> tuple[dict[str, Any], bytes]:
        """What the other process says about a page, and what it sends."""
        with suppress(OSError):
            self.given.write(pdf_worker.REQUEST.pack(what, number - 1, max(0, most)))
            self.given.flush()
        said = self._answer(f"page {number}")
        size = said["count"] * (21 if what == b"T" else 1)
        held = self.answers.read(size)
        if len(held) < size:
            raise self._gone(f"page {number}")
        return said, held

    def page(self, number: int, most: int) -> tuple[Page, dict[str, Any]]:
        """The lines of a page, and what else stands on it."""
        said, held = self.ask(b"T", number, most)
        count = said["count"]
        characters = held[: 4 * count].decode("utf-32-le")
        edges, turns = array("f", held[4 * count : 20 * count]), held[20 * count :]
        boxes = cast("list[Box]", list(zip(*(edges[i::4] for i in range(4)), strict=True)))
        glyphs = [Glyph(*one) for one in zip(characters, boxes, strict=True)]
        return Page(number, said["width"], said["height"], tuple(_lines(glyphs, turns))), said

    def _answer(self, about: str) -> dict[str, Any]:
        said = self.answers.readline()
        if not said.endswith(b"\n"):
            raise self._gone(about)
        answer: dict[str, Any] = json.loads(said)
        if (error := answer.get("error")) == "encrypted":
            raise EncryptedError(path=self.raw.path, looks="pdf")
        if error == "characters":
            raise TooLargeError(path=self.raw.path, limit=self.raw.limits.characters, unit="characters")
        if error:
            raise BrokenError(path=self.raw.path, looks="pdf", detail=f"{about} cannot be opened")
        return answer

    def _gone(self, about: str) -> TooSlowError | BrokenError:
        """Why there is no answer: time was up, or the file asked for more memory than there is."""
        if self.raw.clock.spent:
            return TooSlowError(path=self.raw.path, seconds=self.raw.limits.seconds)
        return BrokenError(
            path=self.raw.path, looks="pdf", detail=f"{about} takes too much memory or cannot be read"
        )


@contextmanager
def _opened(raw: Raw) -> Iterator[_Document]:
    """The document, open in another process until the block or the time ends."""
    process = subprocess.Popen(
        [sys.executable, pdf_worker.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    timer = Timer(raw.clock.left, process.kill)
    timer.start()
    try:
        yield _Document(raw, process)
    finally:
        timer.cancel()
        process.kill()
        with suppress(OSError):
            cast(BinaryIO, process.stdin).close()
        cast(BinaryIO, process.stdout).close()
        process.wait()


def _lines(glyphs: list[Glyph], turns: bytes) -> Iterator[Line]:
    """The lines of a page: those that lie, those whose characters stand under one another, those that are turned."""
    yield from _upright([glyph for glyph, turn in zip(glyphs, turns, strict=True) if turn == 0])
    for turn in (1, 2, 3):
        if turned := [
            Glyph(g.character, _turned(g.box, turn)) for g, t in zip(glyphs, turns, strict=True) if t == turn
        ]:
            for line in lines_of(turned):
                yield Line(line.characters, tuple(_turned(box, 4 - turn) for box in line.boxes), line.unsure)


def _turned(box: Box, quarters: int) -> Box:
    """A box on a page that is turned, against the clock, around its origin."""
    left, top, right, bottom = box
    for _ in range(quarters):
        left, top, right, bottom = top, -right, bottom, -left
    return (left, top, right, bottom)


def _upright(glyphs: list[Glyph]) -> Iterator[Line]:
    """Vertical writing is told from the order in the file; the rest are lines that lie."""
    lying, run = list[Glyph](), list[Glyph]()
    for glyph in glyphs:
        if run and not _is_under(run[-1].box, glyph.box):
            if len(run) < _UPRIGHT:
                lying += run
            else:
                yield Line("".join(one.character for one in run), tuple(one.box for one in run))
            run = []
        run.append(glyph)
    if len(run) >= _UPRIGHT:
        yield Line("".join(one.character for one in run), tuple(one.box for one in run))
        run = []
    yield from lines_of(lying + run)


def _is_under(one: Box, other: Box) -> bool:
    em = one[3] - one[1]
    down = other[1] - one[1]
    return abs(one[0] + one[2] - other[0] - other[2]) < 0.6 * em and 0.5 * em < down <= _PITCH * em


def _day(said: str) -> date | None:
    """The day of a date as PDF writes it.

    >>> _day("D:20210325093000+08'00'"), _day("yesterday")
    (datetime.date(2021, 3, 25), None)
    """
    found = _DAY.match(said)
    if not found or not found[3]:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
