"""The server answers this machine's own browser that was sent by the printed address, and nobody else."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.editing import peers
from generator.editing.guard import MOST_BYTES
from generator.editing.peers import owner_of
from tests.editing.office import FORM, Office, open_office
from tests.site_tools import PROJECT, copied

RECORD = "/record/2024/xinzhuang/liangxin"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give one server for all, for nothing here may change a file."""
    with open_office(copied(PROJECT, tmp_path_factory.mktemp("guard") / "项 目")) as found:
        yield found


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "[::1]:80", ""])
def test_a_foreign_host_is_refused(office: Office, host: str) -> None:
    answer = office.ask("GET", "/", headers={"Host": host, "Cookie": office.cookie})

    assert answer.status == 403
    assert "主机名不是本机" in answer.text


def test_localhost_is_this_machine_too(office: Office) -> None:
    host = f"localhost:{office.server.server_port}"

    assert office.ask("GET", "/", headers={"Host": host, "Cookie": office.cookie}).status == 200


def test_two_hosts_and_none_are_refused(office: Office) -> None:
    assert (
        office.ask("GET", "/", headers={"Host": office.host, "HOST": office.host, "Cookie": office.cookie}).status
        == 400
    )
    assert office.ask("GET", "/", headers={"Cookie": office.cookie}).status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_origin_is_refused(office: Office, origin: str, method: str) -> None:
    headers = {"Host": office.host, "Cookie": office.cookie, "Origin": origin}
    answer = office.ask(method, RECORD, b"" if method == "POST" else None, {**headers, "Content-Length": "0"})

    assert answer.status == 403
    assert "来自别的网页" in answer.text


def test_a_page_of_another_site_cannot_even_link_here(office: Office) -> None:
    headers = {"Host": office.host, "Cookie": office.cookie, "Sec-Fetch-Site": "cross-site"}

    assert office.ask("GET", "/", headers=headers).status == 403


def test_without_the_token_nothing_is_shown(office: Office) -> None:
    for path in ("/", RECORD, "/assets/edit.css", "/?token=wrong", "/commit"):
        answer = office.ask("GET", path, headers={"Host": office.host})
        assert (answer.status, "口令" in answer.text) == (403, True), path


def test_the_token_becomes_a_cookie_and_leaves_the_address(office: Office) -> None:
    path = office.server.address(RECORD).removeprefix(f"http://{office.host}")
    answer = office.ask("GET", path, headers={"Host": office.host})

    assert (answer.status, answer.headers["Location"]) == (303, RECORD)
    assert {"HttpOnly", "SameSite=Strict"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert office.server.guard.secrets.token not in answer.headers["Set-Cookie"]


def test_what_a_browser_is_started_with_opens_the_page_once(office: Office) -> None:
    path = office.server.launch_address(RECORD).removeprefix(f"http://{office.host}")
    assert office.server.guard.secrets.token not in path

    assert office.ask("GET", path, headers={"Host": office.host}).headers["Location"] == RECORD
    assert office.ask("GET", path, headers={"Host": office.host}).status == 403

    path = office.server.launch_address(RECORD).removeprefix(f"http://{office.host}")
    office.server.guard.end_launch()
    assert office.ask("GET", path, headers={"Host": office.host}).status == 403


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells whose a connection is")
def test_what_a_browser_is_started_with_is_of_no_use_to_another_user(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.server.launch_address(RECORD).removeprefix(f"http://{office.host}")
    with monkeypatch.context() as patch:
        patch.setattr(peers, "owner_of", lambda *words: None if owner_of(*words) is None else os.getuid() + 1)
        assert office.ask("GET", path, headers={"Host": office.host}).status == 403
    assert office.ask("GET", path, headers={"Host": office.host}).status == 303


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("0: 0100007F:9C40 0100007F:1F90 01 0:0 00:0 0 1000 0 1", 1000),
        ("0: 0000000000000000FFFF00000100007F:9C40 0000000000000000FFFF00000100007F:1F90 01 0:0 00:0 0 1000 0 1", 1000),
        ("0: 0100007F:9C40 0100007F:1F90 05 0:0 00:0 0 0 0 1", -1),
        ("0: 0100007F:1F90 0100007F:9C40 01 0:0 00:0 0 1000 0 1", None),
    ],
)
@pytest.mark.skipif(sys.byteorder != "little", reason="as most machines write it")
def test_the_system_tells_whose_a_connection_is(line: str, owner: int | None) -> None:
    assert owner_of([line], ("127.0.0.1", 40000), ("127.0.0.1", 8080)) == owner


