"""Who says what follows, in what capacity, and as far as where."""

import pytest

from extractor.language.findings import Findings
from tests.language.reading import read

HEAD = "东山县召开教育工作会议\n5月3日，东山县召开教育工作会议。"


def said(found: Findings) -> list[tuple[str, str | None, str]]:
    """Kind, by, and the content of each speech."""
    assert found.speech is not None
    text = found.clean
    return [(s.kind, s.by.of(text) if s.by else None, s.content.of(text).strip()) for s in found.speech]


@pytest.mark.parametrize(
    ("body", "speech"),
    [
        ("会议强调，要抓好落实。", [("meeting", "会议", "要抓好落实。")]),
        ("会议还要求各校抓好落实。", [("meeting", "会议", "各校抓好落实。")]),
        ("会议对招生工作作出部署，强调要公平公正。", [("meeting", "会议", "要公平公正。")]),
        ("大会号召全体教师向先进学习。", [("meeting", "大会", "全体教师向先进学习。")]),
        ("会议明确，各校要成立专班。", [("meeting", "会议", "各校要成立专班。")]),
        ("李甲强调，要抓好落实。", [("address", "李甲", "要抓好落实。")]),
        ("县教育局局长李甲在讲话中指出，成绩来之不易。", [("address", "李甲", "成绩来之不易。")]),
        ("县长李甲出席会议并讲话，强调要办好教育。", [("address", "李甲", "要办好教育。")]),
        ("会议由王乙主持并要求：各校要传达到位。", [("address", "王乙", "各校要传达到位。")]),
        ("李甲主持会议。他强调，要抓好落实。", [("address", "李甲", "要抓好落实。")]),
        ("局长李甲到会。李局长指出，要抓好落实。", [("address", "李甲", "要抓好落实。")]),
        ("王乙副局长强调，要抓好落实。", [("address", "王乙", "要抓好落实。")]),
        ("李甲就做好招生工作提出三点要求：一要公平。", [("address", "李甲", "一要公平。")]),
        ("李甲指出，校园安全无小事。希望各校举一反三。",
         [("address", "李甲", "校园安全无小事。"), ("address", "李甲", "各校举一反三。")]),
        ("李甲要求各校加强值班，同时希望家长配合。",
         [("address", "李甲", "各校加强值班，"), ("address", "李甲", "家长配合。")]),
        ("李甲、王乙表示，要抓好落实。", [("address", None, "要抓好落实。")]),
        ("校领导对下一步工作提出要求：要抓紧。", [("address", None, "要抓紧。")]),
        ("王乙作表态发言。他表示，要以此次会议为契机。", [("statement", "王乙", "要以此次会议为契机。")]),
        ("学生代表王乙表示，要刻苦学习。", [("statement", "王乙", "要刻苦学习。")]),
        ("与会代表一致认为，要加大投入。", [("statement", None, "要加大投入。")]),
        ("王乙作了工作汇报，表示要继续努力。", [("report", "王乙", "要继续努力。")]),
        ("王乙以“乡村教育的出路”为题，指出要重视师资。", [("statement", "王乙", "要重视师资。")]),
        ("李甲主持会议。他教育广大师生要珍惜时间。", [("address", "李甲", "广大师生要珍惜时间。")]),
        ("李甲作总结讲话，激励同学们刻苦学习。", [("address", "李甲", "同学们刻苦学习。")]),
        ("县安监局局长李甲提出要管好食堂。", [("address", "李甲", "要管好食堂。")]),
        ("李甲重点强调了要注意安全。", [("address", "李甲", "要注意安全。")]),
        ("王乙建议各校要加强值班。", [("statement", "王乙", "各校要加强值班。")]),
        ("李甲对各校提出“五个一”要求。一是抓招生。二是管食堂。", [("address", "李甲", "一是抓招生。二是管食堂。")]),
        ("李甲作总结讲话，深情寄语青年教师。一要好学。二要多思。", [("address", "李甲", "一要好学。二要多思。")]),
        ("李甲指出，适应新时代对教师要求，加强学习。", [("address", "李甲", "适应新时代对教师要求，加强学习。")]),
        ("李甲主持会议，并在讲话中表示，要抓好落实。", [("address", "李甲", "要抓好落实。")]),
        ("各分管校领导对工作进行了点评，要求各校抓好落实。", [("address", None, "各校抓好落实。")]),
        ("杨老师总结发言，希望班主任们多关心学生。", [("address", None, "班主任们多关心学生。")]),
        ("李甲指出，党的某届五中全会提出，要抓好教育，希望大家努力。",
         [("address", "李甲", "党的某届五中全会提出，要抓好教育，希望大家努力。")]),
        ("上级来函指出，要抓好落实。贺信要求，要再接再厉。",
         [("quote", None, "要再接再厉。")]),
        ("李甲指出，赵丙总书记强调，要重视教育。各校要学习。",
         [("quote", None, "要重视教育。"),
          ("address", "李甲", "赵丙总书记强调，要重视教育。各校要学习。")]),
        ("赵丙对会议作出重要指示强调，要重视教育。李甲出席会议并讲话，要求抓好落实。",
         [("quote", "赵丙", "要重视教育。"), ("address", "李甲", "抓好落实。")]),
    ],
)  # fmt: skip
def test_who_speaks(body: str, speech: list[tuple[str, str | None, str]]) -> None:
    assert sorted(said(read(HEAD + body))) == sorted(speech)


@pytest.mark.parametrize(
    "body",
    [
        "按照上级工作要求，李甲主持会议。",
        "会议认真落实县委要求，圆满结束。",
        "李甲表示热烈祝贺。",
        "会议传达了县委关于加强管理要求的通知。",
        "各校要强调纪律，表示决心。",
        "王乙提出了宝贵建议。",
        "会场悬挂着“李甲要求，抓好落实”的横幅。",
    ],
)
def test_no_attribution(body: str) -> None:
    assert said(read(HEAD + body)) == []


def test_goes_on_until_the_reporter_speaks() -> None:
    body = "李甲强调，要抓好招生。要管好食堂。会上，王乙宣读了名单。要注意安全。"
    assert said(read(HEAD + body)) == [("address", "李甲", "要抓好招生。要管好食堂。")]


def test_paragraphs_that_go_on() -> None:
    text = HEAD + "\n李甲强调，要抓好招生。\n要管好食堂。\n二是办好活动。\n与会人员还参观了展览。"
    assert said(read(text)) == [("address", "李甲", "要抓好招生。\n要管好食堂。\n二是办好活动。")]


def test_a_paragraph_that_goes_on_with_those_who_are_told() -> None:
    text = HEAD + "\n李甲指出，成绩来之不易。\n全体教师，尤其是青年教师，要再接再厉。"
    assert said(read(text)) == [("address", "李甲", "成绩来之不易。\n全体教师，尤其是青年教师，要再接再厉。")]


def test_a_series_that_was_broken_off() -> None:
    text = HEAD + "\n李甲提出要求：\n一是抓招生。\n王乙作了记录。\n二是管食堂。"
    assert said(read(text)) == [("address", "李甲", "一是抓招生。\n王乙作了记录。\n二是管食堂。")]


def test_every_attribution_has_its_speaker() -> None:
    found = read(HEAD + "局长李甲主持会议。李局长强调，要抓好落实。他还要求王乙配合。")
    assert found.speech is not None
    assert [s.speaker and s.speaker.name for s in found.speech] == ["李甲", "李甲"]
    assert all(s.by is not None and s.by.of(found.clean) == "李甲" for s in found.speech)
