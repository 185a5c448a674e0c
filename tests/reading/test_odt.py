from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from time import monotonic

import docx
import pytest

from extractor.errors import (
    BinaryError,
    BrokenError,
    EmptyError,
    EncryptedError,
    InputError,
    TooLargeError,
    UnsafeError,
)
from extractor.reading import Text, read_bytes
from extractor.reading.odt import MEDIA_TYPE
from tests.reading.alike import NAMES, assert_alike, paragraphs
from tests.reading.office_files import (
    LISTS,
    body_of,
    converted,
    item,
    odt_of,
    p,
    replaced,
    sample_docx,
    samples_in,
    saved,
)


def read(data: bytes) -> Text:
    return read_bytes(data, "report.odt")


def lines(content: str, **more: str) -> list[str]:
    return read(odt_of(content, **more)).characters.splitlines()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["odt", "fodt"])
def test_a_report_says_the_same_as_libreoffice_writes_it(name: str, form: str) -> None:
    text = read(samples_in(form)[name])
    assert text.characters.splitlines() == paragraphs(name)
    assert (text.media_type, text.encoding, text.created) == (MEDIA_TYPE, "binary", date(2021, 3, 25))
    assert_alike(text, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_as_an_opendocument_text(name: str) -> None:
    text = read(
        odt_of("".join(f"<text:p>{line.replace('  ', ' <text:s/>')}</text:p>" for line in paragraphs(name)))
    )
    assert text.characters.splitlines() == paragraphs(name)
    assert_alike(text, name)


def test_each_character_knows_its_paragraph_empty_ones_counted() -> None:
    text = read(
        odt_of(
            "<text:h text:outline-level='1'>A</text:h><text:p/><text:p>B</text:p><table:table><table:table-row>"
            "<table:table-cell><text:p>C</text:p></table:table-cell><table:covered-table-cell><text:p/></table:covered-table-cell>"
            "<table:table-cell><text:p>D</text:p></table:table-cell></table:table-row></table:table><text:p>E</text:p>"
        )
    )
    assert text.characters == "A\nB\nC\tD\nE\n"
    assert [text.places.of(i, i + 1).paragraph for i in (0, 2, 4, 6, 8)] == [1, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("A<text:s/>B<text:s text:c='2'/>C<text:tab/>D<text:line-break/>E", "A B  C\tD\nE"),
        ("\n  A <text:span> B</text:span>\n\tC<text:soft-page-break/>D ", "A B CD "),
        ("A<text:span>B<text:span>C</text:span>D</text:span><text:a>E</text:a>F", "ABCDEF"),
        ("A<text:bookmark text:name='x'/><text:bookmark-start/>B<text:bookmark-end/>", "AB"),
        (
            "<text:ruby><text:ruby-base>安</text:ruby-base><text:ruby-text>ān</text:ruby-text></text:ruby>定",
            "安定",
        ),
        (
            "A<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>B</text:p></text:note-body></text:note>C",
            "AC",
        ),
        ("A<office:annotation><text:p>B</text:p></office:annotation>C<office:annotation-end/>D", "ACD"),
        ("A<text:hidden-text text:is-hidden='true'>B</text:hidden-text>C", "AC"),
        ("A<text:span text:style-name='T9'>B</text:span>C", "AC"),
        ("A<text:page-number>3</text:page-number>C", "A3C"),
        ("A<draw:frame><draw:image/><svg:title>B</svg:title><svg:desc>B</svg:desc></draw:frame>C", "AC"),
        ("A<text:change-start text:change-id='1'/>B<text:change-end/><text:change/>C", "ABC"),
        ("A<text:s text:c='999999999999'/>B<text:s text:c='x'/>C", "A B C"),
        ("A<!-- B -->C<?x B?>D", "ACD"),
    ],
)
def test_what_stands_in_a_paragraph(content: str, seen: str) -> None:
    hidden = '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
    assert read(odt_of(f"<text:p>{content}</text:p>", automatic=hidden)).characters == seen + "\n"


def test_what_its_reader_does_not_see() -> None:
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    section = "<text:section text:name='a'><text:p>见</text:p></text:section><text:section text:display='none'><text:p>藏</text:p></text:section>"
    assert lines(changes + section + "<text:p>末</text:p>") == ["见", "末"]


def test_text_boxes_come_before_their_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>会议纪要</text:p><text:p>第9期</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>标注</text:p></draw:custom-shape>"
    assert lines(f"<text:p>甲{box}乙</text:p><text:p>丙{shape}</text:p>") == [
        "会议纪要",
        "第9期",
        "甲乙",
        "标注",
        "丙",
    ]


def _cell(*texts: str) -> str:
    return f"<table:table-cell>{''.join(f'<text:p>{text}</text:p>' for text in texts)}</table:table-cell>"


