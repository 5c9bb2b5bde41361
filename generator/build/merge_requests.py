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
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
_REMOTE = re.compile(r"[:/]([^:/]+/[^:/]+?)(?:\.git)?/?$")


class NotPostedError(Exception):
    """The host did not take the comment; the message says why."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """Where the comments of one merge request are kept."""

    comments: str
    """Address that lists them and takes a new one."""
    comment: str
    """Address that changes one, but for its number at the end."""
    update: str = "PATCH"
    """Method that changes one."""
    reviews: str = ""
    """Address that takes remarks beside lines; empty where the host has a way of its own for them, or none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict)
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
    token = environment.get(TOKEN, "")
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
    repository = f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}"
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
    project = f"{environment['CI_API_V4_URL']}/projects/{environment['CI_MERGE_REQUEST_PROJECT_ID']}"
    notes = f"{project}/merge_requests/{number}/notes"
    return MergeRequest(notes, notes, update="PUT", headers={"PRIVATE-TOKEN": token})


def _gitee(environment: Mapping[str, str], remote: str, token: str) -> MergeRequest:
    found = _REMOTE.search(remote)
    if not found:
        raise JixiaoError(f"看不出 {remote or '这个克隆'} 是 Gitee 上的哪个仓库，没有发评论。")
    pulls = f"https://gitee.com/api/v5/repos/{urllib.parse.quote(found[1])}/pulls"
    return MergeRequest(
        f"{pulls}/{environment['GITEE_PULL_ID']}/comments", f"{pulls}/comments", secret={"access_token": token}
    )


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
            with contextlib.suppress(NotPostedError):
                _ask(request, request.update, f"{request.comment}/{one.get('id')}", body)
                return
    _ask(request, "POST", request.comments, body)


def remark(request: MergeRequest, marker: str, remarks: Sequence[Remark]) -> None:
    """Put remarks beside their lines, and take away those of an earlier run; those past the first few are left out.

    Raises NotPostedError where the host does not take them.
    """
    for one in tuple(_listed(request, request.reviews)):
        if str(one.get("body", "")).startswith(marker):
            with contextlib.suppress(NotPostedError):
                _ask(request, "DELETE", f"{request.reviews}/{one.get('id')}")
    if remarks:
        comments = [
            {"path": one.path, "new_position": one.line, "body": fitted(one.text)} for one in remarks[:_MOST_REMARKS]
        ]
        body = f"{marker}\n新出现的问题标在行旁。"
        _ask(request, "POST", request.reviews, {"event": "COMMENT", "body": body, "comments": comments})


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
        raise NotPostedError(f"不认识的地址 {address}")
    data = json.dumps({**body, **request.secret}).encode() if body is not None else None
    headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "jixiao"}
    question = urllib.request.Request(address, data, {**headers, **request.headers}, method=method)  # noqa: S310  see above
    try:
        with urllib.request.build_opener(_Staying).open(question, timeout=_SECONDS) as answer:
            return json.loads(answer.read(_LARGEST) or b"null")
    except urllib.error.HTTPError as error:
        error.close()
        raise NotPostedError(f"{_host(address)} 答复 {error.code}{_REASONS.get(error.code, '')}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotPostedError(f"{_host(address)} 没有可用的答复：{error}") from error


_REASONS = {
    401: "，令牌不对或已过期",
    403: "，令牌没有写评论的权限（来自复刻仓库的合并请求就是这样）",
    404: "，令牌看不到这个合并请求",
}


def _host(address: str) -> str:
    return urllib.parse.urlsplit(address).netloc


class _Staying(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: what says who we are is for one host alone."""

    def redirect_request(self, *_: object) -> None:
        return None
