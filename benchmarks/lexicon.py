"""What a lexicon costs: the whole pipeline with 10 000 entries beside the pipeline without any.

    python benchmarks/lexicon.py [--rounds 5] [--entries 10000]

Prints seconds for reading and checking the file, and for each round the processor time per character of both
pipelines over the samples, one after the other on the same machine; then the matcher's share alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import product

from throughput import corpus

from extractor.language.known import Recogniser
from extractor.language.pipeline import load
from extractor.lexicon import parse_lexicon

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文志海春云江河山"


#: People of the samples, so that there is something to find.
STANDING = (
    ("袁启昌", "县委书记"),
    ("蒋慕华", "县委副书记、县长"),
    ("段少坤", "县人大常委会主任"),
    ("冯丽娟", "县政协主席"),
)


def rows(count: int) -> str:
    """A CSV of so many entries: nine people with a title to each unit."""
    people = (f"people,{s}{a}{b},县{a}{b}局局长" for s, a, b in product(SURNAMES, GIVEN, GIVEN))
    listed = [next(people) if n % 10 else f"units,云岭县第{n}综合事务中心," for n in range(count)]
    known = [f"people,{name},{post}" for name, post in STANDING]
    return "\n".join(["kind,name,title", *known, *listed])


def taken(work: Callable[[], object]) -> float:
    """Processor seconds of ``work``."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--entries", type=int, default=10_000)
    options = parser.parse_args()
    data = rows(options.entries).encode()
    start = time.perf_counter()
    lexicon, errors = parse_lexicon(data, "bench.csv")
    assert not errors, errors[0]
    print(f"{len(lexicon.entries)} entries read and checked in {time.perf_counter() - start:.2f} s")
    texts, plain, knowing = corpus(), load(), load(lexicon)
    characters = sum(map(len, texts))
    rounds = []
    for pipeline in (plain, knowing):
        list(pipeline.pipe(texts))
    for _ in range(options.rounds):
        without, withal = (taken(lambda p=p: [p(t) for t in texts]) for p in (plain, knowing))  # type: ignore[misc]
        rounds.append((without, withal))
        print(
            f"without {without / characters * 1e6:.1f}, with {withal / characters * 1e6:.1f} µs per character"
        )
    least = [min(costs) for costs in zip(*rounds, strict=True)]
    print(f"the least of the rounds: {least[1] / least[0]:.3f} times as much with the lexicon")
    recogniser = knowing.get_pipe("meeting_lexicon")
    assert isinstance(recogniser, Recogniser)
    found = taken(lambda: [list(recogniser.matcher.find(t)) for t in texts])
    print(f"the matcher alone {found / characters * 1e6:.2f} µs per character")


if __name__ == "__main__":
    main()
