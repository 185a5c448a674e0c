from __future__ import annotations

import time
from datetime import date

import pytest

from extractor.reading import Text, read_bytes
from tests.reading.alike import NAMES, SAMPLES, assert_alike, paragraphs

START = "# 县委召开会议\n\n## 一、议题\n\n"


def read(characters: str, encoding: str = "utf-8") -> Text:
    return read_bytes(characters.encode(encoding), "a.md")


def body(characters: str) -> list[str]:
    """The lines under ``START``."""
    text = read(START + characters)
    assert text.media_type == "text/markdown"
    return text.characters.split("\n")[2:]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_report_in_markdown(name: str, encoding: str) -> None:
    headline, *others = paragraphs(name)
    front = f'---\ntitle: "{headline}"\ndate: 2024-12-30 08:00:00\ntags: [会议]\n---\n\n'
    marked = [
        f"**{a}：**{b}" if b and len(a) < 8 else a + colon + b
        for a, colon, b in (x.partition("：") for x in others)
    ]
    text = read(front + "\n\n".join(marked), encoding)
    assert_alike(text, name)
    assert (text.media_type, text.encoding, text.created) == ("text/markdown", encoding, date(2024, 12, 30))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_with_a_heading(name: str) -> None:
    headline, *others = paragraphs(name)
    text = read(f"# {headline}\n\n" + "\n\n".join(others) + "\n\n![会场](https://example.cn/1.jpg)\n")
    assert_alike(text, name)
    assert text.characters == "\n".join(paragraphs(name))
    assert (text.places.of(0, 4).paragraph, text.created) == (1, None)


def test_headings_of_both_kinds_and_rules() -> None:
    assert body("决定\n====\n\n事项\n---\n\n***\n\n同意。 \n\n### 附 ###") == ["决定", "事项", "同意。", "附"]


def test_lines_of_a_paragraph() -> None:
    assert body("会议强调，要抓\n好落实 ABC\ndef。\n李甲主持。") == [
        "会议强调，要抓好落实 ABC def。",
        "李甲主持。",
    ]
    assert body("时间：3月24日\n地点：三楼\n出席：李甲、\n王乙") == [
        "时间：3月24日",
        "地点：三楼",
        "出席：李甲、王乙",
    ]
    assert body("会议  \n开始<br>王乙\\\n赵丙") == ["会议", "开始", "王乙", "赵丙"]


def test_lists_keep_their_numbers() -> None:
    assert body("1. 预算\n2. 人事\n   续\n\n   同意。\n\n- 甲\n  - 乙\n\n7) 丙") == [
        "1. 预算",
        "2. 人事续",
        "同意。",
        "甲",
        "乙",
        "7) 丙",
    ]


def test_marks_inside_a_line() -> None:
    line = '*李甲*、**王乙**、~~赵丙~~、`孙丁`、[周戊](http://a.cn "x")、<http://b.cn>、![会场](c.png)吴己&nbsp;&amp;\\*郑庚\\*<b>冯辛</b>'
    assert body(line) == ["李甲、王乙、赵丙、孙丁、周戊、http://b.cn、吴己\xa0&*郑庚*冯辛"]
    assert body("**时间：**3月24日，**“十四五”**规划。") == ["时间：3月24日，“十四五”规划。"]


def test_tables_quotes_code_and_html() -> None:
    assert body("| 姓名 | 职务 |\n|---|:-:|\n| **李甲** | 县长 |\n| 王乙 |  |") == [
        "姓名\t职务",
        "李甲\t县长",
        "王乙",
    ]
    assert body("> 会议强调，\n> 抓好落实。\n\n```\n第一行\n  第二行\n```") == [
        "会议强调，抓好落实。",
        "第一行",
        "第二行",
    ]
    assert body("<div>\n<p>会议&lt;一&gt;<br>开始</p><!-- 略 --><script>x</script>\n</div>") == [
        "会议<一>",
        "开始",
    ]


def test_paragraphs_indented_with_blanks_are_no_code() -> None:
    assert body("    会议*强调*，要抓好落实。\n\n\t王乙参加。\n\n　　赵丙参加。") == [
        "会议强调，要抓好落实。",
        "王乙参加。",
        "赵丙参加。",
    ]


def test_front_matter_alone() -> None:
    text = read("---\n标题: 县委召开农业会议\n---\n李甲主持会议，王乙参加。\n")
    assert (text.characters, text.created) == ("县委召开农业会议\n李甲主持会议，王乙参加。", None)
    assert (
        read("---\ntitle: 县委召开会议\n---\n# 县委召开会议\n\n李甲主持。").characters
        == "县委召开会议\n李甲主持。"
    )


@pytest.mark.parametrize(
    "characters",
    [
        "# 技术例会\n\n时间：3月24日\n1. 预算\n2. 人事\n- 甲\n- 乙\n---\n会议结束。",
        "---\n会议开始。\n---\n会议结束。",
        "会议**强调**，要抓好落实。\n* * *\n会议结束。",
        "县委召开会议\n==========\n李甲主持。",
        "| 李甲 | 县长 |\n| 王乙 | 副县长 |",
        "#农业# 会议召开\n#春耕# 会议结束",
        "会议通过[2021]3号文件(试行)，见[附件](一)。",
        "> 摘要\n会议开始。",
    ],
)
def test_what_is_not_surely_markdown_is_plain_text(characters: str) -> None:
    text = read(characters)
    assert (text.media_type, text.characters) == ("text/plain", characters)


def test_the_samples_are_plain_text() -> None:
    for path in SAMPLES.glob("*.txt"):
        assert read_bytes(path.read_bytes(), path.name).media_type == "text/plain"


@pytest.mark.parametrize(
    "mark", ["[", "![", "[a](", "*", "*a ", "_a*", ">", "`", "<", "- ", "|-|\n", "#\n", "<!--", "\\", "&"]
)
def test_texts_made_to_be_slow(mark: str) -> None:
    began = time.process_time()
    assert read(START + mark * (60_000 // len(mark))).media_type == "text/markdown"
    assert time.process_time() - began < 30  # some seconds; would be hours if the time grew with the square


def test_a_file_too_large_for_markdown_is_read_as_it_is() -> None:
    characters = START + "会议强调，要抓好落实。\n" * 40_000
    assert read(characters).characters == characters
