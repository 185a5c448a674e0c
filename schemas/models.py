"""The models, field by field as the record has them.

Serialised, the fields keep the order in which they stand here, and none is ever left out: a field with
nothing to say is null or []. Given the text as validation context, every value is checked against it:
``Record.model_validate(data, context={"text": text})``; without it only order and bounds are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from schemas.edtf import EDTF_PATTERN, check_edtf, days_of
from schemas.quotes import check_part, check_quote

SCHEMA_VERSION: Literal["1.2"] = "1.2"

Kind = Literal["report", "minutes", "other"]
Role = Literal["chair", "address", "report", "statement", "lecture", "attend"]
LeaderRole = Literal["chair", "address", "report", "attend"]
SpeakerRole = Literal["address", "report", "statement", "lecture"]
UnitRole = Literal["attend", "statement", "report", "address"]
Action = Literal["review", "approve", "convey", "issue", "sign"]
DatePart = Literal["year", "month", "day"]
DateSource = Literal["text", "published", "metadata", "file name"]

T = TypeVar("T")


def _unique(items: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(items)) < len(items):
        raise ValueError("an item stands twice")
    return items


def _together(part: str, words: str | None, confidence: float | None) -> None:
    if (words is None) != (confidence is None):
        raise ValueError(f"{part} and {part}_confidence go together")


_DISTINCT = {"uniqueItems": True}

#: Any words: never an empty string, never white space alone.
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Edtf = Annotated[str, Field(pattern=EDTF_PATTERN), AfterValidator(check_edtf)]
Day = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(check_edtf),
]
#: JSON arrays are tuples here, so that a record is frozen throughout; a list is welcome as input.
Many = Annotated[tuple[T, ...], Field(strict=False)]
#: How likely it is that something is right, in hundredths: 0.95.
Confidence = Annotated[float, Field(ge=0, le=1)]
#: Left, top, right, bottom on the page as it is displayed, from its upper left corner.
Box = Annotated[tuple[float, float, float, float], Field(strict=False)]
#: Distinct items, at least one.
Some = Annotated[
    tuple[T, ...], Field(strict=False, min_length=1, json_schema_extra=_DISTINCT), AfterValidator(_unique)
]


class Model(BaseModel):
    """What all models share: strict, frozen, no unknown field, no field left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Span(Model):
    """A stretch of the text as read, in Unicode code points, and where it stands in the file (出处)."""

    start: int = Field(ge=0, description="The first code point, inclusive (起点).")
    end: int = Field(ge=1, description="The end, exclusive (终点).")
    page: int | None = Field(
        ge=1,
        description="The page it begins on, from 1; null where the format has no pages (页).",
    )
    box: Box | None = Field(
        description="Left, top, right, bottom of its part on that page: points in PDF, millimetres in OFD, pixels of an image (位置).",
    )
    paragraph: int | None = Field(
        ge=1,
        description="The paragraph it begins in, from 1; null where the format has pages or lines instead (段).",
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"span {self.start}-{self.end} is empty or reversed")
        if self.box is not None and (
            self.page is None or self.box[0] > self.box[2] or self.box[1] > self.box[3]
        ):
            raise ValueError(f"box {self.box} is reversed or on no page")
        return self


Evidence = Annotated[tuple[Span, ...], Field(strict=False, min_length=1)]


class Value(Model):
    """A piece of the report, verbatim, and where it stands (原文及出处)."""

    text: Words = Field(description="The characters, verbatim (原文).")
    confidence: Confidence = Field(description="How likely the value is right (把握).")
    evidence: Evidence = Field(description="Where it stands; the first span holds exactly the text (出处).")

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        check_quote(self.text, self.evidence, info.context)
        return self


class Source(Model):
    """What was read (来源)."""

    name: Words = Field(description="Base name of the file, <stdin> for standard input (文件名).")
    media_type: Words = Field(
        description="Media type of the content, as text/plain, application/pdf (媒体类型)."
    )
    encoding: Words = Field(
        description="Encoding that the bytes were decoded from; binary where the format is no encoded text (编码)."
    )
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes as read (校验和).")
    characters: int = Field(ge=1, description="Length of the text as read, in code points (字符数).")
    pages: int | None = Field(ge=1, description="Number of pages, where the format has any (页数).")


class PartialSource(Model):
    """What is known of an input that gave no record (来源)."""

    name: Words = Field(description="Base name of the file, <stdin> for standard input (文件名).")
    media_type: Words | None = Field(description="Media type of the content, if known (媒体类型).")
    encoding: Words | None = Field(description="Encoding, if the bytes could be decoded (编码).")
    sha256: str | None = Field(
        pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes, if they could be read (校验和)."
    )
    characters: int | None = Field(ge=0, description="Length of the text, if it could be decoded (字符数).")
    pages: int | None = Field(ge=1, description="Number of pages, if known (页数).")


