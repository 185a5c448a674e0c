from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from records import error_record, nothing_stated
from test_atom import EXTRA, HOSTILE, entry, hostile_entries, peak, written

from extractor.writing import ead3
from extractor.writing.entries import Entry

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("schemas") / "ead3.xsd"))
NAMES = {"e": ead3.NAMESPACE}


def parsed(made: bytes) -> etree._Element:
    tree = etree.fromstring(made, etree.XMLParser(huge_tree=True, resolve_entities=False))
    SCHEMA.assertValid(tree)
    return tree


def texts(tree: etree._Element, path: str) -> list[str]:
    return [
        found if isinstance(found, str) else "".join(found.itertext())
        for found in tree.xpath(path, namespaces=NAMES)
    ]


def test_a_record_is_a_component_of_level_item() -> None:
    tree = parsed(written(ead3.write, [entry(number=6, extra=EXTRA)]))
    assert texts(tree, "//e:c/@level") == ["item"] and texts(tree, "//e:c/@id") == ["c7"]
    assert texts(tree, "//e:c/e:did/e:unittitle") == ["云岭县召开安全生产工作会议"]
    assert texts(tree, "//e:c/e:did/e:unitid") == ["X043-WS·2021-Y-0012", "云岭纪〔2021〕3号"]
    assert texts(tree, "//e:c/e:did/e:unitdate/@datechar") == ["会议", "形成"]
    assert texts(tree, "//e:c/e:did/e:unitdate/@normal") == ["2021-03-24/2021-03-25", "2021-03-26"]
    assert texts(tree, "//e:c/e:did/e:unitdate") == ["3月24日至25日", "20210326"]
    assert texts(tree, "//e:origination/e:name/e:part") == ["云岭县人民政府办公室"]
    assert texts(tree, "//e:c/e:did/e:physdesc") == ["3页", "电子文件（text/plain，900字符）"]
    assert texts(tree, "//e:c/e:did//e:script/@scriptcode") == ["Hans"]
    assert texts(tree, "//e:scopecontent/e:p")[:2] == ["会议名称：安全生产工作会议。", "主办：云岭县。"]
    assert texts(tree, "//e:scopecontent/e:list/e:item") == [
        "一要压实责任，6月底前完成整改（提出：会议；责任：各乡镇；期限：6月底前）"
    ]
    assert texts(tree, "//e:accessrestrict/e:p | //e:appraisal/e:p") == ["密级：内部", "保管期限：永久"]
    assert texts(tree, "//e:odd/e:p") == ["甲|乙", "参会名单以“等”结尾，可能未列全。"]


def test_who_took_part_is_an_access_point_with_what_they_did() -> None:
    tree = parsed(written(ead3.write, [entry()]))
    people = [texts(name, "@relator | e:part") for name in tree.xpath("//e:persname", namespaces=NAMES)]
    assert people == [["出席、讲话", "李甲", "县委副书记、县长"], ["主持", "王乙"]]
    units = [texts(name, "@relator | e:part") for name in tree.xpath("//e:corpname", namespaces=NAMES)]
    assert units == [["主办", "云岭县"], ["发言", "县财政局"], ["出席", "各乡镇", "党委书记"]]
    assert texts(tree, "//e:genreform/e:part") == ["会议报道"]


def test_the_history_has_the_day_that_the_caller_gives_and_no_other() -> None:
    assert texts(parsed(written(ead3.write, [])), "//e:eventdatetime") == ["未载明"]
    assert not texts(parsed(written(ead3.write, [])), "//e:eventdatetime/@standarddatetime")
    out = io.BytesIO()
    ead3.write(
        [], out, record_id="云岭-1", title="安全生产会议", agency="云岭县档案馆", made=date(2024, 5, 1)
    )
    tree = parsed(out.getvalue())
    assert texts(tree, "//e:eventdatetime/@standarddatetime") == ["2024-05-01"]
    assert texts(tree, "//e:recordid | //e:titleproper | //e:agencyname") == [
        "云岭-1",
        "安全生产会议",
        "云岭县档案馆",
    ]


@pytest.mark.parametrize(
    "made", [nothing_stated(), nothing_stated(kind="other"), nothing_stated(kind="minutes")]
)
def test_what_the_report_does_not_state_is_left_out(made: object) -> None:
    tree = parsed(written(ead3.write, [entry(made)]))
    assert texts(tree, "//e:c/e:did/e:unittitle") == ["report.txt"]
    assert not texts(tree, "//e:c//e:unitdate | //e:scopecontent | //e:persname | //e:corpname | //e:odd")


def test_a_title_of_the_archive_comes_before_the_headline() -> None:
    tree = parsed(written(ead3.write, [entry(extra={"题名": "安全生产会议报道"})]))
    assert texts(tree, "//e:c/e:did/e:unittitle") == ["安全生产会议报道"]


def test_none_and_unreadable_inputs_give_no_component() -> None:
    for entries in ([], [entry(error_record())]):
        assert not texts(parsed(written(ead3.write, entries)), "//e:c")


def test_hostile_text_stays_text() -> None:
    tree = parsed(written(ead3.write, hostile_entries()))
    titles = texts(tree, "//e:c/e:did/e:unittitle")
    assert len(titles) == len(HOSTILE)
    for text, title in zip(HOSTILE, titles, strict=True):
        allowed = "".join(
            c if c in "\t\n\r" or " " <= c < "\ud800" or "\udfff" < c < "\ufffe" else "\ufffd" for c in text
        )
        assert title == allowed
    # Two people, the organizer and two units of one name: no text has made an element.
    assert len(tree.xpath("//e:persname | //e:corpname", namespaces=NAMES)) == 3 * len(HOSTILE)


def test_the_same_records_give_the_same_bytes() -> None:
    assert written(ead3.write, hostile_entries()) == written(ead3.write, hostile_entries())


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    peak(ead3.write, 10)  # loads what is loaded once
    assert peak(ead3.write, 3_000) < peak(ead3.write, 300) + 100_000


def test_the_schema_refuses_what_is_no_ead3() -> None:
    made = written(ead3.write, [Entry(0, entry().line)])
    for right, wrong in (
        (b'level="item"', b'level="report"'),
        (b"<unittitle>", b"<unittitle><c/>"),
        (b"agenttype", b"agentkind"),
    ):
        assert right in made
        assert not SCHEMA.validate(etree.fromstring(made.replace(right, wrong)))
