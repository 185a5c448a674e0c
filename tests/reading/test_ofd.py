from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from typing import Any

import pytest

from extractor.errors import (
    BrokenError,
    EmptyError,
    EncryptedError,
    MissingExtraError,
    TooLargeError,
    UnsafeError,
)
from extractor.reading import Limits, extras, read_bytes
from extractor.reading.ofd import _deltas
from tests.reading import fonts
from tests.reading.alike import NAMES, assert_alike, paragraphs
from tests.reading.bounded import outcome
from tests.reading.ofd_files import A4, SMALL, element, ofd, packed, page, report, run

HEADLINES = {"county-party-safety": 3, "minutes-county-executive": 3}
HEADER = "青石县人民政府文件"


@pytest.mark.parametrize(
    ("area", "pieces", "header"),
    [(A4, 0, ""), (SMALL, 0, HEADER), (SMALL, 3, HEADER), (SMALL, 1, "")],
    ids=["lines", "template", "pieces", "characters"],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_as_ofd(
    name: str, area: tuple[float, float], pieces: int, header: str
) -> None:
    data = report(paragraphs(name), headlines=HEADLINES.get(name, 1), area=area, pieces=pieces, header=header)
    text = read_bytes(data, "a.pdf")
    assert_alike(text, name)
    assert (text.media_type, text.encoding) == ("application/ofd", "binary")
    assert HEADER not in text.characters
    assert text.pages is not None and (area == A4 or text.pages > 2)


def test_values_know_their_page_and_box_in_millimetres() -> None:
    data = ofd([page(run(30, 50, 5, "县委召开会议")), page(run(30, 60, 5, "会议要求"))])
    text = read_bytes(data, "a.ofd")
    assert text.characters == "县委召开会议\n会议要求"
    place = text.places.of(2, 4)
    assert place.page == 1 and place.box is not None
    # The third and fourth character, 5 mm each, on the line 50 mm from the top.
    assert place.box[0] == 40 and place.box[2] == 50 and place.box[1] < 47 and 50 < place.box[3] < 52
    assert text.places.of(7, 9).page == 2


def test_transformed_and_shifted_text() -> None:
    code = element("TextCode", "会议", X=1, Y=3, DeltaX="4")
    half = element("TextObject", code, Boundary="20 40 50 10", Size=4, CTM="0.5 0 0 0.5 10 2")
    text = read_bytes(ofd([page(half)]), "a.ofd")
    # x: 20 + 0.5 * 1 + 10; the second character 0.5 * 4 further on; half as high.
    assert text.places.of(0, 1).box == (30.5, 41.8, 32.5, 43.8)
    assert text.places.of(1, 2).box == (32.5, 41.8, 34.5, 43.8)
    shifted = element(
        "Page",
        element("Area", element("PhysicalBox", "10 20 210 297")) + element("Content", run(30, 50, 5, "会")),
    )
    box = read_bytes(ofd([shifted]), "a.ofd").places.of(0, 1).box
    assert box is not None and box[0] == 20 and 24 < box[1] < 27


def test_vertical_writing_and_several_codes_in_one_object() -> None:
    down = element(
        "TextObject",
        element("TextCode", "文件汇编", X=0, Y=5, DeltaY="g 3 5.5"),
        Boundary="10 50 6 30",
        Size=5,
    )
    codes = element("TextCode", "县委", X=0, Y=5, DeltaX="5") + element(
        "TextCode", "会议", X=10, Y=5, DeltaX="5"
    )
    text = read_bytes(ofd([page(down, element("TextObject", codes, Boundary="30 50 60 6", Size=5))]), "a.ofd")
    assert text.characters == "县委会议\n文件汇编"


@pytest.mark.parametrize(
    ("said", "count", "deltas"),
    [
        ("5 5 2.5", 4, [5, 5, 2.5]),
        ("g 3 2.5", 4, [2.5, 2.5, 2.5]),
        ("5 g 2 3 4", 5, [5, 3, 3, 4]),
        ("g 1000000000 1", 3, [1, 1, 1]),
        ("g 99999999999999999999 1 2", 3, [2]),
        ("g", 2, []),
        ("x nan 1e999 3", 4, [0, 0, 0, 3]),
        (None, 3, []),
    ],
)
def test_distances_between_characters(said: str | None, count: int, deltas: list[float]) -> None:
    assert list(_deltas(said, count)) == deltas


def test_what_is_invisible_and_what_is_annotated_is_left_out() -> None:
    hidden = run(30, 70, 5, "不可见", Visible="false")
    note = element("PageAnnot", element("Appearance", run(30, 90, 5, "批注")))
    data = ofd(
        [page(run(30, 50, 5, "会议"), hidden)],
        more={"Doc_0/Annots/Page_0/Annotation.xml": note, "Doc_0/Signs/Signatures.xml": note},
    )
    assert read_bytes(data, "a.ofd").characters == "会议"


@pytest.mark.parametrize("absolute", [False, True])
def test_paths_and_names_as_sloppy_writers_have_them(absolute: bool) -> None:
    data = ofd(
        [page(run(30, 50, 5, "会议"), template=True)],
        template=page(run(30, 250, 5, "印发")),
        absolute=absolute,
    )
    assert read_bytes(data, "a.ofd").characters == "会议\n印发"
    parts = {
        "OFD.xml": element(
            "OFD", element("DocBody", element("DocRoot", r"\Doc_0\document.XML", "x"), "x"), "x"
        ),
        "Doc_0/Document.xml": element(
            "Document", element("Pages", element("Page", BaseLoc=r"Pages\Page_0\Content.xml"))
        ),
        "Doc_0/Pages/Page_0/content.xml": page(run(30, 50, 5, "会议"))
        .replace("ofd:", "")
        .replace(":ofd=", "="),
    }
    assert read_bytes(packed(parts), "a.ofd").characters == "会议"


def test_the_current_version_is_read() -> None:
    versions = element(
        "Versions", element("Version", ID=1, Current="true", BaseLoc="Doc_0/Versions/1/DocVersion.xml")
    )
    newer = element("Document", element("Pages", element("Page", BaseLoc="New.xml")))
    more = {
        "Doc_0/Versions/1/DocVersion.xml": element("DocVersion", element("DocRoot", "Document.xml")),
        "Doc_0/Versions/1/Document.xml": newer,
        "Doc_0/Versions/1/New.xml": page(run(30, 50, 5, "新稿")),
    }
    assert (
        read_bytes(ofd([page(run(30, 50, 5, "旧稿"))], body=versions, more=more), "a.ofd").characters
        == "新稿"
    )


def test_properties_give_day_and_headline() -> None:
    body = [page(run(30, 50, 5, "3月24日，县委召开全县农业工作会议。"), run(30, 60, 5, "县长李甲主持。"))]
    info = {
        "Title": "县委召开全县农业工作会议",
        "CreationDate": "2021-03-25",
        "ModDate": "2021-03-26T10:00:00",
    }
    text = read_bytes(ofd(body, info=info), "a.ofd")
    assert text.created == date(2021, 3, 26)
    assert text.characters.startswith("县委召开全县农业工作会议\n3月24日")
    assert read_bytes(ofd(body, info={"CreationDate": "2021-02-31"}), "a.ofd").created is None


IMAGE = element("ImageObject", Boundary="0 0 210 297", CTM="210 0 0 297 0 0", ResourceID=7)
MEDIA = element(
    "Res",
    element("MultiMedias", element("MultiMedia", element("MediaFile", "page.png"), ID=7, Type="Image")),
    BaseLoc="Res",
)


def _scan(data: bytes, *pages: str) -> bytes:
    more: dict[str, bytes | str] = {"Doc_0/DocumentRes.xml": MEDIA, "Doc_0/Res/page.png": data}
    return ofd([page(IMAGE), *pages], more=more, common=element("DocumentRes", "DocumentRes.xml"))


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="recognition is not installed")
def test_a_scan_is_recognised() -> None:
    pillow = pytest.importorskip("PIL.Image")
    from PIL.ImageDraw import Draw
    from PIL.ImageFont import truetype

    image = pillow.new("RGB", (1050, 1485), "white")
    lines = ["青石县召开农业工作会议", "县长李建国主持会议并讲话。"]
    for i, line in enumerate(lines):
        Draw(image).text((150, 200 + 60 * i), line, "black", truetype(str(fonts.opentype()), 32))
    out = io.BytesIO()
    image.save(out, "PNG")
    text = read_bytes(_scan(out.getvalue()), "a.ofd")
    assert text.characters.split("\n") == lines
    box = text.places.of(0, 11).box
    # Five pixels are a millimetre.
    assert (
        box is not None and abs(box[0] - 30) < 3 and abs(box[1] - 40) < 5 and abs(box[2] - 30 - 11 * 6.4) < 4
    )


