"""With which code the command leaves: a contract with scripts, documented in ``docs/cli.md``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from extractor.batch.work import Counted
from extractor.errors import ExtractorError, InputError, UsageError

if TYPE_CHECKING:
    from schemas import ErrorRecord, Record


class ExitCode(IntEnum):
    """What each code says."""

    OK = 0  # every input was read, and a meeting was found
    NOTHING_FOUND = 1  # no input reports a meeting; with --strict: one does not, or a record has warnings
    BELOW_FLOOR = 1  # extract evaluate --floors: a floor is missed
    DIFFERENT = 1  # extract diff --exit-code: the records differ
    USAGE = 2  # the call is wrong: an option, a date, an encoding, a line of the manifest
    UNREADABLE = 3  # no input could be read
    INTERNAL = 4  # a fault of the program, or the result could not be written
    SOME_FAILED = 5  # some inputs could not be read, others could
    INTERRUPTED = 130  # Ctrl-C, as shells have it: 128 + SIGINT
    BROKEN_PIPE = 141  # nobody reads the output any more, as shells have it: 128 + SIGPIPE


#: Errors in a record that are faults of the program.
_FAULTS = frozenset({"internal", "rule-malformed"})


def code_of(error: ExtractorError) -> ExitCode:
    """The code for an error that ends the run."""
    if isinstance(error, UsageError):
        return ExitCode.USAGE
    return ExitCode.UNREADABLE if isinstance(error, InputError) else ExitCode.INTERNAL


@dataclass(slots=True)
class Tally:
    """How many inputs went how; nothing is kept of the records themselves."""

    inputs: int = 0
    known: int = 0
    undated: int = 0
    to_review: int = 0
    unreadable: int = 0
    faults: int = 0
    without_meeting: int = 0
    with_warnings: int = 0

    def add(self, record: Record | ErrorRecord) -> None:
        """Count one record that was read alone, without what only workers tell: whether it has a date, what is to review."""
        if record.status == "error":
            self.count(Counted(record.error.code, "", True, 0, 0))
        else:
            self.count(Counted("", record.kind, True, len(record.warnings), 0))

    def count(self, counted: Counted, *, known: bool = False) -> None:
        """Count one input by what its worker tells of it; ``known``: it was done already."""
        self.inputs += 1
        self.known += known
        if counted.code:
            is_fault = counted.code in _FAULTS
            self.faults += is_fault
            self.unreadable += not is_fault
            return
        meeting = counted.kind != "other"
        self.without_meeting += not meeting
        self.undated += meeting and not counted.dated
        self.with_warnings += bool(counted.warnings)
        self.to_review += counted.to_review

    @property
    def failed(self) -> int:
        """Inputs that gave no record."""
        return self.unreadable + self.faults

    def code(self, strict: bool) -> ExitCode:
        """The code for the whole run: the gravest thing that holds."""
        if 0 < self.failed < self.inputs:
            return ExitCode.SOME_FAILED
        if self.failed:
            return ExitCode.INTERNAL if self.faults else ExitCode.UNREADABLE
        if self.without_meeting == self.inputs or (strict and (self.without_meeting or self.with_warnings)):
            return ExitCode.NOTHING_FOUND
        return ExitCode.OK
