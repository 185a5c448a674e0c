"""Every error as a class with its code; what it says is in ``messages``, with that of the warnings.

On stderr they come
in the reader's language; in a record they are always Chinese (``RECORD_LANGUAGE``), because the same bytes
and options must give the same record in every locale.

    ExtractorError
    ├── InputError      the input cannot be read
    ├── UsageError      an option, a manifest or a lexicon is wrong
    ├── OutputError     the result cannot be written
    └── InternalError   a fault of the program
        └── RuleError   a rule file of the package is malformed
"""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from extractor.messages import ERRORS as ERRORS
from extractor.messages import WARNINGS as WARNINGS
from extractor.messages import Argument
from extractor.messages import Message as Message
from extractor.terms import TERMS as TERMS
from extractor.terms import Language as Language

#: Records carry Chinese sentences in every locale: their readers are, and bytes must not depend on LANG.
RECORD_LANGUAGE: Language = "zh"


E = TypeVar("E", bound="ExtractorError")


class ExtractorError(Exception):
    """Root of all errors that this package raises.

    ``code`` names the entry of ``ERRORS``; ``arguments`` fill its sentence. ``str(error)`` is English.
    """

    code: ClassVar[str] = "internal"
    #: Arguments that are keys of ``TERMS``, to be named in the language of the sentence.
    terms: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **arguments: Argument) -> None:
        """Take what fills the sentence."""
        super().__init__(arguments)
        self.arguments = arguments

    def message(self, language: Language = "en") -> str:
        """What happened, in one sentence."""
        return ERRORS[self.code].sentence(language, self._filled(language))

    def hint(self, language: Language = "en") -> str:
        """What can be done about it."""
        return ERRORS[self.code].hint(language, self._filled(language))

    def retold(self, **arguments: Argument) -> Self:
        """The same error with some arguments replaced, as the path by the base name."""
        return _rebuild(type(self), {**self.arguments, **arguments})

    def _filled(self, language: Language) -> dict[str, Argument]:
        return {k: TERMS[str(v)][language] if k in self.terms else v for k, v in self.arguments.items()}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.message()

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between workers: by default an exception is rebuilt from positional arguments."""
        return _rebuild, (type(self), self.arguments)


def _rebuild(kind: type[E], arguments: dict[str, Argument]) -> E:
    error = kind.__new__(kind)
    ExtractorError.__init__(error, **arguments)
    return error


class InputError(ExtractorError):
    """The input cannot be read."""

    code = "unreadable"


class UsageError(ExtractorError):
    """An option or a manifest is wrong."""

    code = "usage"


class OutputError(ExtractorError):
    """The result cannot be written."""

    code = "not-writable"


class InternalError(ExtractorError):
    """A fault of the program, not of the input."""

    code = "internal"


class RuleError(InternalError):
    """A rule file of the package is malformed: a fault of the package, not of the input."""

    code = "rule-malformed"

    def __init__(self, detail: str) -> None:
        """Take what is wrong, with the rule's file and id."""
        super().__init__(detail=detail)


class NotFoundError(InputError):
    """There is no such file. Arguments: path."""

    code = "not-found"


class FolderError(InputError):
    """A folder was given for a file. Arguments: path."""

    code = "is-a-folder"


class NoPermissionError(InputError):
    """The file may not be read. Arguments: path."""

    code = "no-permission"


class EmptyError(InputError):
    """No character, or nothing but white space. Arguments: path."""

    code = "empty"


class BinaryError(InputError):
    """The content is no text. Arguments: path, looks (what it looks like, a term)."""

    code = "binary"
    terms = ("looks",)


class UndecodableError(InputError):
    """A byte does not fit the encoding. Arguments: path, encoding, offset (bytes, from 0), byte (hex)."""

    code = "undecodable"


class TooLargeError(InputError):
    """More than the program takes. Arguments: path, limit, unit (the name of the limit, a term)."""

    code = "too-large"
    terms = ("unit",)

    def _filled(self, language: Language) -> dict[str, Argument]:
        """With ``name``: what the limit is called on the command line, in every language."""
        return {**super()._filled(language), "name": self.arguments["unit"]}


class TooSlowError(InputError):
    """Reading took longer than it may. Arguments: path, seconds."""

    code = "too-slow"


class BrokenError(InputError):
    """A file of a known format that is damaged or not whole. Arguments: path, looks (its format, a term), detail."""

    code = "broken"
    terms = ("looks",)


class EncryptedError(InputError):
    """A file that opens only with a password or a key. Arguments: path, looks (its format, a term)."""

    code = "encrypted"
    terms = ("looks",)


class UnsafeError(InputError):
    """A file made to do harm. Arguments: path, looks (its format, a term), detail (a term)."""

    code = "unsafe"
    terms = ("looks", "detail")


class MissingExtraError(InputError):
    """The format needs packages that are not installed. Arguments: path, looks (a term), extra (its name)."""

    code = "missing-extra"
    terms = ("looks",)


class MissingProgramError(InputError):
    """The format needs a program that is not installed. Arguments: path, looks (a term)."""

    code = "missing-program"
    terms = ("looks",)


class WorkerDiedError(InputError):
    """The worker that read this input ended: it ran out of memory, or a library crashed. Arguments: path."""

    code = "worker-died"


class WorkerHungError(InputError):
    """The worker that read this input was stopped: it took too long. Arguments: path, seconds."""

    code = "worker-hung"


class LimitError(UsageError):
    """Not a limit. Arguments: value, names (those there are)."""

    code = "bad-limit"


class UnknownEncodingError(UsageError):
    """No encoding goes by this name. Arguments: encoding."""

    code = "unknown-encoding"


class PublishedError(UsageError):
    """Not a date of publication. Arguments: value."""

    code = "bad-published"


class ManifestError(UsageError):
    """A line of the manifest is wrong. Arguments: path, line (from 1), detail (a term)."""

    code = "bad-manifest"
    terms = ("detail",)


class GoldError(InputError):
    """An annotation is wrong. Arguments: path, place (a path into it, or line:column), detail (a term)."""

    code = "bad-gold"
    terms = ("detail",)


class RecordsError(InputError):
    """A line holds no record. Arguments: path, line (from 1), place (bracketed, or none), detail (a term)."""

    code = "bad-records"
    terms = ("detail",)


class FloorsError(UsageError):
    """A file of floors is wrong. Arguments: path, place (the key, or line:column), detail (a term)."""

    code = "bad-floors"
    terms = ("detail",)


class LexiconError(UsageError):
    """An entry of the lexicon is wrong. Arguments: path, line (from 1), value, detail (a term)."""

    code = "bad-lexicon"
    terms = ("detail",)
    #: What else is wrong with the same file; not kept when the error travels between processes.
    further: tuple[LexiconError, ...] = ()


class LexiconConflictError(LexiconError):
    """Two entries of the lexicon do not agree. Arguments: path, line, first (the earlier line), value, detail (a term)."""

    code = "lexicon-conflict"


class BusyError(OutputError):
    """Another run writes the same output. Arguments: path (its journal)."""

    code = "busy"


class JournalError(OutputError):
    """The journal of a run is none, or damaged. Arguments: path."""

    code = "bad-journal"


class DatabaseError(OutputError):
    """A database that the records do not go into. Arguments: path, detail (a term)."""

    code = "bad-database"
    terms = ("detail",)


class MissingPackageError(UsageError):
    """What is asked for needs packages that are not installed. Arguments: what (Parquet, Ray), extra (its name)."""

    code = "missing-package"


class DiskFullError(OutputError):
    """No space left for the result. Arguments: path."""

    code = "disk-full"
