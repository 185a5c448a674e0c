from __future__ import annotations

from datetime import date, datetime
from time import process_time

import docx
import pytest

from extractor.errors import BrokenError, EmptyError, InputError, TooSlowError
from extractor.reading import Limits, Text, read_bytes
from extractor.reading.rtf import MEDIA_TYPE
from tests.reading.alike import NAMES, assert_alike, paragraphs, sample
from tests.reading.office_files import LISTS, body_of, converted, item, p, sample_docx, samples_in, saved

#: How Word begins a document in China: Times New Roman and 宋体, the second of which has charset 134.
HEAD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\adeff0\deff0\stshfdbch13\deflang1033\deflangfe2052"
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f2\fnil\fcharset2 Wingdings;}"
    r"{\f13\fnil\fcharset134\fprq2{\*\panose 02010600030101010101}\'cb\'ce\'cc\'e5{\*\falt SimSun};}"
    r"{\f36\fnil\fcharset136\fprq2 PMingLiU;}{\f40\froman\fcharset204 Cyr;}{\f50\froman\fcharset0\cpg936 X;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\snext0 \'d5\'fd\'ce\'c4;}}"
)


def read(data: bytes) -> Text:
    return read_bytes(data, "report.rtf")


def lines(body: str, head: str = HEAD) -> list[str]:
    return read((head + body + "}").encode("latin-1")).characters.splitlines()


def hexes(characters: str, encoding: str = "gb18030") -> str:
    r"""As \'xx."""
    return "".join(rf"\'{byte:02x}" for byte in characters.encode(encoding))


def codes(characters: str, fallback: str = "?") -> str:
    r"""As \uN, with a sign: N is a number of 16 bits."""
    data = characters.encode("utf-16-le")
    return "".join(
        rf"\u{int.from_bytes(data[i : i + 2], 'little', signed=True)}{fallback}"
        for i in range(0, len(data), 2)
    )


# --- whole reports


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_as_libreoffice_writes_it(name: str) -> None:
    text = read(samples_in("rtf")[name])
    assert text.characters.splitlines() == paragraphs(name)
    assert (text.media_type, text.encoding) == (MEDIA_TYPE, "binary")
    assert_alike(text, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("coded", ["hexes", "codes", "both"])
def test_a_report_says_the_same_as_word_writes_it(name: str, coded: str) -> None:
    def run(text: str) -> str:
        font = r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \loch\af0\hich\af0\dbch\af13\insrsid123 "
        if coded == "hexes":
            return font + r"\loch\af0\hich\af0\dbch\f13 " + hexes(text) + "}"
        return (
            font
            + r"\f13 "
            + "".join(codes(c, hexes("中") if coded == "both" else r"\'3f\'3f") for c in text)
            + "}"
        )

    body = "".join(rf"\pard\plain \ltrpar\qj {run(text)}{{\f13 \par }}" + "\r\n" for text in paragraphs(name))
    text = read((HEAD + body + "}").encode("ascii"))
    assert text.characters.splitlines() == paragraphs(name)
    assert_alike(text, name)


def test_each_character_knows_its_paragraph() -> None:
    text = read((HEAD + r"A\par\par B\par\trowd\cellx1\cellx2\pard\intbl C\cell D\cell\row\pard E}").encode())
    assert text.characters == "A\nB\nC\tD\nE\n"
    assert [text.places.of(i, i + 1).paragraph for i in (0, 2, 4, 6, 8)] == [1, 3, 4, 5, 6]


# --- characters


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (r"\f13 " + hexes("县委"), "县委"),
        (r"\f0 " + hexes("县委"), "县委"),  # a Latin font, and bytes of the document's code page
        (r"\f36 " + hexes("縣長", "cp950"), "縣長"),
        (r"{\f36 " + hexes("縣長", "cp950") + r"}\f13 " + hexes("县长"), "縣長县长"),
        (r"\f40 " + hexes("да", "cp1251"), "да"),
        (r"\f50 " + hexes("县"), "县"),
        (r"\f0 caf\'e9", "café"),
        (hexes("丂").replace(r"\'40", "@"), "丂"),  # the second byte may stand as itself
        (r"\f13 " + hexes("县")[:4] + "\r\n" + hexes("县")[4:], "县"),
        (r"\uc1 \u21439?\u22996 ??", "县委?"),
        (r"\uc1\u21439 ?\u22996\'3f", "县委"),
        (r"\uc0\u21439\u22996 ", "县委"),
        (r"\uc2\u21439\'cf\'d8{\uc1\u22996?}\u20250\'bb\'e1", "县委会"),
        (r"\uc1\u-28661?", chr(0x10000 - 28661)),
        (r"\uc1" + codes("𠮷"), "𠮷"),
        (r"\uc1\u-3913?\u0?A", "A"),
        (r"A\~B\_C\-D\{\}\\", "A\xa0B-CD{}\\"),
        (r"A\tab B\line C\emdash D\ldblquote E\rdblquote", "A\tB\nC—D“E”"),
        (r"A{\f2 \'fc l}B", "AB"),
        (r"{\upr{A?}{\*\ud{\uc0\u21439}}}", "县"),
        (r"\uc3\u21439\'cf{B}C", "县BC"),
    ],
)
def test_characters(body: str, seen: str) -> None:
    assert lines(body) == seen.split("\n")


