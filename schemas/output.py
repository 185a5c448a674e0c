"""Records to and from JSON, and the JSON Schema that describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from schemas.models import SCHEMA_VERSION, AnyRecord, ErrorRecord, Record

#: A name, not an address: nothing is ever fetched from it.
SCHEMA_ID = f"urn:meeting-extractor:schema:record:{SCHEMA_VERSION}"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without a title on every field: it would only repeat the field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  (Pydantic's signature)
        return False


_ADAPTER: TypeAdapter[Record | ErrorRecord] = TypeAdapter(AnyRecord)


def read_record(data: str | bytes | Mapping[str, Any], text: str | None = None) -> Record | ErrorRecord:
    """A record from JSON or from its parsed form; with the ``text`` every value is checked against it.

    Raises pydantic.ValidationError (a ValueError) where the record breaks the contract.
    """
    context = None if text is None else {"text": text}
    parsed = json.loads(data) if isinstance(data, str | bytes) else data
    return _ADAPTER.validate_python(parsed, context=context)


def to_json(record: Record | ErrorRecord, indent: int | None = 2) -> str:
    """The record as JSON without a line end after it: fields in their order, Chinese as it is.

    ``indent=None`` gives one line, for JSON Lines. The same record gives the same characters.
    """
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=indent)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, ok or error."""
    body = _ADAPTER.json_schema(mode="serialization", schema_generator=_Generator)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": SCHEMA_ID,
        "title": "Meeting record",
        "description": "One record for one report: what it says of the meeting, with evidence; or an error.",
        **body,
    }


def schema_text() -> str:
    """The JSON Schema as it is published in ``schemas/record.schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
