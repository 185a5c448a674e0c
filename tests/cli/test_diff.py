"""``extract diff``: what it prints, and with which code it leaves. (What is compared: tests/evaluation.)"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calling import Call


def record(name: str, **changes: Any) -> dict[str, Any]:
    leaders = [{"name": "宁书同", "title": "县长", "roles": ["attend"]}]
    return {"source": {"name": name, "sha256": "0" * 64}, "kind": "report", "leaders": leaders} | changes


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1.txt loses its leader, 2.txt gets a longer title, 3.txt stays, 4.txt and 5.txt are in one file each."""
    monkeypatch.chdir(tmp_path)
    longer = [{"name": "宁书同", "title": "甲" * 40 + "乙" * 40, "roles": ["attend"]}]
    old = [record(f"{i}.txt") for i in (1, 2, 3, 4)]
    new = [record("1.txt", leaders=[]), record("2.txt", leaders=longer), record("3.txt"), record("5.txt")]
    for name, made in (("old.jsonl", old), ("new.jsonl", new)):
        Path(name).write_text("".join(json.dumps(data) + "\n" for data in made), "utf-8")


@pytest.mark.usefixtures("files")
def test_the_page(call: Call) -> None:
    code, out, err = call("diff", "old.jsonl", "new.jsonl")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2 records differ, 1 do not; 1 only in OLD, 1 only in NEW.",
        "",
        "Changes  Records  Field    Kind",
        "      1        1  leaders  removed",
        "      1        1  leaders  title",
        "",
        "leaders removed",
        "  1.txt  宁书同 → -",
        "",
        "leaders title",
        f"  2.txt  宁书同: 县长 → {'甲' * 36}…{'乙' * 24}",
    ]


@pytest.mark.usefixtures("files")
def test_no_examples(call: Call) -> None:
    assert call("diff", "old.jsonl", "new.jsonl", "--limit", "0").out.splitlines()[-1].endswith("title")
    assert call("diff", "old.jsonl", "new.jsonl", "--limit", "-1").code == 2


@pytest.mark.usefixtures("files")
def test_all_of_it_for_programs(call: Call) -> None:
    result = call("diff", "old.jsonl", "new.jsonl", "--json", "--limit", "1")
    told = json.loads(result.out)
    assert told | {"kinds": None} == {
        "same": 1, "changed": 2, "only_old": ["4.txt"], "only_new": ["5.txt"], "kinds": None,
    }  # fmt: skip
    assert told["kinds"][1] == {
        "field": "leaders",
        "kind": "title",
        "changes": 1,
        "records": 1,
        "examples": [{"report": "2.txt", "item": "宁书同", "old": "县长", "new": "甲" * 40 + "乙" * 40}],
    }
    assert call("diff", "old.jsonl", "new.jsonl", "--json", "--limit", "1") == result


@pytest.mark.usefixtures("files")
def test_exit_codes(call: Call) -> None:
    assert call("diff", "old.jsonl", "new.jsonl").code == 0
    assert call("diff", "old.jsonl", "new.jsonl", "--exit-code").code == 1
    same = call("diff", "old.jsonl", "old.jsonl", "--exit-code")
    assert same == (0, "0 records differ, 4 do not; 0 only in OLD, 0 only in NEW.\n", "")


@pytest.mark.usefixtures("files")
def test_all_compares_what_is_no_statement(call: Call) -> None:
    other = [record(f"{i}.txt", schema_version="0.9") for i in (1, 2, 3, 4)]
    Path("other.jsonl").write_text("".join(json.dumps(data) + "\n" for data in other), "utf-8")
    assert call("diff", "old.jsonl", "other.jsonl", "--exit-code").code == 0
    result = call("diff", "old.jsonl", "other.jsonl", "--exit-code", "--all")
    assert result.code == 1
    assert "schema_version added\n  1.txt  - → 0.9\n" in result.out


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("old.jsonl", "none.jsonl"), 3, "There is no file none.jsonl"),
        (("old.jsonl",), 2, "Missing argument"),
        (("-", "-"), 2, "Standard input (-) can be read only once"),
        (("old.jsonl", "new.jsonl", "-o", "new.jsonl"), 2, "new.jsonl is one of the files to read"),
        (("old.jsonl", "text.txt"), 3, "Line 1 of text.txt is no record: it is not JSON."),
    ],
)
def test_wrong_calls(call: Call, arguments: tuple[str, ...], code: int, message: str) -> None:
    Path("text.txt").write_text("会议召开\n", "utf-8")
    result = call("diff", *arguments)
    assert (result.code, result.out) == (code, "")
    assert message in result.err


@pytest.mark.usefixtures("files")
def test_in_chinese_and_into_a_file(call: Call) -> None:
    assert call("diff", "old.jsonl", "new.jsonl", "--lang", "zh", "-o", "page.txt") == (0, "", "")
    assert Path("page.txt").read_text("utf-8").startswith("2 条记录有变动，1 条没有；仅 OLD 有 1 条")


@pytest.mark.usefixtures("files")
def test_values_that_would_act_on_a_terminal_do_not(call: Call) -> None:
    leaders = [{"name": "\x1b[31m宁", "title": "\ud800\u202e", "roles": []}]
    Path("new.jsonl").write_text(json.dumps(record("1.txt", leaders=leaders)), "utf-8")
    for arguments in ((), ("--json",)):
        out = call("diff", "old.jsonl", "new.jsonl", *arguments).out
        assert "\\u001b[31m宁" in out or "\\x1b[31m宁" in out
        assert not set(out) & set("\x1b\u202e")
