"""A fonds of its own: fifty invented leaders with names that are hard to tell, and reports in which they stand."""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple

#: Rare surnames; names that are words; four characters; a given name that is a word; a name with a dot.
RARE = (
    "禤逸", "乜白露", "訾云帆", "逄春生", "亓官明", "仉晓舟", "郏文澜", "缑静", "厍远", "璩清和", "佴怀远", "爨兴", "妫宁舟",
    "昝立", "眭野", "相里瑶", "笪千里", "㑇安之", "钭若谷", "尢知行",
)  # fmt: skip
WORDS = (
    "黎明", "高山", "江河", "向前", "方圆", "常青", "金星", "白露", "田园", "文明", "成功", "安宁", "平安", "凌云", "严肃", "温暖",
    "乐观", "华山", "和平", "石柱",
)  # fmt: skip
LONG = ("呼延江河", "东陵致远", "第五清风", "西门向前", "百里长空", "南荣若水", "太史春秋", "左丘平川")
DOTTED = ("古力夏提·艾山", "莫日根·苏和")
NAMES = RARE + WORDS + LONG + DOTTED

POSTS = (
    "县委书记", "县委副书记、县长", "县委常委、常务副县长", "县政协主席", "首席编研官", "县人大常委会主任", "副县长", "县档案馆馆长",
    "党组成员", "编修室总纂",
)  # fmt: skip


class Report(NamedTuple):
    text: str
    leaders: tuple[str, ...]


#: {a}, {b}, {c} take part; {A}, {B}, {C} are the same with their posts.
TEMPLATES = (
    "全县{m}会议召开\n本报讯 {d}，全县{m}会议在县城召开。{A}主持会议并讲话。{B}、{C}出席会议。{a}强调，要压实责任。",
    "全县{m}会议召开\n{d}，全县{m}会议召开。会议由{a}主持，{b}、{c}参加会议。会议要求，要狠抓落实。",
    "{a}主持召开{m}专题会议\n{d}，{A}主持召开{m}专题会议，研究部署下一步工作。{b}、{c}参加会议。",
    "县委召开{m}推进会\n{d}，县委召开{m}推进会。{a}在会上强调，要提高站位。{b}就前期工作作了汇报。{C}出席会议。",
    "{m}工作会议纪要\n时间：{d}\n地点：三楼会议室\n主持：{a}\n出席：{b}、{c}\n会议听取了{m}工作情况汇报，议定如下事项。",
    "县政府召开{m}调度会\n{d}，县政府召开{m}调度会。会上，{b}传达了上级精神，{c}通报了进展情况，{a}作总结讲话。",
    "全县{m}动员大会召开\n{d}，全县{m}动员大会召开。{A}，{B}，{C}出席大会。{b}主持。",
    "县委{m}座谈会召开\n{d}，县委召开{m}座谈会。出席会议的还有{b}、{c}和{a}。",
    "全县{m}现场会召开\n{d}，全县{m}现场会召开。{a}宣读了表彰决定，{b}作表态发言，{c}提出三点要求。{a}、{b}、{c}为先进单位颁奖。",
    "县{m}领导小组会议召开\n{d}，{A}主持召开县{m}领导小组会议并讲话，{B}传达有关文件，{C}列席会议。",
    "{m}工作会召开\n{d}，{m}工作会召开。县领导{a}、{b}、{c}出席会议。{a}指出，要久久为功。",
    "{m}会议召开\n{d}，全县{m}会议召开。县委书记、县长{a}出席并讲话，县委副书记{b}主持，县领导{c}等参加。",
    "{m}部署会召开 {a}出席并讲话\n{d}，全县{m}部署会召开。{a}要求，要抓紧抓实。{b}安排部署具体工作。{c}作典型发言。",
    "{m}专题会\n{d}，县政府召开{m}专题会，由{a}主持。{b}介绍了情况，{c}作了说明。{a}在总结时说，成绩来之不易。",
    "{m}会议\n{d}，受县委委托，{A}主持会议，{B}代表县委作工作报告，{C}就有关事项作说明。",
    "{m}会议\n{d}，全县{m}会议召开，{a}、{b}和{c}三位同志先后作了发言。",
    "{m}会议\n{d}，全县{m}会议召开。在主席台就座的有：{a}、{b}、{c}。",
    "{m}会议\n{d}，{m}会议召开，参加会议的领导有{a}、{b}、{c}等。",
    "{m}会\n{d}，{m}会召开，县委常委{a}，副县长{b}，县政协副主席{c}及各乡镇负责人参加会议。",
    "{m}会议\n{d}，我县召开{m}会议。党组成员{a}同志到会并作动员讲话，{b}、{c}分别就各自分管工作作了部署。",
    "{m}工作例会召开\n{d}，{m}工作例会召开，{a}同志主持会议，{b}同志、{c}同志出席会议。",
)
MATTERS = ("防汛抗旱", "安全生产", "档案征集", "春耕备耕", "地方志编修")
#: Titles are listed for some years only; the reports are of 2021.
DAY = "2021年3月24日"


def post(n: int) -> str:
    return POSTS[n % len(POSTS)]


def lexicon() -> str:
    """The fonds' lexicon, as TOML."""
    return "".join(
        f'[[people]]\nname = "{name}"\ntitle = "{post(n)}"\nfrom = 2019\n\n' for n, name in enumerate(NAMES)
    )


def reports(count: int = 60) -> list[Report]:
    """Reports in which each of the leaders stands several times."""
    order = [n * 7 % len(NAMES) for n in range(len(NAMES))]
    people = cycle(order)
    out = []
    for i in range(count):
        three = tuple(islice(people, 3))
        words = {key: NAMES[n] for key, n in zip("abc", three, strict=True)}
        words |= {key: post(n) + NAMES[n] for key, n in zip("ABC", three, strict=True)}
        text = TEMPLATES[i % len(TEMPLATES)].format(m=MATTERS[i * 3 % len(MATTERS)], d=DAY, **words)
        out.append(Report(text, tuple(NAMES[n] for n in three)))
    return out
