"""What the meeting asks to be done: where a task begins and ends, who lays it, on whom, by when."""

from itertools import pairwise

import pytest

from extractor.language.findings import Findings
from extractor.language.types import Extent
from tests.language.reading import read

HEAD = "东山县召开教育工作会议\n5月3日，东山县召开教育工作会议。"


def tasks(found: Findings) -> list[str]:
    assert found.tasks is not None
    return [found.clean[t.start : t.end] for t in found.tasks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # running text: each sentence that lays a directive
        ("会议强调，要抓好招生，规范程序。要管好食堂。", ["要抓好招生，规范程序", "要管好食堂"]),
        ("会议指出，各校应加强值班；必须落实责任；不得瞒报。",
         ["各校应加强值班", "必须落实责任", "不得瞒报"]),
        ("会议要求，要加强管理；完善制度；压实责任。", ["要加强管理；完善制度；压实责任"]),
        ("会议指出，既要抓好安全，又要抓好教学；既要管好学校，又要联系家长。",
         ["既要抓好安全，又要抓好教学；既要管好学校，又要联系家长"]),
        # a sentence that opens with its verb goes on with directives
        ("李甲强调，要抓好招生。加强宣传引导，营造良好氛围。成绩来之不易。",
         ["要抓好招生", "加强宣传引导，营造良好氛围"]),
        ("李甲强调，深入学习贯彻会议精神，推动教育发展。", ["深入学习贯彻会议精神，推动教育发展"]),
        ("李甲指出，抓好教育，是全县人民的期盼。", []),
        ("李甲指出，过去一年，各校推进了课程改革。", []),
        # another body that is told, behind a semicolon, and below 要求各部门：
        ("李甲指出，各学院要找准问题；各机关部门通过问题改进服务。", ["各学院要找准问题", "各机关部门通过问题改进服务"]),
        ("会议开始。\n李甲作了部署，要求各部门：\n聚焦质量，求突破；\n聚焦育人，下功夫。",
         ["聚焦质量，求突破", "聚焦育人，下功夫"]),
        # what is quoted, needed or looked forward to is no directive
        ("李甲指出，落实关于“要重视教育”的指示取得成效。", []),
        ("李甲指出，学校的未来需要靠全体教师的努力。", []),
        ("李甲期待各位专家常来。", []),
        ("李甲指出，学校的发展离不开各方支持，要加强联系。", ["要加强联系"]),
        # the judgement before a directive is left out, a setting stays
        ("李甲指出，校园安全责任重大，要时刻绷紧这根弦。", ["要时刻绷紧这根弦"]),
        ("李甲指出，教师是立校之本，各校要关心教师。", ["各校要关心教师"]),
        ("李甲强调，当前，要抓好防汛。针对薄弱环节，要逐项整改。",
         ["当前，要抓好防汛", "针对薄弱环节，要逐项整改"]),
        ("李甲强调，做好今年工作，要突出重点。暑假将至，要防范溺水。",
         ["做好今年工作，要突出重点", "暑假将至，要防范溺水"]),
        # hopes
        ("李甲希望大家立足岗位，再创佳绩。", ["大家立足岗位，再创佳绩"]),
        ("李甲提出希望：希望各校比学赶超；希望教师潜心育人。", ["各校比学赶超", "教师潜心育人"]),
        ("李甲希望大家畅所欲言，多提宝贵意见。", []),
        ("李甲勉励同学们勤奋学习，学校将一如既往提供支持。", ["同学们勤奋学习"]),
        ("李甲勉励同学们鼓足干劲，力争上游；学会减压，轻松上阵；学校会尽一切努力提供支持；同时为大家送上祝福。",
         ["同学们鼓足干劲，力争上游；学会减压，轻松上阵"]),
        ("李甲强调，要抓好值班，同时就重点工作进行了部署。", ["要抓好值班"]),
        ("李甲希望他们再创佳绩。", []),
        ("李甲希望他们牢记使命，刻苦训练，团结互助，为县争光。", ["他们牢记使命，刻苦训练，团结互助，为县争光"]),
        ("李甲希望进一步深化与东河大学的交流合作。", []),
        ("李甲听取了各校的工作汇报，提出了要求:各校要抓好值班。", ["各校要抓好值班"]),
        ("研究员王乙授课。王乙指出，农户要深耕。", []),
        ("李甲说，去年，赵丙总书记视察全县，强调要办好学校。", []),
        ("李甲提出要求：一，坚定信念；二，刻苦学习。", ["一，坚定信念", "二，刻苦学习"]),
        # not the meeting's own
        ("王乙作表态发言。他表示，要认真落实会议精神。", []),
        ("大家表示，要立足岗位作贡献。", []),
        ("会议学习了有关文件。赵丙总书记强调，要办好人民满意的教育。", []),
        ("会议研究部署招生工作，要求传达到位。", ["传达到位"]),
        ("会议听取了汇报，审议通过了方案。", []),
    ],
)  # fmt: skip
def test_running_text(body: str, expected: list[str]) -> None:
    assert tasks(read(HEAD + body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("李甲要求：一要抓招生；二要管食堂；三要防溺水。", ["一要抓招生", "二要管食堂", "三要防溺水"]),
        ("李甲提出要求。一是抓招生，程序要公开。全程接受监督。二是管食堂。定期检查。会上，王乙作了记录。",
         ["一是抓招生，程序要公开。全程接受监督", "二是管食堂。定期检查"]),
        ("李甲强调，第一，要抓招生。第二，要管食堂。", ["第一，要抓招生", "第二，要管食堂"]),
        ("李甲提出两点意见：（一）抓好招生。（二）管好食堂。", ["（一）抓好招生", "（二）管好食堂"]),
        ("李甲作出安排：1、抓好招生。2、管好食堂。", ["1、抓好招生", "2、管好食堂"]),
        ("李甲强调，首先要抓招生，其次要管食堂，最后要防溺水。",
         ["首先要抓招生", "其次要管食堂", "最后要防溺水"]),
        ("李甲要求：一要抓招生，一是公开，二是公平；二要管食堂。",
         ["一要抓招生，一是公开，二是公平", "二要管食堂"]),
        ("李甲强调，各校要高度重视，做到：一是领导到位，二是措施到位。各级都要配合。",
         ["一是领导到位", "二是措施到位", "各级都要配合"]),
        ("李甲总结了去年成绩：一是办学条件明显改善；二是教师队伍不断壮大。", []),
        ("王乙指出了存在的问题：一是投入不足；二是师资薄弱。", []),
        ("\n李甲提出要求：\n一是抓招生。要公开程序。\n二是管食堂。\n会议由王乙主持。",
         ["一是抓招生。要公开程序", "二是管食堂"]),
        ("\n李甲提出要求：\n——要抓招生。公开程序。\n——要管食堂。\n会议由王乙主持。",
         ["要抓招生。公开程序", "要管食堂"]),
        ("李甲要求：一是抓招生；二是管食堂；三会全力支持各校。", ["一是抓招生", "二是管食堂"]),
    ],
)  # fmt: skip
def test_enumerations(body: str, expected: list[str]) -> None:
    assert tasks(read(HEAD + body)) == expected


