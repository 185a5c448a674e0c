from __future__ import annotations

import pytest

from schemas.quotes import bare


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("李甲", "李甲"),
        ("王　伟", "王伟"),
        ("王 \t伟", "王伟"),
        ("王\n伟", "王伟"),
        ("王\u200b伟", "王伟"),
        ("王&nbsp;&nbsp;伟", "王伟"),
        ("王</b>伟", "王伟"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("John Smith", "John Smith"),
        ("J.  Smith", "J. Smith"),
        (" 李甲 ", "李甲"),
        ("3 < 5", "3<5"),
    ],
)
def test_blanks_inside_a_name_are_left_aside(printed: str, name: str) -> None:
    assert bare(printed) == name
