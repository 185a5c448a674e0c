"""What an archive knows of its own: its people with their posts, its units and places, words that are no names.

A lexicon is a file in TOML or CSV that the archivist keeps (``docs/lexicon.md``). It is read and checked
here, whole, before the first report is: every mistake is named with its line.
"""

from __future__ import annotations

from os import PathLike, fspath

from extractor.errors import LexiconError, UndecodableError
from extractor.lexicon.agreement import disagreements
from extractor.lexicon.entries import Lexicon, Listed, checked, folded
from extractor.lexicon.forms import rows
from extractor.reading import base_name, file_bytes, read_bytes

__all__ = ["Lexicon", "Listed", "folded", "parse_lexicon", "read_lexicon", "sound"]


def read_lexicon(path: str | PathLike[str]) -> Lexicon:
    """The lexicon in a file.

    Raises InputError where it cannot be read, and LexiconError for the first of its mistakes, whose
    ``further`` are the others.
    """
    return sound(*parse_lexicon(file_bytes(path), fspath(path)))


def sound(lexicon: Lexicon, errors: list[LexiconError]) -> Lexicon:
    """The lexicon, if nothing is wrong with it; else the first error is raised with the others."""
    if errors:
        errors[0].further = tuple(errors[1:])
        raise errors[0]
    return lexicon


def parse_lexicon(data: bytes, path: str) -> tuple[Lexicon, list[LexiconError]]:
    """The lexicon that these bytes are, and all that is wrong with them in the order of the lines.

    The encoding is told as that of reports is. Raises InputError where they are no text at all.

    >>> lexicon, errors = parse_lexicon("kind,name,title\\n人员,禤逸,首席编研官\\n人员,,馆长\\n".encode(), "a.csv")
    >>> [entry.name for entry in lexicon.entries], [(e.arguments["line"], e.arguments["detail"]) for e in errors]
    (['禤逸'], [(3, 'no-name')])
    """
    try:
        text = read_bytes(data, path)
    except UndecodableError as error:
        line = data.count(b"\n", 0, int(error.arguments["offset"])) + 1
        value = f"0x{error.arguments['byte']}"
        return Lexicon(base_name(path)), [
            LexiconError(path=path, line=line, value=value, detail="undecodable")
        ]
    found, errors = rows(text.characters, path)
    entries: list[Listed] = []
    for row in found:
        entry, wrong = checked(row, path)
        entries += [entry] if entry else []
        errors += wrong
    errors += disagreements(entries, path)
    if not entries and not errors:
        errors.append(LexiconError(path=path, line=1, value=base_name(path), detail="no-entries"))
    lexicon = Lexicon(base_name(path), tuple(entries))
    return lexicon, sorted(errors, key=lambda e: int(e.arguments["line"]))
