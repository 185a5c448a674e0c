r"""The words of Rich Text Format that matter to its text, and how its characters are coded (specification 1.9.1)."""

from __future__ import annotations

import codecs
import re

#: One token: a control word with its number, characters as hex, a control symbol, a brace, or text.
TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,9})?+ ?"
    rb"|(?P<hexes>(?:\\'[0-9A-Fa-f]{2})++)"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|[\r\n]++"
    rb"|(?P<text>[^\\{}\r\n]++)",
    re.DOTALL,
)
#: Groups whose text the reader of a print does not see, though they are not marked as optional (``\*``).
SILENT = frozenset(
    b"header headerl headerr headerf footer footerl footerr footerf footnote ftnsep ftnsepc ftncn aftnsep aftnsepc "
    b"aftncn annotation stylesheet colortbl pict nonshppict shprslt fldinst xe tc txe rxe bkmkstart bkmkend sn sv "
    b"nonesttables listtable revtbl objdata formfield datafield".split()
)
#: Optional groups that hold text; all others are passed over, as the format has it.
TOLD = frozenset((b"shpinst", b"do"))
BOXES = frozenset((b"shptxt", b"dptxbxtext"))
LABELS = frozenset((b"listtext", b"pntext"))
TIMES = frozenset((b"creatim", b"revtim"))
#: Destinations: the text itself, and what is written elsewhere. All others are passed over.
TEXT, LABEL, TITLE, NOTHING = b"", b"label", b"title", b"*"
WRITTEN = frozenset((TEXT, LABEL, TITLE))

#: What stands for characters. A page or column that ends within a paragraph ends a line.
CHARACTERS = {
    **{b"tab": "\t", b"line": "\n", b"page": "\n", b"column": "\n"},
    **{
        b"emdash": "—",
        b"endash": "–",
        b"bullet": "•",
        b"emspace": "\u2003",
        b"enspace": "\u2002",
        b"qmspace": "\u2005",
    },
    **{b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"},
}
SYMBOLS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
ENDS = frozenset((b"par", b"sect", b"cell", b"nestcell"))

#: Charsets of fonts (Windows) → code pages. Those not listed say no more than the code page of the file.
CHARSETS = {
    **{128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254"},
    **{
        163: "cp1258",
        177: "cp1255",
        178: "cp1256",
        186: "cp1257",
        204: "cp1251",
        222: "cp874",
        238: "cp1250",
    },
}
#: Code pages that Python calls otherwise, or that GB18030 holds.
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 10008: "gb18030", 10002: "cp950", 65001: "utf-8"}
#: The charset of Symbol and Wingdings: their letters are pictures.
SIGNS = 2


def character(number: int) -> str:
    """What follows \\u: half a character may be one; the codes F000 to F0FF are signs of a font like Wingdings."""
    code = number + 0x10000 if number < 0 else number
    return "" if code == 0 or 0xF000 <= code <= 0xF0FF or code > 0x10FFFF else chr(code)


def whole(characters: str) -> str:
    """With the halves of characters put together."""
    return characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def code_page(number: int) -> str:
    """What Python calls a code page of Windows; that of western Europe where it knows none."""
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return "cp1252"
