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
from extractor.reading import Limits, Text, read_bytes
from extractor.reading.docx import MEDIA_TYPE
from extractor.reading.numbering import numeral
from tests.reading.alike import NAMES, assert_alike, paragraphs
from tests.reading.office_files import (
    LISTS,
    NAMESPACES,
    body_of,
    docx_of,
    item,
    level,
    p,
    part,
    r,
    replaced,
    sample_docx,
    saved,
)

MAIN = "word/document.xml"


def read(data: bytes) -> Text:
    return read_bytes(data, "report.docx")


def lines(data: bytes) -> list[str]:
    return read(data).characters.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_as_a_word_document(name: str) -> None:
    text = read(sample_docx(name))
    assert text.characters.splitlines() == paragraphs(name)
    assert (text.media_type, text.encoding) == (MEDIA_TYPE, "binary")
    assert_alike(text, name)


def test_each_character_knows_its_paragraph_empty_ones_counted() -> None:
    cell = f"<w:tc>{p('时间')}</w:tc><w:tc>{p('3月24日')}</w:tc>"
    text = read(body_of(p("标题") + "<w:p/>" + p("正文") + f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>" + p("完")))
    assert text.characters == "标题\n正文\n时间\t3月24日\n完\n"
    found = {
        word: text.places.of(i, i + 1).paragraph
        for word in "标正时3完"
        if (i := text.characters.index(word)) >= 0
    }
    assert found == {"标": 1, "正": 3, "时": 4, "3": 5, "完": 6}


# --- what a run holds


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        (
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>",
            "甲\t乙\n丙\n丁",
        ),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>", "A-BC"),
        (
            '<w:r><w:t>第</w:t><w:sym w:font="宋体" w:char="2460"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            "第①☑",
        ),
        (
            '<w:r><w:t>第</w:t><w:sym w:font="Webdings" w:char="F061"/><w:sym w:char="zz"/><w:t>条</w:t></w:r>',
            "第条",
        ),
        ('<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>', "链接"),
        ('<w:smartTag w:uri="u" w:element="date"><w:r><w:t>3月24日</w:t></w:r></w:smartTag>', "3月24日"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ān</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>安</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "安",
        ),
        ('<w:r><w:t>脚</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r>', "脚"),
    ],
)
def test_what_stands_in_a_paragraph(runs: str, seen: str) -> None:
    assert read(body_of(f"<w:p>{runs}</w:p>")).characters == seen + "\n"


def test_a_prompt_of_an_empty_field_to_fill_in_is_no_text() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    assert lines(body_of(f"<w:p>{r('主持人：')}{prompt}</w:p>")) == ["主持人："]


# --- what its reader does not see


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        (
            f"<w:p><w:ins w:id='1' w:author='a'>{r('新')}</w:ins><w:del w:id='2'><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
            ["新"],
        ),
        (
            f"<w:p><w:moveFrom w:id='1'>{r('走')}</w:moveFrom></w:p><w:p><w:moveTo w:id='2'>{r('来')}</w:moveTo></w:p>",
            ["来"],
        ),
        (p("前", "<w:rPr><w:del w:id='1'/></w:rPr>") + p("后"), ["前后"]),
        (p("标题", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("正文"), ["标题正文"]),
        (
            f"<w:p>{r('见')}{r('藏', '<w:vanish/>')}{r('现', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}</w:p>",
            ["见现"],
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p('删')}</w:tc></w:tr><w:tr><w:tc>{p('留')}</w:tc></w:tr></w:tbl>",
            ["留"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>{p('删')}</w:tc><w:tc>{p('留')}</w:tc></w:tr></w:tbl>",
            ["留"],
        ),
    ],
)
def test_changes_that_are_tracked_and_hidden_text(xml: str, seen: list[str]) -> None:
    assert lines(body_of(xml)) == seen


