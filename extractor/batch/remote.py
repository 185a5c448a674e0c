"""Files that stand elsewhere (``s3://…``, ``hdfs://…``, ``file://…``), through ``pyarrow.fs``, which the extra ``ray`` brings.

Names are taken as they are, as by ``aws s3`` and ``hdfs dfs``: no ``%20``, no ``?options``.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.errors import (
    FolderError,
    InputError,
    MissingPackageError,
    NoPermissionError,
    NotFoundError,
    OutputError,
    TooLargeError,
)
from extractor.reading import Limits

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]++://)([^/]*+)(.*+)", re.DOTALL)
#: File systems on which a file is seen before it is whole: there it is written under another name first.
_SEEN_EARLY = ("local", "hdfs")
_PIECE = 8 * 1024 * 1024


def is_remote(path: str) -> bool:
    """Whether a name is to be read through ``pyarrow.fs``: it has a scheme, as ``s3://``, ``gs://``, ``hdfs://`` or ``file://``.

    >>> is_remote("s3://archive/2021/a.txt"), is_remote("file:///a.txt"), is_remote("2021/a.txt"), is_remote(r"C:\\a.txt")
    (True, True, False, False)
    """
    return _SCHEME.match(path) is not None


def is_remote_folder(path: str) -> bool:
    """Whether a folder stands there. Raises InputError where that cannot be told."""
    with _reading(path) as (system, place):
        return str(system.get_file_info(place).type.name) == "Directory"


def listed(path: str) -> Iterator[str]:
    """The files that a name with a scheme means: all in a folder and below, hidden ones left out, in the order of a local folder.

    What is no folder is itself a file, there or not. Raises InputError where the folder cannot be listed.
    """
    root = path.rstrip("/")
    if not is_remote_folder(path):
        yield path
        return
    with _reading(path) as (system, place):
        for below in _below(system, place):
            yield f"{root}/{below}"


def read_remote(path: str, limits: Limits | None = None) -> bytes:
    """The bytes of a file with a scheme. Raises NotFoundError, FolderError, NoPermissionError, TooLargeError, InputError."""
    limit = (limits or Limits()).bytes
    with _reading(path) as (system, place):
        if system.type_name == "local" and Path(place).is_dir():
            raise FolderError(path=path)
        with system.open_input_file(place) as stream:
            if stream.size() > limit:
                raise TooLargeError(path=path, limit=limit, unit="bytes")
            return bytes(stream.read())


def copy_to(local: str | Path, path: str) -> None:
    """Put a finished file of this machine at a name with a scheme, whole or not at all. Raises OutputError."""
    try:
        system, place = _located(path)
        early = system.type_name in _SEEN_EARLY
        folder, slash, name = place.rpartition("/")
        there = f"{folder}{slash}.{name}.{secrets.token_hex(6)}.tmp" if early else place
        try:
            with (
                Path(local).open("rb") as source,
                system.open_output_stream(there, compression=None) as out,
            ):
                while piece := source.read(_PIECE):
                    out.write(piece)
            if early:
                system.move(there, place)
        except BaseException:
            if early:
                with suppress(Exception):
                    system.delete_file(there)
            raise
    except (OSError, ValueError, NotImplementedError) as error:  # pyarrow's own errors are among these
        raise OutputError(path=path, detail=_detail(error)) from error


def _below(system: Any, folder: str) -> Iterator[str]:
    """The files in a folder and below, relative to it; one folder is held at a time."""
    selector = import_module("pyarrow.fs").FileSelector(folder)
    for entry in sorted(system.get_file_info(selector), key=lambda entry: os.fsencode(entry.base_name)):
        name = entry.base_name
        if name.startswith("."):
            continue
        if entry.type.name == "Directory":
            if system.type_name == "local" and Path(entry.path).is_symlink():
                continue  # it may lead round in a circle
            for below in _below(system, entry.path):
                yield f"{name}/{below}"
        else:
            yield name


def _located(path: str) -> tuple[Any, str]:
    """The file system of a name, and the place in it. Raises UsageError without pyarrow, OSError or ValueError otherwise."""
    scheme = _SCHEME.match(path)
    if scheme is None:
        raise ValueError(f"{path} has no scheme")
    system, root = _system(scheme[1].lower() + scheme[2])
    return system, f"{root}/{scheme[3].strip('/')}" if scheme[3].strip("/") else root or "/"


@lru_cache(maxsize=16)
def _system(root: str) -> tuple[Any, str]:
    """The file system at ``s3://bucket``, ``hdfs://host:port`` or ``file://``, and where in it that is; found once a process."""
    try:
        fs = import_module("pyarrow.fs")
    except ImportError as error:
        raise MissingPackageError(what="Files with a scheme", extra="ray") from error
    quoted = quote(root, safe=":/@.-_[]")
    system, place = fs.FileSystem.from_uri(quoted if _SCHEME.fullmatch(root)[2] else f"{quoted}/")  # type: ignore[index]
    return system, str(place).rstrip("/")


@contextmanager
def _reading(path: str) -> Iterator[tuple[Any, str]]:
    """The file system of a name and the place in it; turns complaints meanwhile into errors that name it."""
    try:
        yield _located(path)
    except FileNotFoundError:
        raise NotFoundError(path=path) from None
    except PermissionError:
        raise NoPermissionError(path=path) from None
    except IsADirectoryError:
        raise FolderError(path=path) from None
    except (OSError, ValueError, NotImplementedError) as error:  # pyarrow's own errors are among these
        raise InputError(path=path, detail=_detail(error)) from error


def _detail(error: BaseException) -> str:
    strerror = getattr(error, "strerror", None)
    return strerror if strerror and sys.platform != "win32" else brief(error)


def brief(error: BaseException) -> str:
    """The first line of what an exception says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300].rstrip(".")
