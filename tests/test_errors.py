from __future__ import annotations

import inspect
import pickle
import re
from string import Formatter

import pytest

from extractor import errors
from extractor.errors import (
    ERRORS,
    RECORD_LANGUAGE,
    TERMS,
    WARNINGS,
    BinaryError,
    ExtractorError,
    InputError,
    InternalError,
    ManifestError,
    Message,
    OutputError,
    RuleError,
    TooLargeError,
    UndecodableError,
    UsageError,
)

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, ExtractorError)]
ALL = {**ERRORS, **WARNINGS}


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_codes_are_kebab_case_and_no_error_is_a_warning() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in ALL)
    assert not set(ERRORS) & set(WARNINGS)


def test_every_error_has_its_entry_and_every_entry_its_error() -> None:
    assert {kind.code for kind in KINDS} == set(ERRORS)
    codes = [kind.code for kind in KINDS if kind is not ExtractorError]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("code", ALL)
def test_a_sentence_and_a_hint_in_both_languages(code: str) -> None:
    message = ALL[code]
    for text in (message.en, message.en_hint):
        assert text.isascii() or "今天" in text or "县领导" in text or "等" in text
        assert text.endswith(".")
    for text in (message.zh, message.zh_hint):
        assert re.search("[\u4e00-\u9fff]", text)
        assert text.endswith(("。", "}"))
    assert slots(message.en) == slots(message.zh)
    assert slots(message.en_hint) == slots(message.zh_hint) <= slots(message.en) | {"path"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_docstring_names_the_arguments(kind: type[ExtractorError]) -> None:
    """Where it names any: the families (InputError, …) are raised with what their entry needs."""
    assert kind.__doc__
    if "Arguments:" in kind.__doc__:
        needed = slots(ERRORS[kind.code].en) | slots(ERRORS[kind.code].en_hint)
        named = set(re.findall(r"[a-z]+", kind.__doc__.split("Arguments:")[1]))
        assert needed <= named


def test_warnings_are_those_of_the_contract() -> None:
    assert set(WARNINGS) == {
        "not-a-meeting", "no-date", "vague-date", "year-unknown", "no-leaders", "list-open", "text-damaged",
        "parts-unread", "truncated",
    }  # fmt: skip


def test_the_families() -> None:
    families = (InputError, UsageError, OutputError, InternalError)
    assert all(issubclass(kind, families) for kind in KINDS if kind is not ExtractorError)


def test_arguments_fill_the_sentence() -> None:
    error = UndecodableError(path="a.txt", encoding="gb18030", offset=17, byte="FF")
    assert str(error) == "a.txt cannot be decoded as gb18030: the byte 0xFF at offset 17 does not fit."
    assert error.message("zh") == "a.txt 无法按 gb18030 解码：偏移 17 处的字节 0xFF 不合法。"
    assert "--encoding" in error.hint()
    assert "--encoding" in error.hint("zh")


def test_terms_come_in_the_language_of_the_sentence() -> None:
    assert BinaryError(path="a", looks="pdf").message("zh") == "a 中没有可读取的文字：看起来是PDF 文档。"
    assert "64 bytes" in TooLargeError(path="a", limit=64, unit="bytes").message()
    assert "64 字节" in TooLargeError(path="a", limit=64, unit="bytes").message("zh")
    manifest = ManifestError(path="m", line=3, detail="not-json")
    assert manifest.message() == "Line 3 of m is wrong: it is not JSON."
    assert '{"path": "report.txt"' in manifest.hint("zh")
    assert all(set(term) == {"en", "zh"} and all(term.values()) for term in TERMS.values())


def test_braces_in_arguments_do_no_harm() -> None:
    assert "{x}" in InputError(path="{x}", detail="{0}").message()
    assert Message("{path}", "", "{path}", "").sentence("zh", {"path": "{}"}) == "{}"


def test_an_error_can_be_told_again_with_other_arguments() -> None:
    error = UndecodableError(path="/srv/a.txt", encoding="utf-8", offset=1, byte="FF")
    again = error.retold(path="a.txt")
    assert type(again) is UndecodableError
    assert again.arguments == {**error.arguments, "path": "a.txt"}
    assert error.arguments["path"] == "/srv/a.txt"


@pytest.mark.parametrize(
    "error", [UndecodableError(path="a", encoding="utf-8", offset=1, byte="FF"), RuleError("rules/x.toml: y")]
)
def test_errors_travel_between_processes(error: ExtractorError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.arguments, str(back)) == (type(error), error.arguments, str(error))


def test_records_speak_chinese() -> None:
    assert RECORD_LANGUAGE == "zh"
