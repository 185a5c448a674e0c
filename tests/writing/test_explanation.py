from __future__ import annotations

from records import record, value

from extractor.record import Made, Trace
from extractor.writing.explanation import Row, rows, tab_separated, table

TRACE = tuple(
    Trace(path, "some.rule")
    for path in ("kind", "title", "meeting.name", "date", "leaders[0]", "leaders[0].roles[1]", "mentioned[0]")
)


def test_value_and_place_of_every_path() -> None:
    assert [(row.value, row.where) for row in rows(Made(record(), TRACE))] == [
        ("report", ""),
        ("云岭县召开安全生产工作会议", "0-2"),
        ("安全生产工作会议", "0-2"),
        ("3月24日至25日 2021-03-24/2021-03-25", "0-2"),
        ("李甲 县委副书记、县长", "0-2"),
        ("address", "0-2"),
        ("赵丙", ""),
    ]


def test_one_line_each_whatever_the_text_holds() -> None:
    made = Made(record(title=value("会议\t召开\n\x1b[31m")), (Trace("title", "some.rule"),))
    assert tab_separated(rows(made)) == "title\t会议 召开 \\x1b[31m\tsome.rule\t0-2\n"


def test_table_for_the_eye() -> None:
    text = table(rows(Made(record(), TRACE)), Row("字段", "取值", "规则", "位置"), 80, colour=False)
    lines = text.splitlines()
    assert lines[0].split() == ["字段", "取值", "规则", "位置"]
    assert lines[6].split() == ["leaders[0].roles[1]", "address", "some.rule", "0-2"]
