from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from extractor import record
from extractor.errors import InternalError
from extractor.language.clean import clean
from extractor.language.findings import Findings
from extractor.language.layout import read_layout
from extractor.language.types import Act, DateMention, Document, Event, Extent, Name, Person, Task, Unit
from extractor.reading import Text, read_bytes, read_text
from extractor.record import Made, known_day, make_record

REPORT = """  <b>青石县召开春季农业工作会议</b>

本报讯　3月24日，青石县春季农业工作会议在县城召开。县长王　平、副县长李 丽等出席会议。
县财政局作表态发言，王　平讲话。会议要求，一要抓好春耕，6月底前完成备耕；会议审议了《春耕<br>方案》。
各乡镇党委书记参加会议。陈光的来信引起热议，陈光深受鼓舞。
"""


class Finder:
    """Findings written by hand: pieces of the clean text are named, not counted."""

    def __init__(self, characters: str = REPORT, name: str = "report.txt") -> None:
        self.text = read_text(characters, name)
        cleaned = clean(self.text.characters)
        self.found = Findings(self.text.characters, cleaned, layout=read_layout(cleaned.text))

    def at(self, piece: str, nth: int = 0) -> Extent:
        """Where a piece stands for the nth time; cleaning may or may not leave blanks inside of it."""
        pattern = "[ ]?".join(re.escape(character) for character in piece.replace(" ", ""))
        return Extent(*list(re.finditer(pattern, self.found.clean))[nth].span())

    def name(self, piece: str, nth: int = 0) -> Name:
        at = self.at(piece, nth)
        return Name(at.start, at.end, piece.replace(" ", ""), "names.test")

    def event(self, kind: str = "report", **values: Any) -> None:
        fields = dict.fromkeys(("name", "organizer", "location", "date")) | values
        self.found.event = Event(kind, **fields, rules=(("kind", "event.test"), ("name", "event.name")))

    def made(self, published: date | None = None) -> Made:
        return make_record(self.found, self.text, published)


def whole() -> Finder:
    """Everything that the report holds, as the components would find it."""
    f = Finder()
    when = f.at("3月24日")
    mention = DateMention(when.start, when.end, "meeting", (None, 3, 24), None, "dates.day")
    f.found.dates = (mention,)
    f.event(name=f.at("青石县春季农业工作会议"), location=f.at("县城"), date=mention)
    f.found.titles = (f.name("王 平"), f.name("李 丽"), f.name("王 平", 1), f.name("陈光"), f.name("陈光", 1))
    both = Extent(f.at("王 平").start, f.at("李 丽").end)
    attend, spoke, unit = f.at("出席会议"), f.at("讲话"), f.at("各乡镇")
    f.found.acts = (
        Act("attend", both, attend, "roles.attend"),
        Act("statement", f.at("县财政局"), f.at("作表态发言"), "roles.statement"),
        Act("address", f.at("王 平", 1), spoke, "roles.address"),
        Act("attend", Extent(unit.start, f.at("党委书记").end), f.at("参加会议"), "roles.attend"),
    )
    # The second person first: the record goes by the report, not by the component.
    f.found.people = (
        Person("李丽", f.at("副县长"), ("attend",), (f.at("李 丽"), attend), "roles.attend"),
        Person("王平", f.at("县长"), ("address", "attend"), (f.at("王 平"), attend, spoke), "roles.attend"),
    )
    f.found.mentioned = (f.name("陈光", 1), f.name("陈光"), f.name("王 平"))
    f.found.units = (
        Unit(unit, f.at("党委书记"), ("attend",), (unit, f.at("参加会议")), "units.all"),
        Unit(f.at("县财政局"), None, ("statement",), (f.at("县财政局"), f.at("作表态发言")), "units.one"),
    )
    task = f.at("一要抓好春耕，6月底前完成备耕")
    f.found.tasks = (
        Task(task.start, task.end, f.at("一要"), f.at("会议", 2), None, f.at("6月底前"), "tasks.ordinal"),
    )
    f.found.documents = (Document(f.at("春耕方案"), "review", f.at("审议"), "documents.review"),)
    return f


def dump(made: Made) -> dict[str, Any]:
    return made.record.model_dump(mode="json")


