"""`jixiao serve`: a preview on this machine that rebuilds and reloads on every change."""

import argparse
import gc
import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from generator.build.left import Left
from generator.build.listeners import Listeners, PagesMade
from generator.build.published_list import list_of
from generator.build.report import BuildReport
from generator.build.sources import watched_folders
from generator.cli.building import Call, build
from generator.cli.messages import format_findings, format_left_out
from generator.cli.preview import PreviewServer
from generator.cli.preview_place import preview_place
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
    settings = load_settings(arguments.config)
    call = Call(arguments.config, keep_going=True, live=True)
    with preview_place(call.cache_dir, settings) as folder:
        call = call._replace(site_dir=folder / "site", kept_in=folder / "kept")
        _serve(call, settings, host, int(port), open_in_browser=arguments.open, poll=arguments.poll)
    return 0


def _serve(call: Call, settings: Settings, host: str, port: int, *, open_in_browser: bool, poll: bool) -> None:
    def rebuild() -> None:
        try:
            builds.build(server.touched())
        except JixiaoError as error:
            # A slip while editing must not end the preview; the last good site stays.
            print(error, file=sys.stderr)
        except Exception:  # noqa: BLE001  whatever it is, the preview goes on
            # Nor must a fault of our own, which is worth telling in full.
            traceback.print_exc()
        finally:
            server.settle()

    builds = _Builds(call)
    builds.build()
    server = PreviewServer(rebuild, host, port, call.site_dir or settings.site_dir, poll=poll)
    builds.tell(made=server.show, published=server.reload)
    for path in _watched(settings, call.config):
        server.watch(str(path))
    getting_ready = Thread(target=builds.get_ready)
    getting_ready.start()
    try:
        server.serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]  # MkDocs gives it no types
    except OSError as error:
        raise JixiaoError(
            f"{host}:{port} 用不了（{disk_reason(error)}）。请关掉占用它的程序，或换一个端口：--address {host}:{port + 1}"
        ) from error
    finally:
        server.shutdown()
        getting_ready.join()


class _Builds:
    """Builds a preview again and again, each time from what the time before left in memory."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._left: Left | None = None
        self._at_work = Lock()
        self._listeners = Listeners(left=self._keep)
        self._has_failed = False
        self._has_built = False

    def tell(self, made: Callable[[PagesMade], None], published: Callable[[], None]) -> None:
        """Tell from now on what is made, and when a build is over."""
        self._listeners = self._listeners._replace(made=made, published=published)

    def build(self, touched: frozenset[str] | None = None) -> None:
        """Build what can be built; what cannot is named, and the rest is there to look at.

        Where it is told which files were `touched`, all others are looked at after the reader has the page.
        """
        with self._at_work:
            self._catch_up(touched)

    def get_ready(self) -> None:
        """Build what changed before anybody looked out for changes, and load what the first save would else wait for.

        Where the last preview left the site as it is to be, its files are looked at one by one: one that was damaged
        is made anew.
        """
        # Whoever interrupts a worker interrupts the preview.
        with self._at_work, suppress(JixiaoError, KeyboardInterrupt):
            if not self._has_built or self._left is not None:
                report = self._built(None, to_leave=not self._has_built)
                if report.written or report.removed:
                    _tell(report)

    def _catch_up(self, touched: frozenset[str] | None) -> None:
        # What a build that failed was told of, nobody tells again.
        touched, self._has_failed = None if self._has_failed else touched, True
        is_told = False
        if touched is not None:
            # More may have happened than somebody told of, such as a folder that was moved away: the second look decides.
            with suppress(JixiaoError):
                _tell(self._built(touched))
                is_told = True
        report = self._built(None)
        if report.seconds or not is_told:
            _tell(report)
        self._has_failed = False

    def _built(self, touched: frozenset[str] | None, *, to_leave: bool = False) -> BuildReport:
        call = self._call._replace(touched=touched, to_leave=to_leave)
        report = build(call, self._listeners, self._left).report
        self._has_built = self._has_built or bool(report.seconds)
        # A build runs without the collector; what little does refer to itself goes before the next one.
        gc.collect()
        return report

    def _keep(self, left: Left) -> None:
        self._left = left


def _tell(report: BuildReport) -> None:
    if report.findings:
        print(format_findings(report.findings), file=sys.stderr)
    if report.failed:
        print(format_left_out(report), file=sys.stderr)
    print(f"{report.pages} 个页面：写入 {len(report.written)} 个文件", flush=True)


def _watched(settings: Settings, config: Path) -> list[Path]:
    """Return the files and folders that a build depends on, as far as there are any."""
    folders = dict.fromkeys(watched_folders(settings).values())
    return [
        *(file for file in (config, list_of(settings.project_dir)) if file.is_file()),
        *(folder for folder in folders if folder.is_dir()),
    ]
