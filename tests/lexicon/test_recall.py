"""What the lexicon is for: a fonds' fifty leaders are found, and other people's records stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import extract, extract_text
from extractor.lexicon import Lexicon, parse_lexicon
from schemas import to_json

from .fonds import NAMES, Report, lexicon, post, reports

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def fonds() -> Lexicon:
    found, errors = parse_lexicon(lexicon().encode(), "fonds.toml")
    assert not errors
    assert len(found.entries) == len(set(NAMES)) == 50
    return found


def taking_part(report: Report, lexicon: Lexicon | None) -> set[str]:
    record = extract_text(report.text, lexicon=lexicon)
    speakers = [speaker.name for speaker in record.speakers if speaker.kind == "person"]
    return {*(leader.name for leader in record.leaders), *speakers}


def test_the_leaders_of_a_fonds_are_all_found_and_nobody_else(fonds: Lexicon) -> None:
    written = reports(60)
    assert {name for report in written for name in report.leaders} == set(NAMES)
    assert [taking_part(r, fonds) for r in written] == [set(r.leaders) for r in written]


def test_the_rules_alone_miss_many_of_them() -> None:
    """Else the test above would show nothing. 115 of 180 were found when it was written."""
    written = reports(60)
    found = sum(len(taking_part(r, None) & set(r.leaders)) for r in written)
    assert found < 0.75 * sum(len(r.leaders) for r in written)


def test_their_titles_are_those_printed(fonds: Lexicon) -> None:
    titled = 0
    for report in reports(60):
        for leader in extract_text(report.text, lexicon=fonds).leaders:
            if post(NAMES.index(leader.name)) + leader.name in report.text:
                assert leader.title == post(NAMES.index(leader.name))
                titled += 1
            else:
                assert leader.title is None or leader.title in report.text
    assert titled > 25


NAMESAKES = [path for path in SAMPLES if any(name in path.read_text("utf-8", "replace") for name in NAMES)]


@pytest.mark.parametrize("path", [p for p in SAMPLES if p not in NAMESAKES], ids=lambda path: path.stem)
def test_records_of_others_are_the_same_byte_for_byte(path: Path, fonds: Lexicon) -> None:
    assert to_json(extract(path, lexicon=fonds)) == to_json(extract(path))


@pytest.mark.parametrize("path", NAMESAKES, ids=lambda path: path.stem)
def test_a_namesake_only_makes_the_record_surer(path: Path, fonds: Lexicon) -> None:
    """A word that is a listed name, or somebody of that name: the values stay, one that is listed is surer."""
    listed, alone = json.loads(to_json(extract(path, lexicon=fonds))), json.loads(to_json(extract(path)))
    for person, before in zip(
        listed["leaders"] + listed["speakers"], alone["leaders"] + alone["speakers"], strict=True
    ):
        sure, was = person.pop("confidence"), before.pop("confidence")
        assert sure == was or (sure > was and person["name"] in NAMES)
    assert listed == alone


@pytest.mark.parametrize(
    "text",
    [
        "会议强调，要维护和平与稳定，推动文明建设。县长李明华主持会议，毕业生成功入选。",
        "大会在高山镇召开，要建设安宁祥和的田园，向前看齐。县委书记李明华出席会议并讲话。",
        "会议指出，黎明前的黑暗终将过去，要温暖人心、平安度汛。全县和平、发展、合作是主题。",
        "李明华、王志刚和平时一样到会，提高文明素质，出席和平论坛。",
        "县委书记黎明志主持会议，副县长高山青出席。石柱县代表参加。",
    ],
)
def test_words_stay_words(text: str, fonds: Lexicon) -> None:
    assert to_json(extract_text(text, lexicon=fonds)) == to_json(extract_text(text))
