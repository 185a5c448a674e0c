"""Make the tables of the name finder from openly licensed lists: ``python training/wordlists.py FOLDER``.

FOLDER holds ``hanlp/`` (hankcs/HanLP 1.x ``data/dictionary``, Apache-2.0), ``surnames/``
(wainshine/Chinese-Names-Corpus, Apache-2.0) and ``divisions/`` (modood/Administrative-divisions-of-China,
WTFPL). Written into ``extractor/rules/``, the same bytes every time:

- ``names_words.txt``: ordinary words by cost. A cost is −ln of the probability of the word in running
  text, times ten: the smaller, the commoner.
- ``names_characters.tsv``: what a character costs as a surname, as the first or second of a double given
  name, as a single given name, at the head of and inside a transliterated name; ``-`` where it is none.
- ``names_posts.txt``: posts and occupations that stand before or after a name.

No name of a person is written, only characters and compound surnames.
"""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

#: What a character may be in a name.
ROLES = ("surname", "first", "second", "single", "head", "inside")

RULES = Path(__file__).parents[1] / "extractor" / "rules"
HAN = re.compile(r"[\u4e00-\u9fff]+")

#: Names of places, bodies and things seen less often than this in 25 million words are as often noise.
RARE = 3
NAMING = re.compile(r"n[zsrt].*|g.*|x|nx|w")
#: The list masks words of time and number (未##时), so that the words themselves have a count of one there.
MASKED = {"t": 100, "m": 50}
LONGEST = 7
#: A division that the word list lacks counts as if it had been seen this often.
DIVISION = 20
#: Tagged as posts, and bodies, works or parts of names.
NO_POSTS = {
    "司令部",
    "器乐",
    "学堂",
    "师生员工",
    "总编室",
    "护航舰",
    "故事片",
    "教务",
    "机关报",
    "校名",
    "泗州",
    "科夫",
    "要职",
    "船厂",
}
#: A surname that is an ordinary word so many times as often as it is a surname is left out (第, 在, 都).
PLAIN = 500
#: A character is used in transliteration if so many names have it, and if it is not so many times as often an
#: ordinary word (当, 和).
SPELT, PLAIN_SPELT = 8, 250
#: A given-name character that is an ordinary word so many times as often (在, 的) came into the lists by a
#: wrong cut, and costs this much.
WORDLIKE, FUNCTION = 1000, 140
#: So did these, which the list of names has at the end of hundreds (杨甲称).
CUT = set("称说等谈任")
#: Unless it was counted so often (李中和, 王大为).
HEARD = 60
#: The list of 1 000 has 第 (of 第五) by itself, which the core list has in no word of one character.
NEVER = {"第", "第五"}
#: A character counts at most so often for the running text: a few film stars make the rest.
FAME = 20
#: Counts added to each character of a role, so that what was never seen is dear and not impossible.
SMOOTH = 0.5
KINDS_OF_PLACE = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|[\u4e00-\u9fff]{1,9}?族自治[州县旗]|自治[州县旗]|地区|林区|矿区|新区|[省市县区旗盟])$"
)


def main(folder: Path) -> None:
    """Write the three tables."""
    core = read_core(folder / "hanlp" / "CoreNatureDictionary.txt")
    words = ordinary(core)
    add_divisions(words, folder / "divisions")
    write_words(words)
    write_characters(folder, core)
    common = {w for w, tags in core.items() if sum(tags.values()) >= RARE}
    posts = sorted(w for w in common - NO_POSTS if "nnt" in core[w] and len(w) > 1)
    header = "# Posts and occupations (tag nnt) of hankcs/HanLP CoreNatureDictionary, Apache-2.0.\n"
    (RULES / "names_posts.txt").write_text(header + "\n".join(posts) + "\n", "utf-8")


