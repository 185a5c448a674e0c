"""Reading and checking an archive's lexicon: every mistake is named with its line."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from extractor.errors import BinaryError, EmptyError, LexiconConflictError, LexiconError, NotFoundError
from extractor.lexicon import parse_lexicon, read_lexicon

TOML = """# 云岭县档案馆
never = ["明德楼", '李家湾']
places = ["听涛阁"]

[[people]]
name = "禤　逸"
title = "首席编研官"
from = 2018-03-01
to = "2021-06"

[[people]]
name = "古力夏提・艾山"

[[units]]
name = "云岭县老科学技术工作者协会"
aliases = ["县老科协"]
"""
CSV = """类别,姓名,职务,任职起,任职止,别名,备注
非人名,明德楼,,,,,
非人名,李家湾,,,,,
地点,听涛阁,,,,,
人员,禤　逸,首席编研官,2018/3/1,2021-06,,"原在
县志办"
人员,古力夏提・艾山,,,至今,,
单位,云岭县老科学技术工作者协会,,,,县老科协,
"""


def said(text: str | bytes, path: str = "a.toml") -> list[tuple[int, str, str]]:
    """Line, detail and value of each mistake."""
    data = text if isinstance(text, bytes) else text.encode()
    errors = [e.arguments for e in parse_lexicon(data, path)[1]]
    return [(int(e["line"]), str(e["detail"]), str(e["value"])) for e in errors]


@pytest.mark.parametrize(("text", "path"), [(TOML, "a.toml"), (CSV, "a.csv"), (TOML, "a"), (CSV, "a.txt")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_both_forms_give_the_same_in_every_encoding(text: str, path: str, encoding: str) -> None:
    lexicon, errors = parse_lexicon(text.encode(encoding), path)
    assert not errors
    listed = {(e.kind, e.name, e.title, e.begin, e.end, e.spellings[1:]) for e in lexicon.entries}
    assert listed == {
        ("never", "明德楼", None, None, None, ()),
        ("never", "李家湾", None, None, None, ()),
        ("places", "听涛阁", None, None, None, ()),
        ("people", "禤逸", "首席编研官", date(2018, 3, 1), date(2021, 6, 30), ()),
        ("people", "古力夏提·艾山", None, None, None, ()),
        ("units", "云岭县老科学技术工作者协会", None, None, None, ("县老科协",)),
    }


def test_every_entry_knows_its_line() -> None:
    assert [e.line for e in parse_lexicon(TOML.encode(), "a.toml")[0].entries] == [2, 2, 3, 5, 11, 14]
    assert [e.line for e in parse_lexicon(CSV.encode(), "a.csv")[0].entries] == [2, 3, 4, 5, 7, 8]


def test_all_mistakes_of_a_file_are_named_at_once() -> None:
    text = """never = ["明德楼",
  "明德楼"]
rooms = ["听涛阁"]
[[people]]
name = "禤逸"
from = 2019
to = "2018-12"
[[people]]
name = "明德楼"
post = "馆长"
[[people]]
name = "明德楼"
[[people]]
title = "馆长"
[[people]]
name = "禤，逸"
from = "三月"
[[units]]
name = "县老科协"
aliases = "老科协"
"""
    assert said(text) == [
        (2, "listed-twice", "明德楼"),
        (3, "unknown-key", "rooms"),
        (7, "ends-before-it-begins", "2018-12"),
        (10, "unknown-key", "post"),
        (11, "person-never", "明德楼"),
        (13, "no-name", "name"),
        (16, "no-persons-name", "禤，逸"),
        (17, "bad-day", "三月"),
        (20, "not-a-list", "老科协"),
    ]


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        ("人员,禤\n", [(2, "bad-length", "禤")]),
        ("\n,\n馆员,禤逸\n", [(4, "unknown-kind", "馆员")]),
        ("人员,禤逸,馆长\n", [(2, "too-many-cells", "馆长")]),
        ('人员,"禤逸\n', [(2, "not-csv", "unexpected end of data")]),
        ("人员,禤逸\n地点,禤逸\n", [(3, "person-place", "禤逸")]),
        ("单位,禤逸\n人员,禤逸\n", [(3, "person-unit", "禤逸")]),
        ("人员,張伟\n人员,张伟\n", [(3, "listed-twice", "张伟")]),
        ("单位,县老科协，老科协\n", [(2, "has-marks", "县老科协，老科协")]),
    ],
)
def test_mistakes_in_csv(rows: str, mistakes: list[tuple[int, str, str]]) -> None:
    assert said("类别,名称\n" + rows, "a.csv") == mistakes


@pytest.mark.parametrize(
    ("data", "path", "mistake"),
    [
        (
            b"[[people]\nname = 1",
            "a.toml",
            (1, "not-toml", "Expected ']]' at the end of an array declaration"),
        ),
        ("[[people]]\nname = '禤逸'\n\nname = '云'", "a.toml", (4, "not-toml", "Cannot overwrite a value")),
        ("people = 1", "a.toml", (1, "not-a-list", "people")),
        ("# 空", "a.toml", (1, "no-entries", "a.toml")),
        ("类别,名称", "a.csv", (1, "no-entries", "a.csv")),
        ("类别,称呼", "a.csv", (1, "unknown-column", "称呼")),
        ("类别,名称,类别", "a.csv", (1, "column-twice", "kind")),
        ("类别,名称\n人员,王\n".encode() + b"\xff\xff\xff", "a.csv", (3, "undecodable", "0xFF")),
    ],
)
def test_what_is_no_lexicon(data: str | bytes, path: str, mistake: tuple[int, str, str]) -> None:
    assert said(data, path)[0] == mistake


def test_two_people_of_one_name_and_two_offices_of_one_person_are_no_mistake() -> None:
    rows = "人员,禤逸,馆长,2010,2014\n人员,禤逸,馆长,2015,\n人员,禤逸,主任,2010,\n"
    assert said("类别,姓名,职务,起,止\n" + rows, "a.csv") == []
    rows += "人员,禤逸,馆长,2014-12-31,2015\n"
    assert [line for line, *_ in said("类别,姓名,职务,起,止\n" + rows, "a.csv")] == [5]


def test_a_file_is_read_or_says_why_not(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.csv"
    path.write_text(CSV, "gb18030")
    assert read_lexicon(path).name == "lexicon.csv"
    with pytest.raises(NotFoundError):
        read_lexicon(tmp_path / "none.csv")
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(BinaryError):
        read_lexicon(path)
    path.write_bytes(b"")
    with pytest.raises(EmptyError):
        read_lexicon(path)
    path.write_text("类别,姓名\n人员,禤\n非人名,云\n", "utf-8")
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    assert [e.arguments["line"] for e in (caught.value, *caught.value.further)] == [2, 3]


def test_sentences_name_file_and_lines_in_both_languages() -> None:
    (error,) = parse_lexicon("类别,姓名\n人员,禤逸\n非人名,禤逸\n".encode(), "馆.csv")[1]
    assert isinstance(error, LexiconConflictError)
    assert error.message("zh") == "馆.csv 第 3 行与第 2 行不一致：既列为人员，又列为非人名（禤逸）。"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert "does not agree with line 2" in str(error)
