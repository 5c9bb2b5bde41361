"""A new record: an empty form, or last year's without what belongs to the year."""

from urllib.parse import quote

from generator.authoring.address import RecordAddress, file_with_this_address, parse_address
from generator.authoring.choice import choose_form
from generator.authoring.files import write_new_text
from generator.authoring.new_record import refuse_to_leave, write_record
from generator.editing.copying import copied
from generator.editing.desk import Desk
from generator.editing.messages import Request, Response, see
from generator.editing.record_files import NotThereError
from generator.errors import JixiaoError
from generator.exchange.addresses import name_from
from generator.exchange.record_edits import SetField, edited
from generator.exchange.replacing import replace_text
from generator.load.discover import discover
from generator.load.registry import load_registry


class _ThereError(JixiaoError):
    """A record has the address already."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} 已经有一份记录，没有覆盖。请另写文件名，或打开那一份修改。")
        self.address = address


def show_new(desk: Desk, request: Request, fault: str = "", there: str = "") -> Response:
    """Answer the page that asks what to begin; `there` is the record that has the address already."""
    settings = desk.settings
    units = load_registry(settings.registry_dir, settings.project_dir).registry.units
    files = discover(settings.records_dir, settings.project_dir).files
    given = {**request.query, **request.form}
    return desk.draw(
        "new.html", 422 if fault else 200,
        fault=fault, there=there, given=given, forms=[(f"{title} › {form.layout}", form.description) for form in desk.forms.definitions for title in form.titles],
        units=[(slug, unit.name) for slug, unit in sorted(units.items())],
        records=sorted((file.id for file in files), reverse=True),
        years=sorted({int(file.id[:4]) for file in files}, reverse=True)[:1],
    )  # fmt: skip


def post_new(desk: Desk, request: Request) -> Response:
    """Write a new record and open it; ask again where that cannot be done."""
    try:
        address, notices = (_copy if request.form.get("act") == "copy" else _begin)(desk, request)
    except _ThereError as error:
        return show_new(desk, request, str(error), quote(error.address))
    except (JixiaoError, NotThereError) as error:
        return show_new(desk, request, str(error))
    desk.touched.add(str(address))
    return see(f"/record/{quote(str(address))}?note={desk.note(*notices)}")


def _begin(desk: Desk, request: Request) -> tuple[RecordAddress, tuple[str, ...]]:
    form = request.form
    name = form.get("name", "").strip() or name_from(form.get("project", ""))
    if not name:
        raise JixiaoError("请写项目名称，文件名按拼音起；或直接写文件名。")
    address = parse_address(f"{form.get('year', '').strip()}/{form.get('unit', '').strip()}/{name}")
    title, _, layout = form.get("form", "").partition(" › ")
    definition, title = choose_form(desk.forms, title, layout)
    settings = desk.settings
    with desk.writing:
        if found := file_with_this_address(settings.records_dir, address):
            raise _ThereError(f"{address.year}/{address.unit}/{found.stem}")
        record = write_record(
            address, definition, title, records_dir=settings.records_dir, registry_dir=settings.registry_dir,
            project_dir=settings.project_dir, markdown=False, force=False,
        )  # fmt: skip
        _name_project(desk, str(address), form.get("project", "").strip())
    return address, (f"已新建 {record.shown}，照原表填写。原表没有的行，用“－”删去。", *record.notes)


def _name_project(desk: Desk, address: str, name: str) -> None:
    """Write the name that was given already into the new form, where it has a place for it."""
    present = desk.files.read(address).present
    if name and present.record is not None and "project_name" in present.record.head:
        named = edited(present, [SetField("head.project_name", " ".join(name.split()))], desk.forms)
        if not named.fault:
            replace_text(present.file, present.data, named.text)


def _copy(desk: Desk, request: Request) -> tuple[RecordAddress, tuple[str, ...]]:
    source = desk.files.read(request.form.get("source", "").strip()).present
    year = request.form.get("year", "").strip()
    _, unit, name = source.file.id.split("/")
    suffix = ".md" if source.file.is_markdown else ".yaml"
    address = parse_address(f"{year}/{unit}/{request.form.get('name', '').strip() or name}")
    found = copied(source, int(address.year), desk.forms)
    path = desk.settings.records_dir / address.year / address.unit / f"{address.name}{suffix}"
    with desk.writing:
        refuse_to_leave(desk.settings.records_dir, path)
        there = file_with_this_address(desk.settings.records_dir, address)
        if there or not write_new_text(path, found.text):
            raise _ThereError(f"{address.year}/{address.unit}/{there.stem if there else address.name}")
    blank = f"下面各栏属于上一年，已留空：{'、'.join(found.blank)}。" if found.blank else ""
    left = f"没有复制：{'、'.join(found.left_out)}。" if found.left_out else ""
    told = (f"已照 {source.file.path} 新建 {address}。目标、指标值和分值是上一年的，请逐项核对。", blank, left)
    return address, tuple(line for line in told if line)
