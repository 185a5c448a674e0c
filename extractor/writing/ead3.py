"""EAD3 (Encoded Archival Description, 1.1.1): one finding aid with a component of level item for each report.

Valid by the published schema (``tests/writing/schemas/ead3.xsd``). docs/archival-description.md has the mapping and its reasons.
An input that could not be read gives no component: it describes no document.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from extractor.writing.atom import MADE_BY, RULES
from extractor.writing.description import (
    Party,
    basic_day,
    days,
    extent,
    given,
    heading,
    organizers,
    parties,
    script,
    statements,
    task_words,
    words,
)
from extractor.writing.xml import XmlStream

if TYPE_CHECKING:
    from extractor.writing.entries import Entry

NAMESPACE = "http://ead3.archivists.org/schema/"
UNSTATED = "未载明"
_ENCODINGS = {
    "countryencoding": "iso3166-1",
    "dateencoding": "iso8601",
    "langencoding": "iso639-2b",
    "scriptencoding": "iso15924",
    "repositoryencoding": "iso15511",
}
_SCRIPTS = {"Hans": "简体汉字", "Hant": "繁体汉字", "Hani": "汉字"}


def write(
    entries: Iterable[Entry],
    out: BinaryIO,
    *,
    record_id: str = "meeting-reports",
    title: str = "会议报道与会议纪要",
    agency: str = UNSTATED,
    made: date | None = None,
) -> None:
    """Write the finding aid in UTF-8, holding one record at a time.

    ``record_id``: its identifier, unique within ``agency``, the archive that keeps it up; ``made``: the day of its
    making, for the maintenance history. The program has no clock: without it the history says 未载明, which is valid.
    """
    xml = XmlStream(out)
    with xml.element("ead", {"xmlns": NAMESPACE, "lang": "chi", "script": "Hans"}):
        _control(xml, record_id, title, agency, made)
        with xml.element("archdesc", {"level": "otherlevel", "otherlevel": "文件汇集"}):
            with xml.element("did"):
                xml.leaf("unittitle", title)
            with xml.element("processinfo"):
                xml.leaf("p", MADE_BY)
            with xml.element("dsc", {"dsctype": "in-depth"}):
                for entry in entries:
                    if entry.record["status"] == "ok":
                        _item(xml, entry)


def _control(xml: XmlStream, record_id: str, title: str, agency: str, made: date | None) -> None:
    with xml.element("control", _ENCODINGS):
        xml.leaf("recordid", record_id)
        with xml.element("filedesc"), xml.element("titlestmt"):
            xml.leaf("titleproper", title)
        xml.leaf("maintenancestatus", "新建", {"value": "new"})
        xml.leaf("publicationstatus", "草稿", {"value": "inprocess"})
        with xml.element("maintenanceagency"):
            xml.leaf("agencyname", agency)
        with xml.element("languagedeclaration"):
            _language(xml, "Hans")
        with xml.element("conventiondeclaration"):
            xml.leaf("citation", RULES)
        with xml.element("maintenancehistory"), xml.element("maintenanceevent"):
            day = {"standarddatetime": made.isoformat()} if made else {}
            xml.leaf("eventtype", "新建", {"value": "created"})
            xml.leaf("eventdatetime", made.isoformat() if made else UNSTATED, day)
            xml.leaf("agenttype", "程序", {"value": "machine"})
            xml.leaf("agent", "meeting-extractor")


def _language(xml: XmlStream, code: str) -> None:
    xml.leaf("language", "中文", {"langcode": "chi"})
    xml.leaf("script", _SCRIPTS[code], {"scriptcode": code})


def _item(xml: XmlStream, entry: Entry) -> None:
    record, extra = entry.record, entry.extra
    with xml.element("c", {"id": f"c{entry.number + 1}", "level": "item"}):
        _did(xml, entry)
        _scope(xml, entry)
        for element, key in (("accessrestrict", "密级"), ("appraisal", "保管期限")):
            _paragraphs(xml, element, [f"{key}：{value}" for value in [given(extra, key)] if value])
        _access(xml, entry)
        _paragraphs(xml, "odd", [given(extra, "备注"), *(w["message"] for w in record["warnings"])])


def _did(xml: XmlStream, entry: Entry) -> None:
    record, extra = entry.record, entry.extra
    with xml.element("did"):
        xml.leaf("unitid", given(extra, "档号"), {"localtype": "档号"})
        xml.leaf("unitid", given(extra, "文号"), {"localtype": "文号"})
        xml.leaf("unittitle", given(extra, "题名") or heading(record))
        if record["date"]:
            _date(xml, "会议", record["date"]["text"], *days(record["date"]["edtf"]))
        if made := given(extra, "日期"):
            _date(xml, "形成", made, basic_day(made), basic_day(made))
        if by := given(extra, "责任者"):
            with xml.element("origination", {"label": "责任者"}), xml.element("name"):
                xml.leaf("part", by)
        for said in extent(entry):
            xml.leaf("physdesc", said)
        with xml.element("langmaterial"), xml.element("languageset"):
            _language(xml, script(record))
        xml.leaf("didnote", record["source"]["name"], {"localtype": "文件名"})
        xml.leaf("didnote", record["source"]["sha256"], {"localtype": "SHA-256"})


def _date(xml: XmlStream, of: str, said: str, start: str, end: str) -> None:
    """A date as printed, with what is known of it in ISO 8601; ``of``: of what, so that it is not taken for that of creation."""
    normal = f"{start}/{end}" if start and end and start != end else start or end
    xml.leaf("unitdate", said, {"datechar": of} | ({"normal": normal} if normal else {}))


def _scope(xml: XmlStream, entry: Entry) -> None:
    """Scope and content: a paragraph for each statement, the tasks as a list."""
    said, tasks = list(statements(entry.record, tasks=False)), entry.record["tasks"]
    if said or tasks:
        with xml.element("scopecontent"):
            for label, value in said:
                xml.leaf("p", f"{label}：{value}。")
            if tasks:
                with xml.element("list", {"listtype": "unordered", "mark": "none"}):
                    xml.leaf("head", words()["tasks"])
                    for task in tasks:
                        xml.leaf("item", task_words(task))


def _access(xml: XmlStream, entry: Entry) -> None:
    """Access points: who took part, with what each did as ``relator``, the place, and the kind of the document."""
    record, label = entry.record, words()
    location, kind = record["meeting"]["location"], record["kind"]
    holders, everyone = organizers(record), parties(record)
    if holders or everyone or location or kind != "other":
        with xml.element("controlaccess"):
            for party in holders:
                _name(xml, party, label["organizer"])
            for party in everyone:
                _name(xml, party, label["separator"].join(label["role"][role] for role in party.roles))
            if location:
                with xml.element("geogname", {"relator": "会议地点"}):
                    xml.leaf("part", location["text"])
            if kind != "other":
                with xml.element("genreform"):
                    xml.leaf("part", label["kind"][kind])


def _name(xml: XmlStream, party: Party, relator: str) -> None:
    person = party.kind == "person"
    with xml.element("persname" if person else "corpname", {"relator": relator}):
        xml.leaf("part", party.name, {"localtype": "姓名" if person else "名称"})
        xml.leaf("part", party.title, {"localtype": "职务" if person else "代表"})


def _paragraphs(xml: XmlStream, name: str, said: Iterable[str]) -> None:
    if said := [paragraph for paragraph in said if paragraph]:
        with xml.element(name):
            for paragraph in said:
                xml.leaf("p", paragraph)
