"""What each value was preferred to, and that the reasons are those by which it was chosen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from extractor.api import make
from extractor.explaining import Reason, reasons
from extractor.language import names as names_module
from extractor.lexicon import parse_lexicon
from extractor.reading import read_file, read_text
from extractor.writing.explanation import meaning, rows, why

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


def explained(text: str, lexicon: str | None = None, **options: Any) -> dict[str, Reason]:
    known = None
    if lexicon is not None:
        known, errors = parse_lexicon(lexicon.encode(), "a.csv")
        assert not errors
    made = make(read_text(text), lexicon=known, **options)
    return {reason.path: reason for reason in reasons(made)}


def lost(reason: Reason) -> list[tuple[str, str]]:
    return [(rival.text, rival.why) for rival in reason.over]


HEAD = "全县工作会议召开\n"


# -- people


def test_a_name_was_preferred_to_the_candidates_that_overlap_it() -> None:
    reason = explained(HEAD + "县长李明华主持会议。")["leaders[0].name"]
    assert (reason.rule, ("李明", "lighter")) == ("names.surname", lost(reason)[0])
    assert all(rival.by is not None and rival.by > 0 for rival in reason.over)


def test_by_how_much_is_the_difference_of_the_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "县长李明华主持会议。"
    before = next(r for r in explained(text)["leaders[0].name"].over if r.text == "李明")
    sound = names_module.heard

    def heavier(text: str, found: Any) -> Any:
        return [c._replace(told=c.told + 7) if c.end - c.start == 2 else c for c in sound(text, found)]

    monkeypatch.setattr(names_module, "heard", heavier)
    after = next(r for r in explained(text)["leaders[0].name"].over if r.text == "李明")
    assert before.by is not None and after.by == before.by - 7


def test_a_name_with_which_nothing_competed_has_no_rivals() -> None:
    assert explained(HEAD + "县长高洁主持会议。")["leaders[0].name"].over == ()


def test_a_title_was_preferred_to_the_others_printed_with_the_person() -> None:
    text = HEAD + "县领导李明华出席会议。县委副书记、县长李明华主持会议。县长李明华强调，要抓好落实。"
    reason = explained(text)["leaders[0].title"]
    assert reason.rule == "titles.before"
    assert lost(reason) == [("县领导", "shared-word"), ("县长", "less-full")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("县长李明华主持会议。", "titles.before"),
        ("李明华局长主持会议。", "titles.after"),
        ("李明华、王志刚等县领导出席会议。", "titles.list"),
    ],
)
def test_where_a_title_is_printed_is_told(text: str, rule: str) -> None:
    assert explained(HEAD + text)["leaders[0].title"].rule == rule


def test_a_shared_title_is_one() -> None:
    found = explained(HEAD + "副县长李明华、王志刚出席会议。")
    assert [found[f"leaders[{n}].title"].rule for n in (0, 1)] == ["titles.before", "titles.shared"]


def test_a_role_was_preferred_to_the_other_reading_of_its_words() -> None:
    found = explained(HEAD + "县长李明华主持会议。王志刚作表态发言。王志刚表示，将抓好落实。")
    assert all(
        {rival.text for rival in reason.over}
        <= {"chair", "address", "report", "statement", "lecture", "attend"}
        for path, reason in found.items()
        if ".roles[" in path
    )
    assert found["leaders[0].roles[0]"].over == ()


def test_a_unit_was_preferred_to_the_cut_of_the_rules() -> None:
    text = HEAD + "县创新与融合促进站点群和县教育局主要负责同志参加会议。"
    found = explained(text, "kind,name\nunits,县创新与融合促进站点群\n")
    reason = found["attending_units[0].name"]
    assert reason.rule == "lexicon.units:县创新与融合促进站点群"
    assert ("县创新与融合促进站点群和县教育局", "cut-by-rules") in lost(reason)
    assert ("县创新 / 融合促进站点群", "kept-whole") in lost(reason)
    assert found["attending_units[0].representatives"].rule == "units.designation"
    assert found["attending_units[1].name"].rule == "units.tails"


def test_a_unit_with_a_coordinator_was_not_split_and_two_were_not_joined() -> None:
    found = explained(HEAD + "县教育和体育局、县财政局和县档案局负责人参加会议。")
    assert [lost(found[f"attending_units[{n}].name"]) for n in range(3)] == [
        [("县教育 / 体育局", "kept-whole")],
        [("县财政局和县档案局", "split")],
        [("县财政局和县档案局", "split")],
    ]


def test_values_of_the_lexicon_name_their_entry() -> None:
    lexicon = (
        "kind,name,title\npeople,禤逸,老年人的朋友服务中心主任\npeople,黎明,首席编研官\nplaces,听涛阁,\n"
    )
    text = (
        HEAD
        + "3月5日，云岭县委听涛阁召开全县工作会议。老年人的朋友服务中心主任禤逸、首席编研官李明华、县长王志刚出席会议。"
    )
    found = explained(text, lexicon)
    assert found["meeting.location"].rule == "lexicon.places:听涛阁"
    assert found["leaders[0].name"].rule == found["leaders[0].title"].rule == "lexicon.people:禤逸"
    assert lost(found["leaders[0].title"]) == [("朋友服务中心主任", "cut-by-rules")]
    # 首席编研官 is a post only because 黎明 is listed with it; 县长 is one anyway.
    assert (found["leaders[1].name"].rule, found["leaders[1].title"].rule) == (
        "names.surname",
        "lexicon.people:黎明",
    )
    assert found["leaders[2].title"].rule == "titles.before"


# -- the meeting


def test_the_date_was_preferred_to_every_other_date_of_the_text() -> None:
    text = (
        "全县工作会议召开\n本报讯 3月26日电 2021年3月24日，全县工作会议召开。县长李明华主持会议。"
        "会议要求，6月底前完成整改。县里“5月1日”方案即将印发。"
    )
    reason = explained(text)["date"]
    assert reason.rule == "dates.day"
    assert {"date-deadline", "date-quoted"} <= {rival.why for rival in reason.over}
    assert [rival.text for rival in reason.over if rival.why == "date-deadline"] == ["6月底前"]


def test_a_later_date_of_a_meeting_lost_by_its_place() -> None:
    text = HEAD + "3月24日，全县工作会议召开。县长李明华主持会议。3月26日，县委召开常委会会议。"
    assert lost(explained(text)["date"]) == [("3月26日", "rank-held")]


@pytest.mark.parametrize(("published", "rule"), [("2021-04-01", "dates.from.published"), (None, None)])
def test_what_filled_the_year_is_told(published: str | None, rule: str | None) -> None:
    found = explained(HEAD + "3月24日，全县工作会议召开。县长李明华主持会议。", published=published)
    assert (found["date.inferred"].rule if "date.inferred" in found else None) == rule


def test_the_name_of_the_meeting_was_preferred_to_the_others() -> None:
    text = "李明华出席全县会议\n3月24日，全县档案工作会议召开。县长李明华主持会议。此前，县委召开安全生产推进会。"
    reason = explained(text)["meeting.name"]
    assert ("安全生产推进会", "another-meeting") in lost(reason)


def test_kind_names_the_rest_of_the_evidence() -> None:
    reason = explained(HEAD + "3月24日，全县工作会议召开。县长李明华主持会议。")["kind"]
    assert reason.rule == "event.held.first"
    rest = {rival.rule: rival for rival in reason.over}
    assert {"event.headline", "event.kind.words", "event.kind.found"} <= set(rest)
    weights = [rival.by for rival in reason.over if rival.by is not None]
    assert weights == sorted(weights, key=lambda weight: -abs(weight))
    assert all(rival.text == ("other" if rival.by < 0 else "report") for rival in reason.over if rival.by)


def test_the_headline_was_preferred_to_the_lines_beside_it() -> None:
    text = "全县工作会议召开\n李明华讲话\n3月24日，全县工作会议召开。县长李明华主持会议。"
    assert lost(explained(text)["title"]) == [("李明华讲话", "subhead")]


# -- tasks and documents


def test_every_part_of_a_task_has_its_reason() -> None:
    text = (
        HEAD
        + "3月24日，全县工作会议召开。李明华传达了王志刚讲话精神后强调，各乡镇要在6月底前完成整改，自5月1日起执行。"
        "会议要求，一要抓好学习，要抓好落实；二要从严。"
    )
    found = explained(text)
    assert found["tasks[0]"].rule == "tasks.modal"
    assert (found["tasks[0].by"].rule, lost(found["tasks[0].by"])) == (
        "speech.say",
        [("王志刚", "named-beside")],
    )
    assert found["tasks[0].actor"].rule == "tasks.body"
    assert found["tasks[0].actor"].over == ()
    assert lost(found["tasks[0].deadline"]) == [("5月1日", "date-since")]
    assert found["tasks[1].ordinal"].rule == "tasks.ordinal"
    assert found["tasks[1].by"].over == ()


def test_who_is_told_was_preferred_to_a_shorter_reading_and_to_others_in_the_task() -> None:
    text = (
        HEAD + "3月24日，全县工作会议召开。会议要求，各级各部门和广大党员干部要抓好落实，各乡镇党委要带头。"
    )
    reason = explained(text)["tasks[0].actor"]
    assert ("各级各部门", "less-full") in lost(reason)
    assert ("各乡镇党委", "not-told-to") in lost(reason)


def test_a_verb_without_a_subject_had_others_to_choose_from() -> None:
    text = HEAD + "3月24日，李明华主持会议，王志刚参加会议，强调要抓好落实。"
    found = explained(text)
    by = found["tasks[0].by"]
    other = {"李明华", "王志刚"} - {text[slice(*_span(by))]}
    assert lost(by) == [(other.pop(), "named-before")]


def _span(reason: Reason) -> tuple[int, int]:
    assert reason.at is not None
    return reason.at.start, reason.at.end


def test_the_action_on_a_document_was_preferred_to_a_weaker_one() -> None:
    text = (
        HEAD
        + "3月24日，全县工作会议召开。会议审议了《云岭县档案工作办法》。会议通过了《云岭县档案工作办法》。"
    )
    reason = explained(text)["documents[0].action"]
    assert (reason.rule, lost(reason)) == ("documents.approve", [("review", "weaker-action")])


# -- over all samples


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_value_has_a_reason_that_can_be_told(path: Path) -> None:
    made = make(read_file(path))
    given = list(reasons(made))
    named = {reason.path for reason in given}
    assert len(named) == len(given)
    assert {place for place, filled in _values(made.record.model_dump(mode="json")) if filled} <= named
    for row in rows(made, given):
        assert meaning(row.rule, "zh") and meaning(row.rule, "en")
        assert row.path == "kind" or row.path.startswith("mentioned") or re.fullmatch(r"\d+-\d+", row.where)
        for rival in row.over:
            assert rival.text and meaning(rival.rule, "zh") and why(rival, "zh") and why(rival, "en")


def test_the_names_weighed_again_are_those_of_the_record() -> None:
    for path in SAMPLES:
        made = make(read_file(path))
        for reason in reasons(made):
            if (
                reason.path.endswith(".name")
                and reason.path.startswith("leaders")
                and made.found
                and reason.at
            ):
                assert reason.at in [name.extent for name in made.found.names or ()]


def _values(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """Path of each value that must have a reason, and whether it holds anything."""
    out = [("kind", data["kind"]), ("title", data["title"]), ("date", data["date"])]
    out += [(f"meeting.{key}", value) for key, value in data["meeting"].items()]
    parts = {
        "leaders": ("name", "title"),
        "speakers": ("name", "title"),
        "attending_units": ("name", "representatives"),
        "tasks": ("ordinal", "by", "actor", "deadline"),
        "documents": ("action",),
    }
    for field, keys in parts.items():
        for n, item in enumerate(data[field]):
            out.append((f"{field}[{n}]", item))
            out += [(f"{field}[{n}].{key}", item[key]) for key in keys]
            out += [(f"{field}[{n}].roles[{i}]", role) for i, role in enumerate(item.get("roles", ()))]
    out += [(f"mentioned[{n}]", name) for n, name in enumerate(data["mentioned"])]
    return out
