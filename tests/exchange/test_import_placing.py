"""A draft is written where it belongs; a record that is there is compared and never overwritten unasked."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from msgspec.structs import replace

from generator.authoring.files import write_new_text
from generator.exchange.placing import Claim, Outcome, place
from generator.importers.draft import Certainty
from tests.exchange.import_forms import RECORD, draft_of, form_xlsx, placed, project_in, target_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path)


def text_of(project: Path) -> str:
    return (project / RECORD).read_text(encoding="utf-8")


def changed(project: Path, *changes: tuple[str, str]) -> str:
    """Change the record by hand and return its new text."""
    text = text_of(project)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (project / RECORD).write_text(text, encoding="utf-8")
    return text


def test_a_new_form_becomes_a_record(project: Path) -> None:
    (one,) = placed(project, form_xlsx())

    assert (one.outcome, one.path) == (Outcome.NEW, RECORD)
    assert text_of(project) == draft_of(form_xlsx(), project).text


def test_importing_again_changes_nothing(project: Path) -> None:
    placed(project, form_xlsx())
    before = (project / RECORD).stat()

    (one,) = placed(project, form_xlsx())

    assert one.outcome is Outcome.UNCHANGED
    assert (project / RECORD).stat().st_mtime_ns == before.st_mtime_ns


def test_a_record_that_appears_meanwhile_is_not_overwritten(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(path: Path, text: str) -> bool:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("别人的", encoding="utf-8")
        return write_new_text(path, text)

    monkeypatch.setattr("generator.exchange.placing.write_new_text", overtaken)
    (one,) = placed(project, form_xlsx())

    assert one.outcome is Outcome.REFUSED
    assert "再运行一次" in one.why
    assert text_of(project) == "别人的"


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool) -> None:
    if not has_links:
        monkeypatch.setattr("os.link", Mock(side_effect=PermissionError))
    path = tmp_path / "a/b.yaml"

    assert [write_new_text(path, "一"), write_new_text(path, "二")] == [True, False]
    assert path.read_text(encoding="utf-8") == "一"
    assert list(path.parent.iterdir()) == [path]


def test_layout_of_the_file_comments_and_order_are_no_difference(project: Path) -> None:
    placed(project, form_xlsx())
    text = changed(
        project, ("项目名称: 示例道路养护\n", ""), ("年度: 2024", "项目名称: '示例道路养护'  # 经办\n年度: 2024")
    )

    (one,) = placed(project, form_xlsx())

    assert one.outcome is Outcome.UNCHANGED
    assert text_of(project) == text


def test_a_record_that_differs_is_left_alone_and_told_field_by_field(project: Path) -> None:
    placed(project, form_xlsx())
    before = text_of(project)

    (one,) = placed(project, form_xlsx({"H11": "36", "B8": "养护道路 11 公里"}))

    assert one.outcome is Outcome.DIFFERENT
    assert one.differences == (
        "年度总体目标 › 预期目标：养护道路 10 公里 → 养护道路 11 公里",
        "绩效指标 › 效益指标 › 社会效益指标 › 出行便利情况 › 得分：38 → 36",
    )
    assert "--update" in one.why
    assert text_of(project) == before


def test_on_request_just_the_values_that_differ_are_changed(project: Path) -> None:
    placed(project, form_xlsx())
    before = changed(
        project, ("年度: 2024", "# 经办：张三\n年度: 2024"), ("        得分: 38", "        得分: 38  # 原件如此")
    )

    (one,) = placed(project, form_xlsx({"H11": "36"}), target=target_of(project)._replace(update=True))

    assert one.outcome is Outcome.UPDATED
    assert text_of(project) == before.replace("得分: 38", "得分: 36")


def test_a_trial_writes_nothing(project: Path) -> None:
    target = target_of(project)._replace(dry_run=True, update=True)

    assert placed(project, form_xlsx(), target=target)[0].outcome is Outcome.NEW
    assert not (project / RECORD).exists()
    placed(project, form_xlsx())
    before = text_of(project)
    assert placed(project, form_xlsx({"H11": "36"}), target=target)[0].outcome is Outcome.UPDATED
    assert text_of(project) == before


def test_a_row_more_is_not_squeezed_into_the_file(project: Path) -> None:
    placed(project, form_xlsx())
    before = text_of(project)

    (one,) = placed(
        project, form_xlsx({"D11": "绿化面积", "E11": "≥5亩"}), target=target_of(project)._replace(update=True)
    )

    assert one.outcome is Outcome.DIFFERENT
    assert "要手工修改" in one.why
    assert text_of(project) == before


DOUBTFUL = form_xlsx({"A5": "项目资金", "C6": "900,000.00", "D6": "900,000.00", "E6": "810,000.00"})
"""Prints no unit of money; the amounts tell which it is, but nobody has confirmed it."""


def test_a_value_that_is_not_certain_never_replaces_one_that_is_there(project: Path) -> None:
    placed(project, form_xlsx())
    before = text_of(project)

    (one,) = placed(project, DOUBTFUL, target=target_of(project)._replace(update=True))

    assert one.outcome is Outcome.DIFFERENT
    assert "“项目资金 › 单位”没有把握（表上没有找到金额单位" in one.why
    assert text_of(project) == before


@pytest.mark.parametrize(
    ("cells", "field", "figure"),
    [
        ({"E6": None}, "项目资金 › 年度资金总额 › 全年执行数", "9.00"),
        ({"H11": None}, "绩效指标 › 效益指标 › 社会效益指标 › 出行便利情况 › 得分", "38"),
        ({"H12": " "}, "总分 › 得分", "97.00"),
    ],
)
def test_a_blank_never_replaces_what_is_there(
    project: Path, cells: dict[str, str | None], field: str, figure: str
) -> None:
    placed(project, form_xlsx())
    before = text_of(project)

    (one,) = placed(project, form_xlsx({**cells, "B8": "改过"}), target=target_of(project)._replace(update=True))

    assert one.outcome is Outcome.DIFFERENT
    assert f"“{field}”原件是空白，不能代替记录里的“{figure}”" in one.why
    assert f"{field}：{figure} → 空白" in one.differences
    assert text_of(project) == before


def test_a_figure_to_confirm_never_replaces_one_whatever_its_row_is_called_in_the_record(project: Path) -> None:
    placed(project, form_xlsx())
    before = changed(project, ("三级指标: 养护里程", "三级指标: 养护里程数"))
    draft = draft_of(form_xlsx({"D10": "养护里程", "H10": "49", "E6": "8.00"}), project)
    doubtful = tuple(
        replace(value, certainty=Certainty.INFERRED, why="凭位置推断") if value.text in ("49", "8.00") else value
        for value in draft.filled
    )
    target = target_of(project)._replace(update=True)

    (one,) = place([Claim("表.xlsx", replace(draft, filled=doubtful))], target, lambda _: None)

    assert one.outcome is Outcome.DIFFERENT
    assert "全年执行数”没有把握（凭位置推断），记录里的“9.00”没有动" in one.why
    assert "得分”没有把握（凭位置推断），记录里的“50”没有动" in one.why
    assert text_of(project) == before


def test_values_that_were_confirmed_are_not_asked_for_again(project: Path) -> None:
    (new,) = placed(project, DOUBTFUL)
    assert new.unconfirmed == ("项目资金 › 单位",)
    (again,) = placed(project, DOUBTFUL)
    assert (again.outcome, again.unconfirmed) == (Outcome.UNCHANGED, ("项目资金 › 单位",))
    text = text_of(project)
    (project / RECORD).write_text(text[: text.index("待确认:")], encoding="utf-8")

    (confirmed,) = placed(project, DOUBTFUL)

    assert (confirmed.outcome, confirmed.unconfirmed) == (Outcome.UNCHANGED, ())


def test_of_two_forms_that_claim_one_address_neither_wins(project: Path) -> None:
    outcomes = placed(project, form_xlsx(), form_xlsx({"H11": "36"}))

    assert [one.outcome for one in outcomes] == [Outcome.CLAIMED, Outcome.CLAIMED]
    assert "表2.xlsx" in outcomes[0].why
    assert "表1.xlsx" in outcomes[1].why
    assert not (project / RECORD).exists()


def test_the_same_form_twice_is_written_once(project: Path) -> None:
    outcomes = placed(project, form_xlsx(), form_xlsx())

    assert [one.outcome for one in outcomes] == [Outcome.NEW, Outcome.DUPLICATE]


def test_new_projects_whose_names_sound_alike_get_two_files(project: Path) -> None:
    outcomes = placed(project, form_xlsx(), form_xlsx({"B3": "示例道路氧护"}))

    paths = [RECORD.replace(".yaml", f"-{mark}.yaml") for mark in ("dd91f4", "a0ec6e")]
    assert [one.path for one in outcomes] == paths
    assert [one.outcome for one in placed(project, form_xlsx({"B3": "示例道路氧护"}), form_xlsx())] == [
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]


def test_names_depend_on_neither_the_order_nor_the_company_of_a_file(tmp_path: Path) -> None:
    files = (
        form_xlsx(),
        form_xlsx({"B3": "示例道路氧护"}),
        form_xlsx({"A2": "(2023年度)"}),
        form_xlsx({"B3": "示例桥梁"}),
    )
    one, other = (project_in(tmp_path / name) for name in "ab")

    paths = [placed_.path for placed_ in placed(one, *files)]

    assert [placed_.path for placed_ in placed(other, *reversed(files))] == paths[::-1]
    assert paths[2] == paths[0].replace("2024", "2023")
    assert Path(paths[3]).name == "shi-li-qiao-liang.yaml"


def test_a_form_of_an_unknown_unit_is_not_written(project: Path) -> None:
    (one,) = placed(project, form_xlsx({"E4": "不知道的中心"}))

    assert one.outcome is Outcome.UNPLACED
    assert "bu-zhi-dao-de-zhong-xin: {名称: 不知道的中心}" in one.why


def test_a_record_with_errors_is_compared_as_far_as_it_can_be_read_and_never_changed(project: Path) -> None:
    placed(project, form_xlsx())
    before = changed(project, ("        得分: 38", "        得份: 38"))

    (one,) = placed(project, form_xlsx(), target=target_of(project)._replace(update=True))

    assert one.outcome is Outcome.DIFFERENT
    assert one.differences == ("绩效指标 › 效益指标 › 社会效益指标 › 出行便利情况 › 得分：空白 → 38",)
    assert "现有的文件有错误；请先改正" in one.why
    assert text_of(project) == before


def test_a_record_that_is_broken_is_not_overwritten(project: Path) -> None:
    placed(project, form_xlsx())
    (project / RECORD).write_bytes(b"\xff\xfe\x00")

    (one,) = placed(project, form_xlsx(), target=target_of(project)._replace(update=True))

    assert one.outcome is Outcome.DIFFERENT
    assert "现有的文件读不出来" in one.why
    assert (project / RECORD).read_bytes() == b"\xff\xfe\x00"


def test_a_folder_that_leads_elsewhere_is_not_written_to(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = project / "content/records/2025"
    folder.mkdir()
    (folder / "xinzhuang").symlink_to(elsewhere)

    (one,) = placed(project, form_xlsx({"A2": "(2025年度)"}))

    assert one.outcome is Outcome.REFUSED
    assert list(elsewhere.iterdir()) == []


def test_the_line_ends_and_the_mark_of_a_file_stay(project: Path) -> None:
    placed(project, form_xlsx())
    path = project / RECORD
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()

    placed(project, form_xlsx({"H11": "36"}), target=target_of(project)._replace(update=True))

    assert path.read_bytes() == before.replace("得分: 38".encode(), "得分: 36".encode())
