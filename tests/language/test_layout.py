"""The shape of a report."""

import pytest

from extractor.language.clean import clean
from extractor.language.layout import read_layout
from extractor.language.types import Layout


def layout(text: str) -> tuple[str, Layout]:
    folded = clean(text).text
    return folded, read_layout(folded)


def kinds(text: str) -> list[str]:
    return [line.kind.value for line in layout(text)[1].lines]


BODY = "5月3日，澜川县召开全县春耕生产工作会议。县长李明主持会议，副县长王芳出席会议并讲话。"


def test_headlines_come_before_the_body() -> None:
    text = f"李明在全县春耕生产工作会议上强调\n抓紧抓实春耕生产\n{BODY}"
    assert kinds(text) == ["headline", "subhead", "body"]


def test_a_text_may_begin_with_its_body() -> None:
    assert kinds(f"本报讯 {BODY}") == ["body"]


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("本报讯（记者 张三）", "本报讯（记者 张三）"),
        ("澜川新闻网讯（通讯员 李四 摄影 王五）", "澜川新闻网讯（通讯员 李四 摄影 王五）"),
        ("新华社北京5月3日电（记者张三）", "新华社北京5月3日电（记者张三）"),
        ("澜川电视台消息（新闻联播）：", "澜川电视台消息（新闻联播）："),
        ("（通讯员 李四）", "（通讯员 李四）"),
    ],
)
def test_datelines(start: str, dateline: str) -> None:
    text, found = layout(f"全县春耕生产工作会议召开\n{start}{BODY}")
    assert found.dateline is not None
    assert found.dateline.of(text).strip() == dateline


def test_a_sentence_about_news_is_no_dateline() -> None:
    assert layout(f"全县春耕生产工作会议召开\n{BODY}")[1].dateline is None


@pytest.mark.parametrize(
    "line", ["（来源：澜川县委办）", "（党委办公室供稿）", "作者：张三", "责任编辑：张三", "张三 摄"]
)
def test_byline_lines(line: str) -> None:
    assert kinds(f"全县会议召开\n{BODY}\n{line}")[-1] == "byline"


def test_a_byline_may_close_a_line_of_the_body() -> None:
    text, found = layout(f"全县会议召开\n{BODY}（文/张三）")
    assert [b.of(text) for b in found.bylines] == ["（文/张三）"]
    assert text[found.sentences[-1].start : found.sentences[-1].end].endswith("讲话。")


@pytest.mark.parametrize("line", ["会议现场", "△李明书记讲话", "与会人员合影"])
def test_captions(line: str) -> None:
    assert kinds(f"全县会议召开\n{BODY}\n{line}\n{BODY}")[2] == "caption"


def test_page_furniture_is_no_body() -> None:
    assert kinds(f"全县会议召开\n来源：澜川县委办 发布时间：2021-05-04\n{BODY}") == [
        "headline",
        "meta",
        "body",
    ]


def test_labels_of_minutes() -> None:
    text, found = layout(
        "第3次办公会议纪要\n时　间：5月3日 地点：三楼会议室\n出席人员：\n李明、王芳\n会议议题：\n1. 预算"
    )
    labels = [(x.label, text[x.value : x.end]) for x in found.lines if x.label]
    assert labels == [
        ("time", "5月3日 "),
        ("place", "三楼会议室"),
        ("present", ""),
        ("present", "李明、王芳"),
        ("topics", ""),
        ("topics", "1. 预算"),
    ]


def test_sentences_keep_titles_of_books_whole() -> None:
    text, found = layout("全县会议召开\n会议学习了《怎么看？怎么办！》一文。会议指出，“要抓紧。”随后结束。")
    said = [text[s.start : s.end] for s in found.sentences[1:]]
    assert said == ["会议学习了《怎么看？怎么办！》一文。", "会议指出，“要抓紧。”", "随后结束。"]


@pytest.mark.parametrize("text", ["", "\n\n", "。", "　\u200b", "（"])
def test_next_to_nothing_does_no_harm(text: str) -> None:
    assert layout(text)[1].headline is None or len(text) == 1
