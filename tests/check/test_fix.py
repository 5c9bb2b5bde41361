"""`jixiao check --fix` and `--diff`: what is mended, what never is, and that nothing else changes."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.fixes import apply_fix, find_fixes
from generator.cli import main
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.load.decode import decode_record
from generator.load.mend import mend
from generator.load.yaml_tree import parse_tree
from generator.model.forms import FormLibrary
from tests.check.small_site import MENDED, RIGHT_RATE, SLIPS, make_site

PATH = "content/records/2024/shili/xie.yaml"

Run = Callable[..., tuple[int, str, str]]


def mended(text: str, *, is_markdown: bool = False) -> str:
    return mend(text.encode(), PATH, is_markdown=is_markdown).data.decode()


# The text alone.


def test_slips_are_mended_and_everything_else_stays_byte_for_byte() -> None:
    assert mended(SLIPS) == MENDED


def test_windows_line_ends_stay_windows_line_ends() -> None:
    assert mended(SLIPS.replace("\n", "\r\n")) == MENDED.replace("\n", "\r\n")


def test_mending_twice_changes_nothing_more() -> None:
    assert mended(mended(SLIPS)) == mended(SLIPS)


def test_the_mended_record_is_the_record_that_was_read_before(forms: FormLibrary) -> None:
    def printed(text: str) -> tuple[object, ...]:
        tree = parse_tree(text, PATH)
        assert tree.node is not None
        record = decode_record(tree.node, identifier="2024/shili/xie", path=PATH, forms=forms).record
        assert record is not None
        cells = [(row.name, row.path, {key: cell.text for key, cell in row.cells.items()}) for row in record.indicators]
        return (record.text("project_name").replace("\u200b", ""), cells, record.fiscal_year)

    assert printed(SLIPS) == printed(MENDED)


def test_every_mend_is_named_with_its_line() -> None:
    mends = mend(SLIPS.encode(), PATH, is_markdown=False).mends

    assert [(one.line, one.what) for one in mends if one.line in (3, 4, 13)] == [
        (3, "“年度”后改用英文冒号加一个空格"),
        (4, "“项目名称”后改用英文冒号加一个空格"),
        (4, "删去看不见的字符 U+200B"),
        (13, "给 >2000人 加英文引号"),
        (13, "行首改用 8 个半角空格"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\ufeff年度: 2024\n", "年度: 2024\n", id="byte order mark"),
        pytest.param("年度: 2024\r项目名称: 甲\r", "年度: 2024\n项目名称: 甲\n", id="old line ends"),
        pytest.param("年度: 2024\r\n项目名称: 甲\r单位: 乙\r\n", "年度: 2024\r\n项目名称: 甲\r\n单位: 乙\r\n", id="mixed"),
        pytest.param("名称: 甲\x0b乙\n", "名称: 甲乙\n", id="soft line break"),
        pytest.param("名称: 甲\x00乙 # 注\x01释\n", "名称: 甲乙 # 注释\n", id="controls"),
        pytest.param("名称: 甲\ufeff乙\u2060丙\u200e丁\n", "名称: 甲乙丙丁\n", id="without width"),
        pytest.param("名称: {甲: @12}\n", '名称: {甲: "@12"}\n', id="sign in braces"),
        pytest.param("名称: 见附件: 三\n", '名称: "见附件: 三"\n', id="colon in a value"),
        pytest.param("名称: '甲'\n值: %5\n", "名称: '甲'\n值: \"%5\"\n", id="percent"),
        pytest.param('值: >5"寸\n', "值: '>5\"寸'\n", id="quote inside"),
    ],
)  # fmt: skip
def test_what_is_safe_is_mended(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("金额: 1\u200b2\n", id="a figure parted by nothing"),
        pytest.param("金额: 1\x002\n", id="a figure parted by a control"),
        pytest.param("金额: 12\x00.5\n", id="a decimal point"),
        pytest.param("# 说明\u200b文字\n名称: 甲\n", id="a remark"),
        pytest.param("名称: ئۇيغۇر\u200cچە\n", id="a script that needs it"),
        pytest.param("名称: 👨\u200d👩\n", id="an emoji that needs it"),
        pytest.param("名称: “甲”\n数: 12,34\n", id="nothing wrong"),
        pytest.param("名称: 甲\n  年度: 2024\n", id="indentation nobody can be sure of"),
        pytest.param('名称: "甲"乙\n', id="text behind a quote"),
        pytest.param("名称: [甲\n年度: 2024\n", id="a bracket"),
        pytest.param("名称: 甲\n某某说明：乙\n", id="a colon after words no form prints"),
        pytest.param("年度: 2024\n年度: 2025\n", id="a key given twice"),
        pytest.param("合计: \u200b{年初预算数: 1, 全年预算数: 1}\n", id="a row behind what nobody sees"),
        pytest.param("得分: 9 6.5\n分值：\n", id="a full-width colon beside a broken figure")
    ],
)  # fmt: skip
def test_what_is_not_safe_stays_as_it_is(text: str) -> None:
    if "分值：" in text:
        assert mended(text) == text.replace("：", ": ")
    else:
        assert mended(text) == text


def test_bytes_that_are_not_utf_8_stay_as_they_are() -> None:
    data = "\ufeff年度:2024\n".encode("gb18030")

    assert mend(data, PATH, is_markdown=False).data == data


def test_where_the_rest_cannot_be_read_nothing_is_changed_and_it_is_said() -> None:
    data = "年度:2024\n- 甲\n- 乙\n".encode()
    result = mend(data, PATH, is_markdown=False)

    assert result.data == data
    assert result.reason == "文件里还有别的写法问题，无法证明改后内容不变"


def test_of_a_markdown_record_data_and_text_are_mended() -> None:
    before = "---\n年度:2024\n项目名称: 甲\n---\n\n## 预期目标\n\n完成 >2000 人次\u2060的服务。\n表样：不动\n"
    after = "---\n年度: 2024\n项目名称: 甲\n---\n\n## 预期目标\n\n完成 >2000 人次的服务。\n表样：不动\n"

    assert mended(before, is_markdown=True) == after


def test_what_cannot_be_proved_safe_does_not_keep_the_rest_from_being_mended() -> None:
    before = "---\n年度:2024\n项目名称: 甲\n---\n\n## 预期\u200b目标\n\n完成。\n"
    # Without the character the heading would be one the form knows, and its text would become part of the record.
    after = before.replace("年度:2024", "年度: 2024")

    assert mended(before, is_markdown=True) == after


# The command.


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a record that has slips and one that has none."""
    return make_site(tmp_path, dui=RIGHT_RATE, xie=SLIPS)


