"""What an archive's lexicon does to names, titles, units and places."""

from __future__ import annotations

import pytest
import spacy

from extractor import extract_text
from extractor.language.findings import Findings
from extractor.language.known import Matcher
from extractor.language.pipeline import load
from extractor.lexicon import Lexicon, parse_lexicon
from schemas import to_json


def lexicon(*rows: str) -> Lexicon:
    """Rows of CSV: kind, name, title, from, to, aliases."""
    text = "\n".join(("kind,name,title,from,to,aliases", *rows))
    found, errors = parse_lexicon(text.encode(), "a.csv")
    assert not errors, errors
    return found


def find(text: str, *rows: str) -> Findings:
    found: Findings = load(lexicon(*rows))(text)._.meeting
    return found


def names(text: str, *rows: str) -> list[str]:
    return [n.name for n in find(text, *rows).names or ()]


def titles(text: str, *rows: str, published: str | None = None) -> list[tuple[str, str | None]]:
    record = extract_text(text, lexicon=lexicon(*rows), published=published)
    return [(leader.name, leader.title) for leader in record.leaders]


def units(text: str, *rows: str) -> list[tuple[str, str | None]]:
    record = extract_text("3月5日，全县工作会议召开。" + text, lexicon=lexicon(*rows))
    return [(u.name, u.representatives) for u in record.attending_units]


# -- names


@pytest.mark.parametrize(
    ("text", "listed", "found"),
    [
        ("县长禤　逸主持会议。", "禤逸", ["禤逸"]),  # padded
        ("县长訾云帆主持会议。", "訾雲帆", ["訾云帆"]),  # listed in traditional characters
        ("會議由縣長訾雲帆主持，縣委書記對會議發言，實現發展。", "訾云帆", ["訾云帆"]),  # printed in them
        ("会后，乜然走访了三个村。在乜然村开会。", "乜然", ["乜然"]),
        ("会上，向前强调，要向前看。向前进。", "向前", ["向前"]),
        ("王伟民主持会议。", "王伟", ["王伟民"]),  # a longer name that holds it
        ("古力夏提·艾山出席会议。", "古力夏提・艾山", ["古力夏提·艾山"]),
    ],
)
def test_a_listed_person_where_it_stands_as_a_name(text: str, listed: str, found: list[str]) -> None:
    assert names(text, f"people,{listed}") == found


def test_what_is_never_a_name_is_none_and_no_part_of_one() -> None:
    text = "县长方明德在会上讲话，副县长李明华出席会议。"
    assert names(text, "people,禤逸") == ["方明德", "李明华"]
    assert names(text, "never,明德") == ["李明华"]  # nor is 方明
    assert names(text, "never,李明华") == ["方明德"]


def test_a_listed_person_beats_a_word_of_his_own_name() -> None:
    assert names("县长李和平主持会议。", "people,李和平", "never,和平") == ["李和平"]


def test_a_place_and_a_unit_hold_no_person() -> None:
    text = "会议在李明华馆召开，王志刚研究会参加。县长李明华、副县长王志刚出席。"
    assert names(text, "places,李明华馆", "units,王志刚研究会") == ["李明华", "王志刚"]


def test_listed_names_carry_their_entry_as_rule() -> None:
    found = find("县长禤逸主持会议。", "people,禤逸")
    assert [n.rule for n in found.names or ()] == ["lexicon.people:禤逸"]


# -- titles


def test_a_listed_title_is_a_post_for_whoever_holds_it() -> None:
    text = "全县档案工作会议召开\n首席编研官李明华主持会议，市志办首席编研官王志刚出席会议。"
    assert titles(text, "people,禤逸,首席编研官") == [
        ("李明华", "首席编研官"),
        ("王志刚", "市志办首席编研官"),
    ]
    assert titles(text, "people,禤逸") == [("李明华", None), ("王志刚", None)]


def test_a_persons_title_is_cut_as_listed_and_quoted_as_printed() -> None:
    text = "全县档案工作会议召开\n老年人的朋友服务中心主任禤逸主持会议。"
    assert titles(text, "people,禤逸") == [("禤逸", "朋友服务中心主任")]
    assert titles(text, "people,禤逸,老年人的朋友服务中心主任") == [("禤逸", "老年人的朋友服务中心主任")]
    # 中共云岭 is no part of the listed title, but of the printed one.
    text = "全县档案工作会议召开\n中共云岭县委书记禤逸主持会议。"
    assert titles(text, "people,禤逸,县委书记") == [("禤逸", "中共云岭县委书记")]
    # What is listed and not printed is not in the record.
    assert titles("全县档案工作会议召开\n禤逸主持会议。", "people,禤逸,县委书记") == [("禤逸", None)]


