"""The page of one record: show its form, check what was typed, save it, and settle it with what others wrote."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from generator.editing.conflicts import address_of, conflict_page
from generator.editing.desk import Desk
from generator.editing.draft import LEVEL_STEP, NEW, Draft, Row, Typed, row_of
from generator.editing.draft_check import Said, check_draft, check_file
from generator.editing.fields import label_of, named_view
from generator.editing.form_controls import filled_form
from generator.editing.joining import Joining, Posted, values_of, with_rows_of
from generator.editing.messages import Request, Response, data, see
from generator.editing.missing import gone_page, lost_page, write_again
from generator.editing.readable import fault_of, told_fault
from generator.editing.record_files import GoneError, Version
from generator.errors import JixiaoError
from generator.exchange.replacing import encoded, replace_bytes
from generator.finding import SEVERITY_LABELS, Finding, Severity
from generator.model.records import Record

WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}
"""What the styles call them."""
_GRAVITY = (*WEIGHTS.values(), "waived")


def show_record(desk: Desk, request: Request, address: str) -> Response:
    """Answer the form of a record as its file has it."""
    try:
        version = desk.files.read(address)
    except GoneError as error:
        # What was typed into it before may still be kept by the browser.
        return desk.draw("missing.html", 404, words=str(error), action=f"/record/{quote(address)}")
    fault = fault_of(version)
    if fault:
        return _unreadable(desk, version, fault)
    notices = desk.noted(request.query.get("note", ""))
    return form_page(desk, version, Typed({}), notices, is_settled=bool(notices) and "settled" in request.query)


def _unreadable(desk: Desk, version: Version, fault: str) -> Response:
    findings = check_file(version.present, desk.checker) if version.present.text else ()
    said = [_told(finding) for finding in findings]
    return desk.draw("unreadable.html", fault=fault, path=version.present.file.path, said=said)


class _Told(NamedTuple):
    """A finding as a page shows it."""

    weight: str
    """error, warning, hint or waived."""
    label: str
    code: str
    message: str
    hint: str
    line: int
    field: str
    """Name of the field with a box; empty where it has none."""
    where: str


def _told(finding: Finding, field: str = "", where: str = "") -> _Told:
    label = "已豁免" if finding.outcome == "waived" else SEVERITY_LABELS[finding.severity]
    weight = "waived" if finding.outcome == "waived" else WEIGHTS[finding.severity]
    expected = f"应为：{finding.expected}。" if finding.expected else ""
    return _Told(
        weight, label, finding.code, finding.message, expected + finding.hint, finding.origin.line, field,
        where or finding.field,
    )  # fmt: skip


def typed_of(request: Request) -> Typed:
    """Return what a form was posted with."""
    values = {name.removeprefix("v."): text for name, text in request.form.items() if name.startswith("v.")}
    rows = request.form.get("rows")
    return Typed(values, tuple(row_of(line) for line in rows.split("\n") if line) if rows is not None else None)


def posted(desk: Desk, request: Request, address: str) -> Posted:
    """Return the draft that was posted.

    Raises JixiaoError where its file cannot be edited, GoneError where it is not there any more.
    """
    disk = desk.files.read(address)
    base = disk if request.form.get("base") == disk.digest else desk.files.seen(address, request.form.get("base", ""))
    known = base is not None
    base = base or disk
    typed = typed_of(request)
    if fault_of(base):
        raise JixiaoError(f"{told_fault(base, desk.checker)}没有写入；填好的内容还在上一页。")
    fault = told_fault(disk, desk.checker) if disk is not base else ""
    if not known and typed.rows is not None and disk.present.record is not None:
        typed = typed._replace(rows=with_rows_of(typed.rows, disk.present.record.indicators))
    choices = {name.removeprefix("row."): said for name, said in request.form.items() if name.startswith("row.")}
    return Posted(draft_of(desk, base, typed), base, disk, known, typed, choices, fault)


def draft_of(desk: Desk, base: Version, typed: Typed) -> Draft:
    """Return a draft over a version of a file that can be edited."""
    if base.present.record is None:
        raise JixiaoError(fault_of(base))
    return Draft(base.present, base.present.record, typed, desk.forms)


def form_page(
    desk: Desk,
    version: Version,
    typed: Typed,
    notices: Sequence[str] = (),
    status: int = 200,
    *,
    is_settled: bool = False,
) -> Response:
    """Answer the form of a record, with what was typed; `is_settled` where nothing is left that was typed before."""
    draft = draft_of(desk, version, typed)
    said = check_draft(draft, desk.checker)
    record = draft.shown
    marks = _said_by_field(desk, said)
    form = filled_form(draft, marks, desk.forms, desk.form_environment)
    return desk.draw(
        "record.html", status,
        action=address_of(version), preview=f"/preview/{quote(version.address)}", check=f"/check/{quote(version.address)}",
        path=version.present.file.path, title=f"{record.year} {record.name}", base=version.digest,
        rows="\n".join(str(row) for row in draft.rows), form=form, panel=_panel(desk, draft, said, form.labels),
        levels=_levels(record), is_changed=draft.is_changed, notices=notices,
        is_settled=is_settled,
    )  # fmt: skip


def _levels(record: Record) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LEVEL_STEP.join(row.path) for row in record.indicators if row.path))


def _said_by_field(desk: Desk, said: Said) -> Mapping[str, Markup]:
    template = desk.environment.get_template("editing/_said.html")
    return {
        name: Markup(template.render(said=[_told(one) for one in findings]))  # noqa: S704  the template escapes
        for name, findings in said.by_field.items()
    }


def _panel(desk: Desk, draft: Draft, said: Said, labels: Mapping[str, str]) -> Markup:
    told = [
        _told(one, name if name in labels else "", labels.get(name, ""))
        for one, name in zip(said.findings, said.fields, strict=True)
    ]
    told.sort(key=lambda one: _GRAVITY.index(one.weight))
    counts = [(label, said.count(severity)) for severity, label in SEVERITY_LABELS.items()]
    template = desk.environment.get_template("editing/_panel.html")
    html = template.render(
        said=told, counts=[one for one in counts if one[1]], is_publishable=said.is_publishable,
        fault=draft.updated.fault, errors=said.count(Severity.ERROR),
    )  # fmt: skip
    return Markup(html)  # noqa: S704  the template escapes


def check_record(desk: Desk, request: Request, address: str) -> Response:
    """Answer what the check says of what was typed, for the page's script."""
    try:
        at = posted(desk, request, address)
    except GoneError:
        return data({"elsewhere": "这个文件刚被删去或移走，保存时会让你选"})
    said = check_draft(at.draft, desk.checker)
    record = at.draft.shown
    named = named_view(record, desk.forms)
    labels = {field.name: label_of(field, record, desk.forms) for field in named.marks.fields}
    return data(
        {
            "fields": {name: str(html) for name, html in _said_by_field(desk, said).items()},
            "panel": str(_panel(desk, at.draft, said, labels)),
            "changed": at.draft.is_changed,
            "elsewhere": ""
            if at.disk.digest == request.form.get("base")
            else "这个文件刚被别的程序改过，保存时会让你选",
        }
    )


