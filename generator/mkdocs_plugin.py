"""Let `mkdocs build` and `mkdocs serve` build the same site as `jixiao build`.

MkDocs keeps its command line, its configuration and its preview server; every page and file comes from our pipeline.
"""

import logging
import tempfile
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.build.messages import format_finding
from generator.build.names import CACHE
from generator.configuration import settings_of
from generator.errors import JixiaoError
from generator.finding import Severity
from generator.settings import DATABASE_FORMATS, DOCUMENT_FORMATS, HISTORIES, Settings

log = logging.getLogger("mkdocs.plugins.jixiao")

_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}


class Formats(BaseConfigOption[tuple[str, ...]]):
    """Formats of files to offer: a list of them, true for all, false for none."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__()
        self.default = False
        self._known = known

    def run_validation(self, value: object) -> tuple[str, ...]:
        """Return the formats in the order they are offered, each once."""
        if isinstance(value, bool):
            return self._known if value else ()
        if not isinstance(value, list):
            raise ValidationError(
                f"应是 true、false 或列表 [{', '.join(self._known)}]，现在是 {'空' if value is None else value}。"
            )
        unknown = [str(item) for item in value if item not in self._known]
        if unknown:
            raise ValidationError(f"没有 {'、'.join(unknown)} 这种格式，可写的有 {'、'.join(self._known)}。")
        return tuple(one for one in self._known if one in value)


class JixiaoConfig(Config):  # type: ignore[no-untyped-call]
    """What may stand under `plugins: - jixiao:`."""

    records_dir = config_options.Type(str, default="content/records")
    registry_dir = config_options.Type(str, default="content/registry")
    publisher = config_options.Type(str, default="")
    keep_going = config_options.Type(bool, default=False)
    public_findings = config_options.Choice(("contradictions", "warnings", "all"), default="warnings")
    internal = config_options.Type(bool, default=False)
    history = config_options.Choice(HISTORIES, default=HISTORIES[0])
    exports = Formats(DOCUMENT_FORMATS)
    databases = Formats(DATABASE_FORMATS)
    rule_packs = config_options.ListOfItems(config_options.Type(str), default=["national"])
    rule_packs_dir = config_options.Type(str, default="content/rule_packs")


class JixiaoPlugin(BasePlugin[JixiaoConfig]):  # type: ignore[no-untyped-call]
    """Hand the build over to the pipeline."""

    def __init__(self) -> None:
        self._live = False
        self._settings: Settings | None = None
        self._site_dir = ""
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether this is a preview."""
        self._live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take our settings, then leave MkDocs nothing to render."""
        try:
            self._settings = settings_of(config)
        except JixiaoError as error:
            raise PluginError(str(error)) from error
        for warning in self._settings.warnings:
            log.warning(warning)
        config.nav = None
        config.extra_templates = []
        config.theme.static_templates = set()
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002
        """Keep MkDocs from rendering or copying anything."""
        return Files([])

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Let MkDocs empty a folder of no importance: whether we may publish is not known yet."""
        self._site_dir = config.site_dir
        self._scratch = tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True)
        config.site_dir = self._scratch.name

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        self._tidy_up()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the site where MkDocs would have put it."""
        # Others that run after us, such as `mkdocs gh-deploy`, look for the site here.
        config.site_dir = self._site_dir
        self._tidy_up()
        try:
            self._build(Path(config.site_dir))
        except PluginError:
            raise
        except Exception as error:
            if self._live:
                # A slip while editing must not end the preview; the last good site stays.
                log.log(logging.ERROR, str(error), exc_info=None if isinstance(error, JixiaoError) else error)
            elif isinstance(error, JixiaoError):
                raise PluginError(str(error)) from error
            else:
                raise

    def _build(self, site_dir: Path) -> None:
        # The pipeline is needed by no other event, and loading it slows the start of every mkdocs command.
        from generator.build.order import Order  # noqa: PLC0415
        from generator.build.pipeline import build_site  # noqa: PLC0415
        from generator.build.today import this_day  # noqa: PLC0415

        settings = self._settings
        assert settings is not None  # noqa: S101 - on_config came first
        keep_going = self._live or settings.keep_going
        cache_dir = settings.project_dir / CACHE
        order = Order(
            settings=settings,
            site_dir=site_dir,
            keep_going=keep_going,
            live=self._live,
            today=this_day(),
            kept=cache_dir / "sites" / ("mkdocs-preview" if self._live else "mkdocs"),
            cache_dir=cache_dir,
        )
        report = build_site(order)
        log.info("%s 份记录，%s 个页面，写入 %s 个文件", report.records, report.pages, len(report.written))
        for warning in report.warnings:
            log.warning(warning)
        for finding in report.findings:
            log.log(_LEVELS[finding.severity], format_finding(finding))
        if not report.published:
            raise PluginError(
                "有记录读不出来，原有的网站没有改动。请按上面的提示改正；要先生成其余的页面，可设 keep_going: true。"
            )
        if report.failed:
            files = "\n".join(f"  {path}" for path in report.failed)
            log.error("其余的记录已经生成；下面 %s 个文件有错误，没有公开：\n%s", len(report.failed), files)

    def _tidy_up(self) -> None:
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Build again when a record, the registry or a template changes."""
        if self._settings is not None:
            settings = self._settings
            folders = (
                settings.records_dir, settings.registry_dir, settings.rule_packs_dir, *settings.template_dirs
            )  # fmt: skip
            for folder in filter(Path.is_dir, folders):
                server.watch(str(folder))
        return server
