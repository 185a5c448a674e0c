"""Who chaired, spoke, reported, lectured, attended, as the rules read it; who is only mentioned."""

import pytest

HEAD = "全县春耕生产工作会议召开\n5月3日，全县春耕生产工作会议召开。"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("会议由李明主持。", {"李明": "chair"}),
        ("县长李明主持会议并讲话。", {"李明": "chair address"}),
        ("县委书记李明出席会议并讲话，县长王芳主持会议。", {"李明": "address attend", "王芳": "chair"}),
        ("会议由李明主持，王芳、赵刚出席。", {"李明": "chair", "王芳": "attend", "赵刚": "attend"}),
        ("大会主持人、副校长李明首先汇报了筹备情况。", {"李明": "chair report"}),
        ("受县委书记李明委托，县长王芳主持会议。", {"李明": "", "王芳": "chair"}),
        ("出席会议的还有县委副书记李明，副县长王芳、赵刚。", {"李明": "attend", "王芳": "attend", "赵刚": "attend"}),
        ("在主席台就座的有：李明、王芳。", {"李明": "attend", "王芳": "attend"}),
        ("参加会议的领导有县长李明、副县长王芳。", {"李明": "attend", "王芳": "attend"}),
        ("县长李明，县委副书记王芳，县直各部门主要负责人参加会议。", {"李明": "attend", "王芳": "attend"}),
        ("会上，副县长李明通报了有关情况，教育局局长王芳作了工作报告。", {"李明": "report", "王芳": "report"}),
        ("李明宣读表彰决定，王芳传达上级文件，赵刚作情况说明。", {"李明": "report", "王芳": "report", "赵刚": "report"}),
        ("会议听取了县财政局局长李明关于预算执行情况的汇报。", {"李明": "report"}),
        ("李明、王芳先后作交流发言。", {"李明": "statement", "王芳": "statement"}),
        ("李明就抓好落实作表态发言。", {"李明": "statement"}),
        ("李明围绕本职工作，结合实际，谈了学习体会。", {"李明": "statement"}),
        ("李明教授作专题讲座，王芳研究员授课。", {"李明": "lecture", "王芳": "lecture"}),
        ("会议邀请李明教授作学术报告。", {"李明": "lecture"}),
        ("校长李明致欢迎辞。", {"李明": "address"}),
        ("李明强调，要抓紧抓实。", {"李明": "address"}),
        ("李明对下一步工作作了部署，并提出三点要求。", {"李明": "address"}),
        ("李明主持会议。他通报了有关情况。", {"李明": "chair report"}),
        ("会议传达学习了李明在全省会议上的讲话精神。", {"李明": ""}),
        ("会议观看了省委书记李明在动员会上的讲话视频。", {"李明": ""}),
        ("她向出席会议的专家表示感谢，县长李明主持会议。", {"李明": "chair"}),
        ("李明主持制定了国家标准，县长王芳讲话。", {"李明": "", "王芳": "address"}),
        ("县长李明等在主席台就座，祝贺大会召开。", {"李明": "attend"}),
        ("李明、王芳和赵刚作为特邀嘉宾分别作了题为“春耕”“夏种”和“秋收”的学术报告。", {"李明": "lecture", "王芳": "lecture", "赵刚": "lecture"}),
        ("李明作了《抓紧抓实，再上台阶》的报告。", {"李明": "report"}),
        ("李明主持召开会议，听取春耕情况汇报，研究防汛工作，部署下一步工作。", {"李明": "chair"}),
        ("县长李明认真听取了汇报并讲话。", {"李明": "address"}),
        ("县长李明听取了农业局局长王芳的春耕情况汇报。", {"李明": "", "王芳": "report"}),
        ("李明出席会议。王芳建议扩大试点，赵刚讨论了水源问题。", {"李明": "attend", "王芳": "statement", "赵刚": "statement"}),
        ("李明主持会议。李明就修渠提出了建议。", {"李明": "chair"}),
        ("李明主持会议，谈了学习体会。", {"李明": "chair"}),
        ("李明在讲话中介绍了春耕情况。", {"李明": "address report"}),
        ("李明致辞，并回顾了一年的春耕工作。", {"李明": "address"}),
        ("李明作交流发言，介绍了经验。", {"李明": "statement"}),
        ("李明、王芳分别总结了去年的春耕工作。", {"李明": "report", "王芳": "report"}),
        ("李明、王芳分别就讨论情况作了汇报发言。", {"李明": "report statement", "王芳": "report statement"}),
        ("李明与王芳代表双方签署协议。", {"李明": "attend", "王芳": "attend"}),
        ("李明、王芳为种粮大户颁奖。", {"李明": "attend", "王芳": "attend"}),
        ("在县教研员李明老师的带领下，大家观摩了田块。", {"李明": "attend"}),
        ("患者李明的家属讲述了住院的经历。", {"李明": ""}),
        ("县长李明主持会议，宣讲员代表发言。", {"李明": "chair"}),
        ("在研讨中，农科院研究员李明说，土层变薄了。", {"李明": "statement"}),
        ("李明说，成绩来之不易。王芳认为，要治水。赵刚表示，要修渠。", {"李明": "statement", "王芳": "statement", "赵刚": "statement"}),
        ("李明说，成绩来之不易。王芳认为，要治水。", {"李明": "address", "王芳": "address"}),
        ("李明总书记亲自部署春耕，县长王芳主持会议。", {"李明": "", "王芳": "chair"}),
        ("李明主持会议并谈到春耕的意义。", {"李明": "chair"}),
        ("李明致辞。王芳研究员在题为“春耕”的报告中指出，土层变薄了。", {"李明": "address", "王芳": "lecture"}),
        ("李明、王芳（Martin van der Meer）分别致辞。", {"李明": "address", "王芳": "address"}),
        ("李明祝贺论坛的召开。", {"李明": "address"}),
        ("李明同学说，要向前辈学习。", {"李明": "statement"}),
        ("东河乡乡长李明；西山乡乡长王芳、副乡长赵刚等，出席了仪式。", {"李明": "attend", "王芳": "attend", "赵刚": "attend"}),
        ("李明、王芳分别作《三年工作报告》和《财务报告》。", {"李明": "report", "王芳": "report"}),
        ("研究员李明作了题为“春耕技术”的报告。", {"李明": "lecture"}),
        ("李明教授做了题为“春耕技术”的报告会。", {"李明": "lecture"}),
        ("本次讲座主讲人为农科院李明研究员。", {"李明": "lecture"}),
        ("李明教授作专题讲座，进行了细致的分析。他说，土层变薄了。", {"李明": "lecture"}),
        ("李明教授授课，王芳作了说明。", {"李明": "lecture", "王芳": "report"}),
        ("李明教授团队研究生王芳参加会议。", {"李明": "", "王芳": "attend"}),
        ("王芳、赵刚等专家组成论证专家组。", {"王芳": "attend", "赵刚": "attend"}),
        ("县长李明听取了各乡镇的工作汇报。", {"李明": ""}),
        ("会议传达了文件，李明总书记的重要讲话作出部署。", {"李明": ""}),
        ("李明常委代表县政协发言提出，要治水。", {"李明": "statement"}),
        ("农学院2021级本科生李明说，要向前辈学习。", {"李明": "statement"}),
        ("李明同印度总理王芳共同出席会议。", {"李明": "attend", "王芳": "attend"}),
        ("特邀报告有：《结构设计》（李明教授）、《施工技术》（王芳）。", {"李明": "lecture", "王芳": "lecture"}),
        ("大会听取和审议了县文联主席李明的工作报告。", {"李明": "report"}),
        ("大会听取了李明书记题为《三年回望》的工作报告。", {"李明": "report"}),
        ("县委书记李明、副县长王芳与农民代表欢聚一堂，共话丰收。", {"李明": "attend", "王芳": "attend"}),
        ("诗人，终身校董李明先生，县政协原主席王芳，赵刚、孙敏等校友代表，以及陈立等嘉宾出席会议。",
         dict.fromkeys(("李明", "王芳", "赵刚", "孙敏", "陈立"), "attend")),
        ("李明县长夫人王芳，县委常委赵刚等出席仪式。", {"李明": "", "王芳": "attend", "赵刚": "attend"}),
        # one entry that no rule knows hides no one, before who attends or before who spoke
        ("县委常委李明，机关各口正副职诸位，副县长王芳，县财政局负责人参加会议。", {"李明": "attend", "王芳": "attend"}),
        ("县委常委李明，各口正副职诸位，副县长王芳，农业局局长赵刚结合分管工作作交流发言。", {"李明": "statement", "王芳": "statement", "赵刚": "statement"}),
        ("县委常委李明介绍了春耕情况，副县长王芳，县财政局负责人、各乡镇负责人参加会议。", {"李明": "report", "王芳": "attend"}),
    ],
)  # fmt: skip
def test_roles(ruled, sentence, said) -> None:  # type: ignore[no-untyped-def]
    assert ruled(HEAD + sentence) == said


