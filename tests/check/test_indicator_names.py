"""What names of indicators say of their figures."""

import pytest

from generator.check.rows.indicator_names import (
    is_completion,
    is_placeholder,
    is_rate,
    is_share,
    plain_name,
    wants_ceiling,
    wants_floor,
    whole_name,
)


@pytest.mark.parametrize("name", ["", "指标2:", "指标 1：", "……", "…", "指标三："])
def test_what_a_blank_form_prints_is_no_name(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize("name", ["指标2:讲座次数", "讲座", "核心指标"])
def test_a_name_behind_a_prefix_is_a_name(name: str) -> None:
    assert not is_placeholder(name)


def test_a_plain_name_is_without_prefix_stars_and_remark() -> None:
    assert plain_name("指标1:★★★居民满意度（%）**") == "居民满意度"
    assert whole_name("津贴发放（书记）") == "津贴发放(书记)"


@pytest.mark.parametrize("name", ["满意率", "课题完成率", "入党率", "合格率（%）"])
def test_a_rate_ends_in_its_word(name: str) -> None:
    assert is_rate(name)


@pytest.mark.parametrize("name", ["巡查频率", "办理效率", "贷款利率", "存货周转率", "小区容积率", "覆盖率情况"])
def test_other_words_with_that_ending_are_no_rates(name: str) -> None:
    assert not is_rate(name)


@pytest.mark.parametrize("name", ["居民满意度", "验收合格率", "质量达标率", "应检尽检率", "发放准确性", "服务覆盖面"])
def test_a_share_ends_at_hundred_percent(name: str) -> None:
    assert is_share(name)


@pytest.mark.parametrize(
    "name",
    [
        "满意度提升率",
        "任务完成率",
        "预算执行率",
        "产值增长率",
        "成本控制率",
        "拨备覆盖率",
        "配套资金到位率",
        "毛入学覆盖率",
    ],
)
def test_what_may_pass_hundred_percent_is_no_share(name: str) -> None:
    assert not is_share(name)


@pytest.mark.parametrize("name", ["有责投诉率", "公文差错数", "事故发生率", "扰民投诉", "抽检不合格率", "空置率"])
def test_less_of_what_is_bad_is_better(name: str) -> None:
    assert wants_ceiling(name)
    assert not wants_floor(name)


@pytest.mark.parametrize(
    "name", ["投诉处理率", "事故演练次数", "查处违法数量", "接待信访件数", "讲座次数", "违规整改率"]
)
def test_work_on_what_is_bad_is_not_bad(name: str) -> None:
    assert not wants_ceiling(name)


@pytest.mark.parametrize("name", ["群众满意度", "服务覆盖率", "活动参与率", "项目合格率"])
def test_more_of_what_is_good_is_better(name: str) -> None:
    assert wants_floor(name)


@pytest.mark.parametrize("name", ["不满意率", "抽检不合格率", "未完成率", "不及时率", "讲座次数"])
def test_what_is_negated_is_not_good(name: str) -> None:
    assert not wants_floor(name)


def test_a_completion_rate_says_nothing_but_done() -> None:
    assert is_completion("工作完成率")
    assert not is_completion("群众知晓率")
