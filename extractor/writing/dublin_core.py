"""Qualified Dublin Core in XML: one document, a ``qualifieddc`` for each report.

The container of a record is that of DCMI (``qualifieddc.xsd``: any terms of ``dc`` and ``dcterms``, no namespace of its own),
encoding schemes are named by ``xsi:type``, as in DCMI's Guidelines for implementing Dublin Core in XML (2003-04-02).
docs/archival-description.md has the mapping and its reasons. An input that could not be read gives no record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from extractor.writing.description import (
    basic_day,
    days,
    extent,
    given,
    heading,
    organizers,
    parties,
    script,
    statements,
    words,
)
from extractor.writing.xml import XmlStream

if TYPE_CHECKING:
    from extractor.writing.entries import Entry

NAMESPACES = {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_CHINESE = {"xml:lang": "zh"}


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write all records in UTF-8, holding one at a time."""
    xml = XmlStream(out)
    with xml.element("records", NAMESPACES):
        for entry in entries:
            if entry.record["status"] == "ok":
                with xml.element("qualifieddc"):
                    _document(xml, entry)
                    _meeting(xml, entry)


def _document(xml: XmlStream, entry: Entry) -> None:
    """What is said of the document: the archive's own words before the record's."""
    record, extra = entry.record, entry.extra
    source, kind = record["source"], record["kind"]
    xml.leaf("dc:identifier", given(extra, "档号"))
    xml.leaf("dc:identifier", given(extra, "文号"))
    xml.leaf("dc:identifier", f"sha256:{source['sha256']}")
    xml.leaf("dc:source", source["name"])
    xml.leaf("dc:title", given(extra, "题名") or heading(record), _CHINESE)
    xml.leaf("dc:creator", given(extra, "责任者"), _CHINESE)
    if made := given(extra, "日期"):
        day = basic_day(made)
        xml.leaf("dcterms:created", day or made, _scheme("W3CDTF") if day else _CHINESE)
    xml.leaf("dc:type", "Text", _scheme("DCMIType"))
    xml.leaf("dc:type", None if kind == "other" else words()["kind"][kind], _CHINESE)
    xml.leaf("dc:format", source["media_type"], _scheme("IMT"))
    for said in extent(entry):
        xml.leaf("dcterms:extent", said, _CHINESE)
    language = script(record)
    xml.leaf("dc:language", "zh" if language == "Hani" else f"zh-{language}", _scheme("RFC4646"))
    xml.leaf("dcterms:accessRights", given(extra, "密级"), _CHINESE)


def _meeting(xml: XmlStream, entry: Entry) -> None:
    """What the document says of the meeting: its days and its place are coverage, who took part are contributors."""
    record = entry.record
    for name in dict.fromkeys(party.name for party in (*organizers(record), *parties(record))):
        xml.leaf("dc:contributor", name, _CHINESE)
    if date := record["date"]:
        _temporal(xml, date["text"], *days(date["edtf"]))
    if location := record["meeting"]["location"]:
        xml.leaf("dcterms:spatial", location["text"], _CHINESE)
    xml.leaf(
        "dc:description", "\n".join(f"{label}：{said}。" for label, said in statements(record)), _CHINESE
    )
    for document in record["documents"]:
        xml.leaf("dcterms:references", document["title"], _CHINESE)


def _temporal(xml: XmlStream, said: str, start: str, end: str) -> None:
    """A day as W3CDTF, several as DCMI Period, else the words of the report."""
    if start and start == end:
        xml.leaf("dcterms:temporal", start, _scheme("W3CDTF"))
    elif start and end:
        xml.leaf("dcterms:temporal", f"start={start}; end={end}; scheme=W3C-DTF;", _scheme("Period"))
    else:
        xml.leaf("dcterms:temporal", said, _CHINESE)


def _scheme(name: str) -> dict[str, str]:
    return {"xsi:type": f"dcterms:{name}"}