def test_host_and_guest_of_a_welcome_are_there(ruled) -> None:  # type: ignore[no-untyped-def]
    text = "李明举行仪式欢迎王芳\n5月3日，县长李明在广场举行仪式，欢迎西山县县长王芳来访。赵刚等出席仪式。"
    assert ruled(text) == {"李明": "attend", "王芳": "attend", "赵刚": "attend"}


def test_headlines_count(ruled) -> None:  # type: ignore[no-untyped-def]
    said = ruled("全县春耕生产工作会议召开\n李明主持并讲话 王芳出席\n5月3日，全县春耕生产工作会议召开。")
    assert said == {"李明": "chair address", "王芳": "attend"}


def test_who_wrote_the_story_is_mentioned(ruled) -> None:  # type: ignore[no-untyped-def]
    said = ruled("全县会议召开\n本报讯（记者 赵刚）5月3日，全县会议召开。县长李明主持会议。\n（通讯员 王芳）")
    assert said == {"李明": "chair", "赵刚": "", "王芳": ""}


def test_minutes(ruled) -> None:  # type: ignore[no-untyped-def]
    text = """第三次例会会议纪要
时间：2021年5月3日
主持：李明
出席：王芳、赵刚（钱涛代）、孙立
列席：周勇
请假：吴平
议题：
1. 预算方案 —— 王芳
* 孙立：建议再作测算。
进度说明 —— 周勇
待办：
1. 五月底前整理清单 —— 钱涛
"""
    assert ruled(text) == {
        "李明": "chair",
        "王芳": "report attend",
        "钱涛": "attend",
        "孙立": "statement attend",
        "周勇": "statement attend",
        "赵刚": "",
        "吴平": "",
    }


def test_evidence_shows_where_a_role_is_said(find) -> None:  # type: ignore[no-untyped-def]
    found = find(f"{HEAD}县长李明主持会议并讲话。")
    (person,) = found.people
    assert [e.of(found.clean) for e in person.evidence] == ["李明", "主持", "并讲话"]