def post_record(desk: Desk, request: Request, address: str) -> Response:
    """Do what a button of the form asks for."""
    try:
        return _done(desk, request, posted(desk, request, address))
    except GoneError as error:
        return _over_nothing(desk, request, address, str(error))
    except JixiaoError as error:
        if desk.files.seen(address, request.form.get("base", "")) is None:
            return lost_page(desk, typed_of(request), str(error), 422)
        return desk.message(str(error), 422, back=f"/record/{quote(address)}")


def _done(desk: Desk, request: Request, at: Posted) -> Response:
    act, _, key = request.form.get("act", "save").partition(":")
    typed = at.typed
    match act:
        case "add":
            return form_page(desk, at.base, typed._replace(rows=_with_row(at.draft.rows, key)))
        case "level":
            rows, fault = _with_level(at.draft, request.form.get("level", ""))
            return form_page(desk, at.base, typed._replace(rows=rows), (fault,) if fault else ())
        case "remove":
            rows = tuple(row for row in at.draft.rows if row.key != key)
            return form_page(desk, at.base, typed._replace(rows=rows or at.draft.rows))
        case "show":
            return _joined(desk, at)
        case "kept":
            is_same = at.is_base_known and at.disk is at.base
            return _joined(desk, at) if is_same else conflict_page(desk, at)
        case "mine":
            return _save(desk, at, over=key)
        case _:
            return _save(desk, at, over=at.base.digest) if at.is_base_known else conflict_page(desk, at)