def read_core(path: Path) -> dict[str, Counter[str]]:
    """The core word list: word → tag → count."""
    core: dict[str, Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        word, *rest = line.split()  # some lines have spaces for tabs
        core[word] = Counter({tag: int(n) for tag, n in zip(rest[::2], rest[1::2], strict=True)})
    return core


def ordinary(core: dict[str, Counter[str]]) -> Counter[str]:
    """Chinese words that are no names of persons, with their counts."""
    words: Counter[str] = Counter()
    for word, tags in core.items():
        count = sum(n for tag, n in tags.items() if not tag.startswith("nr"))
        for tag, floor in MASKED.items():
            if tag in tags:
                count = max(count, floor)
        known = count >= RARE or (count and not NAMING.fullmatch(max(tags, key=lambda t: tags[t])))
        if HAN.fullmatch(word) and len(word) <= LONGEST and known:
            words[word] = count
    return words


def add_divisions(words: Counter[str], folder: Path) -> None:
    """Provinces, cities, counties, whole and without 省市县区."""
    for name in divisions(folder, "provinces", "cities", "areas"):
        for word in {name, KINDS_OF_PLACE.sub("", name)}:
            if HAN.fullmatch(word) and 2 <= len(word) <= LONGEST:
                words[word] = max(words[word], DIVISION)


def divisions(folder: Path, *tables: str) -> Iterator[str]:
    """The names of the administrative divisions in these tables (``provinces``, ``cities``, …), in order."""
    for table in tables:
        with (folder / f"{table}.csv").open(encoding="utf-8") as file:
            yield from (row["name"] for row in csv.DictReader(file))


def write_words(words: Counter[str]) -> None:
    """One line for the words of a length and a cost: the cost, a tab, the words; the shortest first."""
    total = sum(words.values())
    lines: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word, count in words.items():
        # Two steps of a nat are as fine as the rest of the model is.
        lines[len(word), 5 * round(-2 * log(count / total))].append(word)
    out = [
        "# Ordinary words by cost (-10 ln of their probability), from hankcs/HanLP CoreNatureDictionary.txt,",
        "# Apache-2.0, and modood/Administrative-divisions-of-China, WTFPL.",
        *(f"{cost}\t{' '.join(sorted(row))}" for (_, cost), row in sorted(lines.items())),
    ]
    (RULES / "names_words.txt").write_text("\n".join(out) + "\n", "utf-8")


def write_characters(folder: Path, core: dict[str, Counter[str]]) -> None:
    """One line a character or compound surname, with its six costs."""
    roles: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    listed = surnames(folder / "surnames" / "family_name_1k.xlsx")
    count_roles(folder / "hanlp" / "nr.txt", roles, listed)
    count_names(folder / "hanlp" / "人名词典.txt", roles, listed)
    for surname in listed:
        roles["surname"].setdefault(surname, 0)
    for word, tags in core.items():
        if tags.get("nrf") and HAN.fullmatch(word) and len(word) > 1:
            roles["head"][word[0]] += 1
            roles["inside"].update(word[1:])
    plain = {word: sum(tags.values()) for word, tags in core.items()}
    for role in ("head", "inside"):
        least = {c: max(SPELT, plain.get(c, 0) / PLAIN_SPELT) for c in roles[role]}
        roles[role] = Counter({c: n for c, n in roles[role].items() if n >= least[c]})
    for surname, count in list(roles["surname"].items()):
        if surname in NEVER or count + 0.5 < plain.get(surname, 0) / PLAIN:
            del roles["surname"][surname]
    columns = {role: costs(roles[role]) for role in roles}
    for role in ("first", "second", "single"):
        for char, count in roles[role].items():
            if char in CUT or count < min(HEARD, plain.get(char, 0) / WORDLIKE):
                columns[role][char] = FUNCTION
    rows = sorted({c for column in columns.values() for c in column})
    out = [
        "# Costs (-10 ln of the probability) of a character as: " + ", ".join(roles),
        "# From hankcs/HanLP nr.txt, 人名词典.txt, CoreNatureDictionary.txt, and from",
        "# wainshine/Chinese-Names-Corpus; both Apache-2.0.",
        *("\t".join([c, *(str(column.get(c, "-")) for column in columns.values())]) for c in rows),
    ]
    (RULES / "names_characters.tsv").write_text("\n".join(out) + "\n", "utf-8")


def costs(counts: Counter[str]) -> dict[str, int]:
    """-10 ln of the smoothed share."""
    total = sum(counts.values()) + SMOOTH * len(counts)
    return {c: round(-10 * log((n + SMOOTH) / total)) for c, n in counts.items()}


def surnames(path: Path) -> list[str]:
    """The first column of the sheet: the shared strings of Chinese characters, at most two."""
    with zipfile.ZipFile(path) as book:
        strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode("utf-8"))
    return [s for s in strings if HAN.fullmatch(s) and len(s) <= 2]


def count_roles(path: Path, roles: dict[str, Counter[str]], listed: list[str]) -> None:
    """Counts of HanLP's tagger: B surname, C first and D second of a double given name, E single one.

    They are of running text, where the famous weigh more: a tenth of each counts.
    """
    known = set(listed)
    for line in path.read_text("utf-8").splitlines():
        char, *rest = line.split(" ")
        if not HAN.fullmatch(char) or len(char) > 2:
            continue
        counts = dict(zip(rest[::2], map(int, rest[1::2]), strict=True))
        if char in known:
            roles["surname"][char] += counts.get("B", 0) // 10
        if len(char) == 1:
            for role, letter in (("first", "C"), ("second", "D"), ("single", "E")):
                roles[role][char] += min(counts.get(letter, 0) // 10, FAME)


def count_names(path: Path, roles: dict[str, Counter[str]], listed: list[str]) -> None:
    """Every name of the list counts once: it is the spread of names, not their fame, that tells."""
    known = set(listed)
    for line in path.read_text("utf-8").splitlines():
        name, tag, *_ = line.split(" ")
        if tag == "nrf":
            for part in name.split("·"):
                if HAN.fullmatch(part):
                    roles["head"][part[0]] += 1
                    roles["inside"].update(part[1:])
            continue
        size = 2 if name[:2] in known and len(name) > 3 else 1
        surname, given = name[:size], name[size:]
        if tag == "nr" and surname in known and HAN.fullmatch(name):
            roles["surname"][surname] += 1
            if len(given) == 1:
                roles["single"][given] += 1
            elif len(given) == 2:
                roles["first"][given[0]] += 1
                roles["second"][given[1]] += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
