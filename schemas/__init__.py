"""What a record is: the Pydantic models of the record, and the JSON Schema generated from them.

Importable alone: neither spaCy nor ``extractor`` is needed to read records.

>>> from schemas import read_record
>>> record = read_record({
...     "schema_version": "1.2", "status": "error",
...     "source": {"name": "a.txt", "media_type": None, "encoding": None, "sha256": None, "characters": None,
...                "pages": None},
...     "error": {"code": "empty", "message": "文件是空的。", "hint": "请检查文件。"},
... })
>>> record.status, record.error.code
('error', 'empty')
"""

from __future__ import annotations

from schemas.models import (
    SCHEMA_VERSION,
    Action,
    AnyRecord,
    DatePart,
    DateSource,
    Document,
    ErrorRecord,
    Failure,
    Kind,
    Leader,
    LeaderRole,
    Meeting,
    MeetingDate,
    PartialSource,
    Record,
    RecordWarning,
    Role,
    Source,
    Span,
    Speaker,
    SpeakerRole,
    Task,
    Unit,
    UnitRole,
    Value,
)
from schemas.output import SCHEMA_ID, json_schema, read_record, schema_text, to_json
from schemas.quotes import bare

__all__ = [
    "SCHEMA_ID",
    "SCHEMA_VERSION",
    "Action",
    "AnyRecord",
    "DatePart",
    "DateSource",
    "Document",
    "ErrorRecord",
    "Failure",
    "Kind",
    "Leader",
    "LeaderRole",
    "Meeting",
    "MeetingDate",
    "PartialSource",
    "Record",
    "RecordWarning",
    "Role",
    "Source",
    "Span",
    "Speaker",
    "SpeakerRole",
    "Task",
    "Unit",
    "UnitRole",
    "Value",
    "bare",
    "json_schema",
    "read_record",
    "schema_text",
    "to_json",
]
