from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from extractor.errors import BinaryError, BrokenError, EmptyError, MissingExtraError, TooLargeError
from extractor.reading import Limits, Text, read_bytes, read_text
from tests.reading import pages
from tests.reading.alike import NAMES, assert_alike, paragraphs, said, sample

pytest.importorskip("trafilatura", exc_type=ImportError, reason="pip install -e '.[dev]'")

HEADLINE = "县委召开全县农业工作会议"
LINES = (
    "3月24日，县委召开全县农业工作会议，县委书记李甲主持会议并讲话，县长王乙作工作报告。",
    "会议指出，去年全县粮食总产量再创新高，农民人均可支配收入稳步增长，成绩来之不易。",
    "会议强调，要抓好春耕备耕，确保粮食播种面积稳定，落实好各项惠农政策，守住耕地红线。",
    "各乡镇、县直各单位主要负责同志参加会议。",
)


def read(page: str | bytes, encoding: str = "utf-8") -> Text:
    return read_bytes(page if isinstance(page, bytes) else page.encode(encoding), "a.html")


def lines(page: str | bytes) -> list[str]:
    return read(page).characters.split("\n")


# ---- the same report in every layout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("layout", [x for x in pages.LAYOUTS if x != "modern"])
def test_a_page_says_what_the_text_says(name: str, layout: str) -> None:
    headline, *others = paragraphs(name)
    text = read(pages.LAYOUTS[layout](headline, others), "gb18030")
    assert_alike(text, name)
    assert (text.media_type, text.encoding) == ("text/html", "gb18030")
    assert ["".join(x.split()) for x in text.characters.split("\n")] == [
        "".join(x.split()) for x in paragraphs(name)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_day_of_publication_is_a_line_under_the_headline(name: str) -> None:
    headline, *others = paragraphs(name)
    text = read(pages.modern(headline, others))
    assert said(text) == said(read_text(sample(name).strip().replace(headline, f"{headline}\n2024-12-31", 1)))
    assert text.created == date(2024, 12, 31)


def test_lines_have_the_number_of_their_block() -> None:
    text = read(pages.government(HEADLINE, LINES))
    at = text.characters.index("会议强调")
    assert (text.places.of(0, 4).paragraph, text.places.of(at, at + 4).paragraph) == (1, 4)


# ---- what belongs to the story, and what does not


def test_short_and_repeated_lines_stay() -> None:
    short = [
        "时间：2021年3月24日",
        "地点：三楼",
        "主持：李甲",
        "出席：",
        "王乙",
        "一、预算",
        "同意。",
        "二、人事",
        "同意。",
        "同意。",
        "王乙",
    ]
    assert lines(pages.government("农业局会议纪要", short)) == ["农业局会议纪要", *short]


def test_a_report_of_one_line_is_not_drowned_in_what_stands_around_it() -> None:
    assert lines(pages.government(HEADLINE, LINES[:1])) == [HEADLINE, LINES[0]]


def test_subheads_between_paragraphs_stay() -> None:
    report = [LINES[0], "一、提高认识", LINES[1], "二、压实责任", LINES[2]]
    assert lines(pages.fonts(HEADLINE, report)) == [HEADLINE, *report]


def test_headlines_above_and_under_the_main_one_stay() -> None:
    page = pages.government(HEADLINE, LINES).replace("</h1><div", "</h1><h3>李甲主持 王乙报告</h3><div")
    assert lines(page)[:3] == [HEADLINE, "李甲主持 王乙报告", LINES[0]]


def test_rows_of_a_table_are_lines() -> None:
    rows = (("时间", "3月24日上午"), ("主持", "李甲"), ("出席", "王乙、赵丙"))
    table = "".join(f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in rows)
    page = pages.government(HEADLINE, LINES).replace(
        f"{LINES[1]}</p>", f"{LINES[1]}</p><table>{table}</table>"
    )
    assert lines(page)[3:6] == [f"{a}\t{b}" for a, b in rows]


def test_numbers_of_lists_are_read_as_shown() -> None:
    items = '<ol start="3"><li>县农业局牵头。</li><li><p>县水利局负责。</p></li></ol><ul><li>县财政局配合。</li></ul>'
    page = pages.government(HEADLINE, LINES).replace(f"{LINES[1]}</p>", f"{LINES[1]}</p>{items}")
    assert lines(page)[3:6] == ["3. 县农业局牵头。", "4. 县水利局负责。", "县财政局配合。"]


def test_what_is_attached_and_who_edited_stay() -> None:
    page = pages.government(HEADLINE, [*LINES, "（责任编辑：孙丁）", "附件：名单"]).replace(
        "附件：名单", '附件：<a href="1.doc">参会名单.doc</a>'
    )
    assert lines(page)[-2:] == ["（责任编辑：孙丁）", "附件：参会名单.doc"]


def test_names_that_lead_to_pages_stay() -> None:
    page = pages.government(HEADLINE, LINES).replace("县长王乙", '县长<a href="/wy">王乙</a>')
    assert lines(page)[1] == LINES[0]


def test_comments_of_readers_and_teasers_of_other_stories_do_not_belong() -> None:
    comment = '<div class="comments" id="comments"><h3>网友评论</h3><div class="comment"><p>网友甲：支持县委的决定，希望早日落实。</p></div></div>'
    teasers = "".join(
        f'<div><h4><a href="{n}">{x}</a></h4><p>近日，{x}，现场气氛热烈，受到好评。</p></div>'
        for n, x in enumerate(pages.OTHERS)
    )
    page = pages.government(HEADLINE, LINES).replace(
        '<div class="related">', f'{comment}<div class="hot">{teasers}</div><div class="related">'
    )
    assert lines(page) == [HEADLINE, *LINES]


def test_line_ends_of_the_source_are_nothing_between_chinese_characters() -> None:
    assert lines("<html><body><p>县委\r\n  召开 会议\nABC\ndef，李甲<br>王乙</p></body></html>") == [
        "县委召开 会议 ABC def，李甲",
        "王乙",
    ]


def test_preformatted_lines_stay_lines() -> None:
    assert lines(f"<html><body><pre>\n{HEADLINE}\n\n{LINES[0]}\n</pre></body></html>") == [HEADLINE, LINES[0]]


def test_a_page_without_a_story_is_read_whole() -> None:
    assert lines('<html><body><p><a href="a">县委</a></p><p><a href="b">政府</a></p></body></html>') == [
        "县委",
        "政府",
    ]


def test_a_document_saved_as_a_page_is_read_whole() -> None:
    page = pages.word("农业局会议纪要", ["相关链接", "同意。", "版权所有"])
    assert lines(page) == ["农业局会议纪要", "相关链接", "同意。", "版权所有"]


# ---- the headline


@pytest.mark.parametrize(
    "title",
    [
        "{}",
        "{}_东山要闻_东山县人民政府",
        "{}-东山新闻网",
        "东山县人民政府门户网站 - 东山要闻 - {}",
        "东山县人民政府",
    ],
)
@pytest.mark.parametrize("layout", ["breaks", "nested tables", "government"])
def test_the_headline_is_found_by_the_title_of_the_page(title: str, layout: str) -> None:
    page = pages.LAYOUTS[layout](HEADLINE, LINES).replace(
        f"<title>{HEADLINE}_新闻中心_{pages.SITE}", f"<title>{title.format(HEADLINE)}"
    )
    assert lines(page) == [HEADLINE, *LINES]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (f"{HEADLINE}_东山要闻_东山县人民政府", HEADLINE),
        ("东山县人民政府 | 中国-东盟农业合作会议召开", "中国-东盟农业合作会议召开"),
        ("东山县人民政府门户网站", LINES[0]),
    ],
)
def test_a_headline_that_only_the_head_gives(title: str, headline: str) -> None:
    page = (
        pages.government(HEADLINE, LINES)
        .replace(f"<h1>{HEADLINE}</h1>", "")
        .replace(f"{HEADLINE}_新闻中心_{pages.SITE}", title)
    )
    text = read(page)
    assert text.characters.split("\n")[0] == headline
    assert text.places.of(0, 4).paragraph == (1 if headline == LINES[0] else None)


