"""The meeting itself: kind, name, organizer, location, date."""

import pytest

from extractor.language.clauses import BODY, HEADLINE, clause
from extractor.language.meeting_names import alike, fullness, is_meeting, is_nameless, read_object, trim
from extractor.rules import load


@pytest.fixture(scope="module")
def event(find):  # type: ignore[no-untyped-def]
    """Kind, name, organizer and location of a text."""

    def run(text: str) -> tuple[str, str | None, str | None, str | None]:
        found = find(text)
        e = found.event
        values = (x and x.of(found.clean) for x in (e.name, e.organizer, e.location))
        return e.kind, *values

    return run


# ---- who held what where

CHAIRED = "县长李明主持会议并讲话，王芳、赵刚等出席会议。会议强调，要抓好落实。"


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        # the organizer is the subject, the name the object
        ("5月3日，县委在行政中心三楼会议室召开全县安全生产工作会议。",
         ("全县安全生产工作会议", "县委", "行政中心三楼会议室")),
        ("5月3日下午，县教育局组织召开了2021年度教学工作推进会。",
         ("2021年度教学工作推进会", "县教育局", None)),
        ("县委、县政府3日在京召开“守初心，担使命”主题教育部署会。",
         ("“守初心，担使命”主题教育部署会", "县委、县政府", "京")),
        ("5月3日，东河学院以视频形式，召开辅导员工作例会。", ("辅导员工作例会", "东河学院", None)),
        ("5月3日，东河学院邀请家长代表，在图书馆报告厅召开家校恳谈会。",
         ("家校恳谈会", "东河学院", "图书馆报告厅")),
        ("近日，东河中学与西山中学联合举行教研交流会。", ("教研交流会", "东河中学与西山中学", None)),
        ("5月3日，县教育局召开以“减负增效”为主题的校长论坛。", ("校长论坛", "县教育局", None)),
        ("5月3日，县教育局召开落实全省教育会议精神部署会。",
         ("落实全省教育会议精神部署会", "县教育局", None)),
        ("5月3日，县教育局举行教材建设启动会暨专家聘任仪式。",
         ("教材建设启动会暨专家聘任仪式", "县教育局", None)),
        ("5月3日，市委就乡村振兴工作召开专题会。", ("专题会", "市委", None)),
        # the name is the subject
        ("5月3日，全县安全生产工作会议在东河镇召开。", ("全县安全生产工作会议", None, "东河镇")),
        ("我校第三届教职工代表大会于2021年5月3日在大礼堂隆重召开。",
         ("第三届教职工代表大会", None, "大礼堂")),
        ("由县教育局主办、县一中承办的高中教学研讨会在县一中举行。",
         ("高中教学研讨会", "县教育局", "县一中")),
        ("由县教育局指导，县教研室主办，县一中承办的高中教学研讨会在县一中举行。",
         ("高中教学研讨会", "县教研室", "县一中")),
        ("东河县第十届人民代表大会第二次会议3日在县剧院开幕。",
         ("东河县第十届人民代表大会第二次会议", None, "县剧院")),
        ("县政协十届二次会议3日下午在县剧院举行第二次全体会议。", ("县政协十届二次会议", None, "县剧院")),
        ("“第三届东河茶产业论坛”5月3日在东河县举行。", ("第三届东河茶产业论坛", None, "东河县")),
        ("省总工会第七次常务理事会在东河召开。", ("省总工会第七次常务理事会", None, "东河")),
        # the chair is not the organizer, a setting is no place, 会议 is no name
        ("5月3日，县长李明主持召开县政府第12次常务会议。", ("县政府第12次常务会议", None, None)),
        ("在新学期开学之际，东河中学召开班主任会议。", ("班主任会议", "东河中学", None)),
        ("5月3日，县委召开会议，研究部署防汛工作。", (None, "县委", None)),
        # who holds it is told elsewhere
        ("5月3日，东河流域治理研讨会在东河举行。研讨会由县水利局、县林业局联合主办。",
         ("东河流域治理研讨会", "县水利局、县林业局", "东河")),
        ("5月3日，东河流域治理研讨会在东河举行，东河学院承办。", ("东河流域治理研讨会", "东河学院", "东河")),
        # a room told without a verb of holding
        ("5月3日，县教育局召开动员会，全体党员在局大会议室参加会议。", ("动员会", "县教育局", "局大会议室")),
    ],
)  # fmt: skip
def test_who_held_what_where(event, opening, expected) -> None:  # type: ignore[no-untyped-def]
    assert event(f"{opening}{CHAIRED}") == ("report", *expected)


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        # the fuller name
        ("县医院召开工作会", "5月3日，县医院召开医保工作会。", ("医保工作会", "县医院")),
        ("县医院召开2021年度医保工作会", "5月3日，县医院召开医保工作会。", ("2021年度医保工作会", "县医院")),
        ("2021年县医院医保工作会召开", "5月3日，县医院医保基金监管工作会召开。",
         ("县医院医保基金监管工作会", None)),
        ("县政协十届二次会议闭幕", "3日，政协第十届东河县委员会第二次会议在县剧院闭幕。",
         ("政协第十届东河县委员会第二次会议", None)),
        # what only the headline says
        ("李明在全县教学工作会议上强调 要抓好落实", "5月3日，县长李明走进教室。", ("全县教学工作会议", None)),
        ("第三次教学工作例会", "5月3日，李明到会。", ("第三次教学工作例会", None)),
        ("县医院召开医保工作会", "5月3日，医保工作会在三楼召开。", ("医保工作会", "县医院")),
        ("县医院党委召开医保工作会", "5月3日，县医院召开医保工作会。", ("医保工作会", "县医院党委")),
        ("县医院召开护士节庆祝会 - 暨表彰大会", "5月3日，县医院举办庆祝会。",
         ("护士节庆祝会 - 暨表彰大会", "县医院")),
        # a session is the body's own
        ("县人大常委会举行第三次会议", "3日，县第十届人大常委会第三次会议在县政府召开。",
         ("县第十届人大常委会第三次会议", None)),
        # another meeting that is only heard of
        ("县医院召开医保工作会", "5月3日，县医院召开医保工作会，传达学习了前不久召开的全省卫生工作会议精神。",
         ("医保工作会", "县医院")),
    ],
)  # fmt: skip
def test_headline_and_body(event, headline, body, expected) -> None:  # type: ignore[no-untyped-def]
    _, name, organizer, _ = event(f"{headline}\n{body}{CHAIRED}")
    assert (name, organizer) == expected