def test_a_whole_report() -> None:
    f = whole()
    got = dump(f.made(date(2021, 4, 1)))
    text = f.text.characters

    def held(item: dict[str, Any]) -> list[str]:
        return [text[e["start"] : e["end"]] for e in item["evidence"]]

    assert got["kind"] == "report"
    assert got["title"]["text"] == "青石县召开春季农业工作会议"
    assert got["meeting"]["name"]["text"] == "青石县春季农业工作会议"
    assert got["meeting"]["organizer"] is None
    assert got["meeting"]["location"]["text"] == "县城"
    assert got["date"] | {"evidence": held(got["date"])} == {
        "text": "3月24日",
        "start": "2021-03-24",
        "end": "2021-03-24",
        "edtf": "2021-03-24",
        "inferred": ["year"],
        "inferred_from": "published",
        "confidence": 0.99,
        "evidence": ["3月24日"],
    }
    assert [(p["name"], p["title"], p["roles"], held(p)) for p in got["leaders"]] == [
        ("王平", "县长", ["address", "attend"], ["王　平", "县长", "出席会议", "讲话"]),
        ("李丽", "副县长", ["attend"], ["李 丽", "副县长", "出席会议"]),
    ]
    assert [(p["name"], p["kind"], p["title"], p["roles"], held(p)) for p in got["speakers"]] == [
        ("王平", "person", "县长", ["address"], ["王　平", "县长", "讲话"]),
        ("县财政局", "unit", None, ["statement"], ["县财政局", "作表态发言"]),
    ]
    assert [(u["name"], u["representatives"], u["roles"], held(u)) for u in got["attending_units"]] == [
        ("县财政局", None, ["statement"], ["县财政局", "作表态发言"]),
        ("各乡镇", "党委书记", ["attend"], ["各乡镇", "党委书记", "参加会议"]),
    ]
    assert [(t["text"], t["ordinal"], t["by"], t["actor"], t["deadline"], held(t)) for t in got["tasks"]] == [
        ("一要抓好春耕，6月底前完成备耕", "一要", "会议", None, "6月底前",
         ["一要抓好春耕，6月底前完成备耕", "会议"]),
    ]  # fmt: skip
    assert [(d["title"], d["action"], held(d)) for d in got["documents"]] == [
        ("春耕<br>方案", "review", ["春耕<br>方案", "审议"]),
    ]
    assert got["mentioned"] == ["陈光"]
    assert [(w["code"], held(w)) for w in got["warnings"]] == [("list-open", ["等"])]


def test_the_trace_names_the_rule_of_every_value() -> None:
    trace = [(t.path, t.rule) for t in whole().made().trace]
    assert trace == [
        ("title", "layout.headline"),
        ("kind", "event.test"),
        ("meeting.name", "event.name"),
        ("leaders[0]", "roles.attend"),
        ("leaders[0].roles[0]", "roles.address"),
        ("leaders[0].roles[1]", "roles.attend"),
        ("leaders[1]", "roles.attend"),
        ("leaders[1].roles[0]", "roles.attend"),
        ("speakers[0]", "roles.attend"),
        ("speakers[0].roles[0]", "roles.address"),
        ("speakers[1]", "units.one"),
        ("speakers[1].roles[0]", "roles.statement"),
        ("date", "dates.day"),
        ("attending_units[0]", "units.one"),
        ("attending_units[0].roles[0]", "roles.statement"),
        ("attending_units[1]", "units.all"),
        ("attending_units[1].roles[0]", "roles.attend"),
        ("tasks[0]", "tasks.ordinal"),
        ("documents[0]", "documents.review"),
        ("mentioned[0]", "names.test"),
    ]


def test_a_text_with_no_meeting_gives_no_value_but_its_title() -> None:
    f = whole()
    f.event("other", name=f.at("青石县春季农业工作会议"))
    got = dump(f.made())
    assert got["title"] is not None
    assert got["meeting"] == {"name": None, "organizer": None, "location": None}
    assert got["date"] is None
    lists = ("leaders", "speakers", "attending_units", "tasks", "documents", "mentioned")
    assert all(got[field] == [] for field in lists)
    assert [w["code"] for w in got["warnings"]] == ["not-a-meeting"]


def test_a_pipeline_without_an_event_makes_no_meeting() -> None:
    f = whole()
    f.found.event = None
    assert dump(f.made())["kind"] == "other"


def test_an_empty_table_is_a_record_of_what_is_not_stated() -> None:
    f = Finder("县委召开会议\n县委召开会议，研究工作。")
    f.event()
    got = dump(f.made())
    assert [w["code"] for w in got["warnings"]] == ["no-date", "no-leaders"]
    assert all(w["evidence"] == [] for w in got["warnings"])


def dated(piece: str, begin: tuple[int | None, int | None, int | None], name: str = "report.txt") -> Finder:
    f = Finder(f"县委召开会议\n{piece}，县委召开会议，研究工作。\n", name)
    at = f.at(piece)
    f.event(date=DateMention(at.start, at.end, "meeting", begin, None, "dates.test"))
    return f


def test_a_year_that_nobody_knows() -> None:
    got = dump(dated("3月24日", (None, 3, 24)).made())
    assert [got["date"][key] for key in ("edtf", "start", "inferred_from")] == ["XXXX-03-24", None, None]
    assert got["warnings"][0]["code"] == "year-unknown"
    assert "3月24日" in got["warnings"][0]["message"]