def test_text_is_hidden_through_its_style_too() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hidden"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    shown = r("示", '<w:vanish w:val="false"/>')
    xml = f"<w:p>{r('见')}{r('藏', '<w:rStyle w:val=' + chr(34) + 'Hidden' + chr(34) + '/>')}</w:p>"
    xml += f'<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>{r("藏")}{shown}</w:p>'
    assert lines(body_of(xml, styles=styles)) == ["见", "示"]


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(code: str) -> str:
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def test_fields_show_their_results() -> None:
    inner = _field("begin") + _code("PAGE") + _field("separate") + r("不见") + _field("end")
    outer = (
        _field("begin") + _code("IF ") + inner + _code(" x") + _field("separate") + r("结果") + _field("end")
    )
    simple = f'<w:fldSimple w:instr="DATE">{r("3月24日")}</w:fldSimple>'
    assert lines(body_of(f"<w:p>{r('前')}{outer}{simple}{r('后')}</w:p>")) == ["前结果3月24日后"]


def test_a_field_that_never_ends_takes_no_text_with_it() -> None:
    xml = (
        f"<w:p>{r('前')}{_field('begin')}{_code('TOC')}</w:p>"
        + p("甲")
        + f"<w:p>{_field('separate')}{_field('end')}{_field('end')}</w:p>"
        + p("乙")
    )
    assert lines(body_of(xml)) == ["前", "甲", "乙"]


def test_a_field_goes_on_over_paragraphs() -> None:
    xml = f"<w:p>{_field('begin')}{_code('QUOTE')}{_field('separate')}{r('甲')}</w:p><w:p>{r('乙')}{_field('end')}</w:p>"
    assert lines(body_of(xml)) == ["甲", "乙"]


def test_headers_and_footers_are_read_past() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("正文")
    assert lines(saved(document)) == ["正文"]


# --- text boxes


