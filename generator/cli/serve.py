"""`jixiao serve`: a preview on this machine that rebuilds and reloads on every change."""

import argparse
import gc
import logging
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer

from generator.cli.building import Call, build
from generator.cli.messages import format_findings, format_left_out
from generator.configuration import load_settings
from generator.errors import JixiaoError, disk_reason
from generator.settings import Settings

HELP = "在本机预览网站，文件一改就重新生成并刷新"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `serve`."""
    parser.add_argument(
        "-a", "--address", default="127.0.0.1:8000", metavar="地址:端口", help="默认 127.0.0.1:8000，只有本机能打开"
    )
    parser.add_argument("-o", "--open", action="store_true", help="顺便打开浏览器")
    parser.add_argument("--poll", action="store_true", help="定时查看文件有无改动，用于系统不通知改动的网络磁盘")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    host, _, port = arguments.address.rpartition(":")
    if not host or not port.isdigit():
        raise JixiaoError(f"地址写成“主机:端口”，例如 127.0.0.1:8000，现在是 {arguments.address}。")
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        _serve(arguments.config, Path(folder), host, int(port), open_in_browser=arguments.open, poll=arguments.poll)
    return 0


def _serve(config: Path, site_dir: Path, host: str, port: int, *, open_in_browser: bool, poll: bool) -> None:
    def reload() -> None:
        # As MkDocs does when all is done; what remains is for the next build, and no reader need wait for it.
        with server._epoch_cond:  # noqa: SLF001  MkDocs has no other way
            server._visible_epoch = server._wanted_epoch  # noqa: SLF001
            server._epoch_cond.notify_all()  # noqa: SLF001

    def rebuild() -> None:
        try:
            _build(config, site_dir, reload)
        except JixiaoError as error:
            # A slip while editing must not end the preview; the last good site stays.
            print(error, file=sys.stderr)
        except Exception:  # noqa: BLE001  whatever it is, the preview goes on
            # Nor must a fault of our own, which is worth telling in full.
            traceback.print_exc()

    settings = load_settings(config)
    _build(config, site_dir, lambda: None)
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site_dir))
    server.build_delay = _DELAY
    if not poll:
        # MkDocs asks every half second for the state of all files; the system tells at once what changed.
        observer = Observer()
        # A build opens the files it reads; told of that too, the preview would build again, and again.
        observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]  # MkDocs passes none
        server.observer = observer  # type: ignore[assignment]  # MkDocs names one kind, any will do
    server.error_handler = lambda code: _error_page(site_dir, code)
    for path in _watched(settings, config):
        server.watch(str(path))
    try:
        server.serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]  # MkDocs gives it no types
    except OSError as error:
        raise JixiaoError(
            f"{host}:{port} 用不了（{disk_reason(error)}）。请关掉占用它的程序，或换一个端口：--address {host}:{port + 1}"
        ) from error
    finally:
        server.shutdown()


_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileAttribEvent, FileMovedEvent, FileDeletedEvent,
]  # fmt: skip
"""A file that may be read again by who may not before has changed too."""

_DELAY = 0.02
"""Seconds to wait after a change for further ones: what an editor writes in two steps, it writes within a moment."""


def _build(config: Path, site_dir: Path, published: Callable[[], None]) -> None:
    """Build what can be built; what cannot is named, and the rest is there to look at."""
    call = Call(config, site_dir, keep_going=True, live=True)
    report = build(call, lambda _what, _done, _total: None, published).report
    # A build runs without the collector; what little does refer to itself goes before the next one.
    gc.collect()
    if report.findings:
        print(format_findings(report.findings), file=sys.stderr)
    if report.failed:
        print(format_left_out(report), file=sys.stderr)
    print(f"{report.pages} 个页面：写入 {len(report.written)} 个文件", flush=True)


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
