"""What a careful reader finds in a report, written down by hand: the format of annotations (docs/gold.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import GoldError, InputError
from extractor.evaluation.faults import first_fault, json_object, place
from extractor.reading import file_bytes, read_file
from schemas import Action, Role
from schemas.edtf import check_edtf

T = TypeVar("T")
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Many = Annotated[tuple[T, ...], Field(strict=False)]
Roles = Annotated[tuple[Role, ...], Field(strict=False, min_length=1)]

#: What of an annotation does not stand in the text: all its other strings do, character for character.
_NOT_VERBATIM = {"id", "edtf", "roles", "action"}


class _Annotation(BaseModel):
    """Strict: a key that is misspelt would otherwise pass for a report in which nothing was found."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class GoldMeeting(_Annotation):
    """The meeting itself (会议)."""

    name: Words | None
    organizer: Words | None
    location: Words | None


class GoldDate(_Annotation):
    """When it took place: the expression, and its value in EDTF, null for 近日 and the like (日期)."""

    text: Words
    edtf: Annotated[str, AfterValidator(check_edtf)] | None


class GoldPerson(_Annotation):
    """A person who takes part (人员)."""

    name: Words
    title: Words | None = None
    roles: Roles


class GoldUnit(_Annotation):
    """A unit that takes part (单位)."""

    name: Words
    representatives: Words | None = None
    roles: Roles


class GoldTask(_Annotation):
    """A directive (任务)."""

    text: Words
    by: Words | None = None
    actor: Words | None = None
    deadline: Words | None = None


class GoldDocument(_Annotation):
    """A document that the meeting handled (文件)."""

    title: Words
    action: Action


class Gold(_Annotation):
    """The annotation of a text that reports a meeting: every list is given, empty where there is nothing."""

    id: Words
    is_meeting: Literal[True] = True
    meeting: GoldMeeting
    date: GoldDate | None
    people: Many[GoldPerson]
    mentioned: Many[Words]
    units: Many[GoldUnit]
    tasks: Many[GoldTask]
    documents: Many[GoldDocument]


class NoMeeting(_Annotation):
    """The annotation of a text that reports no meeting: there is nothing else to say."""

    id: Words
    is_meeting: Literal[False]


@dataclass(frozen=True, slots=True)
class Case:
    """A report with its annotation; ``text`` is the report as read: decoded, line ends as LF."""

    id: str
    text: str
    gold: Gold | NoMeeting


def beside(gold: Path) -> Path:
    """The folder that a folder of annotations lies in, as its path says."""
    return gold.parent if gold.name not in ("", "..") else gold / ".."


def texts_beside(gold: Path) -> Path:
    """Where its reports lie if nothing else is said: ``texts`` beside it, else the folder that it is in."""
    texts = beside(gold) / "texts"
    return texts if texts.is_dir() else beside(gold)


def read_cases(gold: Path, texts: Path) -> tuple[list[Case], list[InputError]]:
    """The annotated reports of a folder of ID.json, in the order of their ids, and what is wrong with others.

    ``texts``: the folder of ID.txt. A string of an annotation that its text does not hold is an error: a
    wrong annotation would count against the records.
    """
    cases: list[Case] = []
    errors: list[InputError] = []
    for path in sorted(gold.glob("*.json")):
        try:
            cases.append(read_case(path, texts))
        except InputError as error:
            errors.append(error)
    if not cases and not errors:
        errors.append(GoldError(path=str(gold), place="*.json", detail="no-gold"))
    return cases, errors


def read_case(path: Path, texts: Path) -> Case:
    """The annotation ID.json with its report. Raises GoldError, InputError."""
    gold = _parsed(path)
    if gold.id != path.stem:
        raise GoldError(path=str(path), place=place(["id"], gold.id), detail="other-id")
    text = read_file(texts / f"{path.stem}.txt").characters
    for at, words in _verbatim(gold.model_dump(), ()):
        if words not in text:
            raise GoldError(path=str(path), place=place(at, words), detail="not-in-text")
    return Case(path.stem, text, gold)


def _parsed(path: Path) -> Gold | NoMeeting:
    data = json_object(file_bytes(path), partial(GoldError, path=str(path)))
    model: type[Gold | NoMeeting] = NoMeeting if data.get("is_meeting") is False else Gold
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fault = first_fault(error)
        known = fault.place.partition(" ")[0].partition(".")[0] in Gold.model_fields
        stated = model is NoMeeting and fault.term == "unknown-key" and known
        raise GoldError(
            path=str(path), place=fault.place, detail="not-stated" if stated else fault.term
        ) from None


def _verbatim(node: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string that must stand in the text, with its path."""
    if isinstance(node, str):
        yield at, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in _NOT_VERBATIM:
                yield from _verbatim(value, (*at, key))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from _verbatim(value, (*at, index))
