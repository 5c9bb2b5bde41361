"""How `mkdocs build` and `mkdocs serve` hand the work over."""

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from msgspec import structs

from generator.build.messages import format_finding
from generator.build.order import Order
from generator.build.report import BuildReport
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.finding import Finding, Severity
from generator.mkdocs_plugin import JixiaoPlugin
from generator.origin import Origin

FINDING = Finding(
    "SRC003",
    "duplicate-key",
    Severity.ERROR,
    "键重复：项目名称",
    Origin("content/records/a.yaml", 2, 1),
    "两次",
    "一次",
    "删去一个",
)
REPORT = BuildReport(findings=(), failed=(), records=1, rule_counts={})


@dataclass
class Pipeline:
    """Stand in for the pipeline and remember how it was called."""

    report: BuildReport = REPORT
    error: Exception | None = None
    calls: list[Order] = field(default_factory=list)

    def build_site(self, order: Order) -> BuildReport:
        self.calls.append(order)
        if self.error:
            raise self.error
        return self.report


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    stand_in = Pipeline()
    monkeypatch.setattr("generator.build.pipeline.build_site", stand_in.build_site)
    return stand_in


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/about.md").write_text("# 关于\n", encoding="utf-8")
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        "site_name: 预算绩效公开\ndocs_dir: content/pages\nnav: [关于: about.md]\n"
        "theme: {name: material, language: zh, font: false}\nplugins: [jixiao]\n",
        encoding="utf-8",
    )
    return file


def config_of(file: Path) -> MkDocsConfig:
    return load_config(str(file))


def run(config: MkDocsConfig, command: Literal["build", "serve"] = "build") -> None:
    config.plugins.on_startup(command=command, dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/" if command == "serve" else None)


def told_on_failure(file: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what MkDocs logs, once it has stopped with exit code 1."""
    with pytest.raises(Abort):
        run(config_of(file))
    return caplog.messages


def test_mkdocs_writes_nothing_of_its_own(config_file: Path, pipeline: Pipeline) -> None:
    run(config_of(config_file))

    assert len(pipeline.calls) == 1
    assert not (config_file.parent / "site").exists()


def test_the_pipeline_gets_the_same_settings_and_day_as_from_our_own_command(
    config_file: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    run(config_of(config_file))

    (order,) = pipeline.calls
    assert order.settings == load_settings(config_file)
    assert order.site_dir == config_file.parent / "site"
    assert order.today == date(2025, 1, 1)
    assert not order.keep_going
    assert not order.live


def test_a_preview_is_built_as_live(config_file: Path, pipeline: Pipeline) -> None:
    run(config_of(config_file), "serve")

    assert pipeline.calls[0].live


def test_unreadable_records_fail_the_build_after_all_are_told(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.report = structs.replace(
        REPORT, findings=(FINDING,), failed=("content/records/a.yaml",), published=False
    )  # fmt: skip

    told = told_on_failure(config_file, caplog)

    assert told[-2] == format_finding(FINDING)
    assert "有记录读不出来" in told[-1]


def test_every_finding_is_logged_at_its_own_severity(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    found = tuple(structs.replace(FINDING, severity=severity) for severity in Severity)
    pipeline.report = structs.replace(REPORT, findings=found)
    caplog.set_level(logging.INFO)

    run(config_of(config_file))

    levels = [entry.levelname for entry in caplog.records if "SRC003" in entry.getMessage()]
    assert levels == ["ERROR", "WARNING", "INFO"]


def test_keep_going_names_the_files_left_out_and_does_not_fail(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.report = structs.replace(REPORT, findings=(FINDING,), failed=("content/records/a.yaml",))

    run(config_of(config_file))

    assert "  content/records/a.yaml" in caplog.messages[-1]
    assert "没有公开" in caplog.messages[-1]


@pytest.mark.parametrize("error", [JixiaoError("模板写法有误。"), ValueError("模板写法有误。")])
def test_a_preview_is_never_aborted(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    pipeline.error = error

    run(config_of(config_file), "serve")

    assert caplog.messages[-1] == "模板写法有误。"
    assert pipeline.calls[0].keep_going


@pytest.mark.parametrize("refused", [True, False])
def test_mkdocs_leaves_the_old_site_alone(config_file: Path, pipeline: Pipeline, *, refused: bool) -> None:
    site = config_file.parent / "site"
    site.mkdir()
    (site / "index.html").write_text("the site as it was", encoding="utf-8")
    pipeline.report = structs.replace(
        REPORT, findings=(FINDING,), failed=("content/records/a.yaml",), published=not refused
    )  # fmt: skip
    config = config_of(config_file)

    with pytest.raises(Abort) if refused else nullcontext():
        run(config)

    assert (site / "index.html").read_text(encoding="utf-8") == "the site as it was"
    assert config.site_dir == str(site), "gh-deploy looks for the site here"


def test_what_stops_our_own_command_stops_mkdocs(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.error = JixiaoError("site 写不进去。")

    assert told_on_failure(config_file, caplog)[-1] == "site 写不进去。"


def test_a_setting_with_a_slip_stops_mkdocs(
    config_file: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    text = config_file.read_text(encoding="utf-8").replace("[jixiao]", "[jixiao: {keepgoing: true}]")
    config_file.write_text(text, encoding="utf-8")

    assert "是不是想写 keep_going" in told_on_failure(config_file, caplog)[-1]
    assert pipeline.calls == []


def test_a_preview_watches_records_registry_rule_packs_and_templates(config_file: Path) -> None:
    class Server:
        def __init__(self) -> None:
            self.watched: list[str] = []

        def watch(self, path: str) -> None:
            self.watched.append(path)

    project = config_file.parent
    watched = [str(project / folder) for folder in ("content/records", "content/rule_packs", "templates")]
    for folder in watched:
        Path(folder).mkdir()
    config = config_of(config_file)
    plugin = config.plugins["jixiao"]
    assert isinstance(plugin, JixiaoPlugin)
    plugin.on_config(config)
    server = Server()

    plugin.on_serve(server, config=config, builder=None)  # type: ignore[arg-type]

    assert server.watched[: len(watched)] == watched
    assert str(project / "content/registry") not in server.watched, "a folder that does not exist cannot be watched"
