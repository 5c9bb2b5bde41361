"""The merge request that a job of CI is about, and what on it is ours: one comment, and remarks beside lines.

Asked by the plain API of each code host; the environment of the job says which host, which request and who we are.
"""

import contextlib
import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from generator.errors import JixiaoError

TOKEN = "JIXIAO_TOKEN"  # noqa: S105  the name of the variable
_PAGE = 100
_PAGES = 50
_SECONDS = 30
_LARGEST = 10_000_000
_LIMIT = 60_000
"""Bytes of a comment that every host takes."""
_MOST_REMARKS = 50
_CUT = "\n\n（太长，只列到这里；全部内容在任务的日志和产物里。）\n"
_PULL = re.compile(r"refs/pull/([0-9]+)/(?:head|merge)")
_REPOSITORY = re.compile(r"(?:^|/)([^/:@]+/[^/:@]+?)(?:\.git)?/?$")
_NOT_OURS = (403, 404)
"""What a host answers where a comment is somebody else's, or gone by now."""


class NotPostedError(Exception):
    """The host did not take the comment; the message says why."""

    def __init__(self, message: str, code: int = 0) -> None:
        """Take why, and what the host answered if it did."""
        super().__init__(message)
        self.code = code


class MergeRequest(Struct, frozen=True):
    """Where the comments of one merge request are kept."""

    comments: str
    """Address that lists them and takes a new one."""
    comment: str
    """Address that changes one, but for its number at the end."""
    update: str = "PATCH"
    """Method that changes one."""
    reviews: str = ""
    """Address that takes remarks beside lines; empty where the host has a way of its own for them, or none."""
    headers: Mapping[str, str] = {}
    secret: Mapping[str, str] = {}
    """What says who we are where that is no header: a part of each question."""


class Remark(NamedTuple):
    """What is said beside one line of the merged files."""

    path: str
    """From the top of the repository."""
    line: int
    text: str


def merge_request_of(environment: Mapping[str, str], remote: str) -> MergeRequest:
    """Return the merge request that the environment of a job speaks of; `remote` is where the clone came from.

    Raises JixiaoError where it speaks of none.
    """
    token = environment.get(TOKEN, "").strip()
    if environment.get("GITLAB_CI"):
        return _gitlab(environment, token)
    if environment.get("GITEE_PULL_ID"):
        return _gitee(environment, remote, token)
    if environment.get("GITHUB_ACTIONS"):
        return _github(environment, token)
    raise _none()


def _github(environment: Mapping[str, str], token: str) -> MergeRequest:
    """Gitea answers at the same addresses and sets the same variables."""
    found = _PULL.fullmatch(environment.get("GITHUB_REF", ""))
    if not found:
        raise _none()
    api, name = _given(environment, "GITHUB_API_URL", "GITHUB_REPOSITORY")
    repository = f"{api}/repos/{name}"
    return MergeRequest(
        f"{repository}/issues/{found[1]}/comments",
        f"{repository}/issues/comments",
        reviews=f"{repository}/pulls/{found[1]}/reviews" if environment.get("GITEA_ACTIONS") else "",
        headers={"Authorization": f"token {token}"},
    )


def _gitlab(environment: Mapping[str, str], token: str) -> MergeRequest:
    number = environment.get("CI_MERGE_REQUEST_IID")
    if not number:
        raise _none()
    api, identifier = _given(environment, "CI_API_V4_URL", "CI_MERGE_REQUEST_PROJECT_ID")
    project = f"{api}/projects/{identifier}"
    notes = f"{project}/merge_requests/{number}/notes"
    return MergeRequest(notes, notes, update="PUT", headers={"PRIVATE-TOKEN": token})


def _gitee(environment: Mapping[str, str], remote: str, token: str) -> MergeRequest:
    # Before the host there may be a name and a password, and whatever is wrong with them nobody is to read them.
    path = remote.partition("://")[2].partition("/")[2] if "://" in remote else remote.rpartition(":")[2]
    found = _REPOSITORY.search(path)
    if not found:
        raise JixiaoError(
            "看不出这个克隆来自 Gitee 上的哪个仓库，没有发评论。远程 origin 的地址应像 https://gitee.com/所有者/仓库。"
        )
    pulls = f"https://gitee.com/api/v5/repos/{urllib.parse.quote(found[1])}/pulls"
    return MergeRequest(
        f"{pulls}/{environment['GITEE_PULL_ID']}/comments", f"{pulls}/comments", secret={"access_token": token}
    )


def _given(environment: Mapping[str, str], *names: str) -> list[str]:
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise JixiaoError(f"像是在 CI 里，却没有变量 {'、'.join(missing)}，不知道评论发到哪里。")
    return [environment[name] for name in names]