def test_a_dateline_is_no_place_and_no_organizer(event) -> None:  # type: ignore[no-untyped-def]
    text = f"新华社东河5月3日电（记者 孙丽）全国茶业工作会议3日在西山召开。{CHAIRED}"
    assert event(text) == ("report", "全国茶业工作会议", None, "西山")


def test_the_date_is_that_of_the_meeting(find) -> None:  # type: ignore[no-untyped-def]
    found = find(f"县委召开工作会议\n2021年5月3日，县委召开工作会议。{CHAIRED}会议要求6月底前完成。")
    date = found.event.date
    assert date in found.dates
    assert found.clean[date.start : date.end] == "2021年5月3日"


def test_every_value_has_its_rule(find) -> None:  # type: ignore[no-untyped-def]
    found = find(f"5月3日，县委在县剧院召开全县工作会议。{CHAIRED}")
    assert dict(found.event.rules) == {
        "kind": "event.held.first",
        "name": "event.object",
        "organizer": "event.object",
        "location": "event.place",
    }


# ---- kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("县委召开工作会议\n5月3日，县委召开工作会议。", "report"),
        ("5月3日，战略合作签约仪式在京举行。集团总经理李明、副总经理王芳见证签约。", "report"),
        ("村民议事\n昨晚，村里召开村民代表会议，商量修渠的事。村支书李明主持，村民代表到会。", "report"),
        ("纪念李明逝世一百周年座谈会召开\n5月3日，纪念李明逝世一百周年座谈会在县城召开。", "report"),
        ("李明出席全省茶业论坛并致辞\n李明指出，要办好论坛。论坛上，专家作了报告。", "report"),
        ("第三次例会纪要\n时间：5月3日\n地点：三楼\n主持：李明\n出席：王芳、赵刚\n议题：预算", "minutes"),
        ("主持人：李明\n参会人员：王芳、赵刚\n会议内容：\n1. 讨论预算", "minutes"),
        ("关于协调三桥改造的会议纪要\n5月3日，县长李明主持召开会议，协调三桥改造。", "minutes"),
        ("关于召开家长会的通知\n各位家长：\n兹定于5月3日召开家长会。请各位家长准时参加。", "other"),
        ("关于合唱比赛会议的通知\n会议时间：5月3日\n地点：教室\n参会人员：班长\n请准时参会。", "other"),
        ("县一中关于李明等同志任职的通知\n经校党委会议研究，李明同志任教务处主任。", "other"),
        ("李明一行来校调研\n5月3日，局长李明一行来校调研，听取了汇报。李明指出，学校成绩显著。", "other"),
        (
            "李明一行来校调研\n5月3日，局长李明一行来校调研并座谈。李明指出，学校成绩显著。王芳出席座谈会。",
            "report",
        ),
        (
            "李明到县一中调研\n5月3日，局长李明到县一中调研。座谈会上，校长王芳汇报了工作。李明要求抓好落实，会上还研究了修缮。",
            "report",
        ),
        (
            "李明参加王家镇代表团审议\n5月3日上午，县委书记李明来到王家镇代表团，与代表们一起审议政府工作报告。"
            "王芳、赵刚等代表先后发言。李明认真听取大家的发言，并与代表们深入交流。他强调，要把发展放在首位。",
            "report",
        ),
        (
            "学校二〇二〇年大事记\n1月5日，学校召开工作会议。\n3月2日，新学期开学。\n5月3日，举行运动会。\n"
            "9月10日，庆祝教师节，表彰先进教师。\n12月20日，图书馆落成。",
            "other",
        ),
        ("李明举行仪式欢迎来宾\n5月3日，县长李明在广场举行仪式，欢迎来宾。王芳出席仪式。", "report"),
        ("致来宾\n我非常荣幸地欢迎各位。5月3日，全县茶业大会在县城召开。", "other"),
        ("老教师李明逝世\n退休教师李明同志因病逝世，享年90岁。他曾主持召开多次学术会议。", "other"),
        ("优秀党员李明先进事迹\n李明，男，40岁。他经常组织召开支部会议，带头学习。", "other"),
        ("新品上市\n昨日，公司召开新闻发布会，宣布新品上市。", "other"),
        ("运动会开幕\n5月3日，第三届运动会在县体育场隆重开幕。", "other"),
        ("李明访谈\n主持人：您好。\n李明：您好。\n主持人：谈谈您的研究。\n李明：好的。", "other"),
        ("茶价上涨\n昨日，茶叶市场价格上涨一成，交易活跃。", "other"),
        (
            "支部开展“守初心”主题党日活动\n5月3日，县农业局党支部在报告厅举行“守初心”主题党日活动。李明讲话。",
            "report",
        ),
        ("我校5月份主题党日活动\n5月份，我校各党支部开展了主题党日活动，引导党员增强素质。", "other"),
        ("县文秘人员培训班开班\n5月3日，县文秘人员培训班在县党校开班。副县长李明出席开班式。", "report"),
        (
            "李明来校作报告\n5月3日，李明研究员应邀为我校师生作题为《水稻育种》的学术报告。报告会上，李明介绍了育种。",
            "report",
        ),
        ("劳动竞赛研讨会举行\n5月3日，劳动竞赛十周年暨技能研讨会在县一中举行。", "report"),
        ("县一中学子在全省研讨会上喜获一等奖\n5月3日，全省戏曲研讨会在县城举办，同学们获奖。", "other"),
        (
            "全省茶业栽培学术研讨会在县城举行\n5月3日，2021年全省茶业栽培学术研讨会（以下简称“茶业研讨会”）"
            "在县城举行。来自全省各地的专家学者参加会议。",
            "report",
        ),
        (
            "茶业协会成立\n5月3日，县茶业协会成立大会暨栽培培训活动，在活动中心举行。副县长李明出席并讲话，"
            "王芳当选会长。",
            "report",
        ),
        ("李明同列席代表座谈\n县长李明3日上午同列席会议的代表座谈交流。他强调，要履职尽责。", "report"),
        ("李明在全省茶业大会开幕式上发表视频致辞\n李明指出，茶业前景广阔。王芳致辞。", "report"),
        ("李明讲授专题党课\n5月3日，县委书记李明走进县一中，为师生讲授专题党课。李明主持座谈。", "report"),
        ("全县农民大会召开在即\n5月3日，记者从县委获悉，全县农民大会即将召开。会议将选举代表。", "other"),
        (
            "县一中教研成果交流会方案\n一、时间：5月3日\n二、地点：三楼会议室\n三、参加人员：全体教师\n主持：李明",
            "other",
        ),
        ("全县运动会开幕\n5月3日，全县运动会隆重开幕。县长李明出席开幕式并讲话，王芳致辞。", "report"),
        ("李明在立法调研座谈会上发言\n5月3日，县人大立法调研座谈会在县城举行。李明参会。", "report"),
        ("启动仪式\n请下列老师于本周三至会议室参加会议。李明、王芳、赵刚参加会议。", "other"),
        (
            "我县教师热议教育工作会议精神\n5月3日，全县教育工作会议的消息传来，在教师中引起热烈反响。县一中教师李明说，"
            "会议精神令人振奋。县二中教师王芳说，将把会议精神落实到课堂上。大家纷纷表示，要立足岗位，教书育人。",
            "other",
        ),
        (
            "在全县教育工作会议上的讲话\n李明\n（2021年5月3日）\n同志们：\n今天我们召开全县教育工作会议，主要任务是总结工作、"
            "部署任务。下面，我讲三点意见。一、充分肯定成绩。过去一年，我们的工作有了新的进步。二、认清形势。",
            "other",
        ),
        (
            "第二届教研活动方案\n一、时间\n5月3日，在县一中举行教研会议。\n二、参加对象\n全体教师。\n会议流程：\n李明讲话。",
            "other",
        ),
        ("县一中喜获合唱比赛一等奖\n5月3日，全县合唱比赛举行，颁奖仪式上李明讲话。", "other"),
        ("全县劳动竞赛动员大会召开\n5月3日，全县劳动竞赛动员大会召开。李明讲话。", "report"),
        (
            "李明出席茶业论坛开幕式并发表演讲\n李明表示，茶业前景广阔。他介绍了县里的茶园，与嘉宾交流。",
            "report",
        ),
        ("", "other"),
    ],
)
def test_kinds(event, text, kind) -> None:  # type: ignore[no-untyped-def]
    assert event(text)[0] == kind


