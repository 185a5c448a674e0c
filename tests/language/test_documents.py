"""Documents that the meeting handled."""

import pytest

HEAD = "全县工作会议召开\n5月3日，全县工作会议召开，县长李明主持会议。"


@pytest.fixture(scope="module")
def documents(find):  # type: ignore[no-untyped-def]
    """Title and action of each document."""

    def run(text: str) -> list[tuple[str, str]]:
        found = find(text)
        return [(d.title.of(found.clean), d.action) for d in found.documents]

    return run


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the verb before
        ("会议审议通过了《东河县节水办法》。", [("东河县节水办法", "approve")]),
        ("会议讨论并原则通过《节水办法（草案）》，决定修改后印发。", [("节水办法（草案）", "approve")]),
        ("会议审议《节水办法》，研究防汛工作。", [("节水办法", "review")]),
        ("会议传达学习了县纪委《廉洁过节的通知》。", [("廉洁过节的通知", "convey")]),
        ("王芳宣读了《关于表彰先进的决定》。", [("关于表彰先进的决定", "convey")]),
        ("会上印发了《节水手册》。", [("节水手册", "issue")]),
        ("各单位签订了《安全责任书》。", [("安全责任书", "sign")]),
        ("王芳代表教代会作题为《同心向前》的工作报告。", [("同心向前", "review")]),
        ("会议表决通过了节水法、新修订的学位法、关于修改植树法的决定。",
         [("节水法", "approve"), ("学位法", "approve"), ("关于修改植树法的决定", "approve")]),
        ("会议表决通过了由三十人组成的主席团名单。", [("主席团名单", "approve")]),
        # several under one verb, each under its own
        ("会议审议通过《节水办法》《植树办法》、《护林办法》和《防汛预案》。",
         [("节水办法", "approve"), ("植树办法", "approve"), ("护林办法", "approve"), ("防汛预案", "approve")]),
        ("会议审议了《节水办法》，通过了《植树办法》。", [("节水办法", "review"), ("植树办法", "approve")]),
        ("学习了县纪委《廉洁通知》。县教育局《减负通知》，县水利局《防汛通知》。",
         [("廉洁通知", "convey"), ("减负通知", "convey"), ("防汛通知", "convey")]),
        # the verb behind
        ("《东河宣言》获大会全票通过。", [("东河宣言", "approve")]),
        ("赵刚宣读了《东河宣言》，与会代表一致通过。", [("东河宣言", "approve")]),
        ("赵刚对《节水办法》进行了详细解读。", [("节水办法", "convey")]),
        ("赵刚就《节水办法（草案）》作了说明。", [("节水办法（草案）", "review")]),
        ("赵刚就校园绿化工作计划征求了大家的意见。", [("校园绿化工作计划", "review")]),
        # without 《》
        ("会议听取了全县防汛工作情况汇报，审议了节水条例草案。",
         [("全县防汛工作情况汇报", "review"), ("节水条例草案", "review")]),
        ("会议听取了副县长王芳作的关于防汛工作的报告、关于节水工作的报告。",
         [("关于防汛工作的报告", "review"), ("关于节水工作的报告", "review")]),
        ("会议听取了副县长王芳关于防汛工作情况的汇报。", [("关于防汛工作情况的汇报", "review")]),
        ("县长李明向大会作政府工作报告。", [("政府工作报告", "review")]),
        ("会议通过关于批准《东河协定》的决定。", [("关于批准《东河协定》的决定", "approve")]),
        ("赵刚宣布了第三期优秀学员名单。", [("第三期优秀学员名单", "convey")]),
        ("会上通报了节水工作实施方案。", [("节水工作实施方案", "convey")]),
        ("双方签署战略合作协议。", [("战略合作协议", "sign")]),
        ("大会通过选举办法。", [("选举办法", "approve")]),
        ("会议明确并下发了工作清单。", [("工作清单", "issue")]),
        # what the meeting did not handle
        ("会议要求，认真贯彻《节水条例》。", []),
        ("根据《节水条例》，会议研究了防汛工作。", []),
        ("为落实《节水条例》要求，全县召开会议。", []),
        ("会议传达了全省工作会议精神和重要讲话。", []),
        ("大家观看了专题片《东河新貌》，齐唱歌曲《东河谣》。", []),
        ("会议学习了李明《奋进》的讲话。", []),
        ("王芳教授作了《茶史》的报告，《茶报》记者参加会议。", []),
        ("全会审议通过的《节水条例》为工作指明方向。", []),
        ("会议将审议《节水办法》，通过《植树办法》。", []),
        ("会议决定将《节水办法》提请县人大常委会审议。", []),
        ("会议学习了有关文件，听取了各单位汇报。", []),
        ("通过实施训练计划，成绩明显提高。", []),
        ("专家作了特邀报告，大家认真听取了特邀报告。", []),
        ("东河研究中心主任王芳的《茶史》出版。", []),
    ],
)  # fmt: skip
def test_documents(documents, sentence, expected) -> None:  # type: ignore[no-untyped-def]
    assert documents(HEAD + sentence) == expected


def test_one_title_has_the_stronger_action(documents) -> None:  # type: ignore[no-untyped-def]
    text = f"{HEAD}会议讨论《节水办法》。\n会议审议通过《节水办法》。"
    assert documents(text) == [("节水办法", "approve")]


def test_what_a_speaker_cites_is_left_out(documents) -> None:  # type: ignore[no-untyped-def]
    assert documents(f"{HEAD}李明强调，要学习《节水条例》，各乡镇要印发《节水方案》。") == []


def test_headlines_count(documents) -> None:  # type: ignore[no-untyped-def]
    text = "县政府召开常务会议 讨论政府工作报告\n5月3日，县政府召开常务会议。县长李明主持会议。"
    assert documents(text) == [("政府工作报告", "review")]


def test_topics_of_minutes(documents) -> None:  # type: ignore[no-untyped-def]
    text = (
        "第三次例会纪要\n主持：李明\n出席：王芳、赵刚\n议题：\n1、账号统一方案的讨论\n结论：同意，下月实施。\n"
        "2、《节水办法》评审\n结论：会后修改。"
    )
    assert documents(text) == [("账号统一方案", "approve"), ("节水办法", "review")]


@pytest.mark.parametrize(
    "text",
    ["审议《" * 2000, "通过审议" * 2000, "关于《方案》" * 2000, "听取了县长作的关于" * 1000, "对方案" * 2000],
)
def test_hostile_text_is_read(documents, text) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(documents(text), list)
