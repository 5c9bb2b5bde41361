"""Talk to the editing server as a browser does, byte by byte."""

import http.client
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from generator.configuration import load_settings
from generator.editing.application import Application
from generator.editing.desk import Desk
from generator.editing.server import EditServer
from tests.site_tools import TODAY

_BOX = re.compile(
    r'<(?:input|textarea)[^>]* name="(?P<name>v\.[^"]*)"[^>]*?(?:value="(?P<value>[^"]*)"|(?:hidden[^>]*)?>\n(?P<text>[^<]*)</textarea)'
)
_HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>\w+)" value="(?P<value>[^"]*)">')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def fields(self) -> dict[str, str]:
        """Everything that the form of the page would post."""
        found = {match["name"]: match["value"] for match in _HIDDEN.finditer(self.text)}
        found |= {match["name"]: match["value"] or match["text"] or "" for match in _BOX.finditer(self.text)}
        return {name: unescape(value) for name, value in found.items()}

    def name_of(self, label: str) -> str:
        """Return the name of the box that is called so."""
        (found,) = re.findall(rf'name="(v\.[^"]*)"[^>]* aria-label="{re.escape(label)}"', self.text)
        return str(found)


@dataclass
class Office:
    """A server, and a browser that was sent to it."""

    project: Path
    server: EditServer
    cookie: str = ""
    own: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.server_port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request with just these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read().decode("utf-8", "replace"))
        connection.close()
        return answer

    def open(self) -> None:
        """Follow the address that was printed."""
        path = self.server.address().removeprefix(f"http://{self.host}")
        answer = self.ask("GET", path, headers={"Host": self.host})
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self.ask("GET", path, headers={"Host": self.host, "Cookie": self.cookie})

    def post(self, path: str, fields: Mapping[str, str] | Sequence[tuple[str, str]]) -> Answer:
        """Post a form."""
        body = urlencode(fields).encode()
        headers = {"Host": self.host, "Cookie": self.cookie, "Origin": f"http://{self.host}"}
        return self.ask("POST", path, body, {**headers, "Content-Type": FORM, "Content-Length": str(len(body))})

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer sends to."""
        assert answer.status == 303, answer.text
        return self.get(answer.headers["Location"])

    def record(self, address: str, suffix: str = ".yaml") -> Path:
        """Return the file of a record."""
        return self.project / "content/records" / f"{address}{suffix}"


@contextmanager
def open_office(project: Path) -> Iterator[Office]:
    """Run the server on a project."""
    with EditServer(0) as server:
        application = Application(Desk(load_settings(project / "mkdocs.yml"), server.guard.secrets.form, lambda: TODAY))
        server.answer = application
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            office = Office(project, server)
            office.open()
            yield office
        finally:
            server.shutdown()
            thread.join()
            application.close()