def test_rows_are_lines() -> None:
    header = f"<table:table-header-rows><table:table-row>{_cell('时间')}{_cell('地点')}</table:table-row></table:table-header-rows>"
    row = f"<table:table-row>{_cell('会', '议', '议', '题')}{_cell('一是通报。', '二是部署。')}{_cell()}</table:table-row>"
    inner = f"<table:table-cell><table:table><table:table-row>{_cell('内')}{_cell('层')}</table:table-row></table:table></table:table-cell>"
    nested = f"<table:table-row>{_cell('外')}{inner}</table:table-row>"
    assert lines(f"<table:table>{header}{row}{nested}</table:table>") == [
        "时间\t地点",
        "会议议题\t一是通报。",
        "二是部署。",
        "外\t内\t层",
    ]


def test_what_the_file_repeats_is_read_once() -> None:
    cell = _cell("甲").replace(
        "<table:table-cell", "<table:table-cell table:number-columns-repeated='1000000'"
    )
    assert lines(
        f"<table:table><table:table-row table:number-rows-repeated='1000000'>{cell}</table:table-row></table:table>"
    ) == ["甲"]


# --- numbers of lists

_STYLES = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2" style:num-suffix="."/>'
    "</text:list-style>"
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    '<text:list-style style:name="L3">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="第" style:num-suffix="条" text:start-value="3"/>'
    "</text:list-style>"
)


def _item(*content: str, start: str = "") -> str:
    inner = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in content)
    return f"<text:list-item{f' text:start-value={start!r}' if start else ''}>{inner}</text:list-item>"


def _list(*items: str, style: str = "L1", more: str = "") -> str:
    return f'<text:list text:style-name="{style}" {more}>{"".join(items)}</text:list>'


def _inner(*items: str) -> str:
    return f"<text:list>{''.join(items)}</text:list>"


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (_list(_item("甲", "续"), _item("乙")), ["一、甲", "续", "二、乙"]),
        (
            _list(_item("甲", _inner(_item("子", _inner(_item("孙"))))))
            + _list(_item("乙"), more='text:continue-numbering="true"'),
            ["一、甲", "（1）子", "1.1.孙", "二、乙"],
        ),
        (_list(_item("甲")) + _list(_item("乙")), ["一、甲", "一、乙"]),
        (
            _list(_item("甲"), more='xml:id="a"') + _list(_item("点"), style="L2") + _list(_item("乙"), more='text:continue-list="a"'),
            ["一、甲", "点", "二、乙"],
        ),
        (_list(_item("甲"), _item("乙", start="9"), _item("丙")), ["一、甲", "九、乙", "十、丙"]),
        (_list("<text:list-header><text:p>头</text:p></text:list-header>", _item("甲")), ["头", "一、甲"]),
        (_list(_item("总则"), style="L3"), ["第3条 总则"]),
        (_list(_item("甲"), style="none"), ["甲"]),
        (_list(_item(_inner(_item("子")))), ["（1）子"]),
    ],
)  # fmt: skip
def test_numbers_of_lists_are_text(content: str, seen: list[str]) -> None:
    assert lines(content, automatic=_STYLES) == seen
    assert lines(content, styles=_STYLES) == seen


def test_numbers_of_headings() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="一" style:num-suffix="、"/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    heads = "".join(
        f'<text:h text:outline-level="{level}">{text}</text:h>'
        for level, text in ((1, "甲"), (2, "子"), (1, "乙"))
    )
    assert lines(heads, styles=outline) == ["一、甲", "子", "二、乙"]


def test_numbers_of_lists_as_libreoffice_writes_them() -> None:
    data = body_of(
        item("通报", 1) + item("甲", 1, 1) + p("插") + item("部署", 1) + item("点", 2) + item("总则", 3),
        numbering=LISTS,
    )
    found = read(converted({"a": data}, "odt")["a"]).characters.splitlines()
    assert found == ["一、通报", "（一）甲", "插", "二、部署", "点", "第一条 总则"]


