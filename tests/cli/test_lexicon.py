"""``--lexicon``: what the archive knows, and what it is told about its mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Call

REPORT = "全县档案工作会议召开\n2021年3月24日，全县档案工作会议召开。首席编研官禤逸主持会议。"
LEXICON = '[[people]]\nname = "禤逸"\ntitle = "首席编研官"\n'


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "fonds.toml"
    path.write_text(LEXICON, "utf-8")
    return path


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_extract_knows_what_the_archive_knows(call: Call, odd: Path, lexicon: Path) -> None:
    (leader,) = json.loads(call(odd, "--lexicon", lexicon).out)["leaders"]
    assert (leader["name"], leader["title"]) == ("禤逸", "首席编研官")
    plain = json.loads(call(odd).out)
    assert "禤逸" not in [leader["name"] for leader in plain["leaders"]]


@pytest.mark.parametrize("command", [(), ("explain",)])
def test_mistakes_end_the_call_before_a_report_is_read(
    call: Call, empty: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(LEXICON + 'never = 3\n[[people]]\nname = "禤"\n', "utf-8")
    result = call(*command, empty, "--lexicon", path)
    assert (result.code, result.out) == (2, "")
    assert [line for line in result.err.splitlines() if line.startswith("error")] == [
        f"error [bad-lexicon] Line 4 of {path} is wrong: there is no such key (never).",
        f"error [bad-lexicon] Line 6 of {path} is wrong: it is too short or too long (禤).",
    ]
    assert "第 6 行有误" in call(*command, empty, "--lexicon", path, "--lang", "zh").err


def test_ten_mistakes_are_named(call: Call, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("kind,name\n" + "people,禤\n" * 30, "utf-8")
    assert call(empty, "--lexicon", path).err.count("error [bad-lexicon]") == 10


def test_a_lexicon_that_is_not_there(call: Call, empty: Path, tmp_path: Path) -> None:
    result = call(empty, "--lexicon", tmp_path / "none.toml")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("error [not-found]")


def test_the_lexicon_is_not_written_over(call: Call, odd: Path, lexicon: Path) -> None:
    assert call(odd, "--lexicon", lexicon, "-o", lexicon).code == 2
    assert call("explain", odd, "--lexicon", lexicon, "-o", lexicon).code == 2
    assert lexicon.read_text("utf-8") == LEXICON
