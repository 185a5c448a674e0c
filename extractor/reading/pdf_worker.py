"""Takes PDF files apart in a process of its own, which ``pdf.py`` starts with a file and ends when time is up.

PDFium is quick and well tested against hostile files, but it cannot be interrupted: forms that draw one another ten times each
keep it busy for years, and a stream may unpack to gigabytes. A process can be ended, and has a limit to its memory.
Nothing of this package is imported: starting takes a tenth of a second.

Standard input: eight bytes of length, the file, then requests (a letter, the page, a number); standard output: for each a line of
JSON, and behind it the bytes that it announces.
"""

from __future__ import annotations

import ctypes
import json
import math
import struct
import sys
from array import array
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

#: A request: T (text; at most so many characters) or I (image; at most so many pixels), and the page, from 0.
REQUEST = struct.Struct("<cIQ")
LENGTH = struct.Struct("<Q")
#: Dots per inch of the image of a page: offices scan at 200 to 300, and recognition gains nothing from more.
DPI = 200
#: Bytes for the process: PDFium, the file, one unpacked stream (PDFium stops at 1 GiB), the image of one page.
_MEMORY = 2 << 30
#: Objects of a page that are looked at for images.
_OBJECTS = 2000
#: Sides of a page in the units in which PDFium is asked for its corners.
_UNITS = 10_000
#: Height of characters above their line, in ems: of fonts for Chinese, whose box is one em high.
_ASCENT = 0.86


class _Document:
    """One PDF. ``pdfium``: the library, untyped."""

    def __init__(self, pdfium: Any, data: bytes) -> None:
        self.pdfium, self.data = pdfium, data
        self.raw = pdfium.FPDF_LoadMemDocument64(data, len(data), None)

    def about(self) -> dict[str, Any]:
        """Number of pages and properties, or why it does not open."""
        if not self.raw:
            locked = self.pdfium.FPDF_GetLastError() in (
                self.pdfium.FPDF_ERR_PASSWORD,
                self.pdfium.FPDF_ERR_SECURITY,
            )
            return {"error": "encrypted" if locked else "broken"}
        names = ("Title", "CreationDate", "ModDate")
        return {
            "pages": self.pdfium.FPDF_GetPageCount(self.raw),
            **{name: self._property(name) for name in names},
        }

    def _property(self, name: str) -> str:
        size = min(self.pdfium.FPDF_GetMetaText(self.raw, name.encode(), None, 0), 4096)
        held = ctypes.create_string_buffer(size)
        self.pdfium.FPDF_GetMetaText(self.raw, name.encode(), held, size)
        return held.raw.decode("utf-16-le", "replace").rstrip("\0")

    def text(self, number: int, most: int) -> tuple[dict[str, Any], bytes]:
        """The characters of a page in the order of the file, their boxes, and their directions (quarter turns)."""
        page = self.pdfium.FPDF_LoadPage(self.raw, number)
        if not page:
            return {"error": "broken"}, b""
        sheet = _Sheet(self.pdfium, page)
        text = self.pdfium.FPDFText_LoadPage(page)
        count = self.pdfium.FPDFText_CountChars(text) if text else 0
        if count > most:
            return {"error": "characters"}, b""
        letters = _Letters(self.pdfium, text, sheet)
        for i in range(count):
            letters.take(i)
        said = {**sheet.about(), "count": len(letters.characters), "unknown": letters.unknown}
        self.pdfium.FPDFText_ClosePage(text)
        self.pdfium.FPDF_ClosePage(page)
        characters = "".join(letters.characters).encode("utf-32-le", "replace")
        return said, characters + letters.boxes.tobytes() + letters.turns.tobytes()

    def image(self, number: int, most: int) -> tuple[dict[str, Any], bytes]:
        """The page as it is displayed, three bytes a pixel; ``scale``: points in a pixel."""
        page = self.pdfium.FPDF_LoadPage(self.raw, number)
        if not page:
            return {"error": "broken"}, b""
        width, height = self.pdfium.FPDF_GetPageWidthF(page), self.pdfium.FPDF_GetPageHeightF(page)
        dots = min(DPI / 72, math.sqrt(most / max(width * height, 1)))
        columns, rows = max(1, int(width * dots)), max(1, int(height * dots))
        bitmap = self.pdfium.FPDFBitmap_CreateEx(columns, rows, self.pdfium.FPDFBitmap_BGR, None, 0)
        self.pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        self.pdfium.FPDF_RenderPageBitmap(
            bitmap, page, 0, 0, columns, rows, 0, self.pdfium.FPDF_REVERSE_BYTE_ORDER
        )
        stride = self.pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(self.pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
        self.pdfium.FPDFBitmap_Destroy(bitmap)
        self.pdfium.FPDF_ClosePage(page)
        return {
            "columns": columns,
            "rows": rows,
            "stride": stride,
            "scale": 1 / dots,
            "count": len(pixels),
        }, pixels


class _Sheet:
    """A page as displayed: cut to its crop box, turned as it says."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self.pdfium, self.page = pdfium, page
        (x, y), (other_x, other_y) = (self._corner(place) for place in (0, _UNITS))
        self.left, self.right = sorted((x, other_x))
        self.bottom, self.top = sorted((y, other_y))
        self.turn = pdfium.FPDFPage_GetRotation(page) % 4
        sides = (self.right - self.left, self.top - self.bottom)
        self.width, self.height = sides if self.turn % 2 == 0 else sides[::-1]

    def _corner(self, place: int) -> tuple[float, float]:
        """Where the upper left (0) or lower right corner of what is displayed lies on the page, crop box and all."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self.pdfium.FPDF_DeviceToPage(self.page, 0, 0, _UNITS, _UNITS, 0, place, place, x, y)
        return x.value, y.value

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place of the page, from the upper left corner as displayed."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of the page, as displayed."""
        (x, y), (other_x, other_y) = self.point(left, bottom), self.point(right, top)
        return (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))

    def about(self) -> dict[str, Any]:
        """Its size, the share that images cover, and how many drawings it has."""
        images, drawings = 0.0, 0
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        count = self.pdfium.FPDFPage_CountObjects(self.page)
        for i in range(min(count, _OBJECTS)):
            thing = self.pdfium.FPDFPage_GetObject(self.page, i)
            kind = self.pdfium.FPDFPageObj_GetType(thing)
            if kind in (self.pdfium.FPDF_PAGEOBJ_IMAGE, self.pdfium.FPDF_PAGEOBJ_FORM):
                self.pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
                images += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
            elif kind == self.pdfium.FPDF_PAGEOBJ_PATH:
                drawings += 1
        covered = images / max(self.width * self.height, 1.0)
        return {
            "width": self.width,
            "height": self.height,
            "images": covered if covered < 1 else 1.0,
            "drawings": drawings,
        }