class Meeting(Model):
    """The meeting itself (会议)."""

    name: Value | None = Field(description="The most complete name of the meeting in the report (会议名称).")
    organizer: Value | None = Field(description="Who convened or held it, if stated (主办单位).")
    location: Value | None = Field(description="Where it was held, if stated (会议地点).")


class MeetingDate(Model):
    """The day or days on which the meeting took place, never the day of publication (会议日期)."""

    text: Words = Field(description="The expression of the report, verbatim (日期原文).")
    start: Day | None = Field(description="First day, when day, month and year are known (开始日期).")
    end: Day | None = Field(description="Last day, when day, month and year are known (结束日期).")
    edtf: Edtf | None = Field(
        description="What is known, in EDTF, unknown digits as X; null for 近日 and the like (EDTF 日期)."
    )
    inferred: Annotated[
        tuple[DatePart, ...], Field(strict=False, json_schema_extra=_DISTINCT), AfterValidator(_unique)
    ] = Field(description="The parts that the expression does not state itself (推断的部分).")
    inferred_from: DateSource | None = Field(
        description="Where the inferred parts came from; null where nothing was inferred (推断依据)."
    )
    confidence: Confidence = Field(description="How likely the date is right (把握).")
    evidence: Evidence = Field(description="Where it stands; the first span holds exactly the text (出处).")

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        check_quote(self.text, self.evidence, info.context)
        if (self.start, self.end) != ((days_of(self.edtf) if self.edtf else None) or (None, None)):
            raise ValueError(f"start {self.start} and end {self.end} are not those of edtf {self.edtf}")
        if bool(self.inferred) != bool(self.inferred_from):
            raise ValueError("inferred and inferred_from go together")
        return self


class Leader(Model):
    """A person who chaired, spoke with authority, reported or attended (领导)."""

    name: Words = Field(description="The name alone, without title and without white space inside (姓名).")
    title: Words | None = Field(description="The fullest post or title printed with the name (职务).")
    title_confidence: Confidence | None = Field(
        description="How likely the title is right; null where there is none (职务把握)."
    )
    roles: Some[LeaderRole] = Field(description="What the person did at the meeting (角色).")
    confidence: Confidence = Field(description="How likely name and all roles are right (把握).")
    evidence: Evidence = Field(
        description="The name first, then where title and roles are said, in the order of the text (出处)."
    )

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        check_quote(self.name, self.evidence, info.context, name=True)
        check_part("title", self.title, self.evidence, info.context)
        _together("title", self.title, self.title_confidence)
        return self


class Speaker(Model):
    """A person or unit that spoke, reported, made a statement or lectured (发言人)."""

    name: Words = Field(description="Name of the person, or of the unit (姓名或单位名称).")
    kind: Literal["person", "unit"] = Field(description="Whether a person or a unit spoke (类别).")
    title: Words | None = Field(description="The fullest post printed with the name; null for units (职务).")
    title_confidence: Confidence | None = Field(
        description="How likely the title is right; null where there is none (职务把握)."
    )
    roles: Some[SpeakerRole] = Field(description="How they spoke (角色).")
    confidence: Confidence = Field(description="How likely name and all roles are right (把握).")
    evidence: Evidence = Field(
        description="The name first, then where title and roles are said, in the order of the text (出处)."
    )

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        if self.kind == "unit" and self.title is not None:
            raise ValueError("a unit has no title")
        check_quote(self.name, self.evidence, info.context, name=self.kind == "person")
        check_part("title", self.title, self.evidence, info.context)
        _together("title", self.title, self.title_confidence)
        return self


class Unit(Model):
    """An organisation that takes part through its representatives (参会单位)."""

    name: Words = Field(description="The unit alone, without the designation of its people (单位名称).")
    representatives: Words | None = Field(
        description="The designation of its people, as 主要负责同志; null where the unit itself acts (代表)."
    )
    representatives_confidence: Confidence | None = Field(
        description="How likely the designation is right; null where there is none (代表把握)."
    )
    roles: Some[UnitRole] = Field(description="How it takes part (角色).")
    confidence: Confidence = Field(description="How likely the name is right (把握).")
    evidence: Evidence = Field(
        description="The name first, then where representatives and roles are said (出处)."
    )

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        check_quote(self.name, self.evidence, info.context)
        check_part("representatives", self.representatives, self.evidence, info.context)
        _together("representatives", self.representatives, self.representatives_confidence)
        return self


class Task(Model):
    """What the meeting asks to be done (任务)."""

    text: Words = Field(description="The directive, its ordinal included, verbatim (任务原文).")
    ordinal: Words | None = Field(description="The number of the item that lays it, as 二要 (序号).")
    by: Words | None = Field(description="Who says it: 会议, or the name of a person (提出者).")
    actor: Words | None = Field(description="Who is told to do it, if named (责任单位).")
    deadline: Words | None = Field(description="By when, verbatim, if stated (期限).")
    confidence: Confidence = Field(description="How likely this is a task, from end to end (把握).")
    evidence: Evidence = Field(
        description="The directive first, then where its other parts stand outside of it (出处)."
    )

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        check_quote(self.text, self.evidence, info.context)
        check_part("ordinal", self.ordinal, self.evidence, info.context)
        check_part("by", self.by, self.evidence, info.context, name=True)
        check_part("actor", self.actor, self.evidence, info.context)
        check_part("deadline", self.deadline, self.evidence, info.context)
        return self