def test_ordinal_by_actor_and_deadline() -> None:
    body = "局长李甲主持会议。他要求：一是各校要在6月底前完成自查；二是县财政局要保障经费。"
    found = read(HEAD + body)
    assert found.tasks is not None
    parts = [
        [extent and extent.of(found.clean) for extent in (t.ordinal, t.by, t.actor, t.deadline)]
        for t in found.tasks
    ]
    assert parts == [["一是", "李甲", "各校", "6月底前"], ["二是", "李甲", "县财政局", None]]


@pytest.mark.parametrize(
    ("body", "actor"),
    [
        ("会议要求，各级各部门要抓好落实。", "各级各部门"),
        ("会议强调，今年，全县各中小学校要抓好落实。", "全县各中小学校"),
        ("李甲希望广大教师潜心育人。", "广大教师"),
        ("李甲要求各校做到：一是领导到位，二是措施到位。", "各校"),
        ("会议强调，我们要抓好落实。", None),
        ("会议强调，招生工作要公开公平。", None),
        ("会议强调，要引导广大教师潜心育人。", None),
    ],
)
def test_actor(body: str, actor: str | None) -> None:
    found = read(HEAD + body)
    assert found.tasks
    assert {t.actor and t.actor.of(found.clean) for t in found.tasks} == {actor}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("要在6月底前完成自查", "6月底前"),
        ("要于9月15日前报送总结", "9月15日前"),
        ("要在一周内整改到位", "一周内"),
        ("年底前要完成验收", "年底前"),
        ("要做好会前准备", None),
    ],
)
def test_deadline(words: str, date: str | None) -> None:
    found = read(f"{HEAD}会议要求，各校{words}。")
    assert found.tasks
    due = found.tasks[0].deadline
    assert (due and due.of(found.clean)) == date


MINUTES = """东山公司第三次例会纪要
时间：2021年5月3日
地点：二楼会议室
主持：李甲
参会人员：王乙、赵丙、钱丁
一、上期遗留问题跟踪：
1. 仓库盘点 -- 王乙
二、会议内容
1. 设备采购
王乙：需要再比较一下价格。
* 需要补充三家供应商的报价
* 同意采用第二套方案
建议先试用一个月。——赵丙
结论：同意采购，后续由王乙负责签订合同
会议结论：
* 尽快完成库房改造 -- 赵丙
* 撤销临时值班点
三、待办事项
1. 整理培训记录 -- 钱丁
2. 更新值班表（王乙）
   节假日单独列出
"""


def test_minutes() -> None:
    found = read(MINUTES)
    assert found.tasks is not None
    text = found.clean
    spans = [(Extent(t.start, t.end), t.actor, t.by) for t in found.tasks]
    parts = [[extent and extent.of(text) for extent in span] for span in spans]
    assert [tuple(p) for p in parts] == [
        ("需要补充三家供应商的报价", None, None),
        ("后续由王乙负责签订合同", "王乙", None),
        ("尽快完成库房改造", "赵丙", "会议"),
        ("1. 整理培训记录", "钱丁", None),
        ("2. 更新值班表（王乙）\n节假日单独列出", "王乙", None),
    ]


def test_decisions_of_minutes() -> None:
    text = """东山县政府第五次常务会议纪要
时间：2022年5月6日
地点：三楼会议室
主持：县长李甲
议定事项：
（一）原则同意县财政局提出的方案。
（二）由县财政局牵头，于7月15日前制定实施细则。
（三）请县审计局负责监督。
"""
    found = read(text)
    assert found.tasks is not None
    clean = found.clean
    assert [(clean[t.start : t.end], t.actor and t.actor.of(clean)) for t in found.tasks] == [
        ("（二）由县财政局牵头，于7月15日前制定实施细则", "县财政局"),
        ("（三）请县审计局负责监督", "县审计局"),
    ]


def test_nothing_is_taken_twice() -> None:
    found = read(HEAD + "李甲要求，要抓招生：一要公开；二要公平。要管食堂；要防溺水。" * 3)
    assert found.tasks
    spans = [(t.start, t.end) for t in found.tasks]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
