from __future__ import annotations

import io
import zlib
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

from extractor.errors import BrokenError, EmptyError, EncryptedError, MissingExtraError, TooLargeError
from extractor.reading import Limits, extras, read_bytes
from tests.reading import fonts
from tests.reading.alike import NAMES, assert_alike, paragraphs
from tests.reading.bounded import outcome
from tests.reading.pdf_files import (
    A4,
    CATALOG,
    FONT,
    PAGES,
    SMALL,
    Report,
    draw,
    one_page,
    placed,
    raw_pdf,
    scanned,
    stream,
)

pytest.importorskip("pypdfium2_raw")
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="recognition is not installed")
HEADLINES = {"county-party-safety": 3, "minutes-county-executive": 3}
HELLO = b"BT /F 12 Tf 72 700 Td (Minutes of the meeting) Tj ET"


def _report(name: str, **more: Any) -> Report:
    return Report(paragraphs(name), HEADLINES.get(name, 1), **more)


@pytest.mark.parametrize("page", [A4, SMALL], ids=["large", "small"])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_as_pdf(name: str, page: tuple[float, float]) -> None:
    # One page alone does not tell that its header runs.
    text = read_bytes(
        draw(_report(name, page=page, header="" if page == A4 else "青石县人民政府文件")), "a.txt"
    )
    assert_alike(text, name)
    assert (text.media_type, text.encoding) == ("application/pdf", "binary")
    assert text.pages is not None and (page == A4 or text.pages > 2)


@pytest.mark.parametrize("name", ["county-party-safety", "minutes-prose-bridge"])
def test_text_without_indents_and_with_other_numbers(name: str) -> None:
    text = read_bytes(draw(_report(name, page=SMALL, indent=0, numbers="第{}页")), "a.pdf")
    assert text.characters.split("\n") == paragraphs(name)


def test_values_know_their_page_and_box() -> None:
    text = read_bytes(draw(_report("county-party-safety", page=SMALL)), "a.pdf")
    start = text.characters.index("袁启昌在全县")
    place = text.places.of(start, start + 3)
    assert place.page == 1 and place.box is not None
    left, top, right, bottom = place.box
    # Three characters of 22 points, centred with 17 characters on a line, which stands 80 points from the top.
    assert abs(right - left - 66) < 0.5 and top < 80 < bottom and 20 < bottom - top < 24
    last = text.characters.index("县安委会成员单位")
    assert text.places.of(last, last + 4).page == text.pages


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_displayed(rotation: int) -> None:
    text = read_bytes(
        placed([(100, 200, 16, "会议要求"), (100, 230, 16, "会议明确")], rotation=rotation), "a.pdf"
    )
    box = text.places.of(text.characters.index("会议要求"), text.characters.index("会议要求") + 4).box
    expected = {
        0: (100, 186, 164, 202),
        90: (640, 100, 656, 164),
        180: (431, 640, 495, 656),
        270: (186, 431, 202, 495),
    }
    assert box is not None
    assert all(abs(a - b) <= 3 for a, b in zip(box, expected[rotation], strict=True)), box


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_text_that_is_turned_with_its_page_reads_on(rotation: int) -> None:
    content = {
        0: b"1 0 0 1 100 700 cm",
        90: b"0 1 -1 0 100 100 cm",
        180: b"-1 0 0 -1 500 100 cm",
        270: b"0 -1 1 0 100 700 cm",
    }[rotation]
    data = one_page(stream(content + b" BT /F 12 Tf (Minutes of the) Tj 0 -14 Td (second meeting) Tj ET"))
    turned = data.replace(b"/MediaBox", b"/Rotate %d/MediaBox" % rotation)
    assert read_bytes(turned, "a.pdf").characters == "Minutes of the\nsecond meeting"
    place = read_bytes(turned, "a.pdf").places.of(0, 14).box
    assert place is not None and place[2] - place[0] > 3 * (place[3] - place[1])


def test_what_the_crop_box_cuts_off_is_not_read() -> None:
    data = one_page(stream(HELLO + b" BT /F 12 Tf 72 100 Td (cut off) Tj ET"))
    data = data.replace(b"/MediaBox", b"/CropBox[50 400 595 842]/MediaBox")
    text = read_bytes(data, "a.pdf")
    assert text.characters == "Minutes of the meeting"
    box = text.places.of(0, 7).box
    assert box is not None and abs(box[0] - 22) < 1 and 128 < box[1] < 142


