"""Date expressions, which of them dates the meeting, and the days that it means. All places are invented."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.clean import clean
from extractor.language.dates import find_dates
from extractor.language.edtf import Resolved, read_day, resolve
from extractor.language.findings import Findings
from extractor.language.layout import read_layout
from extractor.language.types import DateMention
from schemas.edtf import check_edtf

HEAD = "云岭县召开安全生产工作会议\n"


def read(text: str) -> Findings:
    found = Findings(text, clean(text))
    found.layout = read_layout(found.clean)
    found.dates = find_dates(found.clean, found.layout)
    return found


def meeting(found: Findings) -> DateMention | None:
    return next((m for m in found.dates or () if m.kind == "meeting"), None)


def dated(
    text: str, published: str | date | None = None, source: str = "published"
) -> tuple[str, Resolved] | None:
    """The expression that dates the meeting, as the text as read prints it, and its days."""
    found = read(text)
    mention = meeting(found)
    if mention is None:
        return None
    at = found.source(mention.start, mention.end)
    return text[at.start : at.end], resolve(mention, found, published, source)  # type: ignore[arg-type]


FORMS = [
    # a day, with and without its year
    ("3月24日", "2021-03-24"),
    ("3月24号", "2021-03-24"),
    ("3 月 24 日", "2021-03-24"),
    ("2018年3月24日", "2018-03-24"),
    ("2018 年 3 月 24 日", "2018-03-24"),
    ("18年3月24日", "2018-03-24"),
    ("2018-03-24", "2018-03-24"),
    ("2018.3.24", "2018-03-24"),
    ("2018/3/24", "2018-03-24"),
    ("２０１８年３月２４日", "2018-03-24"),
    ("二〇一八年三月二十四日", "2018-03-24"),
    ("二○一八年三月二十四日", "2018-03-24"),
    ("二0一八年元月一日", "2018-01-01"),
    ("十二月三十一日", "2020-12-31"),
    ("三月廿四日", "2021-03-24"),
    ("元月12日", "2021-01-12"),
    ("2020年2月29日", "2020-02-29"),
    ("2月29日", "2020-02-29"),
    # the month from elsewhere
    ("24日", "2021-03-24"),
    ("31日", "2021-03-31"),
    ("二十四日", "2021-03-24"),
    # several days
    ("3月24日至25日", "2021-03-24/2021-03-25"),
    ("3月24日-25日", "2021-03-24/2021-03-25"),
    ("3月24日—25日", "2021-03-24/2021-03-25"),
    ("3月24-25日", "2021-03-24/2021-03-25"),
    ("3月24日到25日", "2021-03-24/2021-03-25"),
    ("3月24日、25日", "2021-03-24/2021-03-25"),
    ("3月24日和25日", "2021-03-24/2021-03-25"),
    ("3月24、25、26日", "2021-03-24/2021-03-26"),
    ("3月24日下午至25日上午", "2021-03-24/2021-03-25"),
    ("3月24日（周三）至25日（周四）", "2021-03-24/2021-03-25"),
    ("24日至25日", "2021-03-24/2021-03-25"),
    ("24—25日", "2021-03-24/2021-03-25"),
    ("30日至2日", "2021-03-30/2021-04-02"),
    ("30日至4月2日", "2021-03-30/2021-04-02"),
    ("10月31日至11月2日", "2020-10-31/2020-11-02"),
    ("12月30日至1月2日", "2020-12-30/2021-01-02"),
    ("12月30日至2020年1月2日", "2019-12-30/2020-01-02"),
    ("2018年12月30日至2019年1月2日", "2018-12-30/2019-01-02"),
    ("2018.3.24-25", "2018-03-24/2018-03-25"),
    ("2018/3/31-4/2", "2018-03-31/2018-04-02"),
    ("九月二十八日至三十日", "2020-09-28/2020-09-30"),
    # the time of day belongs to the expression and is not normalised
    ("24日下午", "2021-03-24"),
    ("3月24日晚", "2021-03-24"),
    ("3月24日上午9时", "2021-03-24"),
    ("3月24日上午9:30", "2021-03-24"),
    ("3月24日15时30分", "2021-03-24"),
    ("3月24日晚七点半", "2021-03-24"),
    ("3月24日上午和下午", "2021-03-24"),
    ("2018年3月24日（星期六）上午9:00-11:30", "2018-03-24"),
    ("2018年3月24日 星期六 14：00—16：00", "2018-03-24"),
    # from the day of the report
    ("今天", "2021-04-08"),
    ("今天上午", "2021-04-08"),
    ("今晨", "2021-04-08"),
    ("昨日", "2021-04-07"),
    ("昨天下午", "2021-04-07"),
    ("昨日（7日）上午", "2021-04-07"),
    ("昨日(7日)上午", "2021-04-07"),
    ("昨天（4月7日）", "2021-04-07"),
    ("昨日（四月六日）下午", "2021-04-06"),  # the bracket has the last word
    ("本周三（4月7日）下午", "2021-04-07"),
    ("前天", "2021-04-06"),
    ("上周五", "2021-04-02"),
    ("本周三下午", "2021-04-07"),
    ("今年3月24日", "2021-03-24"),
    ("去年12月25日", "2020-12-25"),
    ("本月6日", "2021-04-06"),
    ("上月24日", "2021-03-24"),
    ("上月24日至25日", "2021-03-24/2021-03-25"),
    # no day
    ("近日", None),
    ("日前", None),
    ("本周", None),
    ("连日来", None),
    ("本周五", None),  # still to come on Thursday, 8 April 2021
    ("农历正月初八", None),
]


@pytest.mark.parametrize(("expression", "edtf"), FORMS)
def test_forms(expression: str, edtf: str | None) -> None:
    got = dated(f"{HEAD}{expression}，云岭县召开安全生产工作会议。", "2021-04-08")
    assert got is not None
    assert (got[0], got[1].edtf) == (expression, edtf)


STORIES = [
    # the sentence of the meeting, wherever the date stands in it
    ("县委书记李甲3月24日主持召开会议。", "3月24日"),
    ("全县宣传部长会议24日在县城召开。", "24日"),
    ("为压实责任，3月24日下午，县委召开会议。", "3月24日下午"),
    ("第三届论坛于3月24日至25日在县城举行。", "3月24日至25日"),
    ("3月24日是石桥小学召开家长会的日子，校门大开。", "3月24日"),
    ("秋高气爽。3月24日，老校友齐聚石桥小学，共话校史，座谈会由李甲主持。", "3月24日"),
    ("县教育局王乙等参加了3月24日的研讨会。", "3月24日"),
    # not what came before it
    ("2018年2月，石桥矿区管委会成立。3月24日，管委会召开党员大会。", "3月24日"),
    ("今年3月1日，新条例施行。3月24日，县司法局召开座谈会。", "3月24日"),
    ("3月21日是世界森林日。3月24日，县林业局召开座谈会。", "3月24日"),
    ("自3月1日以来，全县排查隐患。3月24日，县委召开会议。", "3月24日"),
    ("为迎接7月1日建党节，3月24日，石桥镇召开动员会。", "3月24日"),
    ("为落实3月20日召开的全市安全会议精神，3月24日，县委召开会议。", "3月24日"),
    ("3月20日，全市会议在石桥召开后，县委于3月24日召开会议。", "3月24日"),
    # not what is still to come, nor what it sets
    ("3月24日，县委召开会议，要求6月30日前完成整改。", "3月24日"),
    ("会议要求6月30日前完成整改。3月24日上午会议由李甲主持。", "3月24日上午"),
    ("县人代会将于5月10日召开。3月24日，县人大召开主任会议。", "3月24日"),
    ("3月24日，县委召开会议。会议决定5月10日召开全会。", "3月24日"),
    ("石桥镇开展为期5日的培训，3月24日举行开班仪式。", "3月24日"),
    # not the date of a paper or of a speech
    ("学习《人民日报》3月1日社论《关于3月2日的通知》，3月24日，县委召开会议。", "3月24日"),
    ("“3月1日以后情况有变”，李甲说。3月24日，县委召开会议。", "3月24日"),
    # a day beats 近日, unless it stands in another part of the story
    ("近日，李甲副县长到石桥镇座谈。3月24日，石桥镇召开会议。", "3月24日"),
    ("近日，石桥小学召开会议。会上，李甲讲话。王乙发言。赵丙总结。3月24日，学校开学。", "近日"),
    ("连日来，全县学习会议精神。3月24日，县委召开座谈会。", "3月24日"),
    # for want of better
    ("在3月24日举行的座谈会上，李甲发言。", "3月24日"),
    ("3月21日是世界森林日，县林业局召开座谈会。", "3月21日"),
    ("2018年3月，石桥小学召开校友大会。", "2018年3月"),
    # a phone line, a path, a version and a share price are no dates
    ("县委召开会议。电话20210324、版本12.3.24、比分3-24、第24日元旦。", None),
    ("2月30日，县委召开会议。13月1日又召开。", None),
    ("县委召开会议，全年召开12次。", None),
]


@pytest.mark.parametrize(("body", "expression"), STORIES)
def test_the_expression_that_dates_the_meeting(body: str, expression: str | None) -> None:
    got = dated(HEAD + body)
    assert (got[0] if got else None) == expression


PAGES = [
    # a dateline dates the report, not the meeting
    ("云岭日报讯（记者 李甲）3月24日，县委召开会议。", None, "3月24日", "XXXX-03-24"),
    ("新华社云岭5月3日电（记者李甲）全县会议2日召开。", None, "2日", "XXXX-05-02"),
    ("新华社云岭5月3日电（记者李甲）全县会议28日召开。", "2021-06-09", "28日", "2021-04-28"),
    ("新华社云岭5月3日电（记者李甲）县委今天召开会议。", "2021-06-09", "今天", "2021-05-03"),
    ("新华社云岭1月1日电（记者李甲）县委昨天召开会议。", None, "昨天", "XXXX-12-31"),
    (
        "云岭在线11月27日讯（记者 李甲）26日至27日，县委举行学习会。",
        "2021-12-06",
        "26日至27日",
        "2021-11-26/2021-11-27",
    ),
    # a printed day of publication comes before the caller's
    ("发布日期：2021-08-28 09:26\n昨天上午，县委召开会议。", "2021-09-14", "昨天上午", "2021-08-27"),
    ("2021-08-28 16:50 来源：云岭日报\n8月30日，县委召开会议。", "2021-09-14", "8月30日", "2020-08-30"),
    (
        "时间：2018-07-01\n6月29日下午，县委召开会议，部署防汛工作，县长李甲出席并讲话。",
        "2019-01-01",
        "6月29日下午",
        "2018-06-29",
    ),
    # without any day of the report
    ("3月24日，县委召开会议。", None, "3月24日", "XXXX-03-24"),
    ("24日，县委召开会议。", None, "24日", "XXXX-XX-24"),
    ("12月30日至1月2日，县委举办培训班。", None, "12月30日至1月2日", "XXXX-12-30/XXXX-01-02"),
    ("今天上午，县委召开会议。", None, "今天上午", None),
    # the year that the story states, but no year of a report, an edition, a term or an anniversary
    ("2020年3月，石桥学院成立。6月28日，学院召开表彰大会。", None, "6月28日", "2020-06-28"),
    ("2017开年之际，协会连开三会。2月21日，理事会在县城召开。", None, "2月21日", "2017-02-21"),
    ("2019年度考核结束后，1月6日，县委召开会议。", None, "1月6日", "XXXX-01-06"),
    ("庆祝建校99周年之际，7月1日，石桥小学召开大会。", None, "7月1日", "XXXX-07-01"),
    ("2020年3月，石桥学院成立。6月28日，学院召开表彰大会。", "2022-07-01", "6月28日", "2022-06-28"),
]


@pytest.mark.parametrize(("page", "published", "expression", "edtf"), PAGES)
def test_the_day_of_the_report(page: str, published: str | None, expression: str, edtf: str | None) -> None:
    got = dated(HEAD + page, published)
    assert got is not None
    assert (got[0], got[1].edtf) == (expression, edtf)


def test_a_year_in_the_headline() -> None:
    headline = "石桥医院召开2024年规范化培训结业大会\n"
    assert dated(headline + "4月24日，石桥医院召开大会。")[1].edtf == "2024-04-24"  # type: ignore[index]
    assert dated(headline + "4月24日，石桥医院召开大会。", "2025-04-28")[1].edtf == "2025-04-24"  # type: ignore[index]
    headline = "2018年3月24日全县会议要点\n"
    assert dated(headline + "3月24日，全县会议召开。", "2020-01-01")[1].edtf == "2018-03-24"  # type: ignore[index]


MINUTES = [
    (
        "县政府第3次常务会议纪要\n时间：2020年1月6日（星期一）上午9:00\n地点：三楼会议室\n主持：李甲\n"
        "议题：落实2019年12月30日的决定。\n印发：2020年1月9日",
        "2020年1月6日（星期一）上午9:00",
    ),
    ("第9次会议\n- 日期：12月17日\n- 参加人员：李甲、王乙\n- 下次会议时间：12月24日", "12月17日"),
    ("20221109_minutes\n主持人：李甲\n与会人：王乙、赵丙\n近期计划：完善文档。", "20221109"),
    ("技术委员会例会\n会议时间：2022-08-11  9:30 - 18:00\n主持：李甲", "2022-08-11  9:30 - 18:00"),
    ("第三次例会纪要\n（2020年1月6日）\n局长李甲主持召开例会，研究了预算。", "2020年1月6日"),
    ("云岭县召开会议\n（2020年1月6日）\n县长李甲主持会议，研究了预算。", None),
]


@pytest.mark.parametrize(("text", "expression"), MINUTES)
def test_minutes(text: str, expression: str | None) -> None:
    got = dated(text)
    assert (got[0] if got else None) == expression


KINDS = [
    ("6月底前", "deadline"),
    ("6月30日前完成", "deadline"),
    ("截至6月30日", "deadline"),
    ("3月1日起施行", "since"),
    ("5月至9月", "duration"),
    ("3月1日至6月30日", "duration"),
    ("将于5月10日", "planned"),
    ("明天（5月10日）", "planned"),
    ("《关于3月2日的通知", "document"),
    ("生于1958年3月2日", "other"),
    ("2018年", "year"),
    ("3月24日摄", "caption"),
    ("据新华社云岭5月3日电 ", "dateline"),
]


@pytest.mark.parametrize(("piece", "kind"), KINDS)
def test_what_is_no_date_of_a_meeting(piece: str, kind: str) -> None:
    found = read(f"{HEAD}3月24日，县委召开会议。会议听取了{piece}的有关情况，县长李甲作了说明并提出要求。")
    assert [m.kind for m in found.dates or ()] == ["meeting", kind]


def test_a_deadline_ends_with_the_word_that_makes_it_one() -> None:
    found = read(f"{HEAD}会议要求，6月底前完成整改。")
    assert [found.clean[m.start : m.end] for m in found.dates or ()] == ["6月底前"]


INFERRED = [
    ("2018年3月24日", "2021-04-08", (), None),
    ("3月24日", "2021-04-08", ("year",), "published"),
    ("24日", "2021-04-08", ("year", "month"), "published"),
    ("昨天", "2021-04-08", ("year", "month", "day"), "published"),
    ("昨天（7日）", "2021-04-08", ("year", "month"), "published"),
    ("3月24日", None, (), None),
    ("24日", None, (), None),
    ("近日", "2021-04-08", (), None),
]


@pytest.mark.parametrize(("expression", "published", "inferred", "source"), INFERRED)
def test_what_is_inferred(
    expression: str, published: str, inferred: tuple[str, ...], source: str | None
) -> None:
    got = dated(f"{HEAD}{expression}，县委召开会议。", published)
    assert got is not None
    assert (got[1].inferred, got[1].inferred_from) == (inferred, source)


def test_where_it_is_inferred_from() -> None:
    def source(page: str, published: str | None, source: str = "published") -> str | None:
        got = dated(HEAD + page, published, source)
        return got[1].inferred_from if got else "no date"

    wire = "新华社云岭5月3日电（记者李甲）全县会议2日召开。"
    assert source(wire, None) == "text"
    assert source(wire, "2021-05-04") == "published"  # the year; the month is the dateline's
    assert source("发布日期：2021-08-28\n8月27日，县委召开会议。", "2022-01-01") == "text"
    assert source("8月27日，县委召开会议。", "2022-01-01", "metadata") == "metadata"
    assert source("8月27日，县委召开会议。", "2022-01-01", "file name") == "file name"


def test_published_may_be_a_date_or_a_string() -> None:
    body = f"{HEAD}3月24日，县委召开会议。"
    for published in (date(2021, 4, 8), "2021-04-08", "2021年4月8日 10:20", "2021/4/8"):
        assert dated(body, published)[1].start == "2021-03-24"  # type: ignore[index]
    assert dated(body, "")[1].start is None  # type: ignore[index]
    assert read_day("会议纪要_2021-04-08.txt") == date(2021, 4, 8)


def test_start_and_end_are_days_or_nothing() -> None:
    got = dated(f"{HEAD}3月24日至25日，县委召开会议。", "2021-04-08")
    assert got is not None
    assert (got[1].start, got[1].end) == ("2021-03-24", "2021-03-25")
    got = dated(f"{HEAD}2018年3月，县委召开会议。")
    assert got is not None
    assert (got[1].start, got[1].edtf) == (None, "2018-03")


_PIECES = (
    *"0123456789年月日号前至到、，。：（）-/.\n",
    *"一二三十廿元〇今昨周",
    *("2021", "12月", "30日", "2月29日", "今天", "昨日", "近日", "上周五", "农历", "召开", "会议", "时间："),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.none() | st.dates())
def test_any_text_gives_valid_days(text: str, published: date | None) -> None:
    found = read(text)
    mentions = found.dates or ()
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.start < m.end <= len(found.clean) for m in mentions)
    assert sum(m.kind == "meeting" for m in mentions) <= 1
    for mention in mentions:
        got = resolve(mention, found, published)
        if got.edtf is not None:
            check_edtf(got.edtf)
        assert bool(got.inferred) == bool(got.inferred_from)
        if got.start is not None and got.end is not None:
            assert got.edtf == (got.start if got.start == got.end else f"{got.start}/{got.end}")
            assert got.start <= got.end
        else:
            assert got.edtf is None or not re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", got.edtf)