@pytest.fixture
def jixiao(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the check in the site's folder."""
    monkeypatch.chdir(site)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", "--select", "REC002", *arguments] if "--diff" not in arguments else ["check", *arguments])
        return (code, *capsys.readouterr())

    return run


def test_fix_writes_the_files_and_then_checks_them(jixiao: Run, site: Path) -> None:
    code, out, err = jixiao("--fix")

    assert (site / PATH).read_text(encoding="utf-8") == MENDED
    assert f"{PATH}:3: 已改正：“年度”后改用英文冒号加一个空格" in err
    assert "改正了 1 个文件。" in err
    assert "检查了 2 份可公开的记录：没有发现问题。" in out
    assert code == 0


def test_fix_leaves_no_other_file_behind_and_keeps_the_file_mode(jixiao: Run, site: Path) -> None:
    (site / PATH).chmod(0o640)
    before = sorted(path.name for path in (site / PATH).parent.iterdir())
    jixiao("--fix")

    assert sorted(path.name for path in (site / PATH).parent.iterdir()) == before
    assert stat.S_IMODE((site / PATH).stat().st_mode) == 0o640


def test_fix_touches_only_the_files_asked_for(jixiao: Run, site: Path) -> None:
    _, _, err = jixiao("--fix", "content/records/2024/shili/dui.yaml")

    assert (site / PATH).read_text(encoding="utf-8") == SLIPS
    assert "没有可以自动改正的。" in err


def test_diff_shows_the_change_and_writes_nothing(jixiao: Run, site: Path) -> None:
    code, out, err = jixiao("--diff")

    assert code == 1
    assert "-年度:2024\n" in out
    assert "+年度: 2024\n" in out
    assert "\n-项目名称：示<U+200B>例项目\n" in out
    assert "可以改正 1 个文件，都没有写入" in err
    assert (site / PATH).read_text(encoding="utf-8") == SLIPS


def test_diff_of_sound_files_is_empty(jixiao: Run) -> None:
    code, out, _ = jixiao("--diff", "content/records/2024/shili/dui.yaml")

    assert (code, out) == (0, "")


def test_a_file_changed_meanwhile_is_not_overwritten(site: Path) -> None:
    (fix,) = find_fixes(load_settings(site / "mkdocs.yml"), lambda path: path == PATH)
    (site / PATH).write_text("别人刚写的", encoding="utf-8")

    with pytest.raises(JixiaoError, match="刚刚被别的程序改动"):
        apply_fix(fix)
    assert (site / PATH).read_text(encoding="utf-8") == "别人刚写的"
    assert [path.name for path in (site / PATH).parent.iterdir() if path.suffix == ".tmp"] == []
