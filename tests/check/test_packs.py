"""Rule packs are data: one complete file, others laid over it, each holding where it says."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from generator.build.checking import check_content, try_pack
from generator.check.levels import Level1
from generator.check.pack import NATIONAL, Bands, Excess, Pack, national
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_faults import PACK_FAULTS
from generator.check.packs.pack_library import PackLibrary, compose, load_packs, packaged_packs
from generator.check.result import CheckReport
from generator.check.trial import compare, format_trial
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.finding import Severity
from generator.model.catalog import Catalog, Department, Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Record

OWN = "content/rule_packs"
TODAY = date(2025, 3, 31)
Load = Callable[..., PackLibrary]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a project's packs, given by name and text."""

    def from_texts(**texts: str) -> PackLibrary:
        folder = tmp_path / OWN
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_packs(folder, tmp_path)

    return from_texts


def pack_of(library: PackLibrary, name: str) -> Pack:
    return compose(library.chain(name))


def faults(load: Load, **texts: str) -> str:
    with pytest.raises(JixiaoError) as raised:
        load(**texts)
    return str(raised.value)


def overlay(text: str) -> str:
    return f"继承: national\n标题: 本县口径\n{text}"


def test_the_national_pack_is_complete_and_the_base_of_all_others() -> None:
    library = packaged_packs()

    assert asdict(national()) == asdict(pack_of(library, NATIONAL))
    for name in library.files:
        assert library.chain(name)[0].identifier == NATIONAL
        assert pack_of(library, name).identifier.startswith(NATIONAL)


def test_the_national_numbers_are_those_of_the_file() -> None:
    pack = national()

    assert pack.total_points == 100
    assert pack.execution_points == 10
    assert [grade.word for grade in pack.grades] == ["优", "良", "中", "差"]
    assert [grade.lowest for grade in pack.grades] == [90, 80, 60, 0]
    assert pack.bands == Bands(met=Decimal(80), partly=Decimal(60))
    assert pack.excess is Excess.UNDECIDED
    assert {Level1.OUTPUT: Decimal(50), Level1.BENEFIT: Decimal(30), Level1.SATISFACTION: Decimal(10)} in [
        profile.points for profile in pack.profiles
    ]


def test_every_packaged_pack_says_where_its_numbers_come_from_and_claims_no_more() -> None:
    assert len(packaged_packs().files) == 4
    for file in packaged_packs().files.values():
        assert file.source, file.identifier
        assert not file.is_verified, file.identifier
        text = (Path(__file__).parents[2] / f"generator/check/packs/{file.identifier}.yaml").read_text(encoding="utf-8")
        assert "未核实" in text


def test_an_overlay_keeps_what_it_does_not_say() -> None:
    pack = pack_of(packaged_packs(), "hubei")

    assert pack.execution_points == 20
    assert pack.bands == Bands(met=Decimal(80), partly=Decimal(50))
    assert pack.profiles == ()
    assert (pack.grades, pack.thresholds) == (national().grades, national().thresholds)


def test_a_project_has_packs_of_its_own(load: Load) -> None:
    library = load(
        xian=overlay("预算执行: {分值: 不定}\n超过上限: 目标比完成\n界限: {预算调整: 15}\n"),
        zhen="继承: xian\n标题: 本镇口径\n界限: {执行率偏低: 85}\n规则:\n  BUD001: {程度: 警告}\n  BUD002: {启用: 否}\n",
    )
    pack = pack_of(library, "zhen")

    assert pack.identifier == "national+xian+zhen"
    assert pack.title == "本镇口径"
    assert pack.execution_points is None
    assert pack.excess is Excess.TARGET_OVER_ACTUAL
    assert pack.thresholds.budget_change == 15
    assert pack.thresholds.low_execution == 85
    assert pack.severity_of("BUD001", Severity.ERROR) is Severity.WARNING
    assert pack.severity_of("BUD003", Severity.ERROR) is Severity.ERROR
    assert pack.is_on("BUD001")
    assert not pack.is_on("BUD002")


