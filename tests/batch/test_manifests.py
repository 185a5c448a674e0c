"""Manifest lines: their options, what is wrong with them, and what the catalogue takes."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.inputs import Input
from extractor.batch.manifest import manifest_lines
from extractor.errors import ManifestError

DEFAULTS = Input("", date(2020, 1, 1), "gb18030", "keep", "fonds.toml", ("pages=7",))


def read(path: Path, *lines: Any, defaults: Input = DEFAULTS) -> list[Input | ManifestError]:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), "utf-8")
    return list(manifest_lines(str(path), defaults))


def test_options_of_a_line_hold_for_it_alone(tmp_path: Path) -> None:
    line = {"path": "a.txt", "published": "2021-03-24", "encoding": "big5", "on_damage": "stop"}
    line |= {"lexicon": "mine.toml", "max": {"pages": 9, "seconds": 3}}
    own, other = read(tmp_path / "m", line, {"path": "b.txt"})
    settings = ("pages=7", "pages=9", "seconds=3")
    lexicon = str(tmp_path / "mine.toml")
    assert own == Input(str(tmp_path / "a.txt"), date(2021, 3, 24), "big5", "stop", lexicon, settings)
    assert other == Input(
        str(tmp_path / "b.txt"), *[getattr(DEFAULTS, name) for name in Input.__slots__[1:6]]
    )


def test_null_is_no_option(tmp_path: Path) -> None:
    names = ("published", "encoding", "on_damage", "lexicon", "max")
    (line,) = read(tmp_path / "m", {"path": "a.txt", **dict.fromkeys(names)})
    assert line == Input(str(tmp_path / "a.txt"), *[getattr(DEFAULTS, name) for name in Input.__slots__[1:6]])


def test_other_keys_are_for_the_catalogue(tmp_path: Path) -> None:
    extra = {"档号": "A-1", "页数": 3, "note": {"x": [None, 1.5]}}
    (line,) = read(tmp_path / "m", {"path": "a.txt", "max": {"pages": 1}, **extra})
    assert isinstance(line, Input) and line.extra == extra


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ({"encoding": "klingon"}, "bad-option"),
        ({"encoding": "base64"}, "bad-option"),  # no encoding of characters
        ({"encoding": "\ud800"}, "bad-option"),
        ({"encoding": "a\0b"}, "bad-option"),
        ({"encoding": 5}, "bad-option"),
        ({"on_damage": "perhaps"}, "bad-option"),
        ({"on_damage": []}, "bad-option"),
        ({"lexicon": 1}, "bad-option"),
        ({"lexicon": "a\0"}, "bad-option"),
        ({"max": 5}, "bad-option"),
        ({"max": {"pages": 0}}, "bad-option"),
        ({"max": {"pages": True}}, "bad-option"),
        ({"max": {"pages": 1.5}}, "bad-option"),
        ({"max": {"sheets": 5}}, "bad-option"),
        ({"published": "yesterday"}, "bad-published"),
        ({"published": 2021}, "bad-published"),
        ({"path": ""}, "no-path"),
        ({"path": "\ud800"}, "no-path"),
        ({"path": None}, "no-path"),
        ({"note": "\ud800"}, "not-json"),
        ({"note": {"\udfff": 1}}, "not-json"),
        ("[]", "not-an-object"),
        ("{", "not-json"),
        ("[" * 100_000, "not-json"),
        ('{"path": "a", "n": ' + "1" * 5000 + "}", "not-json"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, line: Any, detail: str) -> None:
    wrong = {"path": "a.txt"} | line if isinstance(line, dict) else line
    good, error, last = read(tmp_path / "m", {"path": "a.txt"}, wrong, "", {"path": "b.txt"})
    assert isinstance(error, ManifestError)
    assert error.arguments == {"path": str(tmp_path / "m"), "line": 2, "detail": detail}
    assert isinstance(good, Input) and isinstance(last, Input)


def test_encodings_by_any_of_their_names(tmp_path: Path) -> None:
    for name in ("GBK", "utf-16", "utf_8", "", "cp936", "utf-7"):
        (line,) = read(tmp_path / "m", {"path": "a.txt", "encoding": name})
        assert isinstance(line, Input) and line.encoding == (name or "gb18030")


@pytest.mark.parametrize("length", [1_048_575, 1_048_576, 3_000_000])
def test_a_line_that_is_too_long_is_one_line(tmp_path: Path, length: int) -> None:
    long = json.dumps({"path": "a.txt", "note": "x" * (length - 32)})
    first, second = read(tmp_path / "m", long, {"path": ""})
    assert isinstance(second, ManifestError) and second.arguments["line"] == 2
    assert isinstance(first, Input) == (len(long) < 1_048_576)


def test_a_hundred_thousand_lines(tmp_path: Path) -> None:
    path = tmp_path / "m"
    with path.open("w") as stream:
        stream.writelines(f'{{"path": "{i}.txt", "档号": "{i}"}}\n' for i in range(100_000))
    blocks = []
    for number, line in enumerate(manifest_lines(str(path), DEFAULTS)):
        assert isinstance(line, Input)
        if number % 10_000 == 9_999:
            blocks.append(sys.getallocatedblocks())
    assert number == 99_999
    assert max(blocks) - blocks[0] < 5_000