class _Letters:
    """The characters of a page, one after another."""

    def __init__(self, pdfium: Any, text: Any, sheet: _Sheet) -> None:
        self.pdfium, self.text, self.sheet = pdfium, text, sheet
        self.characters: list[str] = []
        self.boxes, self.turns = array("f"), array("b")
        self.unknown = 0
        self.matrix, self.loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self.tight = tuple(ctypes.c_double() for _ in range(4))  # left, right, bottom, top
        self.origin = (ctypes.c_double(), ctypes.c_double())
        self.before: tuple[float, float] | None = None
        self.shared = 1

    def take(self, i: int) -> None:
        """Add the character, unless a reader of the page does not see it, or PDFium put it in."""
        if self.pdfium.FPDFText_IsGenerated(self.text, i) == 1:
            return
        code = self.pdfium.FPDFText_GetUnicode(self.text, i)
        self.pdfium.FPDFText_GetCharBox(self.text, i, *self.tight)
        left, right, bottom, top = (edge.value for edge in self.tight)
        character = (
            "-"
            if self.pdfium.FPDFText_IsHyphen(self.text, i) == 1
            else self._character(code, right > left and top > bottom, i)
        )
        self.pdfium.FPDFText_GetMatrix(self.text, i, self.matrix)
        turn = _quarter(self.matrix.a, self.matrix.b)
        if turn is None:  # aslant: a watermark
            return
        if turn == 0:
            self.pdfium.FPDFText_GetLooseCharBox(self.text, i, self.loose)
            box = (self.loose.left, self.loose.bottom, self.loose.right, self.loose.top)
        else:
            box = self._turned(i, turn, character)
        placed = self.sheet.box(*box)
        if not (
            0 <= placed[0] + placed[2] <= 2 * self.sheet.width
            and 0 <= placed[1] + placed[3] <= 2 * self.sheet.height
        ):
            return
        if character == "\ufffd":
            self.unknown += 1
        self.characters.append(character)
        self.boxes.extend(placed)
        self.turns.append((self.sheet.turn - turn) % 4)
        self._share()

    def _character(self, code: int, ink: bool, i: int) -> str:
        if code in (0x20, 0xA0, 0x3000, 9, 10, 13) or (not ink and code < 0x20):
            return chr(code) if code > 0x20 else " "
        known = code >= 0x20 and not (
            0xD800 <= code < 0xF900 or code >= 0xF0000 or 0xFFF0 <= code <= 0xFFFF or 0x7F <= code < 0xA0
        )
        return chr(code) if known and self.pdfium.FPDFText_HasUnicodeMapError(self.text, i) != 1 else "\ufffd"

    def _turned(self, i: int, turn: int, character: str) -> tuple[float, float, float, float]:
        """The box of a character that does not stand upright on the page: one em high, PDFium has none."""
        self.pdfium.FPDFText_GetCharOrigin(self.text, i, *self.origin)
        x, y = self.origin[0].value, self.origin[1].value
        em = self.pdfium.FPDFText_GetFontSize(self.text, i) * math.hypot(self.matrix.c, self.matrix.d)
        left, _, bottom, top = (edge.value for edge in self.tight)
        along = {1: top - y, 2: x - left, 3: y - bottom}[turn]
        wide = em if character >= "\u2e80" else min(max(along, 0.25 * em), em)
        up, down = _ASCENT * em, (_ASCENT - 1) * em
        if turn == 1:
            return (x - up, y, x - down, y + wide)
        if turn == 2:
            return (x - wide, y - up, x, y - down)
        return (x + down, y - wide, x + up, y)

    def _share(self) -> None:
        """One glyph for several characters (the ligature of f and i): PDFium gives each the whole box."""
        boxes, n = self.boxes, self.shared + 1
        if (
            len(boxes) >= 4 * n
            and boxes[-4:-2] == array("f", (boxes[-4 * n], boxes[-3]))
            and self._touches(n)
        ):
            left, right = self.boxes[-4], self.boxes[-2]
            for k in range(n):
                self.boxes[4 * (k - n)] = left + (right - left) * k / n
                self.boxes[4 * (k - n) + 2] = left + (right - left) * (k + 1) / n
            self.shared = n
        else:
            self.shared = 1

    def _touches(self, n: int) -> bool:
        return n <= 4 and self.characters[-1] != self.characters[-2] and self.characters[-2] in "fFsS"