def test_a_later_layer_may_switch_a_rule_on_again(load: Load) -> None:
    library = load(
        xian=overlay("规则: {BUD001: {启用: 否, 程度: 提示}}\n"),
        zhen="继承: xian\n标题: 本镇口径\n规则: {BUD001: {启用: 是}}\n",
    )
    pack = pack_of(library, "zhen")

    assert pack.is_on("BUD001")
    assert pack.severity_of("BUD001", Severity.ERROR) is Severity.NOTE


def test_a_folder_that_is_not_there_leaves_the_packaged_packs(tmp_path: Path) -> None:
    assert load_packs(tmp_path / OWN, tmp_path).files.keys() == packaged_packs().files.keys()


FAULTY = {
    "PAK001 in the file": (overlay("界线: {预算调整: 15}\n"), "xian.yaml:3:1: PAK001", "改为“界限”"),
    "PAK001 in a part": (overlay("界限: {预算调正: 15}\n"), "xian.yaml:3:6: PAK001", "改为“预算调整”"),
    "PAK001 in a rule": (overlay("规则: {BUD001: {程渡: 警告}}\n"), "PAK001", "改为“程度”"),
    "PAK002 without base": ("标题: 本县口径\n满分: 100\n", "xian.yaml:1:1: PAK002", "继承: national"),
    "PAK002 without title": ("继承: national\n", "PAK002 规则包没有写“标题”", "补上“标题”"),
    "PAK002 in a grade": (overlay("评分等级: [{等级: 优}]\n"), "PAK002", "补上“最低”"),
    "PAK003 a word for a group": (overlay("界限: 宽松\n"), "xian.yaml:3:5: PAK003", "一组“项目: 内容”"),
    "PAK003 a mapping for a list": (overlay("评分等级: {优: 90}\n"), "PAK003", "一个列表"),
    "PAK003 a list for a value": (overlay("满分: [100]\n"), "PAK003", "一个值"),
    "PAK004 words": (overlay("界限:\n  预算调整: 一成\n"), "xian.yaml:4:9: PAK004", "一成"),
    "PAK004 a percent sign": (overlay("界限: {预算调整: 15%}\n"), "PAK004", "不带单位和百分号"),
    "PAK004 below zero": (overlay("满分: -5\n"), "PAK004", "不小于零"),
    "PAK004 blank": (overlay("满分:\n"), "PAK004", "空白"),
    "PAK004 a year": (overlay("适用: {年度: 二〇二四}\n"), "PAK004 “适用 › 年度”不是年度", "2021-2023"),
    "PAK004 years the wrong way round": (overlay("适用: {年度: 2024-2021}\n"), "PAK004", "2021-2023"),
    "PAK005 a method": (overlay("超过上限: 目标除完成\n"), "PAK005", "改为“目标比完成”"),
    "PAK005 a severity": (overlay("规则: {BUD001: {程度: 严重}}\n"), "PAK005", "错误、警告、提示"),
    "PAK005 a switch": (overlay("规则: {BUD001: {启用: 关}}\n"), "PAK005", "是、否"),
    "PAK006": (overlay("规则: {BUD999: {启用: 否}}\n"), "xian.yaml:3:6: PAK006 没有规则 BUD999", "jixiao rules"),
    "PAK006 nearly": (overlay("规则: {BUD0O1: {启用: 否}}\n"), "PAK006 没有规则 BUD0O1", "改为 BUD001"),
    "PAK007": ("继承: nationl\n标题: 本县口径\n", "xian.yaml:1:5: PAK007", "改为 national"),
    "PAK008": ("继承: xian\n标题: 本县口径\n", "xian.yaml:1:5: PAK008", "继承: national"),
    "PAK010 grades": (
        overlay("评分等级: [{等级: 优, 最低: 80}, {等级: 良, 最低: 90}, {等级: 差, 最低: 0}]\n"),
        "PAK010 评分等级",
        "从高到低",
    ),
    "PAK010 bands": (overlay("定性档次: {部分达成: 85}\n"), "xian.yaml:3:14: PAK010", "部分达成 < 达成"),
    "PAK010 amounts": (overlay("界限: {最小金额: 9999999999999}\n"), "PAK010", "最小金额 < 最大金额"),
    "PAK010 points": (overlay("预算执行: {分值: 20}\n"), "PAK010", "50 + 30 + 10 + 20 = 110"),
    "SRC065 a slip of YAML": (overlay("说明: >5\n"), "xian.yaml:3:5: SRC065", "写成"),
}


