from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.reading.lines import Glyph, Line, Page, lay_out, lines_of, usual
from tests.reading.pdf_files import width_of, wrapped

EM, LEFT, WIDTH, HEIGHT = 16.0, 72.0, 592.0, 842.0
EMS = 28


def _glyphs(characters: str, x: float, y: float, em: float = EM, spread: float = 0.0) -> list[Glyph]:
    found = []
    for character in characters:
        wide = width_of(character) * em
        if character != " ":
            found.append(Glyph(character, (x, y, x + wide, y + em)))
        x += wide + spread
    return found


def _line(characters: str, x: float, y: float, em: float = EM) -> Line:
    (line,) = lines_of(_glyphs(characters, x, y, em))
    return line


def _page(number: int, *lines: Line) -> Page:
    return Page(number, WIDTH, HEIGHT, lines)


def _text(*pages: Page) -> list[str]:
    return lay_out(pages)[0].characters.split("\n")


def _set(
    paragraphs: Sequence[str], y: float = 120, indent: float = 2, x: float = LEFT, ems: float = EMS
) -> list[Line]:
    lines = []
    for paragraph in paragraphs:
        for i, line in enumerate(wrapped(paragraph, ems, indent)):
            lines.append(_line(line, x + (indent * EM if i == 0 else 0), y))
            y += 1.7 * EM
    return lines


LONG = "会议强调，各级各部门要提高政治站位，压实工作责任，抓好安全生产、防汛抗旱和森林防火，确保人民群众生命财产安全和社会大局稳定。"
OTHER = "县委常委、常务副县长庞立，副县长高洁、栾树森，县公安局局长郁建民，各乡镇（街道）和县直各部门主要负责人等参加了会议。"


def test_characters_in_any_order_make_lines() -> None:
    glyphs = (
        _glyphs("县委召开会议", 72, 100) + _glyphs("会议要求抓好落实", 72, 128) + _glyphs("第一季度", 72, 156)
    )
    for seed in range(20):
        random.Random(seed).shuffle(glyphs)
        assert sorted(line.characters for line in lines_of(glyphs)) == sorted(
            ["县委召开会议", "会议要求抓好落实", "第一季度"]
        )


def test_boxes_are_those_of_the_characters() -> None:
    (line,) = lines_of(reversed(_glyphs("县委会", 72, 100)))
    assert line.boxes == ((72, 100, 88, 116), (88, 100, 104, 116), (104, 100, 120, 116))


def test_a_superscript_stays_on_its_line_and_a_large_initial_does_not_swallow_three() -> None:
    small = [Glyph("2", (104, 98, 109, 108))]
    (line,) = lines_of([*_glyphs("面积", 72, 100), *small, *_glyphs("以上", 110, 100)])
    assert line.characters == "面积2以上"
    lines = [
        _glyphs(characters, 130, y)
        for characters, y in (("县委召开", 100), ("会议要求", 120), ("抓好落实", 140))
    ]
    found = lines_of([Glyph("昨", (72, 100, 128, 156)), *(glyph for line in lines for glyph in line)])
    assert sorted(one.characters for one in found) == sorted(["昨", "县委召开", "会议要求", "抓好落实"])


def test_blanks_come_from_gaps_between_latin_words_only() -> None:
    assert lines_of(_glyphs("GDP growth of 5.5%", 72, 100))[0].characters == "GDP growth of 5.5%"
    assert lines_of(_glyphs("县委召开会议", 72, 100, spread=5))[0].characters == "县委召开会议"
    assert lines_of(_glyphs("会 议 纪 要", 72, 100, em=30))[0].characters == "会议纪要"
    assert lines_of([*_glyphs("李建国", 72, 100), *_glyphs("县长", 136, 100)])[0].characters == "李建国 县长"


def test_what_is_drawn_twice_is_one_but_doubled_characters_are_two() -> None:
    twice = _glyphs("谢谢大家", 72, 100) + _glyphs("谢谢大家", 72.4, 100.2)
    assert lines_of(twice)[0].characters == "谢谢大家"


def test_radicals_are_folded_one_for_one() -> None:
    assert usual("⼈⼤常委会⻓，２０２１\uf98e") == "人大常委会长，２０２１年"
    assert lines_of(_glyphs("⼈⺠", 72, 100))[0].characters == "人民"