@pytest.mark.parametrize(
    ("begin", "end", "counts"),
    [
        ("2018", "", True),
        ("", "", True),
        ("2021-03-24", "2021-03-24", True),
        ("2010", "2014", False),
        ("2021-03-25", "", False),
        ("", "2021-02", False),
    ],
)
def test_a_title_counts_in_the_days_of_office(begin: str, end: str, counts: bool) -> None:
    text = "全县档案工作会议召开\n2021年3月24日，全县档案工作会议召开，首席编研官禤逸主持会议。"
    title = "首席编研官" if counts else None
    # The name is a name for good: only the title has its days.
    assert titles(text, f"people,禤逸,首席编研官,{begin},{end}") == [("禤逸", title)]


def test_the_day_of_publication_tells_the_year_and_an_unknown_year_tells_nothing() -> None:
    text = "全县档案工作会议召开\n3月24日，全县档案工作会议召开，首席编研官禤逸主持会议。"
    row = "people,禤逸,首席编研官,2010,2014"
    assert titles(text, row, published="2021-04-01") == [("禤逸", None)]
    assert titles(text, row, published="2014-04-01") == [("禤逸", "首席编研官")]
    assert titles(text, row) == [("禤逸", "首席编研官")]


def test_of_two_people_of_one_name_the_one_in_office_gives_the_title() -> None:
    rows = ("people,禤逸,首席编研官,2010,2014", "people,禤逸,编研部总纂,2020,")
    text = "全县档案工作会议召开\n2021年3月24日，全县档案工作会议召开，{}禤逸主持会议。"
    assert titles(text.format("编研部总纂"), *rows) == [("禤逸", "编研部总纂")]
    assert titles(text.format("首席编研官"), *rows) == [("禤逸", None)]


# -- units and places


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("泽畔书会、县财政局负责人参加会议。", "泽畔书会", [("泽畔书会", "负责人"), ("县财政局", "负责人")]),
        ("主持人之家参加会议。", "主持人之家", [("主持人之家", None)]),  # holds a predicate
        (
            "县创新与融合促进站点群和县教育局主要负责同志参加会议。",
            "县创新与融合促进站点群",  # holds a coordinator
            [("县创新与融合促进站点群", "主要负责同志"), ("县教育局", "主要负责同志")],
        ),
        ("和平里文化站、县财政局参加会议。", "和平里文化站", [("和平里文化站", None), ("县财政局", None)]),
    ],
)
def test_listed_units_are_known_and_kept_whole(
    text: str, row: str, found: list[tuple[str, str | None]]
) -> None:
    assert units(text, f"units,{row}") == found
    assert units(text, "units,另一书会") != found or row == "和平里文化站"


def test_unit_and_alias_are_one_unit_by_the_words_printed_first() -> None:
    text = "泽畔书会参加会议。云岭县泽畔读书促进会作交流发言。"
    assert units(text, "units,云岭县泽畔读书促进会,,,,泽畔书会") == [("泽畔书会", None)]
    assert len(units(text, "units,泽畔书会")) == 2


def test_a_listed_place_is_the_location() -> None:
    text = "全县工作会议召开\n3月5日，云岭县委听涛阁召开全县工作会议，县长李明华主持会议。"
    known = extract_text(text, lexicon=lexicon("places,听涛阁")).meeting
    assert (known.location and known.location.text, known.organizer and known.organizer.text) == (
        "听涛阁",
        "云岭县委",
    )
    assert extract_text(text).meeting.location is None


# -- the component


def test_without_entries_nothing_changes_and_without_a_lexicon_there_is_no_component() -> None:
    text = "县长李明华主持会议，县财政局参加会议。"
    assert "meeting_lexicon" not in load().pipe_names
    assert to_json(extract_text(text, lexicon=lexicon("people,禤逸"))) == to_json(extract_text(text))


def test_the_component_is_a_factory_of_its_own(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kind,name\npeople,禤逸\nnever,明德楼\n", "utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("meeting_lexicon", config={"path": str(path)})
    doc = nlp("县长禤　逸在明德楼主持会议。")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["meeting_known"]] == [
        ("禤　逸", "people", "lexicon.people:禤逸"),
        ("明德楼", "never", "lexicon.never:明德楼"),
    ]


def test_every_entry_is_found_wherever_it_stands_and_once() -> None:
    given = [a + b for a in "伟芳娜敏静强磊洋勇艳" for b in "伟芳娜敏静强磊洋勇艳"]
    text = "".join(f"，禤{name}" for name in given)
    found = list(Matcher(lexicon(*(f"people,禤{name}" for name in given))).find(text))
    assert [(m.start, m.end) for m in found] == [(4 * n + 1, 4 * n + 4) for n in range(100)]


def test_at_the_end_of_the_text_longer_entries_do_not_reach_beyond() -> None:
    matcher = Matcher(lexicon("units,云岭", "units,云岭岭", "units,云岭岭岭"))
    found = list(matcher.find("在云岭岭"))
    assert [(m.start, m.end, m.entry.name) for m in found] == [(1, 4, "云岭岭"), (1, 3, "云岭")]
