"""The list of values to look at: order, reasons, table and spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from extractor import api
from extractor.confidence.weights import load
from extractor.reading import read_text
from extractor.reading.places import Writer
from extractor.reading.text import Raw, put_together
from extractor.writing.review import Item, items, least_certain_first, reasons, spreadsheet, table

TEXT = (
    "云岭县召开农业工作会议\n本报讯 3月24日，云岭县农业工作会议在县城召开。县委书记王丽讲话并通报了旱情。"
    "各乡镇书记、联络员参加会议。\n"
)
HEADINGS = Item("把握", "报道", "字段", "取值", "位置", "页或段", "原因", "原文")


def found(below: float) -> list[Item]:
    text = read_text(TEXT, "report.txt")
    return list(items(api.make(text), text, below, "zh"))


def test_the_least_certain_come_first_and_then_the_warnings() -> None:
    values = [item for item in found(1.0) if item.confidence]
    assert [item.confidence for item in values] == sorted(item.confidence for item in values)
    assert len(values) > 5
    assert [item.field for item in found(0.0)] == ["warnings[0]"]
    assert found(0.0)[0].value == "year-unknown"


def test_only_those_below_the_limit() -> None:
    assert all(float(item.confidence) < 0.9 for item in found(0.9) if item.confidence)
    assert {i.field for i in found(0.9)} < {i.field for i in found(1.0)}


def test_a_value_is_shown_with_its_place_its_words_and_why() -> None:
    item = next(i for i in found(1.0) if i.field == "attending_units[0].representatives")
    start, end = map(int, item.where.split("-"))
    assert item.value.startswith("各乡镇: 书记")
    assert TEXT[start:end] == "各乡镇"
    assert "〔各乡镇〕书记" in item.context
    assert "具体职务" in item.why


def test_every_sign_with_a_weight_has_its_words_in_both_languages() -> None:
    signs = {sign for weights in load().values() for sign, w in weights.signs.items() if w < 0}
    for language in ("zh", "en"):
        words = reasons(language)
        for sign in signs:
            group, colon, _ = sign.partition(":")
            assert sign in words or "{}" in words[group + colon], sign
    assert reasons("zh").keys() == reasons("en").keys()


def test_over_many_reports_the_least_certain_comes_first() -> None:
    sure, doubtful = Item("0.70", "a", "", "", "", "", "", ""), Item("0.40", "b", "", "", "", "", "", "")
    warning = Item("", "a", "warnings[0]", "no-date", "", "", "", "")
    assert least_certain_first([warning, sure, doubtful]) == [doubtful, sure, warning]


def test_the_spreadsheet_is_read_back_and_holds_no_formula() -> None:
    bad = Item("0.40", "=1+1.txt", "tasks[0]", '@SUM("x",1)', "0-2", "第3页", "原因，一", "\u202e文\n件")
    text = spreadsheet([bad], HEADINGS)
    assert text.startswith("\ufeff把握,")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == list(HEADINGS)
    assert rows[1] == [
        "0.40",
        "'=1+1.txt",
        "tasks[0]",
        '\'@SUM("x",1)',
        "0-2",
        "第3页",
        "原因，一",
        "\\u202e文 件",
    ]


def test_the_table_shows_hostile_text_as_it_is() -> None:
    bad = Item("0.40", "a.txt", "tasks[0]", "[bold]要\x1b[31m", "0-2", "", "w", "")
    shown = table([bad], HEADINGS, 120, colour=False)
    assert "[bold]要\\x1b[31m" in shown
    assert "\x1b" not in shown


def test_a_page_has_a_column_only_where_there_are_pages() -> None:
    plain = Item("0.40", "a.txt", "tasks[0]", "要", "0-2", "", "w", "")
    assert "页或段" not in table([plain], HEADINGS, 120, colour=False)
    shown = table([plain, plain._replace(report="b.pdf", place="第3页")], HEADINGS, 120, colour=False)
    assert "页或段" in shown
    assert "第3页" in shown


def test_the_place_of_a_value_is_that_of_the_file() -> None:
    written = Writer()
    for number, line in enumerate(TEXT.splitlines(), start=1):
        written.add(line, paragraph=number)
        written.add("\n")
    text = put_together(Raw(b"", "a.docx"), written, "application/x")
    found = list(items(api.make(text), text, 1.0, "zh"))
    numbers = {item.field: item.place for item in found}
    assert numbers["title"] == "第1段"
    assert numbers["date"] == "第2段"
    assert {item.place for item in items(api.make(text), text, 1.0, "en")} >= {"paragraph 1", "paragraph 2"}