def _box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def test_text_boxes_are_read_once_before_their_paragraph() -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{_box("会议纪要")}</wps:txbx></wps:wsp></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{_box('会议纪要')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    old = f"<w:pict><v:shape><v:textbox>{_box('第9期')}</v:textbox></v:shape></w:pict>"
    drawn = '<w:pict><v:shape><v:textpath string="望澜县人民政府"/></v:shape></w:pict>'
    text = read(
        body_of(
            f"<w:p><w:r>{both}</w:r>{r('锚')}</w:p><w:p><w:r>{old}</w:r></w:p><w:p><w:r>{drawn}</w:r></w:p>"
            + p("末")
        )
    )
    assert text.characters.split() == ["会议纪要", "锚", "第9期", "望澜县人民政府", "末"]
    assert text.places.of(0, 4).paragraph == 2  # the box lies within paragraph 1
    last = text.characters.index("末")
    assert text.places.of(last, last + 1).paragraph == 7  # one in the fallback is counted, too


# --- tables


def test_a_row_is_a_line_and_merged_cells_stand_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            cell.text = f"{i}{j}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "纵"
    assert lines(saved(document)) == ["横\t02", "10\t11\t纵", "20\t21"]


def test_a_cell_with_several_paragraphs_has_lines_of_its_own_and_an_upright_label_is_one() -> None:
    document = docx.Document()
    left, right = document.add_table(1, 2).rows[0].cells
    left.text = "会\n议\n议\n题"
    right.text = "一、研究开学工作。\n二、研究供热工作。"
    other = document.add_table(1, 3).rows[0].cells
    other[0].text, other[1].text, other[2].text = "甲单位\n乙单位", "", "备注"
    names = document.add_table(1, 2).rows[0].cells
    names[0].text, names[1].text = "参会\n人员", "海田\n米粒"
    found = [
        "会议议题\t一、研究开学工作。",
        "二、研究供热工作。",
        "甲单位",
        "乙单位",
        "备注",
        "参会人员\t海田",
        "米粒",
    ]
    assert lines(saved(document)) == found


def test_a_table_within_a_table() -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text = "外"
    inner = cell[1].add_table(2, 2)
    for i, text in enumerate(("内1", "内2", "内3", "内4")):
        inner.cell(i // 2, i % 2).text = text
    assert lines(saved(document)) == ["外\t内1\t内2", "内3\t内4"]


# --- numbers of lists


@pytest.mark.parametrize(
    ("items", "seen"),
    [
        ([("通报", 1, 0), ("部署", 1, 0)], ["一、通报", "二、部署"]),
        (
            [("甲", 1, 0), ("乙", 1, 1), ("丙", 1, 1), ("丁", 1, 0), ("戊", 1, 1)],
            ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
        ),
        ([("2021年", 1, 2), ("开会", 1, 2), ("丙", 1, 3)], ["1. 2021年", "2.开会", "① 丙"]),
        ([("甲", 1, 0), ("乙", 1, 4)], ["一、甲", "1.1 乙"]),
        ([("点", 2, 0)], ["点"]),
        (
            [("总则", 3, 0), ("甲", 3, 1), ("附则", 3, 0), ("乙", 3, 1)],
            ["第一条 总则", "1)甲", "第二条 附则", "2)乙"],
        ),
        ([("甲", 1, 0), ("乙", 4, 0), ("丙", 4, 0)], ["一、甲", "一、乙", "二、丙"]),
        ([("甲", 1, 0), ("乙", 5, 0)], ["一、甲", "II.乙"]),
        ([("无", 0, 0), ("外", 99, 0)], ["无", "外"]),
    ],
)
def test_automatic_numbers_are_text(items: list[tuple[str, int, int]], seen: list[str]) -> None:
    assert lines(body_of("".join(item(*one) for one in items), numbering=LISTS)) == seen


def test_a_number_through_the_style_of_the_paragraph() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Article"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    none = '<w:pStyle w:val="Article"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    xml = (
        p("甲", '<w:pStyle w:val="Article"/>')
        + p("乙", '<w:pStyle w:val="Child"/>')
        + p("丙", none)
        + p("丁", '<w:pStyle w:val="Round"/>')
    )
    assert lines(body_of(xml, numbering=LISTS, styles=styles)) == ["第一条 甲", "第二条 乙", "丙", "丁"]


def test_a_list_that_is_described_where_its_style_is() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>'
        + level(0, "decimal", "%1）")
        + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(body_of(item("甲", 2) + item("乙", 2), numbering=numbering, styles=styles)) == [
        "1）甲",
        "2）乙",
    ]


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        ("decimal", "1 2 10 11 20 21 100 101 110"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 一○○ 一○一 一一○"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 一百 一百零一 一百一十"),
        ("taiwaneseCountingThousand", "一 二 十 十一 二十 二十一 一百 一百零一 一百一十"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 一百 一百零一 一百一十"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹 壹佰壹拾"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 100 101 110"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉑ 100 101 110"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 100 101 110"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ １００ １０１ １１０"),
        ("decimalZero", "01 02 10 11 20 21 100 101 110"),
        ("upperLetter", "A B J K T U VVVV WWWW FFFFF"),
        ("lowerRoman", "i ii x xi xx xxi c ci cx"),
        ("noSuchFormat", "1 2 10 11 20 21 100 101 110"),
    ],
)
def test_formats_of_numbers(form: str, seen: str) -> None:
    assert " ".join(numeral(n, form) for n in (1, 2, 10, 11, 20, 21, 100, 101, 110)) == seen


# --- properties