def test_minutes_give_what_their_labels_say(event) -> None:  # type: ignore[no-untyped-def]
    text = (
        "会议名称：教研室第三次例会\n会议时间：2021年5月3日\n会议地点：东楼201室\n主持人：李明\n"
        "参会人员：王芳、赵刚\n议题一：下周在西楼召开家长会"
    )
    assert event(text) == ("minutes", "教研室第三次例会", None, "东楼201室")


def test_a_topic_is_no_name(event) -> None:  # type: ignore[no-untyped-def]
    assert event("会议主题：任务分配\n时间：5月3日\n主持：李明\n出席：王芳")[1] is None


# ---- names of meetings


@pytest.mark.parametrize(
    ("stretch", "yes"),
    [
        ("全县工作会议", True),
        ("第三届团员代表大会", True),
        ("“守初心”座谈会", True),
        ("第七次常务理事会", True),
        ("结业仪式", True),
        ("理论学习中心组集体学习", True),
        ("县总工会", False),
        ("全社会", False),
        ("第三届运动会", False),
        ("县会计", False),
        ("会议室", False),
        ("财政局", False),
    ],
)
def test_is_meeting(stretch: str, yes: bool) -> None:
    assert is_meeting(stretch) is yes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("了全县工作会议，总结工作", "全县工作会议"),
        ("动员会部署全县工作", "动员会"),
        ("“守初心，担使命”座谈会。", "“守初心，担使命”座谈会"),
        ("“学习贯彻全会精神交流会”，", "学习贯彻全会精神交流会"),
        ("正式访问并出席第三届茶业论坛", "第三届茶业论坛"),
        ("纪念会 - 暨表彰大会", "纪念会 - 暨表彰大会"),
        ("全省工作会议精神", None),
        ("春季植树", None),
    ],
)
def test_read_object(text: str, name: str | None) -> None:
    found = read_object(text, 0, len(text))
    assert (found and found.of(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我校党建工作会", "党建工作会"),
        ("学校党建工作会", "学校党建工作会"),
        ("为期三天的培训班", "培训班"),
        ("以“读书”为主题的分享会", "分享会"),
        ("关于防汛问题的会议", "防汛问题的会议"),
        ("“不成对的座谈会", None),
        ("会", "会"),
    ],
)
def test_trim(text: str, name: str | None) -> None:
    found = trim(text, 0, len(text))
    assert (found and found.of(text)) == name


