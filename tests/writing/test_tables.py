"""Tables of text that others wrote: for the eye, and for programs."""

from __future__ import annotations

from extractor.evaluation.mistakes import Mistake, MistakeKind
from extractor.writing.scores import mistake_rows, mistake_rows_shown
from extractor.writing.tables import tab_separated, table


def test_numbers_stand_to_the_right_and_shares_have_three_digits() -> None:
    rows: list[list[str | int | float]] = [["units", 2 / 3, 7], ["县", "-", 12]]
    assert table(["field", "F1", "gold"], rows, 80).splitlines() == [
        "field     F1  gold",
        "units  0.667     7",
        "县         -    12",
    ]
    assert tab_separated(rows) == "units\t0.667\t7\n县\t-\t12\n"


def test_nothing_acts_and_nothing_breaks_a_line() -> None:
    rows = [["a\tb\nc", "\x1b[31m", "[bold]x[/bold]"]]
    assert tab_separated(rows) == "a b c\t\\x1b[31m\t[bold]x[/bold]\n"
    assert "\\x1b[31m  [bold]x[/bold]" in table(["1", "2", "3"], rows, 80)
    assert "\x1b[1m" in table(["1", "2", "3"], rows, 80, colour=True)


def test_an_error_says_for_the_eye_whose_role_it_is() -> None:
    mistakes = (
        Mistake("a", "leaders", MistakeKind.ROLE, "宁书同", "attend", None, (3, 6)),
        Mistake("a", "tasks", MistakeKind.MISSED, "要" * 70, "要" * 70, None, None),
    )
    assert [row[3:] for row in mistake_rows_shown(mistakes)] == [
        ["宁书同: attend", "-", "3-6"],
        ["要" * 36 + "…" + "要" * 24, "-", "-"],
    ]
    assert [row[3:] for row in mistake_rows(mistakes)] == [
        ["宁书同", "attend", "-", "3-6"],
        ["要" * 70, "要" * 70, "-", "-"],
    ]
