"""The two forms of a lexicon, TOML and CSV, as rows that know their lines."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from extractor.errors import LexiconError
from extractor.lexicon.entries import Kind, Row

_KINDS: tuple[Kind, ...] = get_args(Kind)
#: What a column or a kind may be called in CSV.
_COLUMNS = {
    "kind": ("kind", "类别", "类型", "種類", "類別"),
    "name": ("name", "姓名", "名称", "词语"),
    "title": ("title", "职务", "職務"),
    "from": ("from", "任职起", "起", "开始"),
    "to": ("to", "任职止", "止", "结束"),
    "aliases": ("aliases", "别名", "简称"),
    "note": ("note", "备注"),
}
_CALLED: dict[Kind, tuple[str, ...]] = {
    "people": ("people", "person", "人员", "人物", "领导"),
    "units": ("units", "unit", "单位", "机构"),
    "places": ("places", "place", "地点", "地名"),
    "never": ("never", "非人名", "不是人名"),
}
_COLUMN_OF = {word: column for column, words in _COLUMNS.items() for word in words}
_KIND_OF = {word: kind for kind, words in _CALLED.items() for word in words}
#: What parts the aliases in a cell of CSV.
_BETWEEN = re.compile(r"[、;；|]")

_TABLE = re.compile(r"\s{0,20}(?:\[\[?\s{0,9}([\w-]{1,40})\s{0,9}\]|([\w-]{1,40})\s{0,20}=)")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.){0,400}\"|'[^'\n]{0,400}'|#")
_AT_LINE = re.compile(r"at line (\d{1,9})")


def rows(text: str, path: str) -> tuple[list[Row], list[LexiconError]]:
    """The rows of a lexicon, and what is wrong with its form. TOML or CSV is told by the suffix, else by the content."""
    suffix = Path(path).suffix.lower()
    if suffix in (".csv", ".tsv") or (suffix != ".toml" and not _is_toml(text)):
        return _of_csv(text, path)
    return _of_toml(text, path)


def _is_toml(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    return _TABLE.match(first) is not None


# -- TOML


class _Places:
    """On which lines the parts of a TOML text stand; ``tomllib`` does not tell."""

    def __init__(self, text: str) -> None:
        self.tables: dict[str, list[int]] = {}  # [[people]] → line of each
        self.keys: dict[tuple[str, int], dict[str, int]] = {}  # of the nth such table → line of each key
        self.top: dict[str, int] = {}  # key outside tables → line
        self.strings: dict[str, list[int]] = {}  # the same → line of each string in its value
        table, key = "", ""
        for number, line in enumerate(text.split("\n"), start=1):
            match = _TABLE.match(line)
            if match and match[1]:
                table = match[1]
                self.tables.setdefault(table, []).append(number)
            elif match and match[2]:
                key = match[2]
                place = (
                    self.keys.setdefault((table, len(self.tables.get(table, ()))), {}) if table else self.top
                )
                place.setdefault(key, number)
            if not table:
                for string in _STRING.finditer(line):
                    if string[0] == "#":
                        break
                    self.strings.setdefault(key, []).append(number)

    def row(self, kind: Kind, n: int, values: dict[str, Any]) -> Row:
        """The nth entry of a kind (from 0) that is a table."""
        lines = self.tables.get(kind, ())
        if n < len(lines):
            return Row(kind, lines[n], values, self.keys.get((kind, n + 1), {}))
        return Row(kind, self.top.get(kind, 1), values)

    def word(self, kind: Kind, n: int, word: Any) -> Row:
        """The nth entry of a kind that is a mere string: never = ["…", "…"]."""
        lines = self.strings.get(kind, ())
        return Row(kind, lines[n] if n < len(lines) else self.top.get(kind, 1), {"name": word})


def _of_toml(text: str, path: str) -> tuple[list[Row], list[LexiconError]]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else max(1, text.rstrip("\n").count("\n") + 1)
        return [], [LexiconError(path=path, line=line, value=str(error).split(" (at")[0], detail="not-toml")]
    places = _Places(text)
    found: list[Row] = []
    errors: list[LexiconError] = []
    for key, value in data.items():
        line = next(iter(places.tables.get(key, ())), places.top.get(key, 1))
        if key not in _KINDS:
            errors.append(LexiconError(path=path, line=line, value=key, detail="unknown-key"))
        elif not isinstance(value, list):
            errors.append(LexiconError(path=path, line=line, value=key, detail="not-a-list"))
        else:
            found += [
                places.row(key, n, x) if isinstance(x, dict) else places.word(key, n, x)
                for n, x in enumerate(value)
            ]
    return found, errors


# -- CSV


def _of_csv(text: str, path: str) -> tuple[list[Row], list[LexiconError]]:
    mark = max(",\t;", key=text.split("\n", 1)[0].count)
    found: list[Row] = []
    errors: list[LexiconError] = []
    columns: list[str] = []
    try:
        for line, cells in _records(text, mark):
            if not columns:
                columns, errors = _header(cells, line, path)
                if errors:
                    return [], errors
            elif any(cell.strip() for cell in cells):
                row, wrong = _csv_row(line, cells, columns, path)
                found += [row] if row else []
                errors += wrong
    except _QuoteError as error:
        errors.append(LexiconError(path=path, line=error.line, value=str(error), detail="not-csv"))
    return found, errors


class _QuoteError(Exception):
    """CSV that cannot be read: from which line on."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(detail)
        self.line = line


def _records(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Each record of the CSV with the line on which it begins."""
    reader = csv.reader(text.split("\n"), delimiter=mark, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _QuoteError(line, str(error)) from None
        yield line, cells
        line = reader.line_num + 1


def _header(cells: list[str], line: int, path: str) -> tuple[list[str], list[LexiconError]]:
    columns = [_COLUMN_OF.get(cell.strip().lower(), "") for cell in cells]
    while columns and not columns[-1] and not cells[len(columns) - 1].strip():
        columns.pop()  # Excel closes its lines with empty cells at times
    errors = [
        LexiconError(path=path, line=line, value=cell.strip(), detail="unknown-column")
        for cell, column in zip(cells, columns, strict=False)
        if not column
    ]
    for needed in ("kind", "name"):
        if needed not in columns:
            errors.append(LexiconError(path=path, line=line, value=needed, detail="no-column"))
    doubled = {c for c in columns if c and columns.count(c) > 1}
    errors += [LexiconError(path=path, line=line, value=c, detail="column-twice") for c in sorted(doubled)]
    return columns, errors


def _csv_row(
    line: int, cells: list[str], columns: list[str], path: str
) -> tuple[Row | None, list[LexiconError]]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        value = cells[len(columns)]
        return None, [LexiconError(path=path, line=line, value=value.strip(), detail="too-many-cells")]
    values: dict[str, Any] = dict(zip(columns, cells, strict=False))
    called = values.pop("kind", "").strip()
    kind = _KIND_OF.get(called.lower())
    if kind is None:
        return None, [LexiconError(path=path, line=line, value=called or "kind", detail="unknown-kind")]
    if "aliases" in values:
        values["aliases"] = [alias for alias in _BETWEEN.split(values["aliases"]) if alias.strip()]
    given = {key: value for key, value in values.items() if key == "name" or (value and value != [])}
    return Row(
        kind, line, {k: v for k, v in given.items() if not isinstance(v, str) or k == "name" or v.strip()}
    ), []
