"""Posts and titles of the people named."""

import pytest

HEAD = "全县春耕生产工作会议召开\n5月3日，全县春耕生产工作会议召开。"


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("县委书记李明主持会议。", {"李明": "县委书记"}),
        ("县委副书记、县长李明主持会议。", {"李明": "县委副书记、县长"}),
        ("会议由县教育局党组书记、局长李明主持。", {"李明": "县教育局党组书记、局长"}),
        (
            "副县长李明、王芳，县政协副主席赵刚出席会议。",
            {"李明": "副县长", "王芳": "副县长", "赵刚": "县政协副主席"},
        ),
        ("县领导李明、王芳、赵刚参加会议。", {"李明": "县领导", "王芳": "县领导", "赵刚": "县领导"}),
        ("李明、王芳等县领导出席会议。", {"李明": "县领导", "王芳": "县领导"}),
        ("农学院院长李明教授和王芳副教授主持会议。", {"李明": "农学院院长", "王芳": "副教授"}),
        ("李明校长主持会议，王芳副校长讲话。", {"李明": "校长", "王芳": "副校长"}),
        ("澜川县人民医院王芳教授作专题讲座。", {"王芳": "教授"}),
        ("李明同志主持会议。", {"李明": None}),
        ("老同志李明、王芳出席会议。", {"李明": None, "王芳": None}),
        ("党委书记李明同志和纪委书记王芳同志分别讲话。", {"李明": "党委书记", "王芳": "纪委书记"}),
        ("委员李明（王芳代）、赵刚出席会议。", {"王芳": None, "赵刚": "委员"}),
        ("县委党的宣传工作协调小组副组长李明出席会议。", {"李明": "县委党的宣传工作协调小组副组长"}),
        ("李明代表学校致辞。", {"李明": None}),
        ("县委副书记、县长，开发区管委会主任李明讲话。", {"李明": "县委副书记、县长，开发区管委会主任"}),
        ("各乡镇党委书记，县教育局局长李明参加会议。", {"李明": "县教育局局长"}),
        ("省水利厅规划财务司李明副司长讲话。", {"李明": "副司长"}),
    ],
)
def test_titles(find, sentence, titles) -> None:  # type: ignore[no-untyped-def]
    found = find(HEAD + sentence)
    said = {p.name: p.title and p.title.of(found.clean) for p in found.people}
    assert {name: said.get(name, "missing") for name in titles} == titles


def test_the_fullest_title_of_the_report_counts(find) -> None:  # type: ignore[no-untyped-def]
    found = find(f"{HEAD}学校领导李明、王芳出席会议。校长李明讲话。")
    assert {p.name: p.title.of(found.clean) for p in found.people} == {"李明": "校长", "王芳": "学校领导"}


def test_a_surname_with_a_post_stands_for_the_person_named_before(roles) -> None:  # type: ignore[no-untyped-def]
    said = roles(f"{HEAD}县委书记李明、县长王芳出席会议。李书记宣读了表彰决定。")
    assert said["李明"] == "report attend"


def test_a_surname_with_a_post_of_two_people_stands_for_none(roles) -> None:  # type: ignore[no-untyped-def]
    said = roles(f"{HEAD}副县长李明、副县长李强出席会议。李县长宣读了表彰决定。")
    assert said == {"李明": "attend", "李强": "attend"}
