"""How a long run goes, on stderr: a bar where it is a terminal, a line now and then where not."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from extractor.cli.terminal import is_coloured
from extractor.cli.voice import Voice

#: Seconds between two lines where nobody watches: a log of a night's run has a hundred.
_EVERY = 60


class Watch:
    """Shows done, failed, rate and time left while a run goes on; nothing with ``--quiet``."""

    def __init__(self, voice: Voice, total: int) -> None:
        self.voice, self.total = voice, total
        self.done = self.failed = self.known = 0
        self.start = self.told = monotonic()
        self._bar: Progress | None = None
        if not voice.quiet and sys.stderr is not None and sys.stderr.isatty():
            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[said]}"),
                TimeRemainingColumn(),
                console=Console(file=sys.stderr, no_color=not is_coloured(sys.stderr)),
                transient=True,
            )
            self._task = self._bar.add_task("", total=total, said="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def add(self, failed: bool, known: bool = False) -> None:
        """One input more is done; ``known``: by an earlier run, which says nothing about how quick this one is."""
        self.done += 1
        self.failed += failed
        self.known += known
        now = monotonic()
        if self._bar is not None:
            said = self.voice.words(
                "{failed} failed, {rate} a second", failed=self.failed, rate=self._rate(now)
            )
            self._bar.update(self._task, completed=self.done, said=said)
        elif now - self.told >= _EVERY:
            self.told = now
            self.voice.note(
                "{done} of {total} done, {failed} failed, {rate} a second, {left} min left.",
                done=self.done,
                total=self.total,
                failed=self.failed,
                rate=self._rate(now),
                left=self._left(now),
            )

    def _rate(self, now: float) -> str:
        return f"{(self.done - self.known) / max(now - self.start, 0.001):.1f}"

    def _left(self, now: float) -> int:
        """Minutes. There may be more inputs than were counted: files come and go."""
        left = max(0, self.total - self.done)
        return round(left * (now - self.start) / max(1, self.done - self.known) / 60)