def test_a_scan_in_a_format_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL.Image")
    found = extras.import_module

    def only_pillow(name: str) -> Any:
        return found("PIL.Image" if name == "rapidocr" else name)

    monkeypatch.setattr(extras, "import_module", only_pillow)
    jbig2 = b"\x97JB2\r\n\x1a\n" + bytes(60)
    with pytest.raises(BrokenError, match=r"page\.png"):
        read_bytes(_scan(jbig2), "a.ofd")
    text = read_bytes(_scan(jbig2, page(run(30, 50, 5, "会议"))), "a.ofd")
    assert (text.characters, text.unread, text.pages) == ("会议", ("第1页",), 2)


def test_a_scan_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", refuse)
    with pytest.raises(MissingExtraError) as caught:
        read_bytes(_scan(b"x"), "a.ofd")
    assert caught.value.arguments == {"path": "a.ofd", "looks": "scan", "extra": "ocr"}


def test_encrypted() -> None:
    with pytest.raises(EncryptedError):
        read_bytes(ofd([page(run(30, 50, 5, "会议"))], more={"Encryptions.xml": "<x/>"}), "a.ofd")


def test_limits() -> None:
    data = ofd([page(run(30, 50, 5, "会议"))] * 3)
    with pytest.raises(TooLargeError, match="2 pages"):
        read_bytes(data, "a.ofd", limits=Limits(pages=2))
    with pytest.raises(EmptyError):
        read_bytes(ofd([page()]), "a.ofd")


