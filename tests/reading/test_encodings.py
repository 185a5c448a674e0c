from __future__ import annotations

import pytest

from extractor.errors import BinaryError, UndecodableError, UnknownEncodingError
from extractor.reading import Limits, read_bytes
from extractor.reading.encodings import plausibility

SIMPLIFIED = """青石县召开春季农业工作会议
3月24日，青石县春季农业工作会议在县城召开。县长李建国主持会议并讲话，他强调，要抓好春耕备耕工作。
"""
TRADITIONAL = """青石縣召開春季農業工作會議
3月24日，青石縣春季農業工作會議在縣城召開。縣長李建國主持會議並講話，他強調，要抓好春耕備耕工作。
"""
ENGLISH = "Minutes of the meeting\nThe chair opened the meeting at 9:00.\n"


@pytest.mark.parametrize(
    ("encoding", "told", "characters"),
    [
        ("utf-8", "utf-8", SIMPLIFIED),
        ("utf-8", "utf-8", TRADITIONAL),
        ("utf-8", "utf-8", ENGLISH),
        ("gb2312", "gb18030", SIMPLIFIED),
        ("gbk", "gb18030", SIMPLIFIED),
        ("gbk", "gb18030", TRADITIONAL),
        ("gb18030", "gb18030", SIMPLIFIED + "𠮷㐂"),
        ("big5", "big5hkscs", TRADITIONAL),
        ("big5hkscs", "big5hkscs", TRADITIONAL + "嘅喺"),
        ("utf-16-le", "utf-16-le", SIMPLIFIED),
        ("utf-16-be", "utf-16-be", SIMPLIFIED),
        ("utf-16-le", "utf-16-le", TRADITIONAL),
        ("utf-16-be", "utf-16-be", TRADITIONAL),
        ("utf-16-le", "utf-16-le", ENGLISH),
        ("utf-16-be", "utf-16-be", ENGLISH),
    ],
)
def test_encodings_are_told_apart(encoding: str, told: str, characters: str) -> None:
    text = read_bytes(characters.encode(encoding), "a.txt")
    assert (text.characters, text.encoding) == (characters, told)
    assert text.damages == ()