@pytest.mark.parametrize(("text", "place", "cure"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_pack_is_refused_with_place_and_cure(load: Load, text: str, place: str, cure: str) -> None:
    told = faults(load, xian=text)

    assert place in told
    assert cure in told


def test_all_faults_of_all_packs_are_told_at_once(load: Load) -> None:
    told = faults(
        load,
        xian=overlay("界限: {预算调正: 15, 执行率偏低: 高}\n"),
        zhen="继承: xiang\n标题: 本镇口径\n规则: {BUD999: {启用: 否}}\n",
    )

    assert told.startswith("规则包有 3 处要改")
    assert [code for code in PACK_FAULTS if code in told] == ["PAK001", "PAK004", "PAK006"]


def test_packs_in_a_circle_are_each_told(load: Load) -> None:
    told = faults(load, xian="继承: zhen\n标题: 甲\n", zhen="继承: xian\n标题: 乙\n")

    assert told.count("PAK008") == 2


def test_a_packaged_name_cannot_be_taken(load: Load) -> None:
    assert "PAK009 规则包 hubei 与自带的同名" in faults(load, hubei=overlay("满分: 100\n"))


def test_a_name_nobody_can_select_is_refused(load: Load) -> None:
    assert "PAK009 规则包的文件名不能用" in faults(load, 本县=overlay("满分: 100\n"))


def test_a_link_out_of_the_content_is_not_followed(load: Load, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text(overlay("满分: 100\n"), encoding="utf-8")
    (tmp_path / OWN).mkdir(parents=True)
    (tmp_path / OWN / "xian.yaml").symlink_to(outside)

    assert "SRC009" in faults(load)


def test_other_files_in_the_folder_do_not_matter(load: Load, tmp_path: Path) -> None:
    (tmp_path / OWN).mkdir(parents=True)
    (tmp_path / OWN / "说明.md").write_text("# 本县口径\n", encoding="utf-8")

    assert load().files.keys() == packaged_packs().files.keys()


KEYS = st.sampled_from([
    "继承", "标题", "核实", "适用", "年度", "地区", "满分", "预算执行", "分值", "方法", "一级指标分值", "名称", "产出", "评分等级",
    "等级", "最低", "也写作", "定性档次", "达成", "部分达成", "超过上限", "界限", "预算调整", "最小金额", "规则", "BUD001", "启用",
    "程度", "甲",
])  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["national", "是", "按比例", "不定", "警告", "", "5", "-5", "2024-", "甲", "1e9", "９０"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_no_pack_whatever_it_holds_raises_anything_but_its_faults(data: dict[str, object]) -> None:
    text = json.dumps({"继承": "national", "标题": "甲", **data}, ensure_ascii=False)
    with TemporaryDirectory() as made:
        folder = Path(made) / OWN
        folder.mkdir(parents=True)
        (folder / "xian.yaml").write_text(text, encoding="utf-8")
        try:
            told, pack = "", pack_of(load_packs(folder, Path(made)), "xian")
        except JixiaoError as error:
            told, pack = str(error), None

    assert "提示：" in told if pack is None else isinstance(pack.thresholds.budget_change, Decimal)


def test_every_fault_of_packs_is_tested() -> None:
    shown = {name.split(" ")[0] for name in FAULTY} | {"PAK009", "PAK011"}

    assert set(PACK_FAULTS) <= shown


# Which pack holds for a record.

DEPARTMENT = Department("jiedao", "示例街道办事处", district="湖北省广水市")


def record(year: int = 2024, unit: str = "zhongxin", form: str = "项目自评表", pack: str = "") -> Record:
    return Record(
        id=f"{year}/{unit}/a",
        path=f"content/records/{year}/{unit}/a.yaml",
        form=form,
        layout="general",
        fiscal_year=year,
        project_key="a",
        rule_pack=Cell(pack),
    )


def catalog_of(records: Iterable[Record], forms: FormLibrary) -> Catalog:
    units = {
        "zhongxin": Unit("zhongxin", "示例中心", department="jiedao"),
        "bieguan": Unit("bieguan", "别馆", district="四川省某县"),
    }
    return make_catalog(records, Registry(units, {"jiedao": DEPARTMENT}), forms)


def chosen(library: PackLibrary, selection: list[str], one: Record, forms: FormLibrary) -> str:
    return PackChoice(library, selection, catalog_of([one], forms))(one).identifier


def test_without_selection_the_national_pack_holds(forms: FormLibrary) -> None:
    assert chosen(packaged_packs(), [], record(), forms) == "national"


def test_a_pack_holds_in_its_region(forms: FormLibrary) -> None:
    both = ["national", "hubei", "sichuan"]

    assert chosen(packaged_packs(), both, record(), forms) == "national+hubei"
    assert chosen(packaged_packs(), both, record(unit="bieguan"), forms) == "national+sichuan"


@pytest.mark.parametrize(("year", "identifier"), [(2020, "national"), (2021, "national+cost_2021")])
def test_a_pack_holds_in_its_years(year: int, identifier: str, forms: FormLibrary) -> None:
    assert chosen(packaged_packs(), ["cost_2021"], record(year), forms) == identifier


SCOPES = {
    "年度: [2022, 2024]": True,
    "年度: -2023": False,
    "年度: 2023-2025": True,
    "年度: 2025-": False,
    "单位: [zhongxin]": True,
    "单位: bieguan": False,
    "表样: [项目自评表]": True,
    "表样: [整体自评表]": False,
    "地区: [广水]": True,
    "地区: [广水], 年度: 2020": False,
}


@pytest.mark.parametrize(("scope", "holds"), SCOPES.items(), ids=SCOPES)
def test_a_pack_holds_where_all_its_conditions_do(scope: str, holds: bool, load: Load, forms: FormLibrary) -> None:  # noqa: FBT001  the table's last column
    library = load(xian=overlay(f"适用: {{{scope}}}\n满分: 100\n"))

    assert chosen(library, ["xian"], record(), forms) == ("national+xian" if holds else "national")


def test_later_packs_override_earlier_ones(load: Load, forms: FormLibrary) -> None:
    library = load(xian=overlay("满分: 100\n界限: {预算调整: 15}\n"), zhen=overlay("界限: {预算调整: 20}\n"))
    one = record()

    def change(*selection: str) -> Decimal:
        return PackChoice(library, selection, catalog_of([one], forms))(one).thresholds.budget_change

    assert change("xian", "zhen") == 20
    assert change("zhen", "xian") == 15


def test_a_record_may_name_its_pack_whatever_is_selected(forms: FormLibrary) -> None:
    one = record(unit="bieguan", pack="hubei")

    assert chosen(packaged_packs(), ["sichuan"], one, forms) == "national+hubei"


def test_an_unknown_selection_names_the_nearest(forms: FormLibrary) -> None:
    with pytest.raises(JixiaoError, match="rule_packs 里的 hubai 不是已有的规则包。是不是想写 hubei？"):
        PackChoice(packaged_packs(), ["hubai"], catalog_of([], forms))


def test_a_selected_pack_that_holds_nowhere_is_told(forms: FormLibrary) -> None:
    choice = PackChoice(packaged_packs(), ["hubei", "sichuan"], catalog_of([record()], forms))

    (finding,) = choice.idle()
    assert (finding.code, finding.severity, finding.found) == ("PAK011", Severity.WARNING, "sichuan")
    assert finding.origin.path == "mkdocs.yml"


# The whole way, from mkdocs.yml.

CONFIG = """\
site_name: 示例
docs_dir: content/pages
theme: {name: material, language: zh, font: false}
plugins: [{jixiao: {rule_packs: [national, xian]}}]
"""
RECORD = """\
表样: 项目自评表
年度: 2024
规则包: {pack}
项目资金:
  单位: 万元
  年度资金总额: {{全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "mkdocs.yml": CONFIG,
        "content/pages/about.md": "# 关于\n",
        f"{OWN}/xian.yaml": overlay("规则: {BUD001: {程度: 警告}}\n"),
        "content/records/2024/zhongxin/jia.yaml": RECORD.format(pack=""),
        "content/records/2024/zhongxin/yi.yaml": RECORD.format(pack="national"),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def severities(report: CheckReport) -> dict[str, str]:
    return {
        finding.record: finding.severity.value
        for findings in report.records.values()
        for finding in findings
        if finding.code == "BUD001"
    }


def test_packs_are_selected_in_the_settings_or_by_the_record(project: Path) -> None:
    report = check_content(load_settings(project / "mkdocs.yml"), today=TODAY).check

    assert severities(report) == {"2024/zhongxin/jia": "warning", "2024/zhongxin/yi": "error"}
    assert len(report.fingerprint) == 64


def test_a_record_that_names_no_known_pack_is_not_read(project: Path) -> None:
    file = project / "content/records/2024/zhongxin/yi.yaml"
    file.write_text(RECORD.format(pack="xiang"), encoding="utf-8")
    content = check_content(load_settings(project / "mkdocs.yml"), today=TODAY)

    (finding,) = (finding for finding in content.check.reading if finding.severity is Severity.ERROR)
    assert (finding.code, finding.origin.line, finding.origin.column) == ("REC019", 3, 6)
    assert finding.hint == "改为“xian”"
    assert list(content.paths) == ["2024/zhongxin/jia"]


def test_a_pack_can_be_tried_before_it_is_used(project: Path) -> None:
    settings = load_settings(project / "mkdocs.yml")
    content = check_content(settings, today=TODAY)
    file = project / "shiyan.yaml"
    file.write_text(overlay("规则: {BUD001: {启用: 否}}\n"), encoding="utf-8")
    after = try_pack(settings, content, file, today=TODAY)
    trial = compare(content.check, after)
    told = format_trial(trial, "shiyan")

    assert [(finding.code, finding.record) for finding in trial.gone] == [("BUD001", "2024/zhongxin/jia")]
    assert trial.new == ()
    assert "规则包 shiyan：少 1 处，多 0 处，程度改变 0 处，相同" in told
    assert "  BUD001：少 1" in told
    assert "jia.yaml:6:45: BUD001 警告" in told
    assert after.fingerprint != content.check.fingerprint


def test_a_pack_on_trial_takes_the_place_of_its_namesake(project: Path) -> None:
    settings = load_settings(project / "mkdocs.yml")
    content = check_content(settings, today=TODAY)
    file = project / "xian.yaml"
    file.write_text(overlay("规则: {BUD001: {程度: 提示}}\n"), encoding="utf-8")
    trial = compare(content.check, try_pack(settings, content, file, today=TODAY))

    assert [(change.before.severity, change.after.severity) for change in trial.changed] == [
        (Severity.WARNING, Severity.NOTE)
    ]
    assert "BUD001 提示：" in format_trial(trial, "xian")
    assert "（原为警告）" in format_trial(trial, "xian")


def test_a_pack_that_holds_for_no_record_cannot_be_tried(project: Path) -> None:
    settings = load_settings(project / "mkdocs.yml")
    content = check_content(settings, today=TODAY)
    file = project / "shiyan.yaml"
    file.write_text(overlay("适用: {年度: 2019}\n满分: 100\n"), encoding="utf-8")

    with pytest.raises(JixiaoError, match="没有一份表在规则包 shiyan 的适用范围之内"):
        try_pack(settings, content, file, today=TODAY)


def test_the_same_pack_changes_nothing(project: Path) -> None:
    settings = load_settings(project / "mkdocs.yml")
    content = check_content(settings, today=TODAY)
    trial = compare(content.check, content.check)

    assert (trial.gone, trial.new, trial.changed) == ((), (), ())
    assert "没有差别" in format_trial(trial, "xian")
