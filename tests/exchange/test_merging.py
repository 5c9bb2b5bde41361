"""What two people changed of one record ends up in one text, each change once, whichever side is ours."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.exchange.existing import Present, present_records, read_again
from generator.exchange.formatting import formatted
from generator.exchange.line_merging import merged_lines
from generator.exchange.merging import Marks, Merged, Sides, merged
from generator.exchange.record_difference import record_differences
from generator.exchange.record_edits import AddRow, Edit, RemoveRow, SetField, edited
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.plan.form_view import funding_anchor
from tests.exchange.conflicts import settled
from tests.site_tools import PROJECT

RECORDS = PROJECT / "content/records"
IDS = sorted(path.relative_to(RECORDS).with_suffix("").as_posix() for path in RECORDS.rglob("*.*"))
FILE = SourceFile("content/records/2024/u/a.yaml", Path("a.yaml"), "2024/u/a", is_markdown=False)
FIGURES = ("12.50", "-", "—", "/", "", "0", "1,234.00")
WORDS = ("≥5(次)", "一 # 二", "'引' \"号\"", "-", "", "- 列", "甲: 乙")

BASE = """\
# 抄自原表
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 示例项目
部门职责: |
  一、宣传。
  二、培训。

  三、服务。
绩效指标:
  产出指标:
    数量指标:
      # 甲的说明
      - 三级指标: 开展培训次数
        年度指标值: ≥2.00(次)
        分值: 8.00  # 照原表
        得分: 8.00
      - 三级指标: 参加人数
        年度指标值: ≥50(人)
        分值: 10.00
        得分: 10.00
      - 三级指标: 发放材料份数
        分值: 5.00
        得分: 5.00
    质量指标:
      - 三级指标: 合格率
        得分: 3.00
附表:
  - 标题: 明细
    表头: [名称, 数]
    行:
      - [甲, 1]
      - [乙, 2]
总分: {分值: 100.00, 得分: 97.00}
豁免:
  - {规则: BUD001, 原因: 已批复, 批准人: 预算处, 有效期至: 2099-12-31}
"""


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms((PROJECT / "templates",))


@pytest.fixture(scope="module")
def records(forms: FormLibrary) -> dict[str, Present]:
    return {present.file.id: present for present in present_records(RECORDS, PROJECT, forms)}


def changed(*edits: tuple[str, str]) -> str:
    text = BASE
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def join(forms: FormLibrary, ours: str, theirs: str) -> Merged:
    outcome = merged(Sides(BASE, ours, theirs), FILE, forms)
    assert outcome is not None
    return outcome


def clean(forms: FormLibrary, ours: str, theirs: str) -> str:
    outcome = join(forms, ours, theirs)
    assert outcome.conflicts == ()
    return outcome.text


def both_ways(forms: FormLibrary, one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> None:
    """Assert that both changes give the text in which both were made, whichever side is ours."""
    assert clean(forms, changed(*one), changed(*other)) == changed(*one, *other)
    assert clean(forms, changed(*other), changed(*one)) == changed(*one, *other)


def test_neighbouring_lines_and_notes_of_one_row_are_joined(forms: FormLibrary) -> None:
    both_ways(
        forms,
        (("≥2.00(次)", "≥3.00(次)"), ("# 照原表", "# 核对过")),
        (("分值: 8.00  #", "分值: 9.00  #"), ("      # 甲的说明\n", "      # 甲的说明\n      # 乙的说明\n")),
    )


def test_figures_in_braces_are_joined(forms: FormLibrary) -> None:
    both_ways(forms, (("97.00}", "96.00}"),), (("{分值: 100.00", "{分值: 99.00"),))


MONEY = """\
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 94.60, 全年执行数: 61.05, 得分: 10.00}
  当年财政拨款: {年初预算数: 94.60}