class Document(Model):
    """A document that the meeting itself handled (文件)."""

    title: Words = Field(description="Its title, verbatim, without 《》 (文件标题).")
    action: Action = Field(
        description="What the meeting did with it: 审议, 通过, 传达学习, 印发 or 签署 (处理方式)."
    )
    confidence: Confidence = Field(description="How likely title and action are right (把握).")
    evidence: Evidence = Field(description="The title first, then where the action is said (出处).")

    @model_validator(mode="after")
    def _verbatim(self, info: ValidationInfo) -> Self:
        check_quote(self.title, self.evidence, info.context)
        return self


class RecordWarning(Model):
    """Something left out that a reader could mistake for an oversight (提示)."""

    code: Code = Field(description="Stable code, as year-unknown (代码).")
    message: Words = Field(description="A sentence in Chinese, the same in every locale (说明).")
    evidence: Many[Span] = Field(description="The places in the text that it is about, if any (出处).")


class Record(Model):
    """The record of one report: what its text says about the meeting, and where (会议记录)."""

    schema_version: Literal["1.2"] = Field(description="Version of this schema (模式版本).")
    status: Literal["ok"] = Field(description="ok: the input was read (状态).")
    source: Source = Field(description="The input, and how it was read (来源).")
    kind: Kind = Field(description="会议报道, 会议纪要, or a text with no meeting in it (文种).")
    title: Value | None = Field(description="The headline (题名).")
    meeting: Meeting = Field(description="Name, organizer and location of the meeting (会议).")
    date: MeetingDate | None = Field(description="When the meeting took place (日期).")
    leaders: Many[Leader] = Field(
        description="The people with chair, address, report or attend, in the order of the report (领导)."
    )
    speakers: Many[Speaker] = Field(
        description="The people and units with address, report, statement or lecture (发言)."
    )
    attending_units: Many[Unit] = Field(description="Every unit that takes part, however (单位).")
    tasks: Many[Task] = Field(description="What the meeting asks to be done (任务).")
    documents: Many[Document] = Field(description="Documents that the meeting handled (文件).")
    mentioned: Annotated[
        tuple[Words, ...], Field(strict=False, json_schema_extra=_DISTINCT), AfterValidator(_unique)
    ] = Field(description="Names of people who are named but took no part (提及人员).")
    warnings: Many[RecordWarning] = Field(description="What was left out, and why (提示).")

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        for span in self.spans():
            if span.end > self.source.characters:
                raise ValueError(f"span {span.start}-{span.end} ends after the text")
        if info.context and "text" in info.context and len(info.context["text"]) != self.source.characters:
            raise ValueError("source.characters is not the length of the text")
        taking_part = {p.name for p in self.leaders} | {s.name for s in self.speakers if s.kind == "person"}
        if both := taking_part.intersection(self.mentioned):
            raise ValueError(f"mentioned and taking part: {min(both)}")
        if self.kind == "other" and any(self._content()):
            raise ValueError("a text with no meeting in it has nothing but a title")
        return self

    def _content(self) -> Iterator[object]:
        yield from (self.meeting.name, self.meeting.organizer, self.meeting.location, self.date)
        yield from (self.leaders, self.speakers, self.attending_units, self.tasks, self.documents)
        yield self.mentioned

    def spans(self) -> Iterator[Span]:
        """All evidence of the record, in the order of its fields."""
        values = (self.title, self.meeting.name, self.meeting.organizer, self.meeting.location, self.date)
        lists = (self.leaders, self.speakers, self.attending_units, self.tasks, self.documents, self.warnings)
        for item in values:
            yield from item.evidence if item else ()
        for items in lists:
            for entry in items:
                yield from entry.evidence


class Failure(Model):
    """Why an input gave no record (错误)."""

    code: Code = Field(description="Stable code, as undecodable (代码).")
    message: Words = Field(description="A sentence in Chinese, the same in every locale (说明).")
    hint: Words = Field(description="What can be done about it (建议).")


class ErrorRecord(Model):
    """What stands in place of the record of an input that could not be read (错误记录)."""

    schema_version: Literal["1.2"] = Field(description="Version of this schema (模式版本).")
    status: Literal["error"] = Field(description="error: there is no record of this input (状态).")
    source: PartialSource = Field(description="What is known of the input (来源).")
    error: Failure = Field(description="What went wrong (错误).")


AnyRecord = Annotated[Record | ErrorRecord, Field(discriminator="status")]
