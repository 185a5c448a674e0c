"""What to read: files, folders with all that lies in them, patterns, lists. Always in the same order, and never all at once."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from extractor.batch.remote import is_remote, is_remote_folder, listed
from extractor.errors import NotFoundError
from extractor.reading import Limits, OnDamage, file_bytes

STDIN = "-"
_PATTERN = "*?["


@dataclass(frozen=True, slots=True)
class Input:
    """One report to read, and how. ``path`` is ``-`` for standard input.

    ``extra``: what a manifest says of it beside the options, for the catalogue: its reference code, for instance.
    ``data``: its bytes, where only this process can read them (``brought``).
    """

    path: str
    published: date | None = None
    encoding: str | None = None
    on_damage: OnDamage = "stop"
    lexicon: str | None = None
    limits: tuple[str, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)
    data: bytes | None = None


@lru_cache(maxsize=256)
def limits_of(settings: tuple[str, ...]) -> Limits:
    """The limits that these settings give. Raises LimitError."""
    return Limits().changed(*settings)


def brought(source: Input) -> Input:
    """With its bytes if another process could not read them: standard input, and pipes, as of ``<(command)``, are this one's alone.

    One byte past the limit is read: whoever takes the report apart will say that it is too large.
    """
    if source.data is not None:
        return source
    stream = source.path == STDIN
    with suppress(OSError, ValueError):
        mode = 0 if stream else os.stat(source.path).st_mode  # noqa: PTH116  (a Path takes longer than the question)
        stream = stream or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    if not stream:
        return source
    most, data = limits_of(source.limits).bytes + 1, b""
    with suppress(OSError, ValueError):  # what cannot be read, or was closed by the caller, is empty
        if source.path != STDIN:
            with Path(source.path).open("rb") as pipe:
                data = pipe.read(most)
        elif sys.stdin is not None:
            data = sys.stdin.buffer.read(most)
    return replace(source, data=data)


def expanded(name: str, skip: Callable[[str], bool] = lambda _: False) -> Iterator[str]:
    """The files that a name on the command line means.

    A folder means all files in it and below, in the order of their names; hidden ones (``.name``), those that ``skip``
    takes, pipes and devices are left out. ``@list.txt`` means the names in that list, one a line (or NUL after each, as ``find -print0`` writes
    them), relative to the list. A name that is no file and has one of ``*?[`` is a pattern of files; ``**`` goes down. Whatever else
    is named is a file, there or not. Raises InputError for a list that cannot be read, NotFoundError for a pattern without files.
    """
    if name == STDIN:
        yield name
    elif is_remote(name):
        yield from listed(name)
    elif name.startswith("@") and len(name) > 1:
        for entry in _listed(name[1:]):
            yield from _below(entry, skip) if _is_folder(entry) else (entry,)
    elif _is_folder(name):
        yield from _below(name, skip)
    elif _is_pattern(name):
        yield from _matching(name, skip)
    else:
        yield name


def means_several(name: str) -> bool:
    """Whether a name on the command line may mean several files: a folder, a list or a pattern."""
    if name == STDIN:
        return False
    if is_remote(name):
        return is_remote_folder(name)
    return (name.startswith("@") and len(name) > 1) or _is_folder(name) or _is_pattern(name)


def _is_pattern(name: str) -> bool:
    return any(c in name for c in _PATTERN) and not os.path.lexists(name)


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _below(folder: str, skip: Callable[[str], bool]) -> Iterator[str]:
    """All files in a folder and below. Links to folders are not followed: they may lead round in a circle."""
    waiting: list[str | os.DirEntry[str]] = [folder]  # the next one last
    while waiting:
        entry = waiting.pop()
        path = entry if isinstance(entry, str) else entry.path
        if isinstance(entry, str) or _is_to_be_opened(entry):
            try:
                with os.scandir(path) as found:
                    inside = sorted(found, key=lambda one: os.fsencode(one.name), reverse=True)
            except OSError:
                yield path  # reading it will tell why
            else:
                waiting += (one for one in inside if not one.name.startswith("."))
        elif _is_to_be_read(entry) and not skip(path):
            yield path


def _is_to_be_opened(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_to_be_read(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link to nowhere, which shall be told. Reading a pipe or a device may never end."""
    try:
        return entry.is_file() or not Path(entry.path).exists()
    except OSError:
        return True


def _matching(pattern: str, skip: Callable[[str], bool]) -> Iterator[str]:
    found = sorted({path for path in _globbed(pattern) if not _is_folder(path)}, key=os.fsencode)
    if not found:
        raise NotFoundError(path=pattern)
    yield from (path for path in found if not skip(path))


def _globbed(pattern: str) -> Iterator[str]:
    """What a pattern finds. ``glob`` alone would follow links below ``**``, round in circles."""
    parts = pattern.replace(os.sep, "/").split("/")
    if "**" not in parts:
        yield from glob.iglob(pattern)  # noqa: PTH207  (a Path would lose the ./)
        return
    at = parts.index("**")
    before, after = "/".join(parts[:at]), "/".join(parts[at + 1 :]) or "*"
    tops = [""] if not at else glob.iglob(before + "/")  # noqa: PTH207
    for top in tops:
        for folder in _folders(top):
            yield from _globbed(glob.escape(folder) + after)


def _folders(top: str) -> Iterator[str]:
    """A folder, as a beginning of paths (empty: this one), and those below."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        yield folder
        with suppress(OSError), os.scandir(folder or ".") as found:
            waiting += (
                f"{folder}{entry.name}/"
                for entry in found
                if not entry.name.startswith(".") and _is_to_be_opened(entry)
            )


def _listed(path: str) -> Iterator[str]:
    data = file_bytes(path).removeprefix(b"\xef\xbb\xbf")
    parts = data.split(b"\0") if b"\0" in data else data.replace(b"\r\n", b"\n").split(b"\n")
    for part in parts:
        if part.strip():
            yield beside(path, os.fsdecode(part))


def beside(path: str, name: str) -> str:
    """The file that a list at ``path`` means by a name. One that is called - is not to be taken for standard input."""
    if is_remote(name):
        return name
    place = str(Path(path).parent / name)
    return f"./{place}" if place == STDIN else place
