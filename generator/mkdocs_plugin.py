"""Let `mkdocs build` and `mkdocs serve` build the same site as `jixiao build`.

MkDocs keeps its command line, its configuration and its preview server; every page and file comes from our pipeline.
"""

import logging
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.errors import JixiaoError
from generator.settings import Settings, settings_of

log = logging.getLogger("mkdocs.plugins.jixiao")


class JixiaoConfig(Config):  # type: ignore[no-untyped-call]
    """What may stand under `plugins: - jixiao:`."""

    records_dir = config_options.Type(str, default="content/records")
    registry_dir = config_options.Type(str, default="content/registry")
    publisher = config_options.Type(str, default="")
    keep_going = config_options.Type(bool, default=False)


class JixiaoPlugin(BasePlugin[JixiaoConfig]):  # type: ignore[no-untyped-call]
    """Hand the build over to the pipeline."""

    def __init__(self) -> None:
        self._live = False
        self._settings: Settings | None = None

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

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the site where MkDocs would have put it."""
        # The pipeline is needed by no other event, and loading it slows the start of every mkdocs command.
        from generator.build.pipeline import build_site  # noqa: PLC0415

        settings = self._settings
        assert settings is not None  # noqa: S101 - on_config came first
        try:
            report = build_site(
                settings,
                site_dir=Path(config.site_dir),
                keep_going=settings.keep_going,
                live=self._live,
                report=log.info,
            )
        except JixiaoError as error:
            raise PluginError(str(error)) from error
        for finding in report.findings:
            log.warning("%s %s %s", finding.origin, finding.code, finding.message)
        if report.failed:
            raise PluginError("有记录读不出来。请按上面的提示改正；要先生成其余的页面，可设 keep_going: true。")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Build again when a record, the registry or a template changes."""
        if self._settings is not None:
            folders = (self._settings.records_dir, self._settings.registry_dir, *self._settings.template_dirs)
            for folder in filter(Path.is_dir, folders):
                server.watch(str(folder))
        return server
