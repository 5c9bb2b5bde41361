"""What a version of a record changed is told to readers, what no form prints by its head alone."""

from generator.exchange.record_changes import VersionRead
from generator.exchange.version_changes import NOTHING_BY_MERGE, NOTHING_PRINTED, read, tell
from generator.forms.definitions import load_forms
from generator.resources import packaged

FORMS = load_forms([packaged("templates")])
TEXT = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 示例项目
主管部门: 示例街道办事处
实施单位: 示例中心
项目资金: {单位: 万元, 年度资金总额: {全年预算数: 10.00}}
年度总体目标: {预期目标: 两期, 实际完成情况: 两期}
绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 分值: 90.00, 得分: 90.00}]}}
总分: {分值: 100.00, 得分: 100.00}
"""
WAIVER = "豁免:\n  - {规则: IND020, 原因: 已批复, 批准人: 张三, 有效期至: 2099-12-31}\n"


def version(text: str) -> VersionRead:
    found = read("content/records/2024/shili/a.yaml", text.encode(), "content/records", FORMS)
    assert found.record is not None, found.fault
    return found


def test_a_waiver_is_told_without_who_agreed() -> None:
    told = tell(version(TEXT + WAIVER), [version(TEXT)], moved=False)

    assert told.rows == (("不在表上", ("新增豁免 IND020",)),)
    assert told.note == ""


def test_a_merge_tells_what_none_of_its_versions_had() -> None:
    merge = [version(TEXT), version(TEXT + WAIVER)]

    assert tell(merge[1], merge, moved=False).note == NOTHING_BY_MERGE
    assert tell(version(TEXT + WAIVER), [merge[0]] * 2, moved=False).rows


def test_another_comment_is_told_to_change_nothing() -> None:
    assert tell(version(f"# 抄自原表\n{TEXT}"), [version(TEXT)], moved=False).note == NOTHING_PRINTED