@pytest.mark.parametrize("indent", [0, 2])
def test_wrapped_lines_are_joined_and_paragraphs_kept(indent: float) -> None:
    paragraphs = [LONG, "会议还研究了其他事项。", OTHER, "散会。"]
    assert _text(_page(1, *_set(paragraphs, indent=indent))) == paragraphs


def test_a_paragraph_goes_on_across_pages() -> None:
    lines = _set([LONG * 4, OTHER])
    first, second = lines[:5], _shifted(lines[5:], 120 - lines[5].boxes[0][1])
    assert _text(_page(1, *first), _page(2, *second)) == [LONG * 4, OTHER]


def _shifted(lines: Sequence[Line], down: float) -> list[Line]:
    return [
        Line(one.characters, tuple((a, b + down, c, d + down) for a, b, c, d in one.boxes), one.unsure)
        for one in lines
    ]


def test_a_full_line_that_ends_in_a_stop_ends_a_paragraph_only_before_an_indent() -> None:
    full = "会" * 27 + "。"
    lines = [_line("会" * 26, LEFT + 2 * EM, 100), _line(full, LEFT, 128), _line("议" * 20 + "。", LEFT, 156)]
    assert _text(_page(1, *lines)) == ["会" * 53 + "。" + "议" * 20 + "。"]
    lines[2] = _line("议" * 20 + "。", LEFT + 2 * EM, 156)
    assert _text(_page(1, *lines)) == ["会" * 53 + "。", "议" * 20 + "。"]


def test_labels_of_minutes_stay_lines_of_their_own() -> None:
    labels = ["时间：2021年3月25日上午9:00", "地点：县政府三楼常委会议室", "主持人：蒋慕华", "记录：单小楼"]
    assert _text(_page(1, *_set([*labels, LONG], indent=0))) == [*labels, LONG]


def test_a_list_that_hangs_under_its_label_is_one_paragraph() -> None:
    names = "庞立、高洁、栾树森、戎克强、司马清风、费玉成、皮景瑞、籍虹、郁建民、单小楼、段少坤、冯丽娟、秦可、尚文博、蒋慕华"
    first, *rest = wrapped("出席：" + names, EMS, 0)[:1] + wrapped(names[25:], EMS - 3, 0)
    lines = [_line(first, LEFT, 100)] + [
        _line(one, LEFT + 3 * EM, 128 + 28 * i) for i, one in enumerate(rest)
    ]
    lines += _set(["列席：县政府办公室主任司马清风。", LONG], y=240, indent=0)
    assert _text(_page(1, *lines)) == ["出席：" + names, "列席：县政府办公室主任司马清风。", LONG]


def test_a_centred_headline_that_wraps_is_one_line() -> None:
    headline = [
        _line("中共青石县委常委会召开会议", 153, 90, 22),
        _line("研究部署安全生产工作", 186, 126, 22),
        _line("（2021年3月25日）", 220, 160),
    ]
    assert _text(_page(1, *headline, *_set([LONG], y=200))) == [
        "中共青石县委常委会召开会议研究部署安全生产工作",
        "（2021年3月25日）",
        LONG,
    ]


@pytest.mark.parametrize("number", ["{}", "- {} -", "— {} —", "第{}页 共3页", "{}/3", "第 {} 页", "·{}·"])
def test_page_numbers_and_running_headers_are_left_out(number: str) -> None:
    pages = []
    for i in range(1, 4):
        body = _set([LONG, OTHER])
        pages.append(
            _page(i, _line("青石县人民政府文件", 200, 40, 9), *body, _line(number.format(i), 290, 800, 9))
        )
    assert _text(*pages) == [LONG, OTHER] * 3


def test_what_only_looks_like_furniture_is_kept() -> None:
    assert _text(_page(1, *_set(["1", "2021", LONG]))) == ["1", "2021", LONG]
    # Two documents in one file, each under the same headline.
    pages = [_page(i, _line("会议纪要", 240, 70, 26), *_set([LONG])) for i in (1, 2)]
    assert _text(*pages) == ["会议纪要", LONG] * 2


def test_columns_follow_one_another_under_their_headline() -> None:
    left, right = _set([LONG, OTHER], ems=13), _set([OTHER, LONG], ems=13, x=LEFT + 15 * EM)
    pages = _page(1, _line("全县安全生产工作会议召开", 150, 80, 24), *right, *left)
    assert _text(pages) == ["全县安全生产工作会议召开", LONG, OTHER, OTHER, LONG]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = _set([LONG * 3], ems=13)
    half = len(lines) // 2
    right = [
        Line(
            one.characters,
            tuple(
                (a + 15 * EM, b - half * 1.7 * EM, c + 15 * EM, d - half * 1.7 * EM)
                for a, b, c, d in one.boxes
            ),
        )
        for one in lines[half:]
    ]
    assert _text(_page(1, *lines[:half], *right)) == [LONG * 3]