def test_a_form_without_the_secret_of_our_pages_writes_nothing(office: Office) -> None:
    before = office.record("2024/xinzhuang/liangxin").read_bytes()
    fields = office.get(RECORD).fields | {"v.head.grade": "差", "token": "x"}

    answer = office.post(RECORD, fields)

    assert (answer.status, "没有写入" in answer.text) == (403, True)
    assert office.record("2024/xinzhuang/liangxin").read_bytes() == before


def test_a_huge_form_is_refused_before_it_is_read(office: Office) -> None:
    headers = {"Host": office.host, "Cookie": office.cookie, "Content-Type": FORM}

    assert office.ask("POST", RECORD, b"", {**headers, "Content-Length": str(MOST_BYTES + 1)}).status == 413
    assert office.ask("POST", RECORD, b"", {**headers, "Content-Length": "9" * 5000}).status == 400
    assert office.ask("POST", RECORD, b"", {**headers, "Content-Length": "-1"}).status == 411
    assert office.ask("POST", RECORD, b"0\r\n\r\n", {**headers, "Transfer-Encoding": "chunked"}).status == 411
    assert (
        office.ask("POST", RECORD, b"{}", {**headers, "Content-Type": "application/json", "Content-Length": "2"}).status
        == 415
    )


def test_a_form_that_is_none_is_refused(office: Office) -> None:
    headers = {"Host": office.host, "Cookie": office.cookie, "Content-Type": FORM}
    for body in (b"\xff\xfe", b"a&b", b"a=1&" * 30_000):
        assert office.ask("POST", RECORD, body, {**headers, "Content-Length": str(len(body))}).status == 400


def test_an_address_that_is_none_is_refused(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.ask("GET", "http://[", headers={"Host": office.host, "Cookie": office.cookie}).status == 400
    assert office.ask("GET", "http://[", headers={"Host": "evil.example"}).status == 403
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "path",
    [
        "/record/../../mkdocs.yml",
        "/record/2024/..%2f..%2f..%2fetc/passwd",
        "/record/2024/xinzhuang/../../../mkdocs",
        "/record/%2e%2e/%2e%2e/mkdocs",
        "/record/2024/xinzhuang/liangxin%00",
        "/record/2024\\xinzhuang\\..\\..",
        "/record//etc/passwd",
        "/assets/../mkdocs.yml",
        "/assets/..%2f..%2fmkdocs.yml",
        "/site/1/../../../etc/passwd",
        "/nothing",
    ],
)
def test_no_address_leads_out_of_the_records(office: Office, path: str) -> None:
    assert office.get(path).status in {400, 404}


def test_a_link_out_of_the_records_is_refused(office: Office, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("表样: 财政项目支出绩效自评表\n年度: 2024\n", encoding="utf-8")
    office.record("2024/xinzhuang/linked").symlink_to(outside)

    answer = office.get("/record/2024/xinzhuang/linked")

    assert answer.status == 404
    assert "记录文件夹之外的链接" in answer.text


def test_pages_allow_no_foreign_or_inline_script(office: Office) -> None:
    answer = office.get(RECORD)

    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not re.search(r"<[^>]* (?:style|on[a-z]+)=", answer.text)
    assert "<script>" not in answer.text


def test_the_server_listens_on_loopback_alone(office: Office) -> None:
    assert office.server.server_address[0] == "127.0.0.1"
