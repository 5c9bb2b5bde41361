"""`jixiao serve`: a preview on this machine that rebuilds and reloads on every change."""

import argparse
import logging
import sys
import tempfile
import traceback
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from generator.build.pipeline import build_site
from generator.build.today import this_day
from generator.cli.messages import format_findings, format_left_out
from generator.errors import JixiaoError
from generator.settings import Settings, load_settings

HELP = "在本机预览网站，文件一改就重新生成并刷新"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `serve`."""
    parser.add_argument(
        "-a", "--address", default="127.0.0.1:8000", metavar="地址:端口", help="默认 127.0.0.1:8000，只有本机能打开"
    )
    parser.add_argument("-o", "--open", action="store_true", help="顺便打开浏览器")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    host, _, port = arguments.address.rpartition(":")
    if not host or not port.isdigit():
        raise JixiaoError(f"地址写成“主机:端口”，例如 127.0.0.1:8000，现在是 {arguments.address}。")
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        _serve(arguments.config, Path(folder), host, int(port), open_in_browser=arguments.open)
    return 0


def _serve(config: Path, site_dir: Path, host: str, port: int, *, open_in_browser: bool) -> None:
    def rebuild() -> None:
        try:
            _build(load_settings(config), site_dir)
        except JixiaoError as error:
            # A slip while editing must not end the preview; the last good site stays.
            print(error, file=sys.stderr)
        except Exception:  # noqa: BLE001  whatever it is, the preview goes on
            # Nor must a fault of our own, which is worth telling in full.
            traceback.print_exc()

    settings = load_settings(config)
    _build(settings, site_dir)
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site_dir))
    server.error_handler = lambda code: _error_page(site_dir, code)
    for path in _watched(settings, config):
        server.watch(str(path))
    try:
        server.serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]  # MkDocs gives it no types
    except OSError as error:
        raise JixiaoError(
            f"{host}:{port} 用不了（{error.strerror}）。请关掉占用它的程序，或换一个端口：--address {host}:{port + 1}"
        ) from error
    finally:
        server.shutdown()


def _build(settings: Settings, site_dir: Path) -> None:
    """Build what can be built; what cannot is named, and the rest is there to look at."""
    report = build_site(settings, site_dir=site_dir, keep_going=True, live=True, today=this_day(), report=print)
    if report.findings:
        print(format_findings(report.findings), file=sys.stderr)
    if report.failed:
        print(format_left_out(report), file=sys.stderr)


def _watched(settings: Settings, config: Path) -> list[Path]:
    folders = (
        settings.records_dir,
        settings.registry_dir,
        settings.pages_dir,
        settings.rule_packs_dir,
        *settings.template_dirs,
    )
    return [config, *(folder for folder in folders if folder.is_dir())]


def _error_page(site_dir: Path, code: int) -> bytes | None:
    page = site_dir / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
