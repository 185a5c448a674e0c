"""How well scans are read: the samples typeset, scanned in many ways, recognised, and their records measured.

    python benchmarks/ocr.py [--every 3] [clean dirty …]

For each way: the share of the characters that are right (without blanks, ASCII and Chinese punctuation held for the same), the
F1 of the record beside the annotation, and how much less it is than that of the sample's own text; seconds a page; and of the
characters named as unsure the share that is wrong, of the wrong ones the share that is named. ``--every 3`` takes each third sample.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image

from extractor.api import make
from extractor.evaluation.comparison import Comparison, compare
from extractor.evaluation.gold import Case, read_cases
from extractor.evaluation.records import parsed
from extractor.evaluation.scores import scored
from extractor.reading import Text, read_bytes, read_text
from schemas import to_json

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "reading"))  # where the tests keep what makes scans

import scans  # noqa: E402

PUNCTUATION = str.maketrans(",.;:?!()[]", "，．；：？！（）〔〕")
BANNER, SEAL = "青石县人民政府文件", "青石县人民政府"

Change = Callable[[Image.Image], Image.Image]


@dataclass
class Way:
    """How a page is typeset, what is put on it, and what happens to it."""

    dpi: int = 200
    size: float = 16
    face: str = "Serif"
    changes: Sequence[Change] = ()
    marks: Sequence[str] = ()

    def scanned(self, paragraphs: Sequence[str]) -> tuple[bytes, list[str]]:
        """The file, and what stands on its pages."""
        scan = scans.Scan(self.dpi, self.size, self.face, 1.75 if self.size > 12 else 1.5)
        if "banner" in self.marks:
            scan.banner(BANNER)
        shown = [BANNER, *paragraphs] if "banner" in self.marks else list(paragraphs)
        scan.report(paragraphs)
        if "seal" in self.marks or "black seal" in self.marks:
            scan.seal(SEAL, x=120)
        pages = scan.pages
        if "black seal" in self.marks:
            pages = [page.convert("L").convert("RGB") for page in pages]
        for change in self.changes:
            pages = [change(page) for page in pages]
        out = io.BytesIO()
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
        return out.getvalue(), shown


WAYS = {
    "300 dpi, 16 pt": Way(300),
    "200 dpi, 16 pt": Way(),
    "150 dpi, 16 pt": Way(150),
    "100 dpi, 16 pt": Way(100),
    "300 dpi, 10.5 pt": Way(300, 10.5),
    "200 dpi, 10.5 pt": Way(200, 10.5),
    "150 dpi, 10.5 pt": Way(150, 10.5),
    "100 dpi, 10.5 pt": Way(100, 10.5),
    "sans serif": Way(face="Sans"),
    "noise 25": Way(changes=[scans.noisy]),
    "noise 60": Way(changes=[lambda page: scans.noisy(page, 60)]),
    "salt and pepper 1 %": Way(changes=[scans.peppered]),
    "salt and pepper 5 %": Way(changes=[lambda page: scans.peppered(page, 0.05)]),
    "blur 1.5": Way(changes=[scans.blurred]),
    "blur 3": Way(changes=[lambda page: scans.blurred(page, 3)]),
    "skew 1°": Way(changes=[scans.skewed]),
    "skew 3°": Way(changes=[lambda page: scans.skewed(page, -3)]),
    "on its side": Way(changes=[lambda page: page.transpose(Image.Transpose.ROTATE_90)]),
    "on its head": Way(changes=[lambda page: page.transpose(Image.Transpose.ROTATE_180)]),
    "grey paper": Way(changes=[scans.greyed]),
    "JPEG 40": Way(changes=[scans.squeezed]),
    "bilevel": Way(changes=[scans.bilevel]),
    "red seal": Way(marks=["seal"]),
    "black seal": Way(marks=["black seal"]),
    "red headline and seal": Way(marks=["banner", "seal"]),
    "fax": Way(100, 10.5, changes=[lambda page: scans.bilevel(scans.noisy(page, 40))]),
    "worn copy": Way(150, 10.5, changes=[lambda page: scans.worn(page, 0.8, 10)]),
    "bad copy": Way(150, 10.5, changes=[lambda page: scans.worn(page, 1.2, 15)]),
}


def folded(characters: str) -> str:
    """Without blanks, all punctuation Chinese."""
    return "".join(characters.split()).translate(PUNCTUATION)


@dataclass
class Tally:
    """Characters of all texts of one way."""

    shown: int = 0
    right: int = 0
    read: int = 0
    wrong: int = 0
    named: int = 0
    both: int = 0

    def add(self, text: Text, shown: str) -> None:
        """Compare a text with what stood on its pages, character by character."""
        unsure = {i for damage in text.damages for i in range(damage.start, damage.end)}
        kept = [i for i, character in enumerate(text.characters) if not character.isspace()]
        read = folded(text.characters)
        blocks = SequenceMatcher(None, read, shown, autojunk=False).get_matching_blocks()
        right = {kept[i] for start, _, size in blocks for i in range(start, start + size)}
        self.shown += len(shown)
        self.right += len(right)
        self.read += len(kept)
        wrong, named = set(kept) - right, unsure & set(kept)
        self.wrong += len(wrong)
        self.named += len(named)
        self.both += len(wrong & named)


def measured(
    way: Way, cases: Sequence[Case], published: dict[str, str | None]
) -> tuple[Tally, list[Comparison], float]:
    """Characters, records and seconds a page."""
    tally, comparisons, seconds, pages = Tally(), list[Comparison](), 0.0, 0
    for case in cases:
        paragraphs = [line.strip() for line in case.text.splitlines() if line.strip()]
        data, shown = way.scanned(paragraphs)
        start = time.perf_counter()
        text = read_bytes(data, f"{case.id}.tif")
        seconds += time.perf_counter() - start
        pages += text.pages or 0
        tally.add(text, folded("".join(shown)))
        comparisons.append(compared(case, text, published[case.id]))
    return tally, comparisons, seconds / pages


def compared(case: Case, text: Text, published: str | None) -> Comparison:
    """The record of this text beside the annotation of the sample."""
    return compare(case, parsed(to_json(make(text, published).record).encode(), text.name).record)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ways", nargs="*", help="which ways, by name; all without")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    cases = read_cases(ROOT / "samples" / "gold", ROOT / "samples")[0][:: options.every]
    entries = [
        json.loads(line)
        for line in (ROOT / "samples" / "manifest.jsonl").read_text("utf-8").splitlines()
        if line
    ]
    published = {Path(entry["path"]).stem: entry.get("published") for entry in entries}
    plain = scored(compared(case, read_text(case.text), published[case.id]) for case in cases).core
    print(f"{len(cases)} samples; core F1 of their own text {plain:.3f}")
    print(
        f"{'':24}{'right':>8}{'core F1':>9}{'loss':>8}{'s/page':>8}{'named':>7}{'wrong':>7}{'precision':>11}{'recall':>8}"
    )
    for name, way in WAYS.items():
        if options.ways and name not in options.ways:
            continue
        tally, comparisons, seconds = measured(way, cases, published)
        core = scored(comparisons).core
        precision, recall = tally.both / max(tally.named, 1), tally.both / max(tally.wrong, 1)
        print(
            f"{name:24}{tally.right / tally.shown:8.2%}{core:9.3f}{plain - core:8.3f}{seconds:8.2f}"
            f"{tally.named:7}{tally.wrong:7}{precision:11.2f}{recall:8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
