"""A code host that keeps the comments of merge requests, as the API of each of them does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

READ_ONLY = "what-a-fork-gets"
WRITER = "what-may-write"


class Host:
    """What the host keeps and was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kept: dict[str, list[dict[str, Any]]] = {}
        """Comments by the address that lists them."""
        self.asked: list[tuple[str, str]] = []
        self.others: set[int] = set()
        """Comments that only their authors may change."""
        self.redirects = False
        self.page = 0
        """How many comments are given at once; all of them, whatever page is asked for, where it is 0."""

    @property
    def changes(self) -> list[str]:
        """What was asked for that changes anything."""
        return [method for method, _ in self.asked if method != "GET"]

    def answer(self, method: str, path: str, query: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Return the code and what is answered."""
        if method == "GET":
            comments = self.kept.get(path, [])
            start = (int(parse_qs(query)["page"][0]) - 1) * self.page
            return 200, comments[start : start + self.page] if self.page else comments
        if method == "POST":
            comment = {"id": sum(map(len, self.kept.values())) + 1, **body}
            self.kept.setdefault(path, []).append(comment)
            return 201, comment
        number = int(path.rpartition("/")[2])
        if number in self.others:
            return 403, {}
        for comments in self.kept.values():
            for comment in comments:
                if comment["id"] == number and method == "DELETE":
                    comments.remove(comment)
                    return 204, None
                if comment["id"] == number:
                    comment.update(body)
                    return 200, comment
        return 404, {}


@contextmanager
def running_host() -> Iterator[Host]:
    """Run a host of one's own."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = json.loads(self.rfile.read(length)) if length else {}
            path, query = urlsplit(self.path)[2:4]
            host.asked.append((self.command, path))
            token = self.headers.get("Authorization", "") + self.headers.get("PRIVATE-TOKEN", "") + str(body)
            code, answer = host.answer(self.command, path, query, body) if self._may(token + self.path) else (403, {})
            self.send_response(302 if host.redirects else code)
            if host.redirects:
                self.send_header("Location", f"{host.address}/elsewhere")
            self.end_headers()
            self.wfile.write(b"" if answer is None else json.dumps(answer).encode())

        def _may(self, token: str) -> bool:
            return WRITER in token or (READ_ONLY in token and self.command == "GET")

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815  names that its base asks for

        def log_message(self, *_: object) -> None:
            """Keep the terminal clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host = Host(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
