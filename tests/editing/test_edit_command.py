"""`jixiao edit` says where it can be opened and ends with Ctrl-C."""

import signal
import subprocess
import sys
import urllib.request
import webbrowser
from http.cookiejar import CookieJar
from pathlib import Path
from queue import Queue

import pytest

from generator.cli import main
from generator.editing.server import EditServer
from generator.errors import JixiaoError
from tests.site_tools import PROJECT, copied


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be interrupted alone there")
def test_it_serves_the_record_that_was_named_until_it_is_interrupted(tmp_path: Path) -> None:
    project = copied(PROJECT, tmp_path / "项 目")
    command = [sys.executable, "-m", "generator.cli", "edit", "2024/xinzhuang/liangxin.yaml", "--no-browser"]
    command += ["--config-file", str(project / "mkdocs.yml")]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509  a plain shell's own
    ) as server:  # fmt: skip
        assert server.stdout is not None
        said = [server.stdout.readline() for _ in range(3)]
        address = said[1].strip()
        assert address.startswith("http://127.0.0.1:")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(address, timeout=20) as page:
            assert page.url.endswith("/record/2024/xinzhuang/liangxin")
            assert "两新党建工作" in page.read().decode()
        server.send_signal(signal.SIGINT)
        assert "已结束" in server.stdout.read()
    assert server.returncode == 0


def test_the_browsers_command_has_not_the_address_that_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: Queue[str] = Queue()
    found: list[str] = []

    def serve(_: EditServer, **__: object) -> None:
        found.append(opened.get(timeout=10))
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", opened.put)
    monkeypatch.setattr(EditServer, "serve_forever", serve)

    assert main(["edit", "--config-file", str(PROJECT / "mkdocs.yml")]) == 0
    (address,), said = found, capsys.readouterr().out
    base, _, token = address.partition("?token=")
    assert base in said
    assert token not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2024/xinzhuang/nichts"], "没有地址为 2024/xinzhuang/nichts 的记录。新建用 jixiao new"),
        (["../../etc/passwd"], "应有三段：年度/单位/项目"),
        (["--port", "70000"], "端口是 1 到 65535 之间的数字"),
    ],
)
def test_what_cannot_be_opened_is_said(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["edit", "--no-browser", "--config-file", str(PROJECT / "mkdocs.yml"), *words])

    assert code == 2
    assert said in capsys.readouterr().err


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with EditServer(0) as server, pytest.raises(JixiaoError, match="用不了"):
        EditServer(server.server_port)
    assert capsys.readouterr().err == ""