# ---- the day of publication


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="PubDate" content="2021-03-25 09:12">',
        '<meta name="publishdate" content="2021年3月25日">',
        '<meta property="article:published_time" content="2021-03-24T17:12:00Z">',
        '<meta itemprop="datePublished" content="20210325">',
        '<script type="application/ld+json">{"@graph":[{"datePublished" : "2021-03-25T08:00:00+08:00"}, broken</script>',
    ],
)
def test_the_day_that_the_head_gives(meta: str) -> None:
    assert read(pages.government(HEADLINE, LINES, meta=meta)).created == date(2021, 3, 25)


@pytest.mark.parametrize(
    "meta",
    [
        "",
        '<meta name="PubDate" content="2021-02-30">',
        '<meta name="PubDate" content="1970-01-01 00:00">',
        '<meta name="description" content="2021-03-25">',
        '<script type="application/ld+json">[{"datePublished":"2021-03-25"},{"datePublished":"2021-03-26"}]</script>',
    ],
)
def test_no_day_is_guessed(meta: str) -> None:
    report = [*LINES, "会议还传达了2020年12月30日全市会议精神。"]
    assert read(pages.government(HEADLINE, report, meta=meta, printed="发布时间：2021-03-25")).created is None


def test_what_is_printed_between_headline_and_story_is_a_line_of_its_own() -> None:
    printed = "发布时间：2021-03-25 09:12　来源：县委办　字号：【<a href='#'>大</a> <a href='#'>中</a>】"
    assert lines(pages.government(HEADLINE, LINES, printed=printed))[:3] == [
        HEADLINE,
        "发布时间：2021-03-25 09:12　来源：县委办　字号：【大 中】",
        LINES[0],
    ]


