"""The page that hands changed records to git."""

import re
from typing import NamedTuple

from generator.build.changed_records import Span, changed_records
from generator.editing.commits import (
    Identity,
    branch_of,
    commit_files,
    fingerprint,
    has_identity,
    is_repository,
    remember_identity,
)
from generator.editing.desk import Desk
from generator.editing.messages import Request, Response, see
from generator.errors import JixiaoError
from generator.exchange.change_report import heading_of, lines_of
from generator.exchange.record_changes import RecordChange

_NO_REPOSITORY = (
    "这个项目不在 git 仓库里（或这台电脑没有装 git），不能提交。"
    "保存的内容都在文件里，不提交也不会丢；要留下每次改动的记录，请让懂 git 的同事在项目文件夹里运行 git init。"
)
_SECRET_COLOUR = re.compile("\x1b\\[[0-9;]*m")


class _Choice(NamedTuple):
    """A changed record."""

    path: str
    title: str
    heading: str
    lines: tuple[str, ...]
    is_wanted: bool


def show_commit(desk: Desk, request: Request, fault: str = "", said: str = "") -> Response:
    """Answer what there is to hand over."""
    project = desk.settings.project_dir
    if not is_repository(project):
        return desk.message(_NO_REPOSITORY)
    try:
        changes = _changes(desk)
    except JixiaoError as error:
        return desk.message(str(error))
    paths = request.all_of.get("path", ())
    choices = [
        _Choice(one.path, one.title, heading_of(one), tuple(lines_of(one)), one.path in paths if request.is_post else _is_touched(desk, one))
        for one in changes
    ]  # fmt: skip
    if choices and not any(one.is_wanted for one in choices) and not request.is_post:
        choices = [one._replace(is_wanted=True) for one in choices]
    return desk.draw(
        "commit.html", 422 if fault else 200,
        choices=choices, fault=fault, said=_SECRET_COLOUR.sub("", said), branch=branch_of(project),
        has_identity=has_identity(project), given=request.form, seen=fingerprint(project, _files(changes)),
        notices=desk.noted(request.query.get("note", "")),
    )  # fmt: skip


def _changes(desk: Desk) -> tuple[RecordChange, ...]:
    # What is only written in another way is to be committed as well.
    settings = desk.settings
    return changed_records(settings.project_dir, settings.records_dir, desk.forms, Span(), with_silent=True)


def _files(changes: tuple[RecordChange, ...]) -> list[str]:
    return sorted({path for one in changes for path in (one.path, one.former_path) if path})


def _is_touched(desk: Desk, change: RecordChange) -> bool:
    records = desk.settings.records_dir.relative_to(desk.settings.project_dir).as_posix()
    return change.path.removeprefix(f"{records}/").rpartition(".")[0] in desk.touched


def post_commit(desk: Desk, request: Request) -> Response:
    """Commit what was chosen; show again what changed since it was shown."""
    project = desk.settings.project_dir
    if not is_repository(project):
        return desk.message(_NO_REPOSITORY)
    try:
        with desk.writing:
            changes = _changes(desk)
            if fingerprint(project, _files(changes)) != request.form.get("seen"):
                return show_commit(desk, request, "文件在这一页打开之后又有改动，没有提交。请看一遍下面的改动再提交。")
            if "name" in request.form:
                name, email = (request.form.get(key, "").strip() for key in ("name", "email"))
                remember_identity(project, Identity(name, email))
            chosen = tuple(one for one in changes if one.path in request.all_of.get("path", ()))
            done = commit_files(project, _files(chosen), request.form.get("message", ""))
    except JixiaoError as error:
        return show_commit(desk, request, str(error))
    if not done.is_made:
        return show_commit(
            desk, request, "git 没有提交，下面是它说的原因。文件没有改动，改好之后可以再提交。", done.said
        )
    return see(f"/commit?note={desk.note('已提交，还没有推送到别处。', done.said)}")
