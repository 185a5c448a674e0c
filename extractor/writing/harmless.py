"""Text of strangers on a terminal: nothing in it may act."""

from __future__ import annotations

import re

#: What a terminal would obey instead of show: C0 and C1 control characters (ESC begins a sequence, and so
#: does the single U+009B), the marks that turn the direction of writing, and halves of characters.
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]++")

#: What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection): also in full width, and after blanks,
#: which some programs trim. Tabs and line ends are blanks already, ``harmless`` sees to that.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    r"""The text as one line in which whatever would act on a terminal is written out.

    >>> harmless("会议\n召开\x1b[31m"), harmless("\u202e文件.exe"), harmless("[bold]要[/bold]")
    ('会议 召开\\x1b[31m', '\\u202e文件.exe', '[bold]要[/bold]')
    """
    return _ACTS.sub(_written_out, _BREAKS.sub(" ", text))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def cell(value: str | int | float | None) -> str | int | float:
    r"""A cell that acts nowhere: controls are written out, line ends blanks, and what looks like a formula has ' before it.

    >>> cell('=HYPERLINK("x")'), cell("a\n\x1b"), cell(12), cell(None)
    ('\'=HYPERLINK("x")', 'a \\x1b', 12, '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = harmless(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
