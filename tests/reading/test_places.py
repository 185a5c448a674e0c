"""Where characters stand in the file: places against a plain oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.reading.places import NOWHERE, Place, Places, Writer

PIECE = st.tuples(
    st.text("县委会议\n", min_size=0, max_size=4),
    st.one_of(st.none(), st.integers(1, 3)),
    st.one_of(st.none(), st.integers(1, 5)),
    st.booleans(),
)


@given(st.lists(PIECE, max_size=8), st.data())
def test_a_stretch_is_placed_by_its_first_character_that_has_a_place(
    pieces: list[tuple[str, int | None, int | None, bool]], data: st.DataObject
) -> None:
    written = Writer()
    each: list[tuple[int | None, int | None, tuple[float, ...] | None]] = []
    for characters, page, paragraph, boxed in pieces:
        boxes = None
        if boxed and page is not None:
            boxes = [
                (float(len(each) + i), 1.0, float(len(each) + i + 1), 2.0) for i in range(len(characters))
            ]
        written.add(characters, page=page, paragraph=paragraph, boxes=boxes)
        each += [(page, paragraph, boxes[i] if boxes else None) for i in range(len(characters))]
    if not each:
        return
    start = data.draw(st.integers(0, len(each) - 1))
    end = data.draw(st.integers(start + 1, len(each)))
    place = written.places().of(start, end)
    first = next((i for i in range(start, end) if each[i][0] is not None or each[i][1] is not None), None)
    if first is None:
        assert place == NOWHERE
        return
    assert (place.page, place.paragraph) == each[first][:2]
    stop = first
    while stop < end and each[stop][0] == place.page:
        stop += 1
    held = [box for _, _, box in each[first:stop] if box]
    expected = (min(b[0] for b in held), 1.0, max(b[2] for b in held), 2.0) if held else None
    assert place.box == expected


def test_plain_text_has_no_places() -> None:
    assert Places().of(0, 5) == NOWHERE


def test_what_is_put_before_moves_the_rest_and_stands_nowhere() -> None:
    written = Writer()
    written.add("会议", page=1, boxes=[(0, 0, 1, 1), (1, 0, 2, 1)])
    written.put_before("题名\n")
    assert written.characters == "题名\n会议"
    places = written.places()
    assert places.of(0, 2) == NOWHERE
    assert places.of(3, 5) == places.of(0, 5) == Place(1, (0.0, 0.0, 2.0, 1.0))


def test_what_no_text_holds_is_settled_one_for_one() -> None:
    written = Writer()
    written.add("会\r议\0开\ud800始\x0b了\x07\x85", paragraph=1)
    assert written.characters == "会\n议\ufffd开\ufffd始\n了 \n"


def test_boxes_are_one_for_each_character() -> None:
    with pytest.raises(ValueError, match="1 boxes for 2 characters"):
        Writer().add("会议", page=1, boxes=[(0, 0, 1, 1)])
