"""The server: Python's own, on the loopback address alone."""

import sys
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from generator.editing.guard import Guard, Refusal, new_secrets
from generator.editing.messages import HTML, Request, Response, request_of
from generator.editing.peers import is_same_user
from generator.errors import JixiaoError

HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Answer = Callable[[Request], Response]


class EditServer(ThreadingHTTPServer):
    """Serves the pages of one project until it is shut down."""

    # A browser keeps connections open, and ending must not wait for it.
    daemon_threads = True
    block_on_close = False
    # On Windows this would let another program listen on the same port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int) -> None:
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise JixiaoError(
                f"端口 {port} 用不了：{error}。用 --port 换一个，或不写 --port 由系统选一个空着的。"
            ) from error
        self.guard = Guard(self.server_port, new_secrets())
        self.answer: Answer | None = None
        """What makes the pages; set before serving, for it has to know the guard's secret."""

    def address(self, path: str = "/") -> str:
        """Return the address that opens a page, with the token."""
        return self._address(path, self.guard.secrets.token)

    def launch_address(self, path: str = "/") -> str:
        """Return an address that opens a page once."""
        return self._address(path, self.guard.new_launch())

    def _address(self, path: str, token: str) -> str:
        return f"http://{HOST}:{self.server_port}{path}?{urlencode({'token': token})}"

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  the base class names them
        """Say nothing of connections that a browser dropped."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "jixiao"
    sys_version = ""
    timeout = 60
    server: EditServer
    client_address: tuple[str, int]
    _ours: ClassVar[dict[str, str]] = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not `no-referrer`: with that, a browser tells no origin of the forms it posts either.
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def do_GET(self) -> None:
        """Answer a request that only looks."""
        self._handle(is_post=False)

    def do_HEAD(self) -> None:
        """Answer the same without its body."""
        self._handle(is_post=False)

    def do_POST(self) -> None:
        """Answer a form."""
        self._handle(is_post=True)

    def log_message(self, *_: object) -> None:
        """Keep the terminal for what the command itself says."""

    def _handle(self, *, is_post: bool) -> None:
        guard = self.server.guard
        headers = {name.lower(): value for name, value in self.headers.items()}
        hosts = [name for name in self.headers if name.lower() == "host"]
        refusal = guard.refusal(headers)
        try:
            parts = urlsplit(self.path)
        except ValueError:
            self._refuse(refusal or Refusal(400, "请求的写法不对。"))
            return
        asked = parse_qsl(parts.query, keep_blank_values=True)
        if refusal is None and (len(hosts) != 1 or parts.scheme or parts.netloc):
            refusal = Refusal(400, "请求的写法不对。")
        if refusal is not None:
            self._refuse(refusal)
            return
        token = dict(asked).get("token")
        if not is_post and token is not None and (guard.is_token(token) or self._launches(token)):
            rest = urlencode([(name, value) for name, value in asked if name != "token"])
            location = parts.path + (f"?{rest}" if rest else "")
            self._send(Response(b"", status=303, location=location), {"Set-Cookie": guard.set_cookie()})
            return
        refusal = guard.refusal_without_cookie(headers) or (guard.refusal_of_body(headers) if is_post else None)
        if refusal is not None:
            self._refuse(refusal)
            return
        body = self.rfile.read(int(headers["content-length"])) if is_post else None
        try:
            request = request_of(unquote(parts.path, errors="strict"), parts.query, body)
        except ValueError:
            self._refuse(Refusal(400, "请求的写法不对。"))
            return
        refusal = guard.refusal_to_write(request.form.get("token", "")) if is_post else None
        if refusal is not None:
            self._refuse(refusal)
            return
        self._send(self._answer(request))

    def _launches(self, token: str) -> bool:
        guard = self.server.guard
        return (
            guard.is_launch(token)
            and is_same_user(self.client_address, (HOST, self.server.server_port))
            and guard.end_launch()
        )

    def _answer(self, request: Request) -> Response:
        if self.server.answer is None:
            return Response("还没有准备好。".encode(), status=503)
        try:
            return self.server.answer(request)
        except Exception:  # noqa: BLE001  whatever it is, the server goes on and the browser keeps what was typed
            traceback.print_exc()
            return Response(
                _plain("程序出错，没有写入任何文件。出错的地方显示在终端里。返回上一页，填好的内容还在。"), HTML, 500
            )

    def _refuse(self, refusal: Refusal) -> None:
        # What was not read of the request must not be taken for the next one.
        self.close_connection = True
        self._send(Response(_plain(refusal.why), HTML, refusal.status))

    def _send(self, response: Response, more: dict[str, str] | None = None) -> None:
        self.send_response(response.status)
        policy = "frame-ancestors 'none'; form-action 'none'" if response.is_page_of_site else POLICY
        headers = {**self._ours, "Content-Security-Policy": policy, **(more or {})}
        if response.location:
            headers["Location"] = response.location
        headers |= {"Content-Type": response.kind, "Content-Length": str(len(response.body))}
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)


def _plain(words: str) -> bytes:
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>jixiao edit</title><p>{words}</p>'.encode()