def _quarter(along: float, up: float) -> int | None:
    """Quarter turns, against the clock, of text that runs in this direction; none if it runs aslant.

    >>> _quarter(12, 0), _quarter(0, 12), _quarter(-12, 0.1), _quarter(7, 7)
    (0, 1, 2, None)
    """
    if abs(up) <= 0.1 * abs(along):
        return 0 if along >= 0 else 2
    if abs(along) <= 0.1 * abs(up):
        return 1 if up > 0 else 3
    return None


def _bound(size: int) -> None:
    """Limit the memory of this process, where the system can (Linux; macOS and Windows take no notice or cannot)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(given: BinaryIO, answers: BinaryIO) -> None:
    """Take one file, answer until there are no more requests."""
    data = given.read(LENGTH.unpack(given.read(LENGTH.size))[0])
    pdfium: Any = import_module("pypdfium2_raw")  # untyped

    pdfium.FPDF_InitLibrary()
    document = _Document(pdfium, data)
    answers.write(json.dumps(document.about()).encode() + b"\n")
    answers.flush()
    while len(asked := given.read(REQUEST.size)) == REQUEST.size:
        what, number, most = REQUEST.unpack(asked)
        said, held = (document.image if what == b"I" else document.text)(number, most)
        answers.write(json.dumps(said).encode() + b"\n" + held)
        answers.flush()


if __name__ == "__main__":
    _bound(_MEMORY)
    _serve(sys.stdin.buffer, sys.stdout.buffer)
