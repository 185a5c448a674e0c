from __future__ import annotations

import csv
import io
import json
import os
import re
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from records import error_record, nothing_stated, record, value

from extractor.writing import atom
from extractor.writing.entries import Entry
from schemas import to_json

EXTRA = {
    "档号": "X043-WS·2021-Y-0012",
    "文号": "云岭纪〔2021〕3号",
    "责任者": "云岭县人民政府办公室",
    "日期": "20210326",
    "密级": "内部",
    "保管期限": "永久",
    "页数": 3,
    "备注": "甲|乙",
}
#: Line 1 of AtoM's lib/task/import/example/isad/example_information_objects_isad.csv.
TEMPLATE = (
    "legacyId,parentId,qubitParentSlug,accessionNumber,identifier,title,levelOfDescription,extentAndMedium,repository,"
    "archivalHistory,acquisition,scopeAndContent,appraisal,accruals,arrangement,accessConditions,reproductionConditions,"
    "language,script,languageNote,physicalCharacteristics,findingAids,locationOfOriginals,locationOfCopies,"
    "relatedUnitsOfDescription,publicationNote,digitalObjectPath,digitalObjectURI,generalNote,subjectAccessPoints,"
    "placeAccessPoints,nameAccessPoints,genreAccessPoints,descriptionIdentifier,institutionIdentifier,rules,"
    "descriptionStatus,levelOfDetail,revisionHistory,languageOfDescription,scriptOfDescription,sources,archivistNote,"
    "publicationStatus,physicalObjectName,physicalObjectLocation,physicalObjectType,alternativeIdentifiers,"
    "alternativeIdentifierLabels,eventDates,eventTypes,eventStartDates,eventEndDates,eventActors,eventActorHistories,culture"
)
#: What acts on a terminal: controls, the direction of writing, halves of characters.
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: Everything that some reader of some format obeys, cuts or chokes on.
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '甲"乙', "a,b;c", "第一行\n第二行", "\\", '甲\\"乙', "\x00\x01\x1b[31m\x7f",
    "\ud800甲\udfff", "\ufffe\uffff", "张\u202e三", "]]>&amp;<b a='x'>", "<!--", "要" * 34_000, "甲|乙", "NULL", "{0}%s${x}",
)  # fmt: skip


def entry(made: Any = None, number: int = 0, extra: dict[str, Any] | None = None) -> Entry:
    return Entry(number, to_json(record() if made is None else made), extra)


def hostile_entries() -> Iterator[Entry]:
    """One entry for each hostile text, which then stands in every place that a stranger can fill."""
    for number, text in enumerate(HOSTILE):
        data = json.loads(to_json(record()))
        data["source"]["name"] = data["title"]["text"] = data["date"]["text"] = text
        data["date"] |= {"start": None, "end": None, "edtf": None}
        for key in ("name", "organizer", "location"):
            data["meeting"][key] = {"text": text}
        for part in ("leaders", "speakers", "attending_units"):
            for item in data[part]:
                item |= {"name": text, "title": text, "representatives": text}
        data["tasks"][0] |= {"text": text, "by": text, "actor": text, "deadline": text}
        data["documents"][0]["title"] = data["warnings"][0]["message"] = text
        yield Entry(number, json.dumps(data), dict.fromkeys(EXTRA, text))


def written(write: Callable[[Iterable[Entry], BinaryIO], None], entries: Iterable[Entry]) -> bytes:
    out = io.BytesIO()
    write(entries, out)
    return out.getvalue()


def peak(write: Callable[[Iterable[Entry], BinaryIO], None], count: int) -> int:
    """Bytes held at most while so many records are written."""
    line = to_json(
        nothing_stated(title=value("云岭县召开会议"), tasks=json.loads(to_json(record()))["tasks"])
    )
    with Path(os.devnull).open("wb") as out:
        tracemalloc.start()
        try:
            write((Entry(number, line, EXTRA) for number in range(count)), out)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def rows(entries: Iterable[Entry]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(atom.write, entries).decode(), newline=""), strict=True))


def events(row: dict[str, str]) -> list[dict[str, str]]:
    """As AtoM's ``importEvents`` reads them: place by place, NULL and what is empty left out."""
    columns = ("eventDates", "eventTypes", "eventStartDates", "eventEndDates", "eventActors")
    split = {column: row[column].split("|") if row[column] else [] for column in columns}
    count = max(map(len, split.values()))
    assert {len(values) for values in split.values()} <= {0, count}
    return [{c: v[i] for c, v in split.items() if v and v[i] != "NULL"} for i in range(count)]


def test_a_record_is_an_item_with_what_the_report_says() -> None:
    (row,) = rows([entry(number=6, extra=EXTRA)])
    filled = {column: value for column, value in row.items() if value}
    assert filled == {
        "legacyId": "7",
        "identifier": "X043-WS·2021-Y-0012",
        "title": "云岭县召开安全生产工作会议",
        "levelOfDescription": "Item",
        "extentAndMedium": "3页；电子文件（text/plain，900字符）",
        "scopeAndContent": "会议名称：安全生产工作会议。\n主办：云岭县。\n日期：3月24日至25日。\n主持：王乙。\n"
        "讲话：县委副书记、县长李甲。\n发言：县财政局。\n出席：县委副书记、县长李甲。\n单位：县财政局；各乡镇（党委书记）。\n"
        "审议：《安全生产工作要点》。\n任务：一要压实责任，6月底前完成整改（提出：会议；责任：各乡镇；期限：6月底前）。",
        "appraisal": "保管期限：永久",
        "accessConditions": "密级：内部",
        "language": "zh",
        "script": "Hans",
        "generalNote": "甲｜乙|参会名单以“等”结尾，可能未列全。",
        "nameAccessPoints": "云岭县|李甲|王乙|县财政局|各乡镇",
        "genreAccessPoints": "会议报道",
        "rules": atom.RULES,
        "languageOfDescription": "zh",
        "scriptOfDescription": "Hans",
        "sources": f"report.txt（SHA-256 {'0' * 64}）",
        "archivistNote": atom.MADE_BY,
        "publicationStatus": "Draft",
        "alternativeIdentifiers": "云岭纪〔2021〕3号",
        "alternativeIdentifierLabels": "文号",
        "eventDates": "3月24日至25日|20210326",
        "eventTypes": "会议|NULL",
        "eventStartDates": "2021-03-24|2021-03-26",
        "eventEndDates": "2021-03-25|2021-03-26",
        "eventActors": "NULL|云岭县人民政府办公室",
        "culture": "zh",
    }