"""


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("amount", ["年初预算数: 95.60", "年初预算数: -"])
def test_a_unit_changed_here_and_an_amount_there_are_left_to_choose_with_all_the_money(
    forms: FormLibrary, amount: str, *, is_turned: bool
) -> None:
    base = BASE.replace("部门职责", f"{MONEY}部门职责", 1)
    sides = [base.replace("万元", "元"), base.replace("年初预算数: 94.60", amount, 1)]
    for by_lines in (None, sides[0].replace("年初预算数: 94.60", amount, 1)):
        outcome = merged(Sides(base, *(reversed(sides) if is_turned else sides)), FILE, forms, by_lines)
        assert outcome is not None
        assert [str(one.path) for one in outcome.conflicts] == ["('项目资金',)"]
        assert outcome.text.count(amount) == 1


def test_a_unit_changed_here_and_a_score_there_are_joined(forms: FormLibrary) -> None:
    base = BASE.replace("部门职责", f"{MONEY}部门职责", 1)
    ours, theirs = base.replace("万元", "元"), base.replace("得分: 10.00}", "得分: 9.00}")
    assert merged(Sides(base, ours, theirs), FILE, forms) == Merged(ours.replace("得分: 10.00}", "得分: 9.00}"))


def test_a_unit_that_both_changed_while_one_converted_the_amounts_is_left_to_choose(forms: FormLibrary) -> None:
    base = BASE.replace("部门职责", f"{MONEY}部门职责", 1)
    ours, theirs = base.replace("万元", "元"), base.replace("万元", "元").replace("94.60", "946000")
    outcome = merged(Sides(base, ours, theirs), FILE, forms)
    assert outcome is not None
    assert len(outcome.conflicts) == 1


def test_lines_of_a_text_are_joined(forms: FormLibrary) -> None:
    both_ways(forms, (("一、宣传。", "一、宣传教育。"),), (("二、培训。", "二、培训考核。"),))


def test_rows_of_an_attached_table_are_joined(forms: FormLibrary) -> None:
    both_ways(forms, (("[乙, 2]", "[乙, 2]\n      - [丙, 3]"),), (("[甲, 1]", "[甲, 7]"),))


def test_what_no_form_prints_is_joined_too(forms: FormLibrary) -> None:
    added = "\n  - {规则: SCO001, 原因: 同上, 批准人: 预算处, 有效期至: 2099-12-31}"
    both_ways(forms, (("预算处,", "财政所,"),), (("2099-12-31}", "2099-12-31}" + added),))


def test_a_row_under_a_level_that_has_none_yet_is_joined(forms: FormLibrary) -> None:
    place = "附表:\n"
    new = "  效益指标:\n    社会效益指标:\n      - 三级指标: 知晓率\n        得分: 2.00\n"
    both_ways(forms, ((place, new + place),), (("得分: 3.00", "得分: 4.00"),))


def test_rows_moved_here_and_changed_there_are_joined(forms: FormLibrary) -> None:
    row = "      - 三级指标: 发放材料份数\n        分值: 5.00\n        得分: 5.00\n"
    first = "      # 甲的说明\n"
    both_ways(forms, ((row, ""), (first, row + first)), (("≥50(人)", "≥60(人)"),))


def test_keys_put_in_the_order_of_the_form_here_and_fields_changed_there_are_joined(forms: FormLibrary) -> None:
    mixed = BASE.replace("        分值: 10.00\n        得分: 10.00\n", "        得分: 10.00\n        分值: 10.00\n")
    mixed = mixed.replace("{分值: 100.00, 得分: 97.00}", "{得分: 97.00, 分值: 100.00}")
    theirs = mixed.replace("得分: 10.00", "得分: 9.00").replace("97.00", "96.00")
    orderly = [formatted(present_of(text, forms), forms).text for text in (mixed, theirs)]
    assert orderly[0] != mixed
    for sides in (Sides(mixed, orderly[0], theirs), Sides(mixed, theirs, orderly[0])):
        assert merged(sides, FILE, forms) == Merged(orderly[1])


def present_of(text: str, forms: FormLibrary) -> Present:
    return Present(FILE, text, text.encode(), read_again(text, FILE, forms)[0], is_sound=True)


def test_a_renamed_row_takes_the_figures_of_the_other_side(forms: FormLibrary) -> None:
    both_ways(forms, (("开展培训次数", "开展培训的次数"),), (("≥2.00(次)", "≥3.00(次)"),))


def test_the_same_change_on_both_sides_is_no_conflict(forms: FormLibrary) -> None:
    same = ("得分: 3.00", "得分: 4.00")
    other = ("≥50(人)", "≥60(人)")
    assert clean(forms, changed(same), changed(("得分: 3.00", "得分: '4.00'"), other)) == changed(same, other)


def test_a_row_removed_on_one_side_is_gone_with_its_comment(forms: FormLibrary) -> None:
    text = BASE.partition("      # 甲的说明\n")
    row = "      # 甲的说明\n" + text[2].partition("      - 三级指标: 参加人数")[0]
    both_ways(forms, ((row, ""),), (("≥50(人)", "≥60(人)"),))


def test_a_blank_a_dash_and_a_zero_are_three_different_changes(forms: FormLibrary) -> None:
    outcome = join(forms, changed(("得分: 3.00", '得分: "-"')), changed(("得分: 3.00", "得分:")))
    (conflict,) = outcome.conflicts
    assert str(conflict) == "产出指标 › 质量指标 › 合格率 › 得分：原来 3.00，我方 -"
    assert (
        '<<<<<<< 我方：产出指标 › 质量指标 › 合格率 › 得分\n        得分: "-"\n=======\n        得分:\n' in outcome.text
    )


def test_what_could_be_joined_is_joined_around_a_conflict(forms: FormLibrary) -> None:
    outcome = join(
        forms,
        changed(("得分: 3.00", "得分: 4.00"), ("≥50(人)", "≥60(人)")),
        changed(("得分: 3.00", "得分: 5.00"), ("二、培训。", "二、考核。")),
    )
    assert [conflict.path[-1] for conflict in outcome.conflicts] == ["得分"]
    assert "≥60(人)" in outcome.text
    assert "二、考核。" in outcome.text
    for side, score in (("我方", "4.00"), ("对方", "5.00")):
        chosen = settled(outcome.text, ours=side == "我方")
        record, _ = read_again(chosen, FILE, forms)
        assert record is not None
        assert record.indicators[-1].cells["score"].text == score


def test_the_marks_have_the_length_and_names_asked_for(forms: FormLibrary) -> None:
    sides = Sides(BASE, changed(("得分: 3.00", "得分: 4.00")), changed(("得分: 3.00", "得分: 5.00")))
    outcome = merged(sides, FILE, forms, marks=Marks(9, "甲", "乙"))
    assert outcome is not None
    assert f"\n{'<' * 9} 甲：产出指标" in outcome.text
    assert f"\n{'=' * 9}\n" in outcome.text
    assert f"\n{'>' * 9} 乙\n" in outcome.text


def test_both_sides_moving_rows_in_different_ways_have_to_choose_the_whole_list(forms: FormLibrary) -> None:
    rows = BASE.partition("    数量指标:\n")[2].partition("    质量指标:\n")[0]
    first, second, third = (f"      - {row}" for row in rows.partition("      - ")[2].split("      - "))
    lead = "      # 甲的说明\n"
    outcome = join(
        forms,
        changed((rows, lead + second + first + third)),
        changed((rows, lead + first + third + second)),
    )
    assert [conflict.path[-1] for conflict in outcome.conflicts] == ["数量指标"]


def test_a_merge_of_lines_that_loses_or_doubles_something_is_not_taken(forms: FormLibrary) -> None:
    one, other = ("≥50(人)", "≥60(人)"), ("得分: 3.00", "得分: 4.00")
    sides = Sides(BASE, changed(one), changed(other))
    for by_lines in (
        changed(one),
        changed(one, other, ("分值: 5.00", "分值: 6.00")),
        changed(one, other) + "年度: 2023\n",
    ):
        outcome = merged(sides, FILE, forms, by_lines)
        assert outcome == Merged(changed(one, other))
    noted = changed(one, other, ("# 抄自原表", "# 照抄"))
    assert merged(sides, FILE, forms, noted) == Merged(noted)


@pytest.mark.parametrize(
    "unusual",
    [
        BASE.replace("得分: 5.00", "得分: &score 5.00").replace("得分: 3.00\n", "得分: *score\n"),
        BASE.replace("总分: {分值: 100.00,", "总分: {分值: 100.00,\n  "),
        BASE.replace("      - 三级指标: 合格率", "      -\n        三级指标: 合格率"),
    ],
)  # fmt: skip
def test_unusual_ways_to_write_yaml_are_joined_or_left_to_choose_but_never_lose_anything(
    unusual: str, forms: FormLibrary
) -> None:
    ours, theirs = unusual.replace("≥50(人)", "≥60(人)"), unusual.replace("97.00", "96.00")
    outcome = merged(Sides(unusual, ours, theirs), FILE, forms)
    assert outcome is not None
    assert "≥60(人)" in outcome.text
    assert "96.00" in outcome.text
    if not outcome.conflicts:
        assert outcome.text == unusual.replace("≥50(人)", "≥60(人)").replace("97.00", "96.00")


def test_a_version_that_readers_have_to_mend_is_left_to_git(forms: FormLibrary) -> None:
    for broken in ('项目名称: "示例项目', "项目名称: *示例项目"):
        ours = changed(("项目名称: 示例项目", broken))
        assert merged(Sides(BASE, ours, changed(("97.00", "96.00"))), FILE, forms) is None


def test_a_version_that_is_no_record_cannot_be_joined(forms: FormLibrary) -> None:
    assert merged(Sides("", BASE, changed(("97.00", "96.00"))), FILE, forms) is None
    assert (
        merged(Sides(BASE, "<<<<<<< 甲\n=======\n>>>>>>> 乙\n" + BASE, changed(("97.00", "96.00"))), FILE, forms)
        is None
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "outcome"),
    [
        ("abc", "xbc", "aby", "xby"),
        ("abc", "xbc", "ayc", "xyc"),
        ("abc", "abc", "ac", "ac"),
        ("abc", "axc", "ayc", "a(x|y)c"),
        ("ac", "axc", "ayc", "a(x|y)c"),
        ("ac", "axc", "axc", "axc"),
        ("abc", "ac", "abxc", "a(|bx)c"),
        ("", "x", "y", "(x|y)"),
    ],
)
def test_lines_that_touch_are_joined_and_lines_put_in_at_one_place_are_not(
    base: str, ours: str, theirs: str, outcome: str
) -> None:
    hunks = merged_lines(base, ours, theirs)
    shown = (("".join(one), "".join(other)) for one, other in hunks)
    assert "".join(one if one == other else f"({one}|{other})" for one, other in shown) == outcome


def fields_of(present: Present) -> Iterator[str]:
    record = present.record
    assert record is not None
    yield "head.project_name"
    yield from (f"total.{key}" for key in record.total)
    for row in record.indicators:
        if row.name:
            yield from (f"{row.anchor}.{key}" for key in ("target", "points", "score", "deviation_reason"))
    for money in record.funding.rows if record.funding else ():
        yield from (f"{funding_anchor(money.group, money.label)}.{key}" for key in money.cells)
    yield from (f"objective.{name}" for name in ("expected", "achieved") if name in record.prose)


def drawn(chance: random.Random, present: Present) -> tuple[list[Edit], list[Edit]]:
    """Return edits for two people who do not touch the same field or row's existence."""
    sides: tuple[list[Edit], list[Edit]] = ([], [])
    names = chance.sample(sorted(fields_of(present)), 7)
    for name in names:
        choices = WORDS if name.endswith((".target", ".deviation_reason", "_name")) else FIGURES
        text = "第一段。\n\n- 一\n- 二" if name.startswith("objective.") else chance.choice(choices)
        sides[chance.randrange(2)].append(SetField(name, text))
    touched = {name.partition(".")[0] for name in names}
    rows = [row.anchor for row in present.record.indicators if row.name] if present.record else []
    behind = chance.sample(rows, 2)
    for number, anchor in enumerate(behind):
        new = {"name": f"新增指标{'甲乙'[number]}{number}", "target": "≥1", "score": "3.00"}
        sides[chance.randrange(2)].append(AddRow(anchor, new))
    free = [anchor for anchor in rows if anchor not in touched and anchor not in behind]
    if free:
        sides[chance.randrange(2)].append(RemoveRow(chance.choice(free)))
    return sides


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("identifier", IDS)
def test_changes_apart_from_each_other_come_out_as_if_one_person_had_made_them_all(
    identifier: str, seed: int, records: dict[str, Present], forms: FormLibrary
) -> None:
    present = records[identifier]
    one, other = drawn(random.Random(f"{identifier} {seed}"), present)  # noqa: S311  drawn for a test
    texts = [edited(present, edits, forms) for edits in (one, other, [*one, *other])]
    if any(text.fault for text in texts):
        # The only row of a level, which is for its author to take out.
        for edits in (one, other):
            edits[:] = [edit for edit in edits if not isinstance(edit, RemoveRow)]
        texts = [edited(present, edits, forms) for edits in (one, other, [*one, *other])]
    assert [text.fault for text in texts] == ["", "", ""]
    wanted, _ = read_again(texts[2].text, present.file, forms)
    assert wanted is not None
    for ours, theirs in ((texts[0].text, texts[1].text), (texts[1].text, texts[0].text)):
        outcome = merged(Sides(present.text, ours, theirs), present.file, forms)
        assert outcome is not None
        assert outcome.conflicts == ()
        found, _ = read_again(outcome.text, present.file, forms)
        assert found is not None
        assert record_differences(wanted, found) == ()