def test_a_predefined_encoding_without_an_embedded_font() -> None:
    pytest.importorskip("reportlab")
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(72, 700, "县委召开全县农业工作会议，李甲主持。")
    canvas.save()
    assert read_bytes(out.getvalue(), "a.pdf").characters == "县委召开全县农业工作会议，李甲主持。"


@pytest.mark.parametrize("encoding", [b"GBK-EUC-H", b"UniGB-UCS2-H"])
def test_fonts_that_only_name_their_encoding(encoding: bytes) -> None:
    said = "县委召开会议".encode("gbk" if encoding.startswith(b"GBK") else "utf-16-be").hex().encode()
    about = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R"
    descriptor = b"<</Type/FontDescriptor/FontName/SimSun/Flags 6/FontBBox[0 -141 1000 859]/Ascent 859/Descent -141/StemV 80/ItalicAngle 0/CapHeight 683>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[6 0 R]>>" % encoding
    cid = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun%s>>" % about
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
    content = stream(b"BT /F 16 Tf 72 700 Td <%s> Tj ET" % said)
    assert (
        read_bytes(raw_pdf(CATALOG, PAGES, page, font, content, cid, descriptor), "a.pdf").characters
        == "县委召开会议"
    )


def test_two_columns_under_a_headline() -> None:
    left = "县委召开会议要求各级各部门"
    things = [(150.0, 80.0, 22.0, "全县安全生产工作会议强调")]
    for i in range(6):
        things += [
            (72.0, 120.0 + 20 * i, 16.0, left),
            (310.0, 120.0 + 20 * i, 16.0, "会议明确由市政府负责落实。"),
        ]
    assert read_bytes(placed(things), "a.pdf").characters.split("\n") == [
        "全县安全生产工作会议强调",
        left * 6 + "会议明确由市政府负责落实。" * 6,
    ]


def test_vertical_text_comes_after_its_page() -> None:
    beside = [(60.0, 100.0 + 20 * i, 16.0, c) for i, c in enumerate("文件选编")]
    body = [
        (78.0, 105.0 + 22 * i, 16.0, "县委召开会议要求各级各部门抓好安全生产工作并落实") for i in range(4)
    ]
    text = read_bytes(placed([*beside, *body]), "a.pdf")
    assert text.characters.split("\n") == [body[0][3] * 4, "文件选编"]


def test_a_watermark_aslant_is_not_text() -> None:
    content = stream(HELLO + b" BT /F 60 Tf .7 .7 -.7 .7 100 300 Tm (DRAFT) Tj ET")
    assert read_bytes(one_page(content), "a.pdf").characters == "Minutes of the meeting"


def test_bold_by_drawing_twice_is_read_once() -> None:
    things = [(72 + shift, 100.0, 16.0, "县委召开会议") for shift in (0.0, 0.4)]
    assert read_bytes(placed(things), "a.pdf").characters == "县委召开会议"


def test_radicals_in_the_text_layer_become_characters() -> None:
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar <41> <2F00> <42> <F98E> <43> <2ED3> endbfchar"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
    held = stream(b"/CIDInit /ProcSet findresource begin begincmap " + cmap + b" endcmap end")
    text = read_bytes(
        raw_pdf(CATALOG, PAGES, page, font, stream(b"BT /F 12 Tf 72 700 Td (ABC) Tj ET"), held), "a.pdf"
    )
    assert text.characters == "一年长"


def test_properties_give_day_and_headline() -> None:
    said = b"/Root 1 0 R/Info 6 0 R"
    title = "县委召开全县农业工作会议".encode("utf-16-be").hex().encode()
    about = (
        b"<</CreationDate(D:20210325093000+08'00')/ModDate(D:20210326010000+08'00')/Title<FEFF%s>>>" % title
    )
    base = one_page(stream(HELLO), about)
    text = read_bytes(base.replace(b"/Root 1 0 R", said), "a.pdf")
    assert text.created == date(2021, 3, 26)
    assert text.pages == 1