def test_three_columns() -> None:
    columns = [_set([LONG], ems=9, x=40 + i * 11 * EM) for i in range(3)]
    assert _text(_page(1, *(line for column in columns for line in column))) == [LONG] * 3


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        ("姓名", "职务", "单位"),
        ("庞立", "副县长", "县政府"),
        ("高洁", "局长", "县财政局"),
        ("籍虹", "局长", "县教育局"),
        ("戎克强", "主任", "县委办公室"),
    ]
    lines = [
        _line(cell, LEFT + 150 * i, 100 + 28 * j) for j, row in enumerate(rows) for i, cell in enumerate(row)
    ]
    assert _text(_page(1, *lines)) == [" ".join(row) for row in rows]


def test_vertical_text_is_put_after_its_page() -> None:
    stack = [Line(c, ((20, 100 + 18 * i, 36, 116 + 18 * i),)) for i, c in enumerate("青石县文件汇编")]
    assert _text(_page(1, *stack, *_set([LONG]))) == [LONG, "青石县文件汇编"]
    upright = Line("内部资料", tuple((550.0, 100.0 + 20 * i, 566.0, 118.0 + 20 * i) for i in range(4)))
    assert _text(_page(1, upright, *_set([LONG]))) == [LONG, "内部资料"]


def test_words_in_latin_letters_are_joined_with_a_blank() -> None:
    lines = [
        _line("会" * 24 + "the city", LEFT, 100),
        _line("council met" + "会" * 22, LEFT, 128),
        _line("议。", LEFT, 156),
    ]
    assert _text(_page(1, *lines)) == ["会" * 24 + "the city council met" + "会" * 22 + "议。"]


def test_what_was_recognised_badly_is_known_in_the_text() -> None:
    one, two = _set(["会议要求。", "抓好落实。"])
    written, unsure = lay_out(
        [_page(1, Line(one.characters, one.boxes, (2, 3)), Line(two.characters, two.boxes, (0,)))]
    )
    assert unsure == ((2, 3), (3, 4), (6, 7))
    assert [written.characters[a:b] for a, b in unsure] == ["要", "求", "抓"]


def test_boxes_without_sense_are_no_characters() -> None:
    nowhere = [
        Glyph("会", box) for box in ((0, 0, float("nan"), 9), (0, 9, 5, 2), (0, 0, 1e30, 1e30), (9, 9, 2, 12))
    ]
    assert lines_of(nowhere) == []
    assert lay_out([])[0].characters == "" and lay_out([_page(1)])[0].characters == ""


_PROGRAM = """
import resource, sys
from extractor.reading.lines import Glyph, Page, lay_out, lines_of
from tests.reading.test_lines import box_of
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
glyphs = [Glyph("会议"[i % 2], box_of(sys.argv[1], i)) for i in range(150_000)]
lay_out([Page(1, 592, 842, tuple(lines_of(glyphs)))])
pages = [Page(i, 592, 842, tuple(lines_of(glyphs[i : i + 2]))) for i in range(len(glyphs) // 8)]
lay_out(pages)
"""


@pytest.mark.parametrize(
    "shape", ["one place", "one line", "every height", "single characters", "stairs", "stack"]
)
def test_no_arrangement_of_many_characters_costs_more_than_in_proportion(shape: str) -> None:
    """With 150 000 characters, 10^10 steps (quadratic) do not fit into the time; twice 10^6 do many times over."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, shape],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def box_of(shape: str, i: int) -> tuple[float, float, float, float]:
    x, y, em = {
        "one place": (100.0, 100.0, 16.0),
        "one line": (i * 16.0 % 900_000, 100.0, 16.0),
        "every height": (i * 7 % 500, i * 13 % 800, 1.0 + i % 89),
        "single characters": (i * 48.0 % 480, i // 10 * 18.0 % 900_000, 16.0),
        "stairs": (i * 3.0, i * 3.0, 16.0),
        "stack": (100.0 + i % 3, i * 5.0, 16.0),
    }[shape]
    return (x, y, x + em, y + em)