def test_tables_as_libreoffice_writes_them() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for i, text in enumerate(("时间", "3月24日", "地点", "会议室")):
        table.cell(i // 2, i % 2).text = text
    table.cell(0, 1).merge(table.cell(1, 1))
    found = read(converted({"a": saved(document)}, "odt")["a"]).characters.splitlines()
    assert found == ["时间", "3月24日", "会议室", "地点"] or found == ["时间\t3月24日", "会议室", "地点"]


# --- properties


def test_the_day_and_the_title() -> None:
    meta = "<meta:creation-date>2021-03-24T08:00:00.123456789</meta:creation-date><dc:date>2021-03-25T09:00:00Z</dc:date>"
    meta += "<dc:title>望澜县召开农业工作会议</dc:title>"
    text = read(odt_of("<text:p>3月24日，望澜县召开农业工作会议，部署春耕。</text:p>", meta=meta))
    assert text.created == date(2021, 3, 25)
    assert text.characters.splitlines()[0] == "望澜县召开农业工作会议"


@pytest.mark.parametrize("time", ["", "x", "2021-13-45", "2013-12-23T23:15:00"])
def test_a_time_that_is_none(time: str) -> None:
    assert read(odt_of("<text:p>A</text:p>", meta=f"<dc:date>{time}</dc:date>")).created is None


# --- other kinds, damage, harm


@pytest.mark.parametrize(
    ("kind", "looks"), [("spreadsheet", "sheet"), ("presentation", "slides"), ("graphics", "office")]
)
def test_other_kinds_are_told(kind: str, looks: str) -> None:
    with pytest.raises(BinaryError) as caught:
        read(odt_of("<text:p>A</text:p>", kind=f"application/vnd.oasis.opendocument.{kind}"))
    assert caught.value.arguments["looks"] == looks


@pytest.mark.parametrize("kind", ["text-template", "text-master", "text-web"])
def test_templates_are_texts(kind: str) -> None:
    assert lines("<text:p>A</text:p>", kind=f"application/vnd.oasis.opendocument.{kind}") == ["A"]


def test_a_package_put_together_again_is_told_by_its_parts() -> None:
    assert read(replaced(odt_of("<text:p>A</text:p>"), {"mimetype": None})).characters == "A\n"
    assert read_bytes(odt_of("<text:p>A</text:p>"), "report.doc").characters == "A\n"


def test_a_password() -> None:
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    data = replaced(odt_of("", manifest=entry), {"content.xml": b"\1\2\3"})
    with pytest.raises(EncryptedError):
        read(data)


@pytest.mark.parametrize("name", ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"])
def test_xml_that_defines_entities_is_refused(name: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(UnsafeError) as caught:
        read(replaced(odt_of("<text:p>A</text:p>"), {name: bomb}))
    assert caught.value.arguments["detail"] == "entities"


def test_entities_in_a_flat_file_are_refused() -> None:
    with zipfile.ZipFile(BytesIO(odt_of("<text:p>&a;</text:p>"))) as archive:
        xml = archive.read("content.xml").replace(b"document-content", b"document")
    with pytest.raises(UnsafeError):
        read(xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "A">]>', 1))
    with pytest.raises(BrokenError):
        read(xml[:-40].replace(b"&a;", b"A"))
    assert read(xml.replace(b"&a;", b"A")).characters == "A\n"


def test_a_part_of_a_gigabyte_of_zeros() -> None:
    out = BytesIO(odt_of("<text:p>A</text:p>"))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros", "w", force_zip64=True) as zeros,
    ):
        for _ in range(1024):
            zeros.write(bytes(1024 * 1024))
    with pytest.raises(TooLargeError):
        read(out.getvalue())


def test_paths_that_lead_outside_are_refused() -> None:
    with pytest.raises(UnsafeError):
        read(replaced(odt_of("<text:p>A</text:p>"), {"../evil": b"x"}))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_breaks_off_is_broken(share: float) -> None:
    data = odt_of("".join(f"<text:p>{line}</text:p>" for line in paragraphs(NAMES[0])))
    with pytest.raises(BrokenError):
        read(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "name", ["mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<x", b"\0\1", b"<x/>", None])
def test_a_part_that_is_damaged_or_missing_gives_a_coded_error_or_the_text(
    name: str, content: bytes | None
) -> None:
    try:
        found = read(replaced(odt_of("<text:p>A</text:p>"), {name: content})).characters
    except InputError as error:
        found = error.code
    assert found in ("A\n", "broken", "binary")


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(EmptyError):
        lines("<text:p> <text:s/></text:p><text:p/>")


@pytest.mark.parametrize(
    "tag", ["text:span", "text:section", "text:list", "text:p", "text:note", "table:table"]
)
def test_elements_a_hundred_thousand_deep(tag: str) -> None:
    deep = f"<{tag}>" * 100_000 + "<text:p>A</text:p>" + f"</{tag}>" * 100_000
    begun = monotonic()
    found = lines(
        f"{deep}<text:p>B</text:p>" if tag != "text:span" else f"<text:p>{deep}</text:p><text:p>B</text:p>"
    )
    assert found[-1] == "B"
    assert monotonic() - begun < 20


def test_a_million_empty_paragraphs() -> None:
    begun = monotonic()
    text = read(odt_of("<text:p/>" * 1_000_000 + "<text:p>A</text:p>"))
    assert text.characters == "A\n" and text.places.of(0, 1).paragraph == 1_000_001
    assert monotonic() - begun < 60


def test_the_time_of_china_is_that_of_the_file() -> None:
    text = read(converted({"a": sample_docx(NAMES[1], datetime(2022, 5, 6, 3))}, "odt")["a"])
    assert text.created == date(2022, 5, 6)
