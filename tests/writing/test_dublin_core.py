from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree
from records import error_record, nothing_stated, record
from test_atom import EXTRA, HOSTILE, entry, hostile_entries, peak, written

from extractor.writing import dublin_core
from extractor.writing.entries import Entry
from schemas import to_json

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("schemas") / "dublin-core.rng"))
NAMES = {name.removeprefix("xmlns:"): uri for name, uri in dublin_core.NAMESPACES.items()}


def parsed(made: bytes) -> etree._Element:
    tree = etree.fromstring(made, etree.XMLParser(huge_tree=True, resolve_entities=False))
    SCHEMA.assertValid(tree)
    return tree


def terms(tree: etree._Element) -> list[tuple[str, str, str]]:
    """Term, encoding scheme or language, value, of the first record."""
    prefixes = {uri: prefix for prefix, uri in NAMES.items()}
    found = []
    for element in tree[0]:
        name = etree.QName(element)
        (how,) = element.attrib.values() or [""]
        found.append((f"{prefixes[name.namespace]}:{name.localname}", how, element.text))
    return found


def test_a_record_is_one_of_qualified_dublin_core() -> None:
    assert terms(parsed(written(dublin_core.write, [entry(extra=EXTRA)]))) == [
        ("dc:identifier", "", "X043-WS·2021-Y-0012"),
        ("dc:identifier", "", "云岭纪〔2021〕3号"),
        ("dc:identifier", "", f"sha256:{'0' * 64}"),
        ("dc:source", "", "report.txt"),
        ("dc:title", "zh", "云岭县召开安全生产工作会议"),
        ("dc:creator", "zh", "云岭县人民政府办公室"),
        ("dcterms:created", "dcterms:W3CDTF", "2021-03-26"),
        ("dc:type", "dcterms:DCMIType", "Text"),
        ("dc:type", "zh", "会议报道"),
        ("dc:format", "dcterms:IMT", "text/plain"),
        ("dcterms:extent", "zh", "3页"),
        ("dcterms:extent", "zh", "电子文件（text/plain，900字符）"),
        ("dc:language", "dcterms:RFC4646", "zh-Hans"),
        ("dcterms:accessRights", "zh", "内部"),
        *(("dc:contributor", "zh", name) for name in ("云岭县", "李甲", "王乙", "县财政局", "各乡镇")),
        ("dcterms:temporal", "dcterms:Period", "start=2021-03-24; end=2021-03-25; scheme=W3C-DTF;"),
        (
            "dc:description",
            "zh",
            "会议名称：安全生产工作会议。\n主办：云岭县。\n日期：3月24日至25日。\n主持：王乙。\n讲话：县委副书记、县长李甲。\n"
            "发言：县财政局。\n出席：县委副书记、县长李甲。\n单位：县财政局；各乡镇（党委书记）。\n审议：《安全生产工作要点》。\n"
            "任务：一要压实责任，6月底前完成整改（提出：会议；责任：各乡镇；期限：6月底前）。",
        ),
        ("dcterms:references", "zh", "安全生产工作要点"),
    ]


@pytest.mark.parametrize(
    ("edtf", "how", "said"),
    [
        ("2021-03-24", "dcterms:W3CDTF", "2021-03-24"),
        ("2021-03-XX", "dcterms:W3CDTF", "2021-03"),
        ("2021", "dcterms:W3CDTF", "2021"),
        ("XXXX-03-24", "zh", "3月24日至25日"),
        (None, "zh", "3月24日至25日"),
    ],
)
def test_the_days_of_the_meeting_are_what_the_document_covers(edtf: str | None, how: str, said: str) -> None:
    data = json.loads(to_json(record()))
    data["date"] |= {"edtf": edtf, "start": None, "end": None}
    found = terms(parsed(written(dublin_core.write, [Entry(0, json.dumps(data))])))
    assert [term for term in found if term[0] == "dcterms:temporal"] == [("dcterms:temporal", how, said)]
    assert not any(name in ("dc:date", "dcterms:created") for name, *_ in found)


def test_a_day_of_the_archive_that_is_none_stays_as_given() -> None:
    found = terms(parsed(written(dublin_core.write, [entry(extra={"日期": "20210399"})])))
    assert ("dcterms:created", "zh", "20210399") in found


@pytest.mark.parametrize("made", [nothing_stated(), nothing_stated(kind="other")])
def test_what_the_report_does_not_state_is_left_out(made: object) -> None:
    found = [name for name, *_ in terms(parsed(written(dublin_core.write, [entry(made)])))]
    assert not {"dc:contributor", "dcterms:temporal", "dcterms:spatial", "dc:description"} & set(found)


def test_a_title_of_the_archive_comes_before_the_headline() -> None:
    found = terms(parsed(written(dublin_core.write, [entry(extra={"题名": "安全生产会议报道"})])))
    assert [term for term in found if term[0] == "dc:title"] == [("dc:title", "zh", "安全生产会议报道")]


def test_none_and_unreadable_inputs_give_no_record() -> None:
    for entries in ([], [entry(error_record())]):
        assert len(parsed(written(dublin_core.write, entries))) == 0


def test_hostile_text_stays_text() -> None:
    tree = parsed(written(dublin_core.write, hostile_entries()))
    assert len(tree) == len(HOSTILE)
    for text, title in zip(HOSTILE, tree.iterfind("qualifieddc/dc:title", NAMES), strict=True):
        allowed = "".join(
            c if c in "\t\n\r" or " " <= c < "\ud800" or "\udfff" < c < "\ufffe" else "\ufffd" for c in text
        )
        assert title.text == allowed


def test_the_same_records_give_the_same_bytes() -> None:
    assert written(dublin_core.write, hostile_entries()) == written(dublin_core.write, hostile_entries())


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    peak(dublin_core.write, 10)  # loads what is loaded once
    assert peak(dublin_core.write, 3_000) < peak(dublin_core.write, 300) + 100_000


def test_the_schema_refuses_what_is_no_dublin_core() -> None:
    made = written(dublin_core.write, [entry()])
    for right, wrong in (
        (b"dc:title", b"dc:headline"),
        (b"elements/1.1/", b"elements/1.0/"),
        (b">Text<", b">Report<"),
    ):
        assert right in made
        assert not SCHEMA.validate(etree.fromstring(made.replace(right, wrong)))