def _dated(created: datetime, modified: datetime, title: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("3月24日，望澜县召开春季农业工作会议，县长李建国主持会议。")
    properties = document.core_properties
    properties.created, properties.modified, properties.title = created, modified, title
    return saved(document)


def test_the_day_is_that_of_the_last_change_in_china() -> None:
    assert read(_dated(datetime(2021, 3, 24, 1), datetime(2021, 3, 24, 20))).created == date(2021, 3, 25)


@pytest.mark.parametrize("template", [datetime(2013, 12, 23, 23, 15), datetime(2014, 10, 29, 12, 8)])
def test_the_day_of_an_empty_document_to_begin_with_is_no_day(template: datetime) -> None:
    assert read(_dated(template, template)).created is None
    assert read(_dated(template, datetime(2021, 3, 24, 1))).created == date(2021, 3, 24)


def test_without_properties_there_is_no_day() -> None:
    data = replaced(docx_of(["会议"]), {"docProps/core.xml": None})
    assert read(data).created is None
    assert read(replaced(docx_of(["会议"]), {"docProps/core.xml": b"<x/>"})).created is None


def test_a_title_that_the_text_bears_out_is_put_before_it() -> None:
    day = datetime(2021, 3, 25)
    assert lines(_dated(day, day, "望澜县召开春季农业工作会议"))[0] == "望澜县召开春季农业工作会议"
    assert lines(_dated(day, day, "Word Document"))[0].startswith("3月24日")


# --- packages of other makes


def _retyped(data: bytes, kind: bytes) -> bytes:
    contents = "[Content_Types].xml"
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert usual in part(data, contents)
    return replaced(data, {contents: part(data, contents).replace(usual, kind)})


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_with_macros_and_templates(kind: bytes) -> None:
    assert lines(_retyped(docx_of(["会议"]), kind)) == ["会议"]


def test_a_relationship_that_leads_nowhere_does_no_harm() -> None:
    data = docx_of(["会议"])
    rels = "word/_rels/document.xml.rels"
    image = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="NULL"/></Relationships>'
    assert lines(replaced(data, {rels: part(data, rels).replace(b"</Relationships>", image)})) == ["会议"]


def test_the_main_part_may_lie_elsewhere() -> None:
    data = docx_of(["会议"])
    moved = {
        MAIN: None,
        "word/document2.xml": part(data, MAIN),
        "word/_rels/document2.xml.rels": part(data, "word/_rels/document.xml.rels"),
        "_rels/.rels": part(data, "_rels/.rels").replace(b"word/document.xml", b"/word/document2.xml"),
        "[Content_Types].xml": part(data, "[Content_Types].xml").replace(
            b"/word/document.xml", b"/word/document2.xml"
        ),
    }
    assert lines(replaced(data, moved)) == ["会议"]


def test_documents_that_word_saved_as_strict() -> None:
    data = docx_of(["会议"])
    strict = {}
    for name in (MAIN, "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"):
        strict[name] = (
            part(data, name)
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            .replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        )
    assert lines(replaced(data, strict)) == ["会议"]


def test_the_suffix_does_not_matter() -> None:
    assert read_bytes(docx_of(["会议"]), "report.doc").characters == "会议\n"


@pytest.mark.parametrize(
    ("name", "looks"), [("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides")]
)
def test_spreadsheets_and_presentations_are_told(name: str, looks: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<x/>")
    with pytest.raises(BinaryError) as caught:
        read_bytes(out.getvalue(), "a.xlsx")
    assert caught.value.arguments["looks"] == looks


# --- files that are damaged, or made to do harm

_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


@pytest.mark.parametrize(
    "name",
    [MAIN, "word/styles.xml", "docProps/core.xml", "_rels/.rels", "[Content_Types].xml", "word/other.xml"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_defines_entities_is_refused(name: str, encoding: str) -> None:
    bomb = (_ENTITIES + b"<x>&b;</x>").decode().encode(encoding)
    with pytest.raises(UnsafeError) as caught:
        read(replaced(docx_of(["会议"]), {name: bomb}))
    assert caught.value.arguments["detail"] == "entities"


def test_a_file_outside_is_not_read() -> None:
    secret = b'<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/hostname">]>'
    xml = (
        secret
        + f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>".encode()
    )
    with pytest.raises(UnsafeError):
        read(replaced(docx_of(["会议"]), {MAIN: xml}))


def test_a_part_of_a_gigabyte_of_zeros() -> None:
    out = BytesIO(docx_of(["会议"]))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/zeros.xml", "w", force_zip64=True) as zeros,
    ):
        for _ in range(1024):
            zeros.write(bytes(1024 * 1024))
    begun = monotonic()
    with pytest.raises(TooLargeError):
        read(out.getvalue())
    assert monotonic() - begun < 5


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.xml", "/etc/evil", "c:\\evil", "word\\..\\..\\evil"]
)
def test_paths_that_lead_outside_are_refused(name: str) -> None:
    with pytest.raises(UnsafeError) as caught:
        read(replaced(docx_of(["会议"]), {name: b"x"}))
    assert caught.value.arguments["detail"] == "outside"


def test_a_relationship_that_leads_outside_is_refused() -> None:
    data = docx_of(["会议"])
    rels = part(data, "word/_rels/document.xml.rels").replace(
        b'Target="styles.xml"', b'Target="../../../styles.xml"'
    )
    with pytest.raises(UnsafeError):
        read(replaced(data, {"word/_rels/document.xml.rels": rels}))


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_breaks_off_is_broken(share: float) -> None:
    data = sample_docx(NAMES[0])
    with pytest.raises(InputError) as caught:
        read(data[: int(len(data) * share)])
    assert caught.value.code in ("broken", "binary")


@pytest.mark.parametrize(
    "name", [MAIN, "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("content", [b"", b"<x", b"\0\1\2", b"<x/>", None])
def test_a_part_that_is_damaged_or_missing_gives_a_coded_error_or_the_text(
    name: str, content: bytes | None
) -> None:
    try:
        found = lines(replaced(docx_of(["会议"]), {name: content}))
    except InputError as error:
        found = [error.code]
    assert found in (["会议"], ["broken"], ["binary"], ["empty"])


def test_a_part_whose_bytes_are_damaged_is_broken() -> None:
    data = bytearray(sample_docx(NAMES[0]))
    begin = data.index(b"word/document.xml") + 200
    data[begin : begin + 50] = bytes(50)
    with pytest.raises(BrokenError):
        read(bytes(data))


def test_a_password_of_the_zip() -> None:
    data = bytearray(docx_of(["会议"]))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(EncryptedError):
        read(bytes(data))


def test_a_document_without_text_is_empty() -> None:
    for data in (
        docx_of([]),
        docx_of(["", " ", "\t"]),
        body_of(p("藏", "").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")),
    ):
        with pytest.raises(EmptyError):
            read(data)


@pytest.mark.parametrize("tag", ["w:sdt", "w:ins", "w:tbl", "w:p", "w:txbxContent"])
def test_elements_a_hundred_thousand_deep(tag: str) -> None:
    xml = f"<w:document {NAMESPACES}><w:body>{f'<{tag}>' * 100_000}{p('会议')}{f'</{tag}>' * 100_000}</w:body></w:document>"
    begun = monotonic()
    with pytest.raises(BrokenError):
        read(replaced(docx_of(["会议"]), {MAIN: xml.encode()}))
    assert monotonic() - begun < 10


def test_a_million_empty_paragraphs() -> None:
    xml = f"<w:document {NAMESPACES}><w:body>{'<w:p/>' * 1_000_000}{p('会议')}</w:body></w:document>"
    begun = monotonic()
    text = read(replaced(docx_of(["会议"]), {MAIN: xml.encode()}))
    assert text.characters == "会议\n" and text.places.of(0, 1).paragraph == 1_000_001
    assert monotonic() - begun < 60


def test_the_limit_of_one_part_is_kept() -> None:
    with pytest.raises(TooLargeError) as caught:
        read_bytes(docx_of(["会议"]), "a.docx", limits=Limits(xml=1000))
    assert caught.value.arguments["unit"] == "xml"


def test_numbers_that_no_list_has_do_no_harm() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="99999999999999999999"/><w:numFmt w:val="upperRoman"/>'
        f'<w:lvlText w:val="{"%1" * 1000}"/></w:lvl><w:lvl w:ilvl="77"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    found = lines(body_of(item("甲", 1) + item("乙", 1, 88), numbering=numbering))
    assert found[0].endswith("甲") and found[1].endswith("乙") and len(found[0]) < 5_000
