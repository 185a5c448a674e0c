"""What is said on stderr, and in which language."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from calling import Call

import extractor.cli
from extractor.cli.app import commands, parameters
from extractor.cli.language import _chinese, spoken


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert spoken([], environment) == language


def test_the_option_beats_the_locale_and_ends_at_two_dashes() -> None:
    assert spoken(["--lang", "en"], {"LANG": "zh_CN"}) == "en"
    assert spoken(["--lang=zh", "--nonsense"], {}) == "zh"
    assert spoken(["--", "--lang", "zh"], {}) == "en"
    assert spoken(["zh", "--lang", "xx"], {}) == "en"


@pytest.mark.usefixtures("scripted")
def test_messages_speak_chinese(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert call("bad").err.startswith("错误 [empty] bad.txt 中没有文字。\n  请")
    assert call("warned").err.startswith("提示 [no-date] warned：文中未载明会议日期。\n")
    assert call("bad", "meeting").err.endswith("共 2 篇：有会议 1，无会议 0，失败 1。\n")
    assert call("a.txt", "--published", "三月").err.startswith("错误 [bad-published]")
    assert "╭─ 未能处理 · bad" in call("bad", "--format", "card").out


@pytest.mark.usefixtures("scripted")
def test_warnings_are_told_for_one_report_unless_the_card_has_them(call: Call) -> None:
    assert call("warned").err.startswith("warning [no-date] warned: The report gives no date")
    assert call("warned", "--format", "card").err == ""
    assert call("warned", "warned").err == "2 inputs: 2 with a meeting, 0 without, 0 failed.\n"


@pytest.mark.usefixtures("scripted")
def test_quiet_leaves_only_errors(call: Call) -> None:
    assert call("warned", "-q").err == ""
    assert call("meeting", "other", "--quiet").err == ""
    assert call("bad", "--quiet").err.startswith("error [empty]")
    assert call("bad", "meeting", "--quiet").err.count("\n") == 2


def test_a_hostile_file_name_does_nothing(call: Call, tmp_path: Path) -> None:
    result = call(tmp_path / "\x1b]0;owned\x07\u202etxt.exe[bold]")
    assert "\\x1b]0;owned\\x07\\u202etxt.exe[bold]" in result.err
    assert not {"\x1b", "\x07", "\u202e"} & set(result.err + result.out)


def test_a_file_name_that_is_not_utf8(call: Call, tmp_path: Path) -> None:
    result = call(tmp_path / "报道\udcff.txt")
    assert "报道\\udcff.txt" in result.err


def _said() -> set[str]:
    """Every sentence that the code passes to ``words``, ``note`` or ``translated``, and the help."""
    said = {"error", "warning"}  # chosen by a variable
    for path in Path(inspect.getfile(extractor.cli)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("words", "note", "translated"):
                    said.add(str(node.args[0].value))
    group = commands("en")
    for command in (group, *group.commands.values()):
        texts = [command.help, command.epilog, *(p.help for p in parameters(command))]
        said.update(" ".join(text.split()) for text in texts if text)
    return said


def test_every_sentence_has_its_chinese_and_no_chinese_is_left_over() -> None:
    assert _said() == set(_chinese())


def test_help_in_both_languages(call: Call) -> None:
    english, chinese = call("--help"), call("--help", "--lang", "zh")
    assert english.code == chinese.code == 0
    assert "Exit codes: 0 done" in english.out
    assert "退出码：0 完成" in chinese.out
    for page in (english.out, chinese.out):
        assert "…" not in page  # nothing cut off at 80 columns
        for name in ("--format", "--manifest", "--output", "schema", "explain"):
            assert name in page