def test_blank_pages_are_skipped_and_count() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>%s>>"
    pages = b"<</Type/Pages/Kids[6 0 R 3 0 R]/Count 2>>"
    data = raw_pdf(CATALOG, pages, page % b"/Contents 5 0 R", FONT, stream(HELLO), page % b"")
    text = read_bytes(data, "a.pdf")
    assert (text.characters, text.pages, text.places.of(0, 3).page) == ("Minutes of the meeting", 2, 2)
    with pytest.raises(EmptyError):
        read_bytes(one_page(stream(b"")), "a.pdf")
    with pytest.raises(TooLargeError):
        read_bytes(data, "a.pdf", limits=Limits(pages=1))
    with pytest.raises(TooLargeError):
        read_bytes(data, "a.pdf", limits=Limits(characters=5))


def test_an_invisible_text_layer_over_a_scan_is_the_text() -> None:
    image = stream(
        b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    content = b"q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 12 Tf 72 700 Td (Minutes of the meeting of the county, held in May 2021) Tj ET"
    data = one_page(stream(content), image, resources=b"/XObject<</I 6 0 R>>")
    assert read_bytes(data, "a.pdf").characters == "Minutes of the meeting of the county, held in May 2021"


def _image(lines: list[str]) -> Any:
    pillow = pytest.importorskip("PIL.Image")
    from PIL.ImageDraw import Draw
    from PIL.ImageFont import truetype

    image = pillow.new("RGB", (1240, 1754), "white")
    font = truetype(str(fonts.opentype()), 34)
    for i, line in enumerate(lines):
        Draw(image).text((150, 180 + 60 * i), line, "black", font)
    return image


@needs_ocr
def test_a_scan_is_recognised() -> None:
    lines = ["青石县召开农业工作会议", "县长李建国主持会议并讲话。"]
    text = read_bytes(scanned([_image(lines)]), "a.pdf")
    assert text.characters.split("\n") == lines
    place = text.places.of(0, 11)
    assert place.page == 1 and place.box is not None
    # 150 of 1240 pixels from the left, of 595 points.
    assert abs(place.box[0] - 150 * 595 / 1240) < 8 and abs(place.box[1] - 180 * 842 / 1754) < 12


def test_a_scan_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    found = extras.import_module

    def refuse(name: str) -> Any:
        if name == "rapidocr":
            raise ImportError(name)
        return found(name)

    monkeypatch.setattr(extras, "import_module", refuse)
    image = stream(
        b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    data = one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), image, resources=b"/XObject<</I 6 0 R>>")
    with pytest.raises(MissingExtraError) as caught:
        read_bytes(data, "a.pdf")
    assert caught.value.arguments == {"path": "a.pdf", "looks": "scan", "extra": "ocr"}
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 8 0 R>>"
    both = one_page(
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"), image, page, stream(HELLO), resources=b"/XObject<</I 6 0 R>>"
    )
    text = read_bytes(both.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[7 0 R 3 0 R]/Count 2"), "a.pdf")
    assert (text.characters, text.unread) == ("Minutes of the meeting", ("第2页",))


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", refuse)
    with pytest.raises(MissingExtraError) as caught:
        read_bytes(one_page(stream(HELLO)), "a.pdf")
    assert caught.value.arguments == {"path": "a.pdf", "looks": "pdf", "extra": "pdf"}


@pytest.mark.parametrize(("user", "opens"), [("", True), ("geheim", False)])
def test_passwords(user: str, opens: bool) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, "owner", strength=128))
    canvas.drawString(72, 700, "Minutes of the meeting")
    canvas.save()
    if opens:
        assert read_bytes(out.getvalue(), "a.pdf").characters == "Minutes of the meeting"
    else:
        with pytest.raises(EncryptedError):
            read_bytes(out.getvalue(), "a.pdf")


def test_bytes_before_the_header_and_another_suffix() -> None:
    assert (
        read_bytes(b"\r\n\xef\xbb\xbf" + one_page(stream(HELLO)), "a.docx").characters
        == "Minutes of the meeting"
    )