def test_the_header_is_that_of_the_template() -> None:
    assert written(atom.write, []).decode().replace('"', "") == TEMPLATE + "\n"


def test_the_date_of_the_meeting_is_never_that_of_creation() -> None:
    (row,) = rows([entry()])
    (meeting,) = events(row)
    assert meeting["eventTypes"] == "会议"  # AtoM takes an event without a type for creation
    assert "eventActors" not in meeting
    (row,) = rows([entry(extra={"日期": "20210326", "责任者": "县府办"})])
    assert [event.get("eventTypes") for event in events(row)] == ["会议", None]
    (row,) = rows([entry(nothing_stated(), extra={"责任者": "县府办"})])
    assert events(row) == [{"eventActors": "县府办"}]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2021-03-XX", "2021-03", "2021-03"),
        ("2021", "2021", "2021"),
        ("XXXX-03-24", None, None),
        ("201X", None, None),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(edtf: str, start: str | None, end: str | None) -> None:
    data = json.loads(to_json(record()))
    data["date"] |= {"edtf": edtf, "start": None, "end": None}
    (row,) = rows([Entry(0, json.dumps(data))])
    (event,) = events(row)
    assert (event.get("eventStartDates"), event.get("eventEndDates")) == (start, end)


def test_what_the_report_does_not_state_stays_empty() -> None:
    (row,) = rows([entry(nothing_stated())])
    assert row["title"] == "report.txt"
    stated = ("scopeAndContent", "nameAccessPoints", "eventDates", "eventTypes", "generalNote", "identifier")
    assert not any(
        row[column] for column in (*stated, "placeAccessPoints", "subjectAccessPoints", "digitalObjectURI")
    )


def test_a_title_of_the_archive_comes_before_the_headline() -> None:
    (row,) = rows([entry(extra={"题名": "云岭县安全生产工作会议报道"})])
    assert row["title"] == "云岭县安全生产工作会议报道"


def test_a_text_without_a_meeting_is_an_item_of_no_genre() -> None:
    (row,) = rows([entry(nothing_stated(kind="other", title=json.loads(to_json(record()))["title"]))])
    assert row["title"] == "云岭县召开安全生产工作会议" and not row["genreAccessPoints"]


def test_an_unreadable_input_gives_no_row() -> None:
    read = rows([entry(error_record()), entry(number=1), entry(error_record(), number=2)])
    assert [row["legacyId"] for row in read] == ["2"]


def test_people_of_one_name_and_different_posts_are_two() -> None:
    data = json.loads(to_json(record()))
    data["leaders"].append(data["leaders"][0] | {"title": "县财政局局长", "roles": ["report"]})
    said = dict(
        line.split("：", 1) for line in rows([Entry(0, json.dumps(data))])[0]["scopeAndContent"].split("\n")
    )
    assert said["报告"] == "县财政局局长李甲。"
    assert said["讲话"] == "县委副书记、县长李甲。"


def test_traditional_characters_are_told_from_simplified() -> None:
    def told(title: str) -> str:
        return rows([entry(nothing_stated(title=value(title)))])[0]["script"]

    assert told("霖江同鄉聯誼會召開第十二屆理監事聯席會議") == "Hant"
    assert told("霖江同乡联谊会召开第十二届理监事联席会议") == "Hans"
    assert told("山水大海") == told("ABC") == "Hani"


def test_hostile_text_harms_neither_rows_nor_readers() -> None:
    whole = written(atom.write, hostile_entries())
    read = list(csv.DictReader(io.StringIO(whole.decode(), newline=""), strict=True))
    assert [row["legacyId"] for row in read] == [str(number + 1) for number in range(len(HOSTILE))]
    for row in read:
        assert None not in row and None not in row.values()
        for column, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not ACTING.search(cell)
            assert len(cell) <= 16_000 or "|" in cell
            assert column == "scopeAndContent" or "\n" not in cell
        assert len(row["nameAccessPoints"].split("|")) == 1  # the same name everywhere
        assert len(events(row)) == 2 or row["title"] == "NULL"


def test_php_reads_the_same_rows() -> None:
    """PHP's fgetcsv has a backslash keep the quotation mark after it from closing a field; so has this reader."""
    text = written(atom.write, hostile_entries()).decode()
    php = list(csv.reader(io.StringIO(text, newline=""), escapechar="\\", strict=True))
    assert len(php) == len(HOSTILE) + 1
    assert {len(row) for row in php} == {len(atom.COLUMNS)}


def test_the_same_records_give_the_same_bytes() -> None:
    assert written(atom.write, hostile_entries()) == written(atom.write, hostile_entries())


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    peak(atom.write, 10)  # loads what is loaded once
    assert peak(atom.write, 3_000) < peak(atom.write, 300) + 100_000
