"""`jixiao edit`: fill in and change records in a browser, on this machine alone."""

import argparse
import threading
import webbrowser
from urllib.parse import quote

from generator.authoring.address import parse_address
from generator.build.today import this_day
from generator.configuration import load_settings
from generator.editing.application import Application
from generator.editing.desk import Desk
from generator.editing.record_files import NotThereError
from generator.editing.server import EditServer
from generator.errors import JixiaoError

HELP = "在浏览器里填表、改表，只有本机能打开"

_MOST_PORT = 65535
_LAUNCH_SECONDS = 60
"""How long a browser may take to come; a slower one needs the address that is printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `edit`."""
    parser.add_argument(
        "address",
        nargs="?",
        metavar="地址",
        help="直接打开这份表：年度/单位/项目，例如 2024/xinzhuang/liangxin；不写则列出全部",
    )
    parser.add_argument("--port", type=int, default=0, metavar="端口", help="用这个端口，默认由系统选一个空着的")
    parser.add_argument("--no-browser", action="store_true", help="不打开浏览器，只显示地址")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not 0 <= arguments.port <= _MOST_PORT:
        raise JixiaoError(f"端口是 1 到 {_MOST_PORT} 之间的数字，现在是 {arguments.port}。")
    settings = load_settings(arguments.config)
    server = EditServer(arguments.port)
    with server:
        desk = Desk(settings, server.guard.secrets.form, this_day)
        path = "/"
        if arguments.address:
            records = settings.records_dir.relative_to(settings.project_dir).as_posix()
            address = str(parse_address(arguments.address, records=records))
            try:
                desk.files.source(address)
            except NotThereError as error:
                raise JixiaoError(f"{error}新建用 jixiao new，或不写地址，在页面里新建。") from error
            path = f"/record/{quote(address)}"
        application = Application(desk)
        server.answer = application
        try:
            _serve(server, path, open_browser=not arguments.no_browser)
        finally:
            application.close()
    return 0


def _open(server: EditServer, path: str) -> None:
    address = server.launch_address(path)
    ending = threading.Timer(_LAUNCH_SECONDS, server.guard.end_launch)
    ending.daemon = True
    ending.start()
    webbrowser.open(address)


def _serve(server: EditServer, path: str, *, open_browser: bool) -> None:
    address = server.address(path)
    print(f"在浏览器里打开（只有本机能打开，地址里的口令不要给别人）：\n  {address}\n填完按 Ctrl-C 结束。", flush=True)
    if open_browser:
        # Some systems wait for the browser to end.
        threading.Thread(target=_open, args=(server, path), daemon=True).start()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        print("\n已结束。保存过的内容都在文件里。")