def test_a_file_cut_short_is_read_or_called_broken() -> None:
    data = draw(_report("village-flood-assembly"))
    read = 0
    for part in range(1, 10):
        try:
            read += bool(read_bytes(data[: len(data) * part // 10], "a.pdf").characters)
        except (BrokenError, EmptyError, MissingExtraError):
            continue
    assert read < 9


@cache
def _zeros(times: int) -> bytes:
    """So many times 2^20 zeros, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(times)) + packer.flush()


def _forms(depth: int, times: int) -> bytes:
    """Forms that each draw the next one several times."""
    bodies = []
    for i in range(depth):
        inside = b"/X Do " * times if i + 1 < depth else HELLO
        entries = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</X %d 0 R>>>>"
            % (7 + i if i + 1 < depth else 6)
        )
        bodies.append(stream(inside, entries))
    return one_page(stream(b"/X Do"), *bodies, resources=b"/XObject<</X 6 0 R>>")


def _cycle() -> bytes:
    return raw_pdf(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9/Parent 2 0 R>>",
    )


_BOMB = b"/Filter[/FlateDecode/FlateDecode]"
_WIDTHS = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/W[0 2000000000 500]>>"
_RANGE = b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap"

HOSTILE = {
    "header": lambda: b"%PDF-1.7",
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000,
    "page tree with a cycle": _cycle,
    "cross-reference loop": lambda: one_page(stream(HELLO)).replace(b"trailer\n<<", b"trailer\n<</Prev 9 "),
    "count of pages that lies": lambda: one_page(stream(HELLO)).replace(b"/Count 1", b"/Count 999999999"),
    "negative count": lambda: one_page(stream(HELLO)).replace(b"/Count 1", b"/Count -3"),
    "a gigabyte of zeros": lambda: one_page(stream(_zeros(1024), b"/Filter/FlateDecode")),
    "packed twice": lambda: one_page(stream(zlib.compress(_zeros(1024)), _BOMB)),
    "many gigabytes, one after another": lambda: one_page(
        stream(_zeros(1024), b"/Filter/FlateDecode")
    ).replace(b"/Contents 5 0 R", b"/Contents[" + b"5 0 R " * 20 + b"]"),
    "object stream of a gigabyte": lambda: one_page(
        stream(HELLO), stream(_zeros(1024), b"/Type/ObjStm/N 1000000/First 10/Filter/FlateDecode")
    ),
    "forms, ten times each": lambda: _forms(12, 10),
    "forms in a circle": lambda: _forms(1, 1).replace(HELLO, b"/X Do" + b" " * (len(HELLO) - 5)),
    "a million operators": lambda: one_page(stream(b"q 1 0 0 1 0 0 cm Q " * 1_000_000, packed=True)),
    "a million characters": lambda: one_page(
        stream(b"BT /F 12 Tf 1 0 0 1 72 700 Tm " + b"(abcdefghij) Tj " * 100_000 + b"ET", packed=True)
    ),
    "characters of every size": lambda: one_page(
        stream(
            b"".join(
                b"BT /F %d Tf %d %d Td (x) Tj ET " % (1 + i % 97, i % 500, i * 7 % 800) for i in range(50_000)
            )
        )
    ),
    "boxes without sense": lambda: one_page(stream(HELLO)).replace(b"[0 0 595 842]", b"[0 0 1e30 -1e30]"),
    "numbers without sense": lambda: one_page(
        stream(b"BT /F 1e38 Tf -99999999999999999999 1e-40 Td (x) Tj 0 0 0 0 0 0 Tm (y) Tj ET")
    ).replace(b"[0 0 595 842]", b"[-1e9 1e9 99999999999 nan]"),
    "nested arrays": lambda: one_page(stream(b"[" * 100_000 + HELLO)),
    "nested dictionaries": lambda: raw_pdf(b"<</A " * 100_000 + b">>" * 100_000, PAGES),
    "nested arrays in the catalogue": lambda: raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 200_000 + b">>", PAGES
    ),
    "widths without end": lambda: one_page(stream(HELLO), _WIDTHS).replace(
        FONT, b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>"
    ),
    "map of characters without end": lambda: one_page(stream(HELLO), stream(_RANGE)).replace(
        FONT, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    ),
    "a page of a square mile": lambda: one_page(stream(b"0 0 m 9 9 l S " * 60)).replace(
        b"595 842", b"2000000 2000000"
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_cost_little_and_end_in_text_or_an_error(what: str) -> None:
    codes = {"text", "broken", "empty", "too-large", "too-slow", "missing-extra", "unsafe"}
    assert outcome(HOSTILE[what](), "seconds=8", "pixels=4000000") in codes