def test_a_document_without_a_code_page_and_one_of_wordpad() -> None:
    head = r"{\rtf1\ansi\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}"
    assert lines(r"\pard\lang2052\f0\fs22 " + hexes("县委会议") + r"\par", head) == ["县委会议"]
    assert lines(r"\pard\fs22 " + hexes("县委会议") + r"\par", head) == ["县委会议"]
    assert lines(hexes("縣長會議", "cp950"), r"{\rtf1\ansi\ansicpg950\deff0") == ["縣長會議"]


def test_bytes_as_they_are() -> None:
    data = HEAD.encode() + b"\\f13 " + "县委会议".encode("gbk") + b"}"
    assert read(data).characters == "县委会议\n"


def test_bytes_that_fit_nothing_are_damage() -> None:
    text = read((HEAD + r"\f13 A\'ff\'ff}").encode())
    assert [damage.reason for damage in text.damages] == ["replacement"]


# --- what its reader does not see


@pytest.mark.parametrize(
    "hidden",
    [
        r"{\v B}",
        r"\v B\v0 ",
        r"{\deleted\revauthdel1 B}",
        r"{\header B\par}",
        r"{\footerf B}",
        r"{\footnote\ftnalt B}",
        r"{\*\annotation B}",
        r"{\*\atnauthor B}",
        r"{\*\unheardof B{\b C}}",
        r"{\xe{\*\xeb}B}",
        r"{\*\bkmkstart B}{\*\bkmkend B}",
        r"{\pict\wmetafile8 010009000003}",
        r"{\pict\jpegblip\bin5 }}\{{}",
        r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}",
        r"{\object\objemb{\*\objclass B}{\*\objdata 0105}{\result {\pict 00}}}",
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn fText}{\sv B}}}{\shprslt{\*\do\dptxbx{\dptxbxtext B\par}}}}",
        r"{\info{\author B}{\operator B}}",
        r"{\*\listtable{\list{\listlevel{\leveltext\'02\'00.;}}}}",
    ],
)
def test_what_is_not_seen(hidden: str) -> None:
    assert lines("A" + hidden + r"D\par E") == ["AD", "E"]


def test_what_was_inserted_is_seen_and_a_deleted_end_of_a_paragraph_is_none() -> None:
    assert lines(r"A{\revised\revauth1 B}{\deleted C\par}D\par E") == ["ABD", "E"]


def test_fields_show_their_results() -> None:
    link = r'{\field\fldedit{\*\fldinst {\lang1033 HYPERLINK "https://example.com" }}{\fldrslt {\ul B}}}'
    assert lines("A" + link + "C") == ["ABC"]
    assert lines(r"A{\field{\fldinst PAGE}{\fldrslt 1}}C") == ["A1C"]


def test_text_boxes_come_before_their_paragraph() -> None:
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt \pard\plain B\par C\par}}{\shprslt{\*\do{\dptxbxtext B}}}}"
    assert lines("A" + box + r"D\par E") == ["B", "C", "AD", "E"]
    assert lines(r"A{\*\do\dobxpage\dptxbx{\dptxbxtext B\par}}D") == ["B", "AD"]


# --- tables


def test_rows_cells_and_several_paragraphs_in_a_cell() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl{A\par B C\cell D\cell}{\trowd\cellx1\cellx2\row}"
    assert lines(row + row + r"\pard E") == ["A", "B C", "D", "A", "B C", "D", "E"]
    assert lines(r"\trowd\cellx1\cellx2\pard\intbl A\cell\cell\row \pard\intbl B\cell C\cell\row\pard D") == [
        "A",
        "B\tC",
        "D",
    ]


def test_merged_cells_stand_once() -> None:
    rows = r"\trowd\clvmgf\cellx1\cellx2\pard\intbl A\cell B\cell\row\trowd\clvmrg\cellx1\cellx2\pard\intbl A\cell C\cell\row"
    assert lines(rows) == ["A\tB", "C"]


def test_a_table_within_a_table() -> None:
    inner = r"\pard\intbl\itap2 B\nestcell C\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
    assert lines(
        r"\trowd\cellx1\cellx2\pard\intbl\itap1 A\cell" + inner + r"\pard\intbl\itap1\cell\row\pard D"
    ) == ["A\tB\tC", "D"]


