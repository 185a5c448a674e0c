"""What a file says of itself: when it is believed, and when not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from extractor.reading.metadata import add_headline, day_of
from extractor.reading.places import Writer

BODY = "3月24日，青石县召开全县春季农业工作会议。县长李甲主持会议并讲话。"
TITLE = "青石县召开全县春季农业工作会议"


@pytest.mark.parametrize(
    ("created", "modified", "day"),
    [
        (None, None, None),
        (datetime(2021, 3, 24, 9), datetime(2021, 3, 25, 18), date(2021, 3, 25)),
        (date(2021, 3, 24), None, date(2021, 3, 24)),
        (None, date(2021, 3, 24), date(2021, 3, 24)),
        # made from an older file, or saved again years later: nobody can tell which year is meant
        (date(2018, 1, 2), date(2021, 3, 24), None),
        (date(1970, 1, 1), date(1970, 1, 1), None),
        (date(1980, 1, 1), date(2021, 3, 24), None),
    ],
)
def test_the_day_of_a_file(created: date | None, modified: date | None, day: date | None) -> None:
    assert day_of(created, modified) == day


def headed(characters: str, title: str | None, *, shown: bool) -> str:
    written = Writer()
    written.add(characters)
    add_headline(written, title, shown=shown)
    return written.characters


@pytest.mark.parametrize("shown", [True, False])
def test_a_headline_that_the_text_lacks_is_put_before_it(shown: bool) -> None:
    assert headed(BODY, TITLE, shown=shown) == f"{TITLE}\n{BODY}"
    assert headed(BODY, f"  {TITLE[:6]}\n{TITLE[6:]} ", shown=shown).startswith(TITLE[:6])


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("title", [None, "", "report", "3月24日。", "会议，", "县" * 80])
def test_what_is_no_headline(title: str | None, shown: bool) -> None:
    assert headed(BODY, title, shown=shown) == BODY


def test_a_text_with_a_headline_of_its_own_keeps_it() -> None:
    text = f"青石县部署春耕\n{BODY}"
    assert headed(text, TITLE, shown=False) == headed(text, TITLE, shown=True) == text


def test_a_property_that_stayed_from_another_report_is_not_taken() -> None:
    assert headed(BODY, "云岭市召开冬季供暖调度会", shown=False) == BODY
    assert headed(BODY, "全县春季农业工作会议.docx", shown=False) == BODY
    assert headed(BODY, "云岭市召开冬季供暖调度会", shown=True) != BODY  # a reader sees it there
