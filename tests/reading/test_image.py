from __future__ import annotations

import importlib
import io
import struct
import zlib
from functools import cache
from typing import Any

import pytest

pytest.importorskip("PIL")
pytest.importorskip("rapidocr")

import alike
import scans
from PIL import Image, ImageDraw

from extractor.errors import (
    BrokenError,
    EmptyError,
    InputError,
    MissingExtraError,
    TooLargeError,
    TooSlowError,
)
from extractor.reading import image, read_bytes
from extractor.reading.limits import Limits
from extractor.reading.text import Raw

WORDS = "县委召开全县农业工作会议"


@cache
def page(words: str = WORDS) -> Image.Image:
    """A page with one line."""
    made = scans.Scan()
    made.paragraph(words)
    return made.upper_part()


FORMATS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 60},
    "TIFF": {"compression": "group4"},
    "BMP": {},
    "GIF": {},
    "WEBP": {},
}


@pytest.mark.parametrize("form", FORMATS)
def test_formats_are_told_by_content(form: str) -> None:
    paper = page().convert("1") if form == "TIFF" else page()
    data = scans.packed(paper, form, **FORMATS[form])
    assert image.accepts(Raw(data, "report.txt"))
    text = read_bytes(data, "folder/report.txt")
    assert (text.characters, text.media_type, text.encoding) == (WORDS, f"image/{form.lower()}", "binary")
    assert (text.name, text.pages, text.created) == ("report.txt", 1, None)


@pytest.mark.parametrize(
    "data",
    [
        "BM公司召开会议。".encode(),
        "GIF图片说明".encode(),
        b"RIFF....WAVE",
        b"II*",
        b"",
        b"\0\0\0\x20ftypheic",
    ],
)
def test_other_content_is_left_to_others(data: bytes) -> None:
    assert not image.accepts(Raw(data, "a.png"))


def test_a_report_of_two_pages_gives_the_record_of_its_text() -> None:
    pages = scans.Scan().report(alike.paragraphs("county-party-safety")).pages
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(200, 200))
    text = read_bytes(out.getvalue(), "a.tif")
    assert text.pages == len(pages) == 2
    assert text.characters.split("\n") == alike.paragraphs("county-party-safety")
    alike.assert_alike(text, "county-party-safety")
    at = text.characters.index("县安委会成员单位")
    place = text.places.of(at, at + 3)
    assert place.page == 2
    assert place.box is not None
    left, top, right, bottom = place.box
    em = 16 / 72 * 200
    assert left == pytest.approx(28 / 25.4 * 200 + 2 * em, abs=0.3 * em)  # moved in by two characters
    assert right - left == pytest.approx(3 * em, abs=0.5 * em) and bottom - top < 1.4 * em
    ink = pages[1].crop((round(left), round(top), round(right), round(bottom))).convert("L")
    assert sum(ink.histogram()[:128]) > 0.1 * ink.width * ink.height


def test_it_is_turned_as_the_camera_noted_and_boxes_are_those_of_the_turned_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the left
    exif[0x9003] = "2021:03:25 08:00:00"
    data = scans.packed(page().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=90)
    text = read_bytes(data, "a.jpg")
    straight = read_bytes(scans.packed(page(), "JPEG", quality=90), "b.jpg")
    assert text.characters == straight.characters == WORDS
    assert text.created is None
    assert text.places.of(0, 4).box == pytest.approx(straight.places.of(0, 4).box, abs=3)


def test_boxes_of_a_page_on_its_side_are_where_the_ink_is() -> None:
    text = read_bytes(scans.packed(page().transpose(Image.Transpose.ROTATE_270)), "a.png")
    straight = read_bytes(scans.packed(page()), "b.png").places.of(3, 5).box
    assert text.characters == WORDS
    assert straight is not None
    left, top, right, bottom = straight
    height = page().height
    assert text.places.of(3, 5).box == pytest.approx((height - bottom, left, height - top, right), abs=12)


def test_smudged_characters_are_damages() -> None:
    paper = page("县长李建国主持会议并讲话，县委副书记王志强出席。").copy()
    clean = read_bytes(scans.packed(paper), "a.png")
    assert clean.damages == ()
    left, top, right, bottom = clean.places.of(2, 4).box or ()
    ImageDraw.Draw(paper).rectangle((left, (top + bottom) / 2, right, bottom), "white")
    left, top, right, bottom = clean.places.of(20, 21).box or ()
    ImageDraw.Draw(paper).ellipse((left, top, right, bottom), "black")
    text = read_bytes(scans.packed(paper), "a.png")
    reasons = {i: damage.reason for damage in text.damages for i in range(damage.start, damage.end)}
    assert reasons[20] == "replacement" and text.characters[20] == "\ufffd"
    assert {i for i, reason in reasons.items() if reason == "unsure"} & {2, 3}
    assert set(reasons) <= {2, 3, 20}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_a_page_without_text_is_empty(form: str) -> None:
    with pytest.raises(EmptyError):
        read_bytes(scans.packed(Image.new("RGB", (600, 800), "white"), form), "a.png")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixels: bytes = b"", kind: int = 0, *between: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(between) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def tiff(*entries: tuple[int, int, int, int], following: int) -> bytes:
    """One page of a TIFF: tag, type, count, value; ``following``: where the next page is said to be."""
    fields = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        b"II*\0" + struct.pack("<IH", 8, len(entries)) + fields + struct.pack("<I", following) + b"\xff" * 64
    )