def test_tables_as_libreoffice_writes_them() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for i, text in enumerate(("时间", "3月24日", "地点", "会议室")):
        table.cell(i // 2, i % 2).text = text
    document.add_paragraph("正文")
    data = converted({"a": saved(document)}, "rtf")["a"]
    assert read(data).characters.splitlines() == ["时间\t3月24日", "地点\t会议室", "正文"]


# --- numbers of lists


def test_numbers_of_lists_are_text_and_bullets_are_not() -> None:
    number = r"{\listtext\pard\plain\dbch\f13 " + hexes("一、") + r"\tab}"
    assert lines(
        r"\pard\ls1 "
        + number
        + r"\f13 "
        + hexes("通报")
        + r"\par"
        + r"{\pntext\f0 1.\tab}{\*\pn\pnlvlbody}\f13 "
        + hexes("部署")
    ) == ["一、通报", "1.部署"]
    assert lines(r"{\listtext\f2\'6c\tab}A\par{\listtext\uc1\u-3913?\tab}B\par{\listtext\'b7\tab}C") == [
        "A",
        "B",
        "C",
    ]
    assert lines(r"{\pntext 1\tab}{\listtext 2\tab}A") == ["1 A"]


def test_numbers_of_lists_as_libreoffice_writes_them() -> None:
    data = body_of(item("通报", 1) + item("甲", 1, 1) + item("部署", 1) + p("完"), numbering=LISTS)
    found = read(converted({"a": data}, "rtf")["a"]).characters.splitlines()
    assert found == ["一、通报", "（一）甲", "二、部署", "完"]


# --- properties


def test_the_day_and_the_title() -> None:
    info = (
        r"{\info{\title "
        + hexes("望澜县召开农业工作会议")
        + r"}{\author X}{\creatim\yr2021\mo3\dy24\hr10\min1}{\revtim\yr2021\mo3\dy25}}"
    )
    text = read(
        (HEAD + info + r"\f13 " + hexes("3月24日，望澜县召开农业工作会议，部署春耕。") + "}").encode()
    )
    assert text.created == date(2021, 3, 25)
    assert text.characters.splitlines()[0] == "望澜县召开农业工作会议"


@pytest.mark.parametrize(
    "time", [r"\yr0\mo0\dy0", r"\yr2021", r"\yr99999\mo1\dy1", r"\yr2013\mo12\dy23\hr23\min15"]
)
def test_a_time_that_is_none(time: str) -> None:
    assert read((HEAD + r"{\info{\creatim" + time + r"}}A}").encode()).created is None


def test_the_day_as_libreoffice_writes_it() -> None:
    data = converted({"a": sample_docx(NAMES[1], datetime(2021, 3, 25, 2))}, "rtf")["a"]
    assert read(data).created == date(2021, 3, 25)


# --- files that are damaged, or made to do harm


@pytest.mark.parametrize(
    "data",
    [
        b"{" * 1_000_000,
        b"\\" * 1_000_000,
        b"\\'d6" * 250_000,
        b"\\'" * 500_000,
        b"{\\v " * 250_000,
        b"}" * 1_000_000,
        b"\\u-9999" * 150_000,
        b"\\u" * 500_000,
        b"{\\shptxt" * 120_000,
        b"\\trowd\\intbl\\itap9 A\\par" * 40_000,
        b"\\itap9 A\\nestcell\\nestrow" * 40_000,
        b"{\\field{\\*\\fldinst HYPERLINK " * 30_000,
        b"{\\listtext 1" * 80_000,
        b"\\bin999999999 " * 70_000,
        b"\\bin-5 A" * 100_000,
        b"a\\f1" * 250_000,
        b"\\*" * 500_000,
        b"\\par" * 250_000,
        b"{\\fonttbl{\\f0" * 80_000,
    ],
    ids=lambda data: data[:12].decode(),
)
@pytest.mark.parametrize("end", [b"", b"A}"])
def test_a_megabyte_of_one_thing_takes_no_time(data: bytes, end: bytes) -> None:
    begun = process_time()
    try:
        read(b"{\\rtf1\\ansi\\ansicpg936 " + data + end)
    except InputError as error:
        assert error.code in ("broken", "empty"), error  # noqa: PT017  (either is right)
    assert process_time() - begun < 10


def test_a_file_that_breaks_off_is_broken_unless_the_caller_goes_on() -> None:
    report = sample(NAMES[1]).replace("\n", "")
    data = (HEAD + r"\pard{\f13 " + hexes(report) + "}}").encode()
    for share in (0.02, 0.3, 0.6, 0.999):
        with pytest.raises(BrokenError):
            read(data[: int(len(data) * share)])
    kept = read_bytes(data[:-200], "a.rtf", on_damage="keep")
    assert len(kept.characters) > 100 and report.startswith(kept.characters.strip().rstrip("\ufffd"))


def test_what_stands_behind_the_end_is_not_read() -> None:
    assert lines(r"A}\par B") == ["A"]


def test_a_document_without_text_is_empty() -> None:
    for body in ("", r"\par\par", r"{\v A}", r"{\pict 00}"):
        with pytest.raises(EmptyError):
            lines(body)


def test_the_suffix_does_not_matter() -> None:
    assert read_bytes((HEAD + "A}").encode(), "report.doc").characters == "A\n"
    assert read_bytes(b"\xef\xbb\xbf\r\n" + (HEAD + "A}").encode(), "report.doc").characters == "A\n"


def test_the_time_is_limited() -> None:
    with pytest.raises(TooSlowError):
        read_bytes(b"{\\rtf1 " + b"\\b A" * 12_000_000 + b"}", "a.rtf", limits=Limits(seconds=1))