@pytest.mark.parametrize("characters", [SIMPLIFIED, TRADITIONAL, ENGLISH, "议"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_settles_it(encoding: str, characters: str) -> None:
    text = read_bytes(("\ufeff" + characters).encode(encoding), "a.txt")
    assert (text.characters, text.encoding) == (characters, encoding)


@pytest.mark.parametrize("words", ["会议", "县委召开会议", "县长主持会议。", "全县工作会议"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le", "utf-16-be"])
def test_a_few_words_are_enough(words: str, encoding: str) -> None:
    assert read_bytes(words.encode(encoding), "a.txt").characters == words


@pytest.mark.parametrize("words", ["會議", "縣委召開會議", "縣長主持會議。", "全縣工作會議"])
def test_a_few_words_are_enough_in_big5(words: str) -> None:
    assert read_bytes(words.encode("big5"), "a.txt").characters == words


def test_names_alone_hold_no_frequent_character_and_are_read_as_gb18030() -> None:
    assert read_bytes("郑翀\n邬蓓\n".encode("gbk"), "names.txt").characters == "郑翀\n邬蓓\n"


def test_chinese_after_a_long_stretch_of_ascii() -> None:
    characters = "x" * 100_001 + SIMPLIFIED
    assert read_bytes(characters.encode("gbk"), "a.txt").characters == characters


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("GB2312", "gb18030"),
        ("cp936", "gb18030"),
        ("euc-cn", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_what_calls_itself_gbk_is_decoded_as_gb18030(named: str, told: str) -> None:
    characters = "与会人员有𠮷先生"  # in GB18030 only
    text = read_bytes(characters.encode("gb18030"), "a.txt", encoding=named)
    assert (text.characters, text.encoding) == (characters, told)


def test_a_forced_encoding_is_obeyed_even_where_another_fits_better() -> None:
    text = read_bytes("县委".encode("gbk"), "a.txt", encoding="latin-1")
    assert text.characters == "ÏØÎ¯"
    assert text.encoding == "iso8859-1"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_forced_utf_16_finds_the_byte_order(encoding: str, mark: str) -> None:
    data = (mark + SIMPLIFIED).encode(encoding)
    text = read_bytes(data, "a.txt", encoding="UTF-16")
    assert (text.characters, text.encoding) == (SIMPLIFIED, encoding)


def test_microsofts_big5_has_characters_of_its_own() -> None:
    data = TRADITIONAL.encode("big5") + b"\xf9\xfe"  # a box in cp950, none of Hong Kong's
    text = read_bytes(data, "a.txt", encoding="big5")
    assert text.characters.startswith(TRADITIONAL)


@pytest.mark.parametrize("name", ["klingon", "", "base64", "rot13", "utf-8\0", "编码"])
def test_an_unknown_encoding_is_named(name: str) -> None:
    with pytest.raises(UnknownEncodingError) as caught:
        read_bytes(b"abc", "a.txt", encoding=name)
    assert caught.value.arguments["encoding"] == name


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_undecodable_bytes_are_an_error_that_names_the_offset(encoding: str) -> None:
    head = SIMPLIFIED.encode(encoding)
    with pytest.raises(UndecodableError) as caught:
        read_bytes(head + b"\xff\xff" + SIMPLIFIED.encode(encoding), "a.txt")
    assert caught.value.arguments["offset"] == len(head)
    assert caught.value.arguments["byte"] == "FF"
    assert caught.value.arguments["encoding"] == encoding.removesuffix("-sig")


def test_a_character_cut_off_at_the_end_is_an_error_too() -> None:
    data = SIMPLIFIED.strip().encode("utf-8")[:-1]
    with pytest.raises(UndecodableError) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.arguments["offset"] == len(data) - 2


def test_damaged_utf_8_is_not_taken_for_gb18030() -> None:
    data = SIMPLIFIED.encode("utf-8").replace("县城".encode(), "县城".encode()[:-1])
    with pytest.raises(UndecodableError) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.arguments["encoding"] == "utf-8"


def test_the_callers_wish_to_go_on_keeps_the_rest_and_says_where() -> None:
    data = "县委\r\n召开".encode() + b"\xff" + "会议。全县工作会议在县城召开。\ufffd".encode()
    text = read_bytes(data, "a.txt", on_damage="keep")
    assert text.characters == "县委\n召开\ufffd会议。全县工作会议在县城召开。\ufffd"
    assert [(d.start, d.end, d.reason) for d in text.damages] == [
        (5, 6, "undecodable"),
        (len(text.characters) - 1, len(text.characters), "undecodable"),
    ]


def test_a_replacement_character_in_the_input_is_damage() -> None:
    text = read_bytes("县委召开会议\ufffd\ufffd".encode(), "a.txt")
    assert [(d.start, d.end, d.reason) for d in text.damages] == [(6, 8, "replacement")]


def test_nul_bytes_that_are_no_utf_16_are_binary() -> None:
    for data in (b"abc\0def", b"\0" * 64, bytes(range(256)) * 8, SIMPLIFIED.encode() + b"\0"):
        with pytest.raises(BinaryError):
            read_bytes(data, "a.dat")
    with pytest.raises(BinaryError):
        read_bytes(b"abc\0def", "a.dat", encoding="utf-8")


def test_plausibility_orders_chinese_before_its_misreadings() -> None:
    right = plausibility(SIMPLIFIED)
    assert right > 0.5
    for encoding in ("gbk", "utf-8", "utf-16-le", "utf-16-be"):
        data = SIMPLIFIED.encode(encoding)
        for other in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8"):
            read = data.decode(other, "replace")
            if read != SIMPLIFIED:
                assert plausibility(read) < right - 0.3, (encoding, other)


def test_the_limit_is_that_of_the_documentation() -> None:
    assert Limits().bytes == 64 * 1024 * 1024
