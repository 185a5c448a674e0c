from __future__ import annotations

import pytest
from records import record, value

from extractor.explaining import Reason, Rival
from extractor.record import Made
from extractor.writing.explanation import (
    meaning,
    rows,
    rule_rows,
    rules_tab_separated,
    tab_separated,
    table,
)

PATHS = (
    "kind",
    "title",
    "meeting.name",
    "date",
    "leaders[0]",
    "leaders[0].name",
    "leaders[0].roles[1]",
    "mentioned[0]",
)
REASONS = tuple(Reason(path, "names.surname") for path in PATHS)
RIVALS = (Rival("李甲乙", "names.model", "lighter", 35), Rival("\x1b[31m", "names.surname", "no-name", 4))


def test_value_and_place_of_every_path() -> None:
    assert [(row.value, row.where) for row in rows(Made(record(), ()), REASONS)] == [
        ("report", ""),
        ("云岭县召开安全生产工作会议", "0-2"),
        ("安全生产工作会议", "0-2"),
        ("3月24日至25日 2021-03-24/2021-03-25", "0-2"),
        ("李甲 县委副书记、县长", "0-2"),
        ("李甲", "0-2"),
        ("address", "0-2"),
        ("赵丙", ""),
    ]


def test_one_line_each_whatever_the_text_holds() -> None:
    made = Made(record(title=value("会议\t召开\n\x1b[31m")), ())
    assert (
        tab_separated(rows(made, [Reason("title", "some.rule")]))
        == "title\t会议 召开 \\x1b[31m\tsome.rule\t0-2\t\n"
    )


def test_rivals_are_the_last_column() -> None:
    line = tab_separated(rows(Made(record(), ()), [Reason("leaders[0].name", "names.surname", RIVALS)]))
    assert line.split("\t") == [
        "leaders[0].name", "李甲", "names.surname", "0-2",
        "李甲乙 (names.model lighter 35) | \\x1b[31m (names.surname no-name 4)\n",
    ]  # fmt: skip


def test_table_for_the_eye() -> None:
    headings = ("字段", "取值", "规则", "位置")
    text = table(rows(Made(record(), ()), REASONS), headings, 80, colour=False, language="zh")
    lines = text.splitlines()
    assert lines[0].split() == ["字段", "取值", "规则", "位置"]
    assert lines[7].split() == ["leaders[0].roles[1]", "address", "names.surname", "0-2"]


@pytest.mark.parametrize(("language", "why"), [("zh", "较轻，差 35"), ("en", "weighs 35 less")])
def test_in_the_table_each_rival_has_a_line_with_the_reason(language: str, why: str) -> None:
    given = rows(Made(record(), ()), [Reason("leaders[0].name", "names.surname", RIVALS)])
    lines = table(given, "abcd", 100, False, "zh" if language == "zh" else "en").splitlines()
    assert lines[2].strip().split(maxsplit=3) == ["≠", "李甲乙", "names.model", why]
    assert lines[3].split()[:3] == ["≠", "\\x1b[31m", "names.surname"]


def test_further_evidence_for_the_value_itself_is_no_rival() -> None:
    over = (Rival("report", "event.held", "evidence", 4), Rival("other", "event.kind.notice", "evidence", -3))
    given = rows(Made(record(), ()), [Reason("kind", "event.headline", over)])
    lines = table(given, "abcd", 100, False, "en").splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["+", "≠"]


def test_rules_with_their_meaning_and_examples() -> None:
    given = list(rows(Made(record(), ()), [Reason("leaders[0].name", "names.latin", RIVALS)]))
    found = rule_rows(given, "zh")
    assert [row.rule for row in found] == ["names.latin", "names.model", "names.surname"]
    assert found[0][1:] == ("职务旁边的拉丁字母姓名", "Martin Li教授", "NATO教授")
    assert found[1].example == ""  # no pattern: the model
    assert rules_tab_separated(found).count("\n") == 3


def test_a_listed_entry_means_what_its_kind_means() -> None:
    assert meaning("lexicon.people:禤逸", "zh") == "本馆词表所列人员"
    assert meaning("names.something-new", "en") == meaning("names", "en")
    assert meaning("unheard.of", "en") == ""
