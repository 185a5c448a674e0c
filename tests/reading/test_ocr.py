"""Scans typeset from the samples: the upper part of a page, as a whole one takes 1 to 3 seconds. Whole ones: benchmarks/ocr.py."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("PIL")
pytest.importorskip("rapidocr")

import alike
import numpy as np
import scans
from PIL import Image, ImageDraw

from extractor.errors import TooLargeError, TooSlowError
from extractor.reading import ocr
from extractor.reading.limits import Clock, Limits
from extractor.reading.lines import Line, Page, lay_out
from extractor.reading.places import Box
from extractor.reading.sheets import Sheet
from extractor.reading.text import Raw

#: A headline, a line below it, and a paragraph of three lines.
REPORT = [*alike.paragraphs("county-party-safety")[:2], alike.paragraphs("county-party-safety")[3][:78]]
RAW = Raw(b"", "scan.png", limits=Limits(seconds=3600))
FOLDED = str.maketrans(",.;:?!()[]", "，．；：？！（）〔〕")


def folded(characters: str) -> str:
    """Without blanks, and with Chinese punctuation for ASCII."""
    return "".join(characters.split()).translate(FOLDED)


SHOWN = folded("".join(REPORT))


def right(read: str, shown: str) -> float:
    """The share of the characters shown that are read, in their order."""
    blocks = SequenceMatcher(None, folded(read), shown, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(shown)


def precise(read: str, shown: str) -> float:
    """The share of the characters read that are shown, in their order."""
    return right(shown, folded(read))


@cache
def page(dpi: int = 200, size: float = 16) -> Image.Image:
    return scans.Scan(dpi, size).report(REPORT).upper_part()


def read(page: Image.Image) -> str:
    return "".join(text(ocr.read_sheet(RAW, page)))


def text(sheet: Sheet) -> str:
    return lay_out([Page(1, sheet.width, sheet.height, sheet.lines)])[0].characters


def find(lines: Sequence[Line], words: str) -> tuple[Line, int]:
    """The line that holds these words, and where."""
    line = next(line for line in lines if words in line.characters)
    return line, line.characters.index(words)


@pytest.mark.parametrize(("dpi", "size"), [(200, 16), (200, 10.5), (100, 10.5), (300, 16)])
def test_a_clean_page_is_read(dpi: int, size: float) -> None:
    characters = read(page(dpi, size))
    assert right(characters, SHOWN) >= 0.98
    assert precise(characters, SHOWN) >= 0.98


DIRT = {
    "noise": scans.noisy,
    "salt and pepper": scans.peppered,
    "blur": scans.blurred,
    "grey paper": scans.greyed,
    "JPEG": scans.squeezed,
    "black and white": scans.bilevel,
    "askew": scans.skewed,
    "askew the other way": lambda page: scans.skewed(page, -2.5),
    "on its side": lambda page: page.transpose(Image.Transpose.ROTATE_90),
    "on its other side": lambda page: page.transpose(Image.Transpose.ROTATE_270),
    "on its head": lambda page: page.transpose(Image.Transpose.ROTATE_180),
}


@pytest.mark.parametrize("dirt", DIRT)
def test_what_scanners_do_to_it(dirt: str) -> None:
    characters = read(DIRT[dirt](page(size=10.5)))
    assert right(characters, SHOWN) >= 0.97
    assert precise(characters, SHOWN) >= 0.97


LINE = "全县安全生产工作会议在县行政中心二楼会议厅召开。"


def test_boxes_are_those_of_the_page_as_displayed_however_it_lies() -> None:
    paper = page_of(LINE)
    line, at = find(ocr.recognise(RAW, paper), "行政中心")
    left, top, right_, bottom = line.boxes[at]
    assert 30 < right_ - left < 60 and 30 < bottom - top < 70  # 16 pt at 200 dpi: 44 pixels
    ink = np.asarray(paper.convert("L"))[round(top) : round(bottom), round(left) : round(right_)]
    assert (ink < 128).mean() > 0.05
    width, height = paper.size
    displayed = {
        Image.Transpose.ROTATE_90: (top, width - right_, bottom, width - left),
        Image.Transpose.ROTATE_180: (width - right_, height - bottom, width - left, height - top),
    }
    for turn, expected in displayed.items():
        line, at = find(ocr.recognise(RAW, paper.transpose(turn)), "行政中心")
        assert line.boxes[at] == pytest.approx(expected, abs=14)


def test_boxes_are_multiplied() -> None:
    paper = page_of(LINE)
    for one, half in zip(ocr.recognise(RAW, paper), ocr.recognise(RAW, paper, 0.5), strict=True):
        assert one.characters == half.characters
        assert [edge for box in half.boxes for edge in box] == pytest.approx(
            [e / 2 for box in one.boxes for e in box]
        )


def test_a_page_that_lies_askew_is_laid_straight_and_its_boxes_are_not() -> None:
    paper = page_of(LINE)
    askew = ocr.read_sheet(RAW, scans.skewed(paper, 2))
    line, _ = find(askew.lines, "行政中心")
    assert abs(line.boxes[0][1] - line.boxes[-1][1]) < 12
    back = askew.back(line.boxes[-1])
    turned = find(ocr.recognise(RAW, scans.skewed(paper, 2)), "行政中心")[0]
    assert turned.boxes[-1] == pytest.approx(back)
    assert turned.boxes[0][1] - turned.boxes[-1][1] > 15  # 2° over 20 characters and more


def test_every_line_has_a_box_for_each_character_in_their_order() -> None:
    for line in ocr.recognise(RAW, page()):
        assert len(line.boxes) == len(line.characters) > 0
        assert all(a[0] <= b[0] for a, b in zip(line.boxes, line.boxes[1:], strict=False))


def page_of(*lines: str) -> Image.Image:
    made = scans.Scan()
    for line in lines:
        made.paragraph(line)
    return made.upper_part()


def test_blanks_between_words_and_names_are_kept() -> None:
    paper = page_of(
        "Minutes of the Board meeting, 21 May 2021",
        "出席人员：王伟 李明华 欧阳春 赵丙",
        "会议时间为2022.4.12 15:00至17:00",
    )
    latin, names, when = sorted(ocr.recognise(RAW, paper), key=lambda line: line.boxes[0][1])
    assert latin.characters == "Minutes of the Board meeting, 21 May 2021"
    assert names.characters == "出席人员：王伟 李明华 欧阳春 赵丙"
    assert when.characters == "会议时间为2022.4.12 15:00至17:00"


def test_lines_of_few_characters_are_as_high_as_others() -> None:
    long, short = ocr.recognise(
        RAW, page_of("县委召开全县农业工作会议，县长主持会议并讲话。", "树立良好形象。")
    )
    heights = [line.boxes[0][3] - line.boxes[0][1] for line in (long, short)]
    assert heights == pytest.approx([44, 44], abs=6)


def test_traditional_characters_and_punctuation_stay_as_they_are() -> None:
    paper = page_of(
        "縣長張國棟主持會議並講話，", "会议印发了《青石县应急预案》（青政发〔2023〕5号）；9:30结束。"
    )
    characters = [
        line.characters for line in sorted(ocr.recognise(RAW, paper), key=lambda line: line.boxes[0][1])
    ]
    assert characters[0] == "縣長張國棟主持會議並講話，"
    assert "".join(characters[1:]) == "会议印发了《青石县应急预案》（青政发〔2023〕5号）；9:30结束。"


def test_vertical_text_in_the_margin_is_a_line_of_its_own() -> None:
    made = scans.Scan()
    made.margin("青石县档案馆二〇二三年收存")
    made.report(REPORT)
    line, _ = find(ocr.recognise(RAW, made.upper_part(150)), "青石县档案馆二〇二三年收存")
    assert all(a[1] < b[1] for a, b in zip(line.boxes, line.boxes[1:], strict=False))


def test_a_red_seal_hides_no_text_and_a_red_headline_is_none() -> None:
    made = scans.Scan()
    made.banner("青石县人民政府文件")
    made.report(REPORT)
    made.seal("青石县人民政府", x=100)
    made.seal("青石县应急管理局", x=150)
    characters = read(made.upper_part())
    assert characters.startswith("青石县人民政府文件")
    expected = folded("青石县人民政府文件") + SHOWN
    assert right(characters, expected) >= 0.98
    assert precise(characters, expected) >= 0.98


def smudged(how: Callable[[ImageDraw.ImageDraw, Box], None]) -> Line:
    """A line of which the third to fifth character are spoilt: 李建国."""
    paper = page_of("县长李建国主持会议并讲话，县委副书记王志强出席。")
    (clean,) = ocr.recognise(RAW, paper)
    assert clean == Line("县长李建国主持会议并讲话，县委副书记王志强出席。", clean.boxes)
    for box in clean.boxes[2:5]:
        how(ImageDraw.Draw(paper), box)
    (line,) = ocr.recognise(RAW, paper)
    assert line.characters.startswith("县长") and line.characters.endswith(
        "主持会议并讲话，县委副书记王志强出席。"
    )
    return line


def test_characters_that_are_half_gone_are_guessed_and_named_as_unsure() -> None:
    line = smudged(lambda draw, box: draw.rectangle((box[0], (box[1] + box[3]) / 2, *box[2:]), "white"))
    wrong = {
        i for i, (one, other) in enumerate(zip(line.characters, "县长李建国", strict=False)) if one != other
    }
    assert wrong and wrong <= set(line.unsure) <= {2, 3, 4}


def test_for_characters_that_are_gone_there_is_a_replacement_character() -> None:
    line = smudged(lambda draw, box: draw.ellipse((box[0] + 1, box[1] + 3, box[2] - 1, box[3] - 3), "black"))
    assert line.characters[2:5] == "\ufffd" * 3
    assert len(line.boxes) == len(line.characters)


@pytest.mark.parametrize(
    "dirt",
    [scans.greyed, lambda page: scans.noisy(page, 60), scans.peppered, lambda page: scans.blurred(page, 3)],
)
def test_dirty_blanks_are_no_lost_characters(dirt: Callable[[Image.Image], Image.Image]) -> None:
    (line,) = ocr.recognise(RAW, dirt(page_of("议定事项　县委书记袁启昌　副县长高洁　栾树森")))
    assert "\ufffd" not in line.characters


@pytest.mark.parametrize("between", ["——", "……", "＿＿＿＿", "————"])
def test_dashes_and_rules_between_characters_are_no_lost_ones(between: str) -> None:
    lines = ocr.recognise(RAW, page_of(f"会议主持人李建国{between}县委副书记王志强"))
    characters = "".join(line.characters for line in sorted(lines, key=lambda line: line.boxes[0][0]))
    assert characters.startswith("会议主持人李建国") and characters.endswith("县委副书记王志强")
    assert "\ufffd" not in characters


def inked(mode: str) -> Image.Image:
    paper = page_of("县委召开全县农业工作会议")
    if mode == "I;16":
        return Image.fromarray(np.asarray(paper.convert("L")).astype(np.uint16) * 257)
    if mode == "F":
        return Image.fromarray(np.asarray(paper.convert("L")).astype(np.float32) * 1000)
    if mode == "RGBA":  # black ink on nothing
        ink = Image.new("RGBA", paper.size, (0, 0, 0, 0))
        ink.paste("black", mask=paper.convert("L").point(lambda value: 255 - value))
        return ink
    return paper.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "F", "LA"])
def test_pixels_of_every_kind(mode: str) -> None:
    (line,) = ocr.recognise(RAW, inked(mode))
    assert line.characters == "县委召开全县农业工作会议"


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 1), (40, 30), (500, 500)])
@pytest.mark.parametrize("colour", ["white", "black", "red"])
def test_pages_without_text_have_no_lines(size: tuple[int, int], colour: str) -> None:
    assert ocr.recognise(RAW, Image.new("RGB", size, colour)) == ()


def test_the_limits() -> None:
    paper = page()
    with pytest.raises(TooLargeError):
        ocr.recognise(Raw(b"", "a.png", limits=Limits(pixels=1_000_000)), paper)
    spent = Clock(0)
    spent.end -= 1
    with pytest.raises(TooSlowError):
        ocr.recognise(Raw(b"", "a.png", clock=spent), paper)


SILENT = """
import socket, sys, warnings
warnings.simplefilter("error")
def refuse(*_):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = refuse
made = []
def watch(event, args):
    if event in ("os.mkdir", "os.rename", "os.remove") or event == "open" and set(str(args[1])) & set("wax+"):
        made.append(str(args[0]))
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from PIL import Image
from extractor.reading import ocr
from extractor.reading.text import Raw
ocr._THREADS = int(sys.argv[2])
for line in ocr.recognise(Raw(b"", "scan.png"), Image.open(sys.argv[1])):
    print(ascii(line))
made = [path for path in made if path != "/dev/null"]
assert not made, made
"""


def test_nothing_is_fetched_written_or_logged_and_threads_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    page_of("县委召开全县农业工作会议，县长李甲主持。").save(path)
    runs = [
        subprocess.run(
            [sys.executable, "-c", SILENT, str(path), threads], capture_output=True, check=False, text=True
        )
        for threads in ("1", "4")
    ]
    assert [run.stderr for run in runs] == ["", ""]
    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.splitlines()) == 1
