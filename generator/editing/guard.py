"""Who may ask: this machine's own browser, sent by the address that was printed, and nobody else.

Any page in the world can make a browser send requests to 127.0.0.1. So a request must name this server as its host
(otherwise a foreign name may have been pointed here), must not come from a page of another origin, and must bring a
secret: the cookie, which the address with the token sets once, to look at anything, and a second secret that stands in
the pages' own forms to write anything.
"""

import hmac
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple

MOST_BYTES = 8 * 1024 * 1024
"""As many as a posted form may have."""

_MOST_DIGITS = 20
"""As many as the length of anything has; Python reads no numbers of thousands of digits."""

FORM_TYPE = "application/x-www-form-urlencoded"


class Secrets(NamedTuple):
    """What only this server and the browser that was sent know."""

    token: str
    """In the address that is printed."""
    cookie: str
    form: str
    """In every form of our pages."""


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    why: str
    """In Chinese."""


def new_secrets() -> Secrets:
    """Return secrets that nobody can guess."""
    return Secrets(*(secrets.token_urlsafe(32) for _ in Secrets._fields))


class Guard:
    """Lets requests in or refuses them."""

    def __init__(self, port: int, known: Secrets) -> None:
        self.secrets = known
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        # Browsers send cookies to every port of a host, so another such server must find its own.
        self.cookie_name = f"jixiao-edit-{port}"
        self._launch: list[str] = []

    def refusal(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request may not even be looked at, or None."""
        if headers.get("host", "").lower() not in self.hosts:
            return Refusal(403, "请求的主机名不是本机，没有应答。请用 jixiao edit 显示的地址打开。")
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {f"http://{host}" for host in self.hosts}:
            return Refusal(403, "请求来自别的网页，没有应答。")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return Refusal(403, "请求来自别的网页，没有应答。请把 jixiao edit 显示的地址贴到浏览器的地址栏里打开。")
        return None

    def is_token(self, text: str) -> bool:
        """Tell whether an address has the token that was printed."""
        return _equal(text, self.secrets.token)

    def new_launch(self) -> str:
        """Return a token that lets in once.

        A browser is started with its address as a word of its command, which all users of some systems can read.
        """
        self._launch[:] = [secrets.token_urlsafe(32)]
        return self._launch[0]

    def is_launch(self, text: str) -> bool:
        """Tell whether an address has the token that the browser was started with, and nobody came with it before."""
        return any(_equal(text, known) for known in tuple(self._launch))

    def end_launch(self) -> bool:
        """Let nobody in by that token from now on; tell whether it would still have done so."""
        try:
            self._launch.pop()
        except IndexError:
            return False
        return True

    def refusal_without_cookie(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request may see nothing: it does not bring the cookie."""
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        found = cookies.get(self.cookie_name)
        if found is not None and _equal(found.value, self.secrets.cookie):
            return None
        return Refusal(403, "这个地址要带口令才能打开。请用 jixiao edit 在终端里显示的完整地址。")

    def refusal_to_write(self, posted: str) -> Refusal | None:
        """Return why a form may change nothing: it is not one of our pages' own."""
        if _equal(posted, self.secrets.form):
            return None
        return Refusal(403, "这一页是上一次运行的 jixiao edit 留下的，没有写入。请先把填好的内容复制下来，再刷新。")

    def refusal_of_body(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why what is posted may not be read: too much, or no form."""
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not length.isdecimal():
            return Refusal(411, "请求没有写明长度，没有读取。")
        if len(length) > _MOST_DIGITS:
            return Refusal(400, "请求的写法不对。")
        if int(length) > MOST_BYTES:
            return Refusal(413, f"内容超过 {MOST_BYTES // 1024 // 1024} MB，没有读取。")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
            return Refusal(415, "不是网页表单的内容，没有读取。")
        return None

    def set_cookie(self) -> str:
        """Return the header that gives a browser the cookie."""
        return f"{self.cookie_name}={self.secrets.cookie}; Path=/; HttpOnly; SameSite=Strict"


def _equal(text: str, secret: str) -> bool:
    return hmac.compare_digest(text.encode("utf-8", "surrogateescape"), secret.encode())
