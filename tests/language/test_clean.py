"""The clean text and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.clean import clean

LITTER = st.text(
    st.sampled_from(list("省委召开会议王伟，。：、 　\n\t\u200b\ufeff<br/>&nbsp;ａ１(),:")), max_size=60
)


@given(LITTER | st.text(max_size=40))
def test_every_character_is_traced(text: str) -> None:
    made = clean(text)
    assert len(made.text) == len(made.origin)
    assert list(made.origin) == sorted(set(made.origin))
    for i, char in enumerate(made.text):
        if char == text[made.origin[i]]:
            continue
        # Folded, never invented; the zero of 二〇二〇 is often typed as a circle.
        assert (
            not char.isalnum()
            or text[made.origin[i]].isalnum()
            or (text[made.origin[i]], char) == ("○", "〇")
        )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０１８年３月２４日", "2018年3月24日"),
        ("近日,学校召开会议", "近日，学校召开会议"),
        ("时间:下午(三楼)", "时间：下午（三楼）"),
        ("3.5,4:30", "3.5,4:30"),
        ("<p>会议</p>&nbsp;召开<br/>", "会议召开"),
        ("会\u200b议\ufeff", "会议"),
        ("会议　　　召开", "会议 召开"),
        ("二○一八年", "二〇一八年"),
        ("印发<关于春耕的通知>", "印发<关于春耕的通知>"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert clean(text).text == folded


def test_lines_broken_at_a_column_are_joined() -> None:
    line = "会议强调要认真贯彻落实全县春耕生产工作部署"
    text = f"{line}\n{line}\n{line}\n抓紧抓实。\n会议要求，各乡镇要行动起来。"
    assert clean(text).text == f"{line * 3}抓紧抓实。\n会议要求，各乡镇要行动起来。"


def test_headlines_are_not_joined() -> None:
    text = "县委召开全县春耕生产工作会议并作出安排部署\n李明出席\n5月3日，会议召开。"
    assert clean(text).text == text


def test_a_stretch_is_mapped_back_over_what_was_dropped() -> None:
    text = "县长王　伟主持<br/>会议"
    made = clean(text)
    start = made.text.index("会议")
    at = made.source(start, start + 2)
    assert text[at.start : at.end] == "会议"