BLACK_PIXEL = (
    (256, 4, 1, 8),
    (257, 4, 1, 8),
    (258, 3, 1, 8),
    (262, 3, 1, 1),
    (273, 4, 1, 200),
    (278, 4, 1, 8),
    (279, 4, 1, 64),
)

LARGE = {
    "a hundred million pixels": png(10_000, 10_000, zlib.compress(b"\0" * 10_001 * 10, 9)),
    "a bomb": png(10_000, 10_000, zlib.compress(b"\0" * 10_001 * 10_000, 9)),
    "absurd dimensions": png(2**31 - 1, 2**31 - 1),
    "GIF": b"GIF89a"
    + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
    + b"\0" * 6
    + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
    "GIF, a frame beyond its screen": b"GIF89a\1\0\1\0\x80\0\0"
    + b"\0" * 6
    + b",\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;",
    "BMP": b"BM"
    + struct.pack("<IHHIIiiHHIIiiII", 10**6, 0, 0, 54, 40, 20_000, 20_000, 1, 24, 0, 0, 0, 0, 0, 0),
    "TIFF": tiff((256, 4, 1, 60_000), (257, 4, 1, 60_000), *BLACK_PIXEL[2:], following=0),
}


@pytest.mark.parametrize("what", LARGE)
def test_too_many_pixels_are_refused_before_they_are_decoded(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    with pytest.raises(TooLargeError) as caught:
        read_bytes(LARGE[what], "a.png")
    assert caught.value.arguments["unit"] == "pixels"


WHOLE = scans.packed(page())
BROKEN = {
    "nothing but a signature": b"\x89PNG\r\n\x1a\n",
    "truncated PNG": WHOLE[: len(WHOLE) // 2],
    "truncated JPEG": scans.packed(page(), "JPEG")[:3000],
    "truncated TIFF": scans.packed(page(), "TIFF")[:5000],
    "truncated BMP": scans.packed(page(), "BMP")[:5000],
    "truncated GIF": scans.packed(page(), "GIF")[:400],
    "truncated WebP": scans.packed(page(), "WEBP")[:500],
    "no width": png(0, 10),
    "wrong pixels": png(64, 64, b"not deflated"),
    "a palette without colours": png(64, 64, zlib.compress(b"\0" * 10), 3),
    "a palette of nonsense": png(64, 64, zlib.compress(b"\xff" * 65 * 64), 3, chunk(b"PLTE", b"\1\2\3\4")),
    "a JPEG of nonsense": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8,
    "a TIFF that points outside": b"II*\0\xff\xff\xff\x7f",
    "a WebP without picture": b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0",
}


@pytest.mark.parametrize("what", BROKEN)
def test_damage_is_named(what: str) -> None:
    with pytest.raises(BrokenError) as caught:
        read_bytes(BROKEN[what], "a.png")
    assert "0x" not in str(caught.value.arguments["detail"])
    assert read_bytes(WHOLE, "a.png").characters == WORDS if what == "truncated PNG" else True


def test_pages_that_follow_one_another_in_a_circle_end() -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(tiff(*BLACK_PIXEL, following=8), "a.tif")
    assert isinstance(caught.value, EmptyError | BrokenError)


def test_damaged_notes_of_a_camera_do_no_harm() -> None:
    data = scans.packed(page(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert read_bytes(data, "a.jpg").characters == WORDS


def test_small_copies_inside_a_tiff_are_no_pages() -> None:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    copy = page().resize((page().width // 2, page().height // 2))
    notes = ImageFileDirectory_v2()
    notes[254] = 1
    copy.encoderinfo = {"tiffinfo": notes}
    out = io.BytesIO()
    page().save(out, "TIFF", save_all=True, append_images=[copy])
    text = read_bytes(out.getvalue(), "a.tif")
    assert (text.characters, text.pages) == (WORDS, 1)


def test_the_limits() -> None:
    small = page().resize((page().width // 2, page().height // 2))
    out = io.BytesIO()
    small.save(out, "TIFF", save_all=True, append_images=[small, small])
    with pytest.raises(TooLargeError, match="pages"):
        read_bytes(out.getvalue(), "a.tif", limits=Limits(pages=2))
    with pytest.raises(TooSlowError):
        read_bytes(out.getvalue(), "a.tif", limits=Limits(seconds=0))


@pytest.mark.parametrize("missing", ["PIL.Image", "rapidocr", "onnxruntime"])
def test_without_the_extra_it_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def without(name: str) -> Any:
        if name == missing:
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr("extractor.reading.extras.import_module", without)
    with pytest.raises(MissingExtraError) as caught:
        read_bytes(WHOLE, "a.png")
    assert caught.value.arguments == {"path": "a.png", "looks": "png", "extra": "ocr"}
