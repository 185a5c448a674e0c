"""Organisations that take part."""

import pytest

HEAD = "全县春耕生产工作会议召开\n5月3日，全县春耕生产工作会议召开。"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县直有关部门主要负责人，各乡镇（街道）分管领导及县公安局负责同志参加会议。", [
            ("县直有关部门", "主要负责人", "attend"), ("各乡镇（街道）", "分管领导", "attend"), ("县公安局", "负责同志", "attend")]),
        ("县财政局、县教育局、县水利局负责人列席会议。", [
            ("县财政局", "负责人", "attend"), ("县教育局", "负责人", "attend"), ("县水利局", "负责人", "attend")]),
        ("县财政局、李庄镇作交流发言。", [("县财政局", None, "statement"), ("李庄镇", None, "statement")]),
        ("李明代表县财政局发言。", [("县财政局", None, "statement")]),
        ("受县财政局委托，李明通报了预算执行情况。", [("县财政局", None, "report")]),
        ("会议听取了县财政局关于预算执行情况的汇报。", [("县财政局", None, "report")]),
        ("县财政局负责人向与会人员汇报了有关情况。", [("县财政局", "负责人", "report")]),
        ("县教育和体育局、工业和信息化局负责人参加会议。", [
            ("县教育和体育局", "负责人", "attend"), ("工业和信息化局", "负责人", "attend")]),
        ("各区、县（市）教体局分管领导参加会议。", [("各区、县（市）教体局", "分管领导", "attend")]),
        ("有关部门和单位负责同志参加会议。", [("有关部门和单位", "负责同志", "attend")]),
        ("东河大学、西山大学等高校以及青禾、远山等企业代表参加会议。", [
            ("东河大学", "代表", "attend"), ("西山大学", "代表", "attend"), ("青禾", "代表", "attend"), ("远山", "代表", "attend")]),
        ("园区职工、税务所干部、护林站长参加会议。", [
            ("园区", "职工", "attend"), ("税务所", "干部", "attend"), ("护林站", "站长", "attend")]),
        ("学校领导班子成员、各学院党委书记参加会议。", [
            ("学校领导班子", "成员", "attend"), ("各学院", "党委书记", "attend")]),
        ("党委委员、各部门负责人出席会议。", [("党委", "委员", "attend"), ("各部门", "负责人", "attend")]),
        ("12个支部的党支部书记、支委和宣传干事参加会议。", [("12个支部", "党支部书记、支委和宣传干事", "attend")]),
        ("师生代表、企业家代表、离退休老同志共100余人参加会议。", []),
        ("县领导出席会议，全体党员参加会议。", []),
        ("全国人大代表、政协委员列席会议。", []),
        ("县委书记李明出席会议。", []),
        ("各市、县（市、区）设分会场。", [("各市", None, "attend"), ("县（市、区）", None, "attend")]),
        ("会议指出，县财政局、县教育局要通报进展情况。", []),
    ],
)  # fmt: skip
def test_units(units, sentence, expected) -> None:  # type: ignore[no-untyped-def]
    assert units(HEAD + sentence) == expected


def test_units_of_one_list_stand_among_people(units, roles) -> None:  # type: ignore[no-untyped-def]
    text = f"{HEAD}县长李明，副县长王芳，县法院、县检察院负责人，县财政局局长赵刚出席会议。"
    assert units(text) == [("县法院", "负责人", "attend"), ("县检察院", "负责人", "attend")]
    assert roles(text) == {"李明": "attend", "王芳": "attend", "赵刚": "attend"}


def test_a_unit_is_one_entry_with_all_its_roles(units) -> None:  # type: ignore[no-untyped-def]
    text = f"{HEAD}县财政局通报了有关情况。县财政局、县教育局负责人参加会议。"
    assert units(text) == [("县财政局", "负责人", "report attend"), ("县教育局", "负责人", "attend")]
