"""Person names: exact cuts, shapes, what is no name, and what the rest of the report tells."""

from itertools import pairwise

import pytest
from spacy.language import Language
from spacy.util import registry

from extractor.language import costs
from extractor.language.candidates import Candidate
from extractor.language.clean import clean
from extractor.language.layout import read_layout
from extractor.language.names import choose, find_names
from extractor.language.neighbours import after, before, post_ends
from extractor.language.pipeline import load
from extractor.language.types import Layout, Name


def names(text: str) -> list[str]:
    """The names found, as the record prints them."""
    cleaned = clean(text).text
    return [name.name for name in find_names(cleaned, read_layout(cleaned))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what follows belongs to the sentence, not to the name
        ("会议由县委书记李明华主持。", ["李明华"]),
        ("王晓东主持会议。", ["王晓东"]),
        ("张明明出席会议并讲话。", ["张明明"]),
        ("副县长周强调研乡村振兴工作。", ["周强"]),
        ("县委书记李明强调要抓好落实。", ["李明"]),
        ("赵志刚在总结发言中表示满意。", ["赵志刚"]),
        ("会议选举刘文斌为组长，陈建国任副主任。", ["刘文斌", "陈建国"]),
        ("以副校长郭志强为组长的工作组来到学校。", ["郭志强"]),
        # what goes before is a title
        ("会上，县长孙福明、副县长钱晓玲等参加。", ["孙福明", "钱晓玲"]),
        ("教育局局长冯国平主持。", ["冯国平"]),
        ("市农机站站长（主任）周志明参加会议。", ["周志明"]),
        # a title follows
        ("王晓东同志主持会议，李志强书记讲话。", ["王晓东", "李志强"]),
        ("罗建明副总编辑、郑丽萍副教授发言。", ["罗建明", "郑丽萍"]),
        ("张礼平院士、韩中和教授出席。", ["张礼平", "韩中和"]),
        # a preposition is no surname
        ("全校师生要向王建明同志学习。", ["王建明"]),
        ("会议决定向李玉芳等老师表示感谢。", ["李玉芳"]),
        # two characters, twice the same, compound surnames, a wife's two surnames
        ("校长王芳致辞。", ["王芳"]),
        ("团委书记林婷婷宣读名单。", ["林婷婷"]),
        ("欧阳建国、司马文杰、诸葛明分别发言。", ["欧阳建国", "司马文杰", "诸葛明"]),
        ("司长林郑玉娥致辞。", ["林郑玉娥"]),
    ],
)
def test_exact_cuts(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市领导李明华、王志刚、赵玉兰参加会议。", ["李明华", "王志刚", "赵玉兰"]),
        ("出席：李明华 王志刚 赵玉兰", ["李明华", "王志刚", "赵玉兰"]),
        ("全市教育工作会议召开\n王志刚赵玉兰李明华出席", ["王志刚", "赵玉兰", "李明华"]),
        ("王志刚和赵玉兰先后发言。", ["王志刚", "赵玉兰"]),
        ("参会人员：\n管文超\n朱昱明\n杨凯丽", ["管文超", "朱昱明", "杨凯丽"]),
        ("| 厉文凯 | 前端 |\n| 陈宇明 | 后端 |", ["厉文凯", "陈宇明"]),
        ("会议圆满结束。（记者 李明华 通讯员 王志刚）", ["李明华", "王志刚"]),
        ("会议圆满结束。（文/李明华 图/王志刚）", ["李明华", "王志刚"]),
        ("特邀报告有《大跨度结构设计》（汪志明）。", ["汪志明"]),
        ("李文伟（王建国代）", ["李文伟", "王建国"]),
        ("出席：王芳、赵刚（钱进代）、孙立", ["王芳", "赵刚", "钱进", "孙立"]),
        ("听取财政局局长李明关于预算的汇报", ["李明"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", ["县长王　伟出席会议。", "王  伟 李　娜 张建波\n", "记者 王 伟"])
def test_a_spaced_name_is_one(text: str) -> None:
    assert "王伟" in names(text)


def test_a_spaced_name_keeps_its_place() -> None:
    text = clean("县长王　　伟出席会议。").text
    (name,) = find_names(text, read_layout(text))
    assert text[name.start : name.end] == "王 伟"
    assert (name.name, name.rule) == ("王伟", "names.spaced")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自治区主席阿里木·买买提讲话。", ["阿里木·买买提"]),
        ("副主任古丽娜尔·托合提参加会议。", ["古丽娜尔·托合提"]),
        ("国际协会主席弗兰克·马丁表示祝贺。", ["弗兰克·马丁"]),
        ("总统米格尔·罗伊-卡内尔·马丁致辞。", ["米格尔·罗伊-卡内尔·马丁"]),
        ("外宾包括马里总统卡塔尔巴和夫人。", ["卡塔尔巴"]),
        ("总理马尔科夫当天表示，愿加强合作。马尔科夫还说，前景广阔。", ["马尔科夫", "马尔科夫"]),
        ("会见了卡尔波娃总统。", ["卡尔波娃"]),
        ("斯德哥尔摩大学教授Martin Holm作报告。", ["MartinHolm"]),
    ],
)
def test_names_spelt_by_sound(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # words that begin with a surname
        "会议要求高度重视安全生产，明确任务，成立专班，全面落实。",
        "关于和谐社区建设的方案，于是马上启动，金额达五千万元。",
        "党员干部要严肃纪律，强化时代担当，水平不断提高。",
        "石油、黄金、温暖、白天、任何、何种、方面、向前。",
        "要一张蓝图绘到底，搭建四梁八柱，勇立潮头。",
        "第十五次会议于当天上午在行政楼二楼召开。",
        # places and bodies
        "温州、吴江、江苏等地代表参加会议，会议在李家沟村召开。",
        "王家镇、张店乡和金明区负责人参加会议。",
        "大会在明理楼报告厅举行，宏远集团有限公司承办。",
        # a surname with a post or a form of address
        "李校长、王教授、张总和陈老参加了会议。",
        "马科长介绍情况，赵主任表示感谢。",
        # numbers
        "参会人员百二十人，捐款万五千元，两国、三方、八项。",
    ],
)
def test_no_names(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习李明华思想，弘扬王志刚精神。", []),
        ("王志刚中学校长李明华获赵玉兰奖。", ["李明华"]),
        ("在以王志刚同志为核心的集体领导下，王志刚书记强调。", ["王志刚", "王志刚"]),
    ],
)
def test_doctrines_schools_and_awards_mention_no_person(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_sure_name_is_known_in_the_whole_report() -> None:
    # 理想 is a word, so that 方理想 alone is in doubt.
    alone = "会后方理想走访。"
    assert names(alone) == []
    assert names("县委书记方理想主持会议。县委书记方理想出席并讲话。" + alone).count("方理想") == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # not a shorter name, where the longer is as sure
        ("欧盟委员会主席米尔卡恩出席会议。米尔卡恩在致辞中表示，合作成果丰硕。", ["米尔卡恩", "米尔卡恩"]),
        # where it stands tells what its characters do not
        ("合作社代理主任沈广会共同出席。最后，沈广会代表合作社致辞。沈广会先生作讲座。", 3 * ["沈广会"]),
        # no country, nor a name that ends in one
        ("卢旺达总统卡萨梅、比利时国王菲利克出席会议。", ["卡萨梅", "菲利克"]),
        ("论坛主席施瓦普和巴巴多斯总理莫特尔出席。", ["施瓦普", "莫特尔"]),
        ("总统阿库-多利出席。", ["阿库-多利"]),
    ],
)
def test_what_a_name_owes_to_its_other_mentions_and_to_countries(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_what_stands_between_two_names_of_a_list_is_one() -> None:
    # 姒 is in no list of surnames.
    assert names("李明华、姒健文、王志刚出席。") == ["李明华", "姒健文", "王志刚"]
    assert "姒健文" not in names("姒健文来了。")


def test_what_stands_between_two_reporters_may_be_their_trade() -> None:
    assert names("（记者 李明华 学生记者 王志刚）") == ["李明华", "王志刚"]


def test_names_are_in_order_and_apart() -> None:
    text = clean("王志刚赵玉兰李明华出席，县长孙福明、副县长钱晓玲等参加，李明华主持。").text
    found = find_names(text, read_layout(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[n.start : n.end] == n.name for n in found)


def test_choose_takes_the_heaviest_that_do_not_overlap() -> None:
    two = [Candidate(0, 2, 30, 0, ""), Candidate(2, 5, 30, 0, "")]
    long = Candidate(1, 4, 50, 0, "")
    doubtful = Candidate(6, 8, -10, 5, "")
    assert choose([long, *two, doubtful]) == two


def test_neighbours() -> None:
    assert before("县委书记李甲", 4) > before("，李甲", 1) > before("在李家", 1)
    assert after("李甲主持", 2) > 0 > after("李甲镇", 2)
    assert before("县长孙甲", 1) < 0  # 县|长孙甲 cuts the post
    assert post_ends("校长李甲、副校长王乙") == [2, 8]


def test_the_words_of_a_run_cost_what_they_cost_alone() -> None:
    words = costs.words()
    reading = costs.read("会议强调安全生产")
    assert reading.ahead[-1] <= words["会议"] + words["强调"] + words["安全"] + words["生产"]
    assert reading.ahead[-1] == reading.behind[0]


def test_the_finder_is_a_setting() -> None:
    @registry.misc("test.one_name.v1")
    def one_name() -> object:
        def finder(text: str, layout: Layout) -> tuple[Name, ...]:
            assert layout.lines
            return (Name(0, 2, text[:2], "test"),)

        return finder

    nlp: Language = load()
    nlp.replace_pipe("meeting_names", "meeting_names", config={"finder": {"@misc": "test.one_name.v1"}})
    assert [n.name for n in nlp("李甲主持会议。")._.meeting.names] == ["李甲"]
