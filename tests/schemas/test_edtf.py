from __future__ import annotations

import pytest

from schemas.edtf import check_edtf, days_of


@pytest.mark.parametrize(
    "value",
    [
        "2021-03-24",
        "2021-03-24/2021-03-25",
        "2020-12-31/2021-01-01",
        "2020-02-29",
        "XXXX-02-29",
        "XXXX-10-24",
        "XXXX-10-31/XXXX-11-02",
        "2021-XX-24",
        "2021-03-XX",
        "2021-03",
        "2021",
        "201X",
        "XXXX-XX-24",
    ],
)
def test_sound(value: str) -> None:
    assert check_edtf(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2021-3-24",
        "20210324",
        "2021-13-01",
        "2021-02-29",
        "2021-04-31",
        "XXXX-02-30",
        "2021-00-01",
        "X021-03-24",
        "2021-03-24/",
        "2021-03-25/2021-03-24",
        "2021-03-24/2021-03-25/2021-03-26",
        "2021-03-24\n",
        "２０２１-03-24",
    ],
)
def test_unsound(value: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|no such day|unknown one|before it begins"):
        check_edtf(value)


def test_days_are_known_only_where_all_digits_are() -> None:
    assert days_of("2021-03-24") == ("2021-03-24", "2021-03-24")
    assert days_of("2021-03") is None
    assert days_of("2021-03-24/2021-03-XX") is None
