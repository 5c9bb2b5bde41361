"""What `mkdocs.yml` may say, and what an author reads when it says something else."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.resources import packaged
from generator.settings import Settings

SMALLEST = """\
site_name: 预算绩效公开
docs_dir: content/pages
theme: {name: material, language: zh, font: false}
plugins: [jixiao]
"""

Load = Callable[[str], Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    (tmp_path / "content/pages").mkdir(parents=True)

    def load_text(text: str) -> Settings:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        return load_settings(tmp_path / "mkdocs.yml")

    return load_text


def fault(load: Load, text: str) -> str:
    with pytest.raises(JixiaoError) as raised:
        load(text)
    return str(raised.value)


def test_folders_have_their_usual_places(load: Load, tmp_path: Path) -> None:
    settings = load(SMALLEST)

    assert settings.project_dir == tmp_path
    assert settings.records_dir == tmp_path / "content/records"
    assert settings.registry_dir == tmp_path / "content/registry"
    assert settings.pages_dir == tmp_path / "content/pages"
    assert settings.site_dir == tmp_path / "site"


def test_folders_and_publisher_are_set_under_the_plugin(load: Load, tmp_path: Path) -> None:
    plugin = "- jixiao: {records_dir: 记录, registry_dir: 名录, publisher: 示例区财政局, keep_going: true}"
    settings = load(SMALLEST.replace("[jixiao]", f"\n  {plugin}"))

    assert settings.records_dir == tmp_path / "记录"
    assert settings.registry_dir == tmp_path / "名录"
    assert settings.publisher == "示例区财政局"
    assert settings.keep_going


def test_errors_and_warnings_are_public_unless_the_publisher_says_otherwise(load: Load) -> None:
    usual = load(SMALLEST)
    plugin = "- jixiao: {public_findings: contradictions, internal: true}"
    other = load(SMALLEST.replace("[jixiao]", f"\n  {plugin}"))

    assert (usual.public_findings, usual.internal) == ("warnings", False)
    assert (other.public_findings, other.internal) == ("contradictions", True)


def test_rule_packs_are_selected_under_the_plugin(load: Load, tmp_path: Path) -> None:
    usual = load(SMALLEST)
    settings = load(SMALLEST.replace("[jixiao]", "[{jixiao: {rule_packs: [national, xian], rule_packs_dir: 口径}}]"))

    assert usual.rule_packs == ("national",)
    assert usual.rule_packs_dir == tmp_path / "content/rule_packs"
    assert settings.rule_packs == ("national", "xian")
    assert settings.rule_packs_dir == tmp_path / "口径"


def test_versions_are_told_unless_the_publisher_says_otherwise(load: Load) -> None:
    setting = "[{{jixiao: {{history: {}}}}}]"

    assert load(SMALLEST).history == "versions"
    assert load(SMALLEST.replace("[jixiao]", setting.format("dates"))).history == "dates"
    assert "history" in fault(load, SMALLEST.replace("[jixiao]", setting.format("none")))


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("rule_packs: hubei", "rule_packs：应是列表，例如 [甲, 乙]，现在是文字。"),
        ("rule_packs: [1]", "rule_packs：应是文字，现在是整数。"),
        ("rule_packs_dir: ../packs", "rule_packs_dir 须在项目文件夹里面"),
        ("rule_pack: [hubei]", "是不是想写 rule_packs"),
    ],
)
def test_a_wrong_choice_of_rule_packs_is_told(setting: str, told: str, load: Load) -> None:
    assert told in fault(load, SMALLEST.replace("[jixiao]", f"[{{jixiao: {{{setting}}}}}]"))


@pytest.mark.parametrize(
    ("setting", "formats"),
    [
        ("publisher: 示例", ()),
        ("exports: false", ()),
        ("exports: true", ("xlsx", "docx", "pdf")),
        ("exports: [pdf, xlsx, pdf]", ("xlsx", "pdf")),
        ("exports: []", ()),
    ],
)
def test_forms_are_offered_as_documents_in_the_formats_chosen(
    setting: str, formats: tuple[str, ...], load: Load
) -> None:
    assert load(SMALLEST.replace("[jixiao]", f"[{{jixiao: {{{setting}}}}}]")).exports == formats


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("exports: xlsx", "exports：应是 true、false 或列表 [xlsx, docx, pdf]，现在是 xlsx。"),
        ("exports:", "exports：应是 true、false 或列表 [xlsx, docx, pdf]，现在是 空。"),
        ("exports: [xlsx, doc]", "exports：没有 doc 这种格式，可写的有 xlsx、docx、pdf。"),
        ("export: true", "是不是想写 exports"),
    ],
)
def test_a_wrong_choice_of_documents_is_told(setting: str, told: str, load: Load) -> None:
    assert told in fault(load, SMALLEST.replace("[jixiao]", f"\n  - jixiao:\n      {setting}"))


def test_templates_of_the_project_come_before_ours(load: Load, tmp_path: Path) -> None:
    assert load(SMALLEST).template_dirs == (packaged("templates"),)

    (tmp_path / "templates").mkdir()
    settings = load(SMALLEST)

    assert settings.template_dirs == (tmp_path / "templates", packaged("templates"))
    assert settings.material.theme_dirs[:2] == (tmp_path / "templates/theme", packaged("templates") / "theme")


def test_nav_names_hand_written_pages_in_reading_order(load: Load) -> None:
    nav = "nav:\n  - 关于: about.md\n  - 方法:\n      - 口径: method.md\n      - glossary.md\n"

    titles = load(SMALLEST + nav).page_titles

    assert list(titles.items()) == [("about.md", "关于"), ("method.md", "口径"), ("glossary.md", "")]


@pytest.mark.parametrize(
    ("address", "root_path"),
    [("", "/"), ("https://example.gov.cn/", "/"), ("https://example.gov.cn/预算", "/%E9%A2%84%E7%AE%97/")],
)
def test_the_path_of_the_site_is_known_to_pages_without_a_place(load: Load, address: str, root_path: str) -> None:
    assert load(f"{SMALLEST}site_url: '{address}'\n").root_path == root_path


def test_settings_can_go_to_a_worker_process(load: Load) -> None:
    settings = load(SMALLEST)

    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - our own bytes


def test_a_missing_file_says_where_to_run(tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match=r"找不到 .*mkdocs\.yml。请在项目文件夹"):
        load_settings(tmp_path / "mkdocs.yml")


def test_bad_yaml_is_told_with_its_line(load: Load) -> None:
    assert "mkdocs.yml 读不出来：第 2 行" in fault(load, "site_name: 甲\n  docs_dir: 乙\n")


def test_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes("site_name: 预算绩效公开\n".encode("gbk"))

    with pytest.raises(JixiaoError, match="UTF-8"):
        load_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (SMALLEST.replace("site_name: 预算绩效公开\n", ""), "site_name：必须填写"),
        (SMALLEST.replace("content/pages", "nowhere"), "nowhere 不存在"),
        (SMALLEST.replace("material", "readthedocs"), "theme.name 须是 material，现在是 readthedocs"),
        (SMALLEST.replace("material", "materiel"), "没有安装名为 materiel 的主题"),
        (SMALLEST.replace("[jixiao]", "[]"), "plugins 里没有 jixiao"),
        (SMALLEST.replace("[jixiao]", "[jixiao, jixaio]"), "没有安装名为 jixaio 的插件"),
        (SMALLEST + "site_url: example.gov.cn\n", "网址须以 http:// 或 https:// 开头"),
        (SMALLEST + "nav: [关于: 3]\n", "nav"),
        ("- site_name\n", "“键: 值”"),
        (
            SMALLEST.replace("[jixiao]", "[jixiao: {public_findings: 全部}]"),
            "public_findings：应是 'contradictions', 'warnings', 'all' 之一，现在是 '全部'",
        ),
        (SMALLEST.replace("[jixiao]", "[jixiao: {keep_going: 也许}]"), "keep_going：应是true 或 false，现在是文字"),
        (
            SMALLEST.replace("[jixiao]", "[jixiao: {record_dir: a}]"),
            "不认识的设置 record_dir，不起作用。是不是想写 records_dir？",
        ),
        (SMALLEST.replace("[jixiao]", "[jixiao: {records_dir: ../a}]"), "records_dir 须在项目文件夹里面"),
        (SMALLEST + "exclude_docs: draft*\n", "exclude_docs 不受支持：请把不公开的页面移到"),
        (SMALLEST + "draft_docs: draft*\n", "draft_docs 不受支持"),
        (SMALLEST.replace("zh, font", "zh, palette: 5, font"), "theme.palette 应是一组键值或它们的列表"),
        (SMALLEST.replace("zh, font", "zh, features: 5, font"), "theme.features 应是文字的列表"),
    ],
)
def test_each_fault_is_told_in_chinese_with_the_file(load: Load, wrong: str, message: str) -> None:
    told = fault(load, wrong)

    assert message in told
    assert "mkdocs.yml" in told


@pytest.mark.parametrize(
    ("added", "warning"),
    [
        ("site_ulr: https://example.gov.cn/\n", "不认识的设置 site_ulr，不起作用。是不是想写 site_url？"),
        ("extra_css: [a.css]\n", "extra_css 不起作用，样式文件请放进 templates/assets/。"),
        ("repo_url: https://example.gov.cn/git\n", "repo_url 不起作用，它会让页面请求外部网站。"),
        ("markdown_extensions: [admonition]\n", "markdown_extensions 不起作用，文字一律按 CommonMark 排版。"),
        ("extra: {a: 1}\n", "extra 不起作用，页面上的文字请改模板。"),
        ("nav: [关于: about.md]\n", "nav 里的 about.md 在 pages 里没有，菜单不会列出它。"),
    ],
)
def test_keys_without_effect_are_warned_of(load: Load, added: str, warning: str) -> None:
    assert load(SMALLEST + added).warnings == (f"mkdocs.yml：{warning}",)


def test_what_would_ask_an_outside_host_is_off(load: Load) -> None:
    settings = load(SMALLEST.replace("font: false", "features: [navigation.instant, navigation.top]"))

    assert settings.material.options["font"] is False
    assert settings.material.options["features"] == ["navigation.top"]
    assert [warning.split(" 不起作用")[0] for warning in settings.warnings] == [
        "mkdocs.yml：theme.font",
        "mkdocs.yml：theme.features 里的 navigation.instant",
    ]


def test_mkdocs_itself_says_nothing(load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    load(SMALLEST + "unknown: 1\n")
    fault(load, SMALLEST.replace("content/pages", "nowhere"))

    assert capfd.readouterr() == ("", "")


def test_the_configuration_of_this_project_is_sound() -> None:
    settings = load_settings(Path(__file__).parents[1] / "mkdocs.yml")

    assert settings.warnings == ()
    assert settings.template_dirs == (packaged("templates"),)