# ---- encodings


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("nonsense", "utf-8", "utf-8"),
        ("big5", "big5hkscs", "big5hkscs"),
        ("utf-8", "utf-16", "utf-16-le"),
        ("utf-8", "utf-16-le", "utf-16-le"),
        ("utf-8", "utf-8-sig", "utf-8"),
    ],
)
def test_encodings(declared: str, encoding: str, found: str) -> None:
    headline, line = (
        ("縣委召開農業工作會議", "會議強調，要抓好落實，縣長李甲主持。")
        if "big5" in declared
        else (HEADLINE, LINES[0])
    )
    page = pages.government(headline, [line], charset=declared)
    if encoding == "big5hkscs":  # the frame is in simplified characters
        page = f"<html><head><meta charset={declared}></head><body><h1>{headline}</h1><p>{line}</p></body></html>"
    text = read(page.encode(encoding))
    assert (text.encoding, text.characters) == (found, f"{headline}\n{line}")


def test_a_forced_encoding() -> None:
    page = pages.government(HEADLINE, LINES, charset="utf-8").encode("gb18030")
    assert read_bytes(page, "a.html", encoding="gbk").characters.startswith(HEADLINE)


def test_bytes_that_fit_nothing_can_be_read_past() -> None:
    page = pages.government(HEADLINE, LINES).encode().replace("稳步".encode(), b"\xff\xff")
    text = read_bytes(page, "a.html", encoding="utf-8", on_damage="keep")
    assert text.damages and text.characters[text.damages[0].start] == "\ufffd"


# ---- told by content


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\ufeff\n<!-- saved -->\n<HTML>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html xmlns="x">',
        "<meta charset=utf-8>",
        "<BODY>",
    ],
)
def test_a_page_is_told_by_its_beginning(start: str) -> None:
    assert read(f"{start}<p>{LINES[0]}</p>").media_type == "text/html"