def _none() -> JixiaoError:
    return JixiaoError("这里不是 CI 里的合并请求，没有可以评论的。")


def post(request: MergeRequest, marker: str, text: str) -> None:
    """Put a text into our comment on a merge request: the one that begins with the marker, or a new one.

    Raises NotPostedError where the host does not take it.
    """
    body = {"body": fitted(f"{marker}\n{text}")}
    for one in tuple(_listed(request, request.comments)):
        if str(one.get("body", "")).startswith(marker):
            # Anybody may write our marker, but nobody else's comment is ours to change.
            with _leaving_others():
                _ask(request, request.update, f"{request.comment}/{one.get('id')}", body)
                return
    _ask(request, "POST", request.comments, body)


def remark(request: MergeRequest, marker: str, remarks: Sequence[Remark]) -> None:
    """Put remarks beside their lines, and take away those of an earlier run; those past the first few are left out.

    Raises NotPostedError where the host does not take them.
    """
    for one in tuple(_listed(request, request.reviews)):
        if str(one.get("body", "")).startswith(marker):
            with _leaving_others():
                _ask(request, "DELETE", f"{request.reviews}/{one.get('id')}")
    if remarks:
        comments = [
            {"path": one.path, "new_position": one.line, "body": fitted(one.text)} for one in remarks[:_MOST_REMARKS]
        ]
        body = f"{marker}\n新出现的问题标在行旁。"
        _ask(request, "POST", request.reviews, {"event": "COMMENT", "body": body, "comments": comments})


@contextlib.contextmanager
def _leaving_others() -> Iterator[None]:
    """Pass over a comment that is not ours to change."""
    try:
        yield
    except NotPostedError as error:
        if error.code not in _NOT_OURS:
            raise


def fitted(text: str) -> str:
    """Return a text so that every host takes it: cut after a line where it is too long, and without commands.

    A line that begins with a slash is a command to some hosts, such as one to merge.
    """
    text = re.sub(r"^([ \t]*)/", r"\1\\/", text, flags=re.MULTILINE)
    if len(text.encode()) <= _LIMIT:
        return text
    kept = text.encode()[: _LIMIT - len(_CUT.encode())].decode("utf-8", "ignore")
    return kept.rpartition("\n")[0] + _CUT


def _listed(request: MergeRequest, address: str) -> Iterator[dict[str, Any]]:
    seen: set[object] = set()
    for page in range(1, _PAGES + 1):
        query = urllib.parse.urlencode({"per_page": _PAGE, "limit": _PAGE, "page": page, **request.secret})
        told = _ask(request, "GET", f"{address}?{query}")
        found = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        # A host may give fewer than were asked for, or know no pages and give the same again.
        new = [one for one in found if one.get("id") not in seen]
        yield from new
        seen |= {one.get("id") for one in new}
        if not new:
            return


def _ask(request: MergeRequest, method: str, address: str, body: Mapping[str, object] | None = None) -> object:
    if not address.startswith(("https://", "http://")):
        raise NotPostedError(f"不认识的地址 {address.partition(':')[0]}:")
    if not all(one.isascii() and one.isprintable() for one in (*request.headers.values(), *request.secret.values())):
        raise NotPostedError(f"{TOKEN} 里有换行或不是英文的字符，不是令牌")
    data = json.dumps({**body, **request.secret}).encode() if body is not None else None
    headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "jixiao"}
    question = urllib.request.Request(address, data, {**headers, **request.headers}, method=method)  # noqa: S310  see above
    try:
        with urllib.request.build_opener(_Staying).open(question, timeout=_SECONDS) as answer:
            return json.loads(answer.read(_LARGEST) or b"null")
    except urllib.error.HTTPError as error:
        error.close()
        said = f"{_shown(address)} 答复 {error.code}{_REASONS.get(error.code, '')}"
        raise NotPostedError(said, error.code) from error
    except OSError as error:
        raise NotPostedError(f"{_shown(address)} 没有可用的答复：{error}") from error
    except (ValueError, http.client.HTTPException) as error:
        # What these say may repeat the question, and with it who we are.
        raise NotPostedError(f"{_shown(address)} 没有可用的答复（{type(error).__name__}）") from error


_REASONS = {
    401: "，令牌不对或已过期",
    403: "，令牌没有写评论的权限（来自复刻仓库的合并请求就是这样）",
    404: "，令牌看不到这个合并请求",
}


def _shown(address: str) -> str:
    """Return as much of an address as anybody may read in a log."""
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2]


class _Staying(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: what says who we are is for one host alone."""

    def redirect_request(self, *_: object) -> None:
        return None