def test_a_path_that_leads_outside() -> None:
    with pytest.raises(UnsafeError):
        read_bytes(
            ofd(
                [page(run(30, 50, 5, "会议"))],
                common=element("TemplatePage", ID=1, BaseLoc="../../../etc/passwd"),
            ),
            "a.ofd",
        )


def test_damaged_files_are_called_broken() -> None:
    good = page(run(30, 50, 5, "会议"))
    data = ofd([good])
    for damaged in (
        ofd([good[:-20]]),
        ofd([good], more={"Doc_0/Document.xml": "会议"}),
        ofd([good], more={"OFD.xml": b"\xff\xfe"}),
        packed({"OFD.xml": element("OFD", element("DocBody", element("DocRoot", "none.xml")))}),
        data.replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1),
    ):
        with pytest.raises(BrokenError):
            read_bytes(damaged, "a.ofd")


def _deep() -> bytes:
    content = run(30, 50, 5, "会议")
    blocks = "<PageBlock>" * 100_000 + content + "</PageBlock>" * 100_000
    return ofd([f"<Page><Content><Layer>{blocks}</Layer></Content></Page>"])


_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Page>&b;</Page>'
)
HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "blocks nested 100 000 deep": (_deep, {"text", "broken"}),
    "a delta for a milliard": (
        lambda: ofd([page(run(30, 50, 5, "会议" * 1000, "g 1000000000 1"))]),
        {"text"},
    ),
    "deltas without end": (lambda: ofd([page(run(30, 50, 5, "会议", "g 2 1 " * 3_000_000))]), {"text"}),
    "a template in itself": (
        lambda: ofd(
            [page(run(30, 50, 5, "会议"), template=True)],
            template=page(run(30, 60, 5, "印发"), template=True),
        ),
        {"text"},
    ),
    "a template, very many times": (
        lambda: ofd(
            ["<Page>" + '<Template TemplateID="9"/>' * 200_000 + "</Page>"],
            template=page(run(30, 60, 5, "印发" * 50)),
        ),
        {"text"},
    ),
    "very many pages": (
        lambda: ofd(
            [],
            more={
                "Doc_0/Document.xml": "<Document><Pages>"
                + '<Page BaseLoc="P"/>' * 200_000
                + "</Pages></Document>"
            },
        ),
        {"too-large"},
    ),
    "numbers without sense": (
        lambda: ofd(
            [page(run(1e300, -1e300, 1e200, "会议"), run(30, 50, -5, "会议"), run(30, 50, 0, "会议"))]
        ),
        {"text", "empty"},
    ),
    "entities": (lambda: ofd([_ENTITIES]), {"unsafe"}),
    "a bomb": (lambda: ofd([page()], more={"Doc_0/x.bin": bytes(300 << 20)}), {"too-large"}),
    "a page of 40 MB": (lambda: ofd([page(" " * (40 << 20))]), {"too-large"}),
    "very many objects": (
        lambda: ofd(
            [page('<TextObject Size="3"><TextCode X="1" Y="1">会</TextCode></TextObject>' * 100_000)]
        ),
        {"text"},
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_cost_little_and_end_in_text_or_an_error(what: str) -> None:
    make, codes = HOSTILE[what]
    assert outcome(make(), "seconds=30") in codes


def test_a_file_cut_short() -> None:
    data = report(paragraphs("village-flood-assembly"))
    for part in range(1, 10):
        assert outcome(data[: len(data) * part // 10]) in {"broken", "binary"}