def _joined(desk: Desk, at: Posted) -> Response:
    """Answer the form of the file as it is now with what was typed; ask first what only a person can say."""
    if at.fault:
        return conflict_page(desk, at)
    joining = Joining(at, desk.forms)
    if not joining.is_settled:
        return conflict_page(desk, at, "还没有合：请先选下面各行要不要。")
    joined = joining.joined()
    notices = (() if at.disk is at.base else (_JOINED,)) + joined.notices
    return form_page(desk, at.disk, joined.typed, notices)


def _over_nothing(desk: Desk, request: Request, address: str, why: str) -> Response:
    """Answer what was typed into a record whose file is gone, or write it again."""
    base = desk.files.seen(address, request.form.get("base", ""))
    typed = typed_of(request)
    if base is None or fault_of(base):
        return lost_page(desk, typed, why)
    draft = draft_of(desk, base, typed)
    if request.form.get("act") != "restore":
        return gone_page(desk, base, draft)
    with desk.writing:
        fault = write_again(desk, base, draft)
    return gone_page(desk, base, draft, fault) if fault else _written(desk, base, f"已写回 {base.present.file.path}。")


_JOINED = "已把你的改动放到磁盘上的新内容里，还没有保存。"


def _with_row(rows: Sequence[Row], key: str) -> tuple[Row, ...]:
    """Return the rows with a new one behind another."""
    place = next((number for number, row in enumerate(rows) if row.key == key), len(rows) - 1)
    behind = rows[place]
    new = Row(_unused(rows), behind.origin if behind.is_new else behind.key)
    return (*rows[: place + 1], new, *rows[place + 1 :])


def _unused(rows: Sequence[Row]) -> str:
    numbers = [int(row.key.removeprefix(NEW)) for row in rows if row.is_new and row.key.removeprefix(NEW).isdecimal()]
    return f"{NEW}{max(numbers, default=0) + 1}"


def _with_level(draft: Draft, typed: str) -> tuple[tuple[Row, ...], str]:
    """Return the rows with a new one in levels of its own, or why not."""
    path = [part.strip() for part in typed.replace(">", "›").replace("/", "›").split("›")]
    depth = max((len(row.path) for row in draft.record.indicators), default=len(path))
    if not all(path) or len(path) != depth:
        return draft.rows, f"新的一行在哪一级下面，要写 {depth} 级，用 › 或 / 隔开，例如：产出指标 › 数量指标。"
    return (*draft.rows, Row(_unused(draft.rows), f"={LEVEL_STEP.join(path)}")), ""


def _save(desk: Desk, at: Posted, *, over: str) -> Response:
    """Write a draft over the version of the file that the user knows of; ask where there is another by now."""
    with desk.writing:
        disk = desk.files.read(at.base.address)
        if disk.digest != over or disk.present.file.is_markdown != at.base.present.file.is_markdown:
            return conflict_page(desk, at._replace(disk=disk, fault=told_fault(disk, desk.checker)))
        if at.draft.updated.fault:
            notices = (f"没有保存：{at.draft.updated.fault}",)
            return form_page(desk, at.base, Typed(values_of(at.draft), at.draft.rows), notices, 422)
        # A file that another program left in another encoding comes back in its own.
        after = encoded(at.draft.updated.text, at.base.present.data)
        if after == disk.present.data:
            return see(f"{address_of(at.base)}?note={desk.note('没有改动，文件没有写。')}&settled=1")
        try:
            replace_bytes(disk.present.file, disk.present.data, after)
        except JixiaoError as error:
            later = desk.files.read(at.base.address)
            if later.digest != disk.digest:
                return conflict_page(desk, at._replace(disk=later, fault=told_fault(later, desk.checker)))
            return form_page(desk, at.base, Typed(values_of(at.draft), at.draft.rows), (f"没有保存：{error}",), 500)
        desk.touched.add(at.base.address)
    return _written(desk, at.base, "已保存。")


def _written(desk: Desk, base: Version, words: str) -> Response:
    """Send to the form of a file that was just written."""
    saved = desk.files.read(base.address)
    findings = check_file(saved.present, desk.checker)
    errors = sum(one.severity is Severity.ERROR for one in findings)
    draft = f"还有 {errors} 处错误，作为草稿保存；改正之前这份表不会公开。" if errors else ""
    return see(f"{address_of(base)}?note={desk.note(words, *([draft] if draft else []))}&settled=1")