@pytest.mark.parametrize("name", ["会议", "三次重大会议", "系列会议", "盛大活动"])
def test_nameless(name: str) -> None:
    assert is_nameless(name)


@pytest.mark.parametrize("name", ["第三次会议", "第三十次会议", "二届三次会议", "视频调度会"])
def test_not_nameless(name: str) -> None:
    assert not is_nameless(name)


def test_fuller_names_are_greater() -> None:
    names = ["工作会", "2021年工作会", "教学工作会", "教学工作（以下简称“教工”）会"]
    assert max(names, key=fullness) == "教学工作会"
    assert alike("全县教学工作会", "2021年全县教学工作会议")
    assert not alike("全县教学工作会", "全市防汛调度会")


# ---- clauses


@pytest.mark.parametrize(
    ("text", "at", "marks", "expected"),
    [
        ("5月3日，县委召开会议，总结工作", "召开", BODY, "县委召开会议"),
        ("县委召开“甲，乙”座谈会。", "召开", BODY, "县委召开“甲，乙”座谈会"),
        ("他说“县委召开会议，好”。", "召开", BODY, "县委召开会议"),
        ("凝心聚力——县委召开会议 部署工作", "召开", HEADLINE, "县委召开会议"),
    ],
)
def test_clause(text: str, at: str, marks: str, expected: str) -> None:
    start = text.index(at)
    assert text[slice(*clause(text, start, start + len(at), marks))] == expected


@pytest.mark.parametrize(
    "text",
    ["县委召开" * 3000, "会 暨" * 3000, "在县城" * 3000 + "召开会议", "“" * 3000 + "会议", "由县委" * 3000],
)
def test_hostile_text_is_read(event, text) -> None:  # type: ignore[no-untyped-def]
    assert event(text)[0] in ("report", "minutes", "other")


def test_part_of_a_session_is_a_sitting() -> None:
    sitting = load("event")["event.kind.sitting.visit"]
    assert sitting.search("县委书记李甲看望委员，参加联组会")
    assert sitting.search("县委书记李甲来到王家镇代表团，与代表们一起审议报告")
    assert not sitting.search("参加领导小组")
