"""Text made to be slow: what a character costs each component as the text grows.

    python benchmarks/hostile.py

Every line repeats one piece, to 4 000 and to 32 000 characters, and gives microseconds per character for
both and the ratio: about 1 is linear, 8 would be quadratic. The pieces are what the rules look for, over and
over: marks, verbs, names, ordinals, brackets that never close.
"""

from __future__ import annotations

import time

from extractor.language.pipeline import load

PIECES = (
    "王", "王伟", "李明华、", "阿·", "县长", "（李明华）", "王 ", "A B ",
    "要抓好；", "一是抓；二是做；", "1、抓好。", "强调，", "李明说，他要求", "希望大家好好学，", "“《", "《", "（",
    "由李明主持，", "出席", "主持", "作", "作了报告", "在主席台就座的有", "代表", "县财政局、", "各县、", "各", "和", "等", "负责人",
    "书会和听涛阁召开会议", "听取", "建议", "在讲话中", "座谈会上", "为王颁发", "县长李明，各口，", "李明，各口，王芳参加会议，", "获奖", "喜获",
    "3月24日至", "2018.", "近日", "时间：", "会议", "会议通过了《", "审议", "<a", "&nbsp;", "　", "\u200b", "\n", "。", "，",
)  # fmt: skip
SMALL, LARGE = 4_000, 32_000


def main() -> None:
    """Measure and print, the worst ratio last."""
    nlp = load()
    nlp("李明主持会议。")
    rows = []
    for piece in PIECES:
        costs = {}
        for size in (SMALL, LARGE):
            text = "全县会议召开\n5月3日，全县会议召开。" + piece * (size // len(piece))
            taken = []
            for _ in range(3):
                start = time.perf_counter()
                nlp(text)
                taken.append(time.perf_counter() - start)
            costs[size] = min(taken) / len(text) * 1e6
        rows.append((costs[LARGE] / costs[SMALL], piece, costs[SMALL], costs[LARGE]))
    for ratio, piece, small, large in sorted(rows):
        print(f"{piece!r:20} {small:8.1f} {large:8.1f} µs/character   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