def test_a_piece_of_a_page() -> None:
    assert lines(f"<div class=a><p>{HEADLINE}</p><p>{LINES[0]}</p></div>") == [HEADLINE, LINES[0]]


@pytest.mark.parametrize(
    "characters",
    [
        f"<p>{LINES[0]}\n&nbsp;{LINES[1]}<br/>\n</strong>会议结束。",
        f"{HEADLINE}\n<div><p>{LINES[0]}</p></div><p></p>",
        "<i\n\n会议开始。",
        '<?xml:namespace prefix = "st1" />\n\n会议开始。',
        "<会议纪要>\n会议开始。",
    ],
)
def test_text_with_litter_of_markup_is_text(characters: str) -> None:
    text = read(characters)
    assert (text.media_type, text.characters) == ("text/plain", characters)


# ---- safe, bounded, always the same


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError) as caught:
        read(pages.government(HEADLINE, LINES))
    assert caught.value.arguments["extra"] == "html"


def test_nothing_is_fetched_and_no_entity_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    page = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "http://127.0.0.1:9/x.dtd" '
        f'[<!ENTITY a "哈哈"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "{secret.as_uri()}">]>'
        f'<html><body><p>{LINES[0]}&b;&c;</p><img src="http://127.0.0.1:9/a.png"></body></html>'
    )
    assert "机密" not in read(page).characters and "哈哈" not in read(page).characters.replace('"哈哈"', "")


def test_the_same_page_gives_the_same_text_after_many_others() -> None:
    page = pages.government(HEADLINE, LINES)
    first = read(page)
    for n in range(150):
        read(pages.breaks(f"第{n}次会议", LINES))
    assert read(page) == first


def test_the_same_page_gives_the_same_text_in_another_process() -> None:
    page = pages.nested_tables(HEADLINE, LINES)
    code = "import sys; from extractor.reading import read_bytes; print(read_bytes(sys.stdin.buffer.read(), 'a').characters)"
    out = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            input=page.encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        )
        for seed in ("1", "2")
    ]
    assert out[0].stdout == out[1].stdout == f"{read(page).characters}\n".encode()


START = "<!DOCTYPE html><html><body><p>" + LINES[0] + "</p>"


@pytest.mark.parametrize(
    "page",
    [
        START + f"<p>{LINES[1] * 25_000}</p>",
        START + f'<p title="{"x" * 12_000_000}">{LINES[1]}</p>',
        START + "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + f">{LINES[1]}</p>",
        START + f"<script>{'x<p>' * 3_000_000}</script><p>{LINES[1]}</p>",
        START + "<script>" * 300_000,
        START + "<!--" * 300_000,
        START + '<a ="' * 300_000,
        START + "</x>" * 300_000,
        START + "<" * 1_000_000,
        START + " \n" * 500_000,
        START + "<div>" * 200 + LINES[1],
        START + '<a href="/x">链接</a>' * 100_000,
        START + "会议<br>" * 50_000,
    ],
    ids=[
        "line",
        "attribute",
        "attributes",
        "script",
        "scripts",
        "comments",
        "quotes",
        "ends",
        "less",
        "blanks",
        "deep",
        "links",
        "breaks",
    ],
)
def test_pages_made_to_be_slow_are_read(page: str) -> None:
    assert read_bytes(page.encode(), "a.html", limits=Limits(seconds=60)).characters.startswith(LINES[0])


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (START + "<div>" * 100_000 + LINES[1], BrokenError),
        (START + f"<p>{'x' * 11_000_000}</p>", BrokenError),
        ((START + "<div>" * 8_000_000)[:40_000_000], TooLargeError),
        (START + "\0会", BinaryError),
        ("<html><body></body></html>", EmptyError),
        ("<!DOCTYPE html>", EmptyError),
        ("<html><head><title>会议</title><script>会议</script></head></html>", EmptyError),
    ],
    ids=["deep", "node", "large", "nul", "empty", "nothing", "unseen"],
)
def test_pages_that_cannot_be_read(page: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(page)
