"""The library: from a file, bytes or characters to a validated record.

spaCy and the models are imported when the first text is read, not with this module: ``extract --help``
and ``import extractor`` need neither (1.1 s together).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from os import PathLike, fspath
from typing import TYPE_CHECKING

from extractor.errors import RECORD_LANGUAGE, ExtractorError, InternalError, PublishedError
from extractor.reading import (
    STDIN,
    Limits,
    OnDamage,
    Text,
    base_name,
    file_bytes,
    read_bytes,
    read_text,
    stream_bytes,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.lexicon import Lexicon
    from extractor.record import Made
    from schemas import ErrorRecord, Record

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def load(lexicon: str | PathLike[str] | Lexicon | None = None) -> Language:
    """The spaCy pipeline (``spacy.blank("zh")`` with this package's components), a new one at each call.

    ``lexicon``: what an archive knows, as a file (``docs/lexicon.md``) or read already. Reads no network and no
    other file outside the package. Raises InputError, LexiconError.
    """
    from extractor.language.pipeline import load as load_pipeline

    return load_pipeline(_known(lexicon))


def extract(
    path: str | PathLike[str],
    *,
    published: date | str | None = None,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    lexicon: str | PathLike[str] | Lexicon | None = None,
    limits: Limits | None = None,
) -> Record:
    """The record of the report in a file.

    ``published``: day of publication (a date, or as 2021-03-24); it fills the year and month that the
    report leaves out. ``encoding``: forces one; else it is detected. ``on_damage="keep"``: bytes that do
    not fit the encoding become U+FFFD, and the record says so. ``lexicon``: what an archive knows of its
    people, units and places, as a file or read already. ``limits``: how large it may be and how long reading may
    take. Raises ExtractorError.
    """
    return extract_bytes(
        file_bytes(path, limits),
        name=fspath(path),
        published=published,
        encoding=encoding,
        on_damage=on_damage,
        lexicon=lexicon,
        limits=limits,
    )


def extract_bytes(
    data: bytes,
    *,
    name: str = "bytes",
    published: date | str | None = None,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    lexicon: str | PathLike[str] | Lexicon | None = None,
    limits: Limits | None = None,
) -> Record:
    """The record of a report given as the bytes of its file. Options and errors as for ``extract``.

    >>> extract_bytes("本站讯 5月3日，县委召开会议。".encode("gbk"), published="2021-05-04").source.encoding
    'gb18030'
    """
    text = read_bytes(data, name, encoding=encoding, on_damage=on_damage, limits=limits)
    return make(text, published, lexicon).record


def extract_text(
    characters: str,
    *,
    name: str = "text",
    published: date | str | None = None,
    lexicon: str | PathLike[str] | Lexicon | None = None,
) -> Record:
    """The record of a report given as characters. Evidence counts in them, line ends as ``\\n``.

    >>> record = extract_text("全县农业工作会议召开\\n5月3日，全县农业工作会议召开，县长李甲出席并讲话。")
    >>> record.title.text
    '全县农业工作会议召开'
    """
    return make(read_text(characters, name), published, lexicon).record


def make(
    text: Text,
    published: date | str | None = None,
    lexicon: str | PathLike[str] | Lexicon | None = None,
) -> Made:
    """Record and trace (which rule gave which value) of a text that ``extractor.reading`` has read.

    Raises PublishedError, InputError and LexiconError for the lexicon, InternalError.
    """
    day = published_day(published)
    from extractor.record import make_record

    known = _known(lexicon)
    nlp = _pipeline(known)
    doc = nlp(text.characters if known is None else _dated(nlp, text, day))
    return make_record(doc._.meeting, text, day)


def _dated(nlp: Language, text: Text, day: date | None) -> Doc:
    """The text as a Doc that knows its day of publication, for the dates of office in a lexicon."""
    from extractor.language.findings import findings
    from extractor.record import known_day

    doc = nlp.make_doc(text.characters)
    findings(doc).published = known_day(text, day)[0]
    return doc


def try_extract(
    path: str,
    *,
    published: date | str | None = None,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    lexicon: str | PathLike[str] | Lexicon | None = None,
    limits: Limits | None = None,
    load: Callable[[], bytes] | None = None,
    on_error: Callable[[ExtractorError], object] | None = None,
    on_made: Callable[[Made, Text], object] | None = None,
) -> Record | ErrorRecord:
    """For many inputs in a row: what goes wrong gives an error record. ``-`` is standard input.

    ``load``: what gives the bytes, where they are not those of a file at ``path`` or of standard input.

    ``on_error`` is also told what went wrong: the error speaks both languages and names the whole path.
    ``on_made`` is also given what the record was made with, and the text as read.
    """
    name = STDIN if path == "-" else path
    data = None
    try:
        data = load() if load is not None else _given(path, limits)
        text = read_bytes(data, name, encoding=encoding, on_damage=on_damage, limits=limits)
        made = make(text, published, lexicon)
        if on_made is not None:
            on_made(made, text)
        return made.record
    except ExtractorError as error:
        told = error
    except Exception as error:  # one bad report must not end a run over a whole archive
        told = fault(error)
    # With where it came from it would keep this report in memory, in a circle, until Python looks for those.
    told.__traceback__ = told.__cause__ = told.__context__ = None
    if on_error is not None:
        on_error(told)
    return error_record(told, name, data)


def _given(path: str, limits: Limits | None) -> bytes:
    return stream_bytes(sys.stdin.buffer, limits=limits) if path == "-" else file_bytes(path, limits)


def error_record(error: ExtractorError, path: str, data: bytes | None = None) -> ErrorRecord:
    """What stands in place of a record; ``data``: the bytes, if they could be read.

    It names no folder, and speaks Chinese in every locale as all records do.
    """
    from schemas import SCHEMA_VERSION, ErrorRecord

    told = error.retold(path=base_name(path)) if "path" in error.arguments else error
    digest = None if data is None else sha256(data).hexdigest()
    source = {"name": base_name(path), "media_type": None, "encoding": None}
    message, hint = told.message(RECORD_LANGUAGE), told.hint(RECORD_LANGUAGE)
    return ErrorRecord.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "status": "error",
            "source": {**source, "sha256": digest, "characters": None, "pages": None},
            "error": {"code": told.code, "message": message, "hint": hint},
        }
    )


def fault(error: Exception) -> InternalError:
    """An exception that nobody foresaw, as an error of this package."""
    internal = InternalError(detail=f"{type(error).__name__}: {error}".rstrip(": "))
    internal.__cause__ = error
    return internal


def published_day(published: date | str | None) -> date | None:
    """The day itself, of a date or of its ISO form.

    Raises PublishedError.

    >>> published_day("2021-03-24")
    datetime.date(2021, 3, 24)
    """
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        if _DAY.fullmatch(published):
            return date.fromisoformat(published)
    except ValueError:
        pass
    raise PublishedError(value=published)


@lru_cache(maxsize=4)
def _pipeline(lexicon: Lexicon | None) -> Language:
    return load(lexicon)


def _known(lexicon: str | PathLike[str] | Lexicon | None) -> Lexicon | None:
    """The lexicon itself; a file is read each time, and parsed again only when its bytes have changed."""
    if not isinstance(lexicon, str | PathLike):
        return lexicon
    return _parsed(file_bytes(lexicon), fspath(lexicon))


@lru_cache(maxsize=4)
def _parsed(data: bytes, path: str) -> Lexicon:
    from extractor.lexicon import parse_lexicon, sound

    return sound(*parse_lexicon(data, path))
