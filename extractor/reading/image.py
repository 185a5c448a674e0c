"""Reads page images: PNG, JPEG, TIFF (of several pages, as fax machines and scanners make them), BMP, GIF, WebP."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractor.errors import BrokenError, InputError, TooLargeError
from extractor.reading.extras import need
from extractor.reading.lines import Page, lay_out
from extractor.reading.text import Raw, Text, put_together

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),  # with offsets of 64 bits
    (b"MM\0+", "tiff"),
)
#: Sizes of the headers that follow that of a BMP file, in bytes: text may begin with BM, and no more of it fits.
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
#: The tag of a TIFF page that says what it is, and its bit for a small copy of another page.
_SUBFILE, _SMALL_COPY = 254, 1


def accepts(raw: Raw) -> bool:
    """Whether the content begins as one of these formats does."""
    return _looks(raw.data) is not None


def read(raw: Raw) -> Text:
    """The text that is recognised on the pages; boxes in pixels of the page as displayed.

    The day on which a camera or scanner made the image is not that of the report: ``created`` stays unknown.

    Raises EmptyError (no text on any page), BrokenError, TooLargeError, TooSlowError, MissingExtraError.
    """
    looks = str(_looks(raw.data))
    pillow = need("PIL.Image", raw, looks, "ocr")
    for module in ("onnxruntime", "rapidocr"):
        need(module, raw, looks, "ocr")
    from extractor.reading.ocr import read_sheet

    pages = list[Page]()
    for number, image in enumerate(_images(raw, looks, pillow), 1):
        raw.check_time()
        with _damage_named(raw, looks, pillow):
            sheet = read_sheet(raw, image)
        pages.append(Page(number, sheet.width, sheet.height, sheet.lines, sheet.back))
    written, unsure = lay_out(pages)
    return put_together(raw, written, f"image/{looks}", pages=len(pages), unsure=unsure)


def _looks(data: bytes) -> str | None:
    """The format, a term of ``extractor.errors``."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    return next((looks for signature, looks in _SIGNATURES if data.startswith(signature)), None)


def _images(raw: Raw, looks: str, pillow: Any) -> Iterator[Image]:
    """The pages, turned as they are displayed. Only TIFF has several: further frames of others are no pages."""
    with _damage_named(raw, looks, pillow):
        file = pillow.open(io.BytesIO(raw.data), formats=[looks.upper()])
    number, frame = 0, 0
    while True:
        with _damage_named(raw, looks, pillow):
            try:
                file.seek(frame)
            except EOFError:
                return
            raw.check("pages", frame + 1)
            raw.check("pixels", file.width * file.height)  # before anything is decoded
            small_copy = looks == "tiff" and frame > 0 and file.tag_v2.get(_SUBFILE, 0) & _SMALL_COPY
            image = None if small_copy else _upright(file)
        if image is not None:
            number += 1
            yield image
        if looks != "tiff":
            return
        frame += 1


def _upright(file: Image) -> Image:
    """The frame, decoded, and turned as the camera noted."""
    from PIL import ImageOps

    file.load()
    try:
        return ImageOps.exif_transpose(file)
    except Exception:  # the notes are damaged, which does no harm to the picture
        return file.copy()


@contextmanager
def _damage_named(raw: Raw, looks: str, pillow: Any) -> Iterator[None]:
    """Errors of Pillow and of what it decodes with as BrokenError; its warnings are for nobody.

    What it raises on damaged files is no closed list: OSError, SyntaxError, ValueError, struct.error, KeyError, MemoryError …
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except pillow.DecompressionBombError:
        limit = min(raw.limits.pixels, 2 * pillow.MAX_IMAGE_PIXELS)
        raise TooLargeError(path=raw.path, limit=limit, unit="pixels") from None
    except Exception as error:
        detail = str(error).split("<", 1)[0].strip()  # <_io.BytesIO object at 0x…> says nothing
        raise BrokenError(path=raw.path, looks=looks, detail=detail or type(error).__name__) from error