def test_a_vague_date() -> None:
    got = dump(dated("近日", (None, None, None)).made(date(2021, 4, 1)))
    assert (got["date"]["text"], got["date"]["edtf"]) == ("近日", None)
    assert got["warnings"][0] == {
        "code": "vague-date",
        "message": "会议日期表述含糊：近日。",
        "evidence": got["date"]["evidence"],
    }


def test_a_day_that_does_not_exist_is_quoted_and_not_believed() -> None:
    got = dump(dated("2021年2月30日", (2021, 2, 30)).made())
    assert (got["date"]["text"], got["date"]["edtf"], got["date"]["start"]) == ("2021年2月30日", None, None)


@pytest.mark.parametrize(
    ("published", "name", "edtf", "origin"),
    [
        (date(2021, 4, 1), "2019-05-01.txt", "2021-03-24", "published"),
        (None, "2019-05-01.txt", "2019-03-24", "file name"),
        (None, "20190501_会议.txt", "2019-03-24", "file name"),
        (None, "20190231.txt", "XXXX-03-24", None),
        (None, "report17.txt", "XXXX-03-24", None),
    ],
)
def test_where_the_year_comes_from(published: date | None, name: str, edtf: str, origin: str | None) -> None:
    got = dump(dated("3月24日", (None, 3, 24), name).made(published))
    assert (got["date"]["edtf"], got["date"]["inferred_from"]) == (edtf, origin)


def test_metadata_goes_before_the_file_name() -> None:
    text = Text("会议", "2019-05-01.docx", "text/plain", "utf-8", "0" * 64, created=date(2020, 6, 1))
    assert known_day(text, None) == (date(2020, 6, 1), "metadata")
    assert known_day(text, date(2021, 4, 1)) == (date(2021, 4, 1), "published")


def test_the_first_date_of_a_meeting_serves_where_the_event_names_none() -> None:
    f = dated("3月24日", (None, 3, 24))
    assert f.found.event is not None
    f.found.dates = (f.found.event.date,) if f.found.event.date else ()
    f.event()
    assert dump(f.made())["date"]["text"] == "3月24日"


def test_damage_is_told_with_its_places() -> None:
    text = read_bytes("县委\ufffd召开会议\n县委\ufffd召开会议。\n".encode(), "a.txt")
    cleaned = clean(text.characters)
    found = Findings(text.characters, cleaned, layout=read_layout(cleaned.text))
    warnings = make_record(found, text).record.warnings
    assert [w.code for w in warnings] == ["not-a-meeting", "text-damaged"]
    assert [(s.start, s.end) for s in warnings[1].evidence] == [(2, 3), (10, 11)]


def test_much_damage_is_told_in_few_places() -> None:
    text = read_text("县\ufffd" * 500)
    cleaned = clean(text.characters)
    made = make_record(Findings(text.characters, cleaned, layout=read_layout(cleaned.text)), text)
    assert len(made.record.warnings[1].evidence) == 20


@pytest.mark.parametrize(
    ("end", "broken"),
    [
        ("会议要求，各乡镇要抓好", True),
        ("会议要求，各乡镇要抓好，", True),
        ("会议要求，各乡镇要抓好落实。", False),
        ("会议要求，各乡镇要抓好落实。（记者 李甲）", False),
        ("会议要求，各乡镇要抓好落实。\n青石县政府办公室", False),
        ("会议要求，各乡镇要“抓好落实”", False),
    ],
)
def test_a_text_that_breaks_off(end: str, broken: bool) -> None:
    body = "3月24日，县委召开会议。\n会议研究全县今年的春耕工作和备耕工作，县委书记李甲主持会议并讲话。"
    f = Finder(f"县委召开会议\n{body}{end}")
    f.event()
    assert ("truncated" in {w.code for w in f.made().record.warnings}) is broken


def test_john_smith_keeps_his_space_and_wang_wei_loses_it() -> None:
    f = Finder("座谈会召开\nJohn Smith、王　伟、李\u200b丽出席座谈会。")
    f.event()
    f.found.titles = f.found.mentioned = (f.name("John Smith"), f.name("王 伟"), f.name("李丽"))
    assert f.made().record.mentioned == ("John Smith", "王伟", "李丽")


def test_a_fault_of_a_component_is_an_internal_error_that_names_the_field() -> None:
    f = Finder()
    f.event()
    f.found.people = (Person("王平", None, ("attend",), (f.at("青石县"),), "roles.test"),)
    f.found.documents = (Document(f.at("春耕方案"), "burn", f.at("审议"), "documents.test"),)
    with pytest.raises(InternalError, match=r"documents\.0\.action"):
        f.made()


def test_findings_of_another_text_are_refused() -> None:
    f = Finder()
    with pytest.raises(InternalError, match="another text"):
        make_record(f.found, read_text("县委召开会议"))


def test_no_rule_of_the_record_is_unused() -> None:
    used = {record._LIST_OPEN, record._BREAKS_OFF}
    assert used == {rule.regex for rule in record._RULES.rules.values()}
