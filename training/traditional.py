"""Make ``extractor/rules/traditional.tsv``: traditional characters and their simplified twins.

    pip install opencc && python training/traditional.py

Source: OpenCC 1.4.2 (Apache-2.0), its conversion ``t2s`` one character at a time. Kept are the pairs whose
traditional side Big5 (HKSCS) can write, since reports in traditional characters come in that encoding or
were typed for it; everything longer than a character is left out, so that offsets hold.
"""

from pathlib import Path

import opencc  # type: ignore[import-not-found]  # only for this script; no dependency of the package

HEAD = "# Traditional and simplified character, one pair a line; made by training/traditional.py from OpenCC (Apache-2.0).\n"


def pairs() -> list[tuple[str, str]]:
    """All pairs, in code point order."""
    convert = opencc.OpenCC("t2s").convert
    found = []
    for point in range(0x4E00, 0xA000):
        char = chr(point)
        try:
            char.encode("big5hkscs")
        except UnicodeEncodeError:
            continue
        simple = convert(char)
        if simple != char and len(simple) == 1:
            found.append((char, simple))
    return found


if __name__ == "__main__":
    out = Path(__file__).parent.parent / "extractor" / "rules" / "traditional.tsv"
    out.write_text(HEAD + "".join(f"{a}\t{b}\n" for a, b in pairs()), "utf-8")
