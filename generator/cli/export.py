"""`jixiao export`: records as the office's own documents, laid out as the official form."""

import argparse
import contextlib
import os
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.cli import FAILED
from generator.configuration import load_settings
from generator.errors import JixiaoError, disk_reason
from generator.export.pdf_seal import is_as_sealed
from generator.finding import has_errors
from generator.forms.definitions import load_forms
from generator.forms.field_names import RECORDS
from generator.forms.grid import FormGrid
from generator.load.assemble import Loaded, load_catalog
from generator.settings import DOCUMENT_FORMATS, Settings

HELP = "把记录导出成 Excel、Word 或 PDF，版式与原表一样"

_NOT_WRITTEN = frozenset("xls xlsm csv ods et doc odt wps rtf txt html htm json yaml".split())
"""Endings that ask for a format there is not; any other name is a folder's."""
_FOLDER = "导出"
_TOGETHER = "绩效表"
_MOST_OF_A_PROPERTY = 1_000_000


class _File(NamedTuple):
    """One document to be written."""

    path: Path
    kind: str
    forms: tuple[FormGrid, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `export`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="路径",
        help="要导出的记录：文件、文件夹或年度/单位/项目，例如 2024/xinzhuang/liangxin、2024/xinzhuang",
    )
    parser.add_argument("--year", default="", metavar="年度", help="只导出这个年度的，例如 2024")
    parser.add_argument(
        "--unit", default="", metavar="单位", help="只导出这个单位的：文件夹名或登记的名称，例如 xinzhuang"
    )
    parser.add_argument("--all", action="store_true", help="导出全部记录")
    parser.add_argument(
        "--format", action="append", choices=DOCUMENT_FORMATS, default=[], help="文件的格式，可以写几次，默认 xlsx"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="文件或文件夹",
        help=f"写到这个文件夹，默认“{_FOLDER}”；只有一个文件时也可以写文件名，例如 自评表.xlsx",
    )  # fmt: skip
    parser.add_argument(
        "--together", action="store_true", help="全部放进一个文件：Excel 一份表一个工作表，Word 和 PDF 一份接一份"
    )
    parser.add_argument("--force", action="store_true", help="已有的文件不是导出的，或者导出后改过，也覆盖")


def run(arguments: argparse.Namespace) -> int:
    """Write the documents; 1 where some of the records could not be read and so were left out."""
    formats = tuple(dict.fromkeys(arguments.format)) or _by_name(arguments.output)
    if not (arguments.paths or arguments.year or arguments.unit or arguments.all):
        raise JixiaoError("没有写要导出哪些记录。例如：jixiao export 2024/xinzhuang/liangxin；全部导出请写 --all。")
    if arguments.all and arguments.paths:
        raise JixiaoError("写了 --all 就是全部导出，不能再写路径。请去掉其中一样。")
    # What draws and writes documents is heavy, and a slip on the command line should be told at once.
    from generator.exchange.form_grids import form_environment, form_grids  # noqa: PLC0415
    from generator.exchange.selection import Wanted, select  # noqa: PLC0415

    settings = load_settings(arguments.config)
    loaded = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=load_forms(settings.template_dirs),
    )
    wanted = Wanted(tuple(_identifier(path, settings) for path in arguments.paths), arguments.year, arguments.unit)
    selection = select(wanted, loaded.catalog, _failed(loaded, settings))
    forms = tuple(form_grids(selection.records, loaded.catalog, form_environment(settings.template_dirs)))
    files = _files(forms, formats, arguments.output, together=arguments.together)
    _refuse_foreign(files, force=arguments.force)
    for file in files:
        _write(file)
    _tell(files, forms, selection.failed)
    return FAILED if selection.failed else 0


def _by_name(output: Path | None) -> tuple[str, ...]:
    """Return the format that the name of the file asks for."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return (ending,) if ending in DOCUMENT_FORMATS else ("xlsx",)


def _identifier(given: str, settings: Settings) -> str:
    """Return the id, or the start of ids, that a path on the command line stands for; what is no path is an id."""
    records = settings.records_dir.relative_to(settings.project_dir).as_posix()
    for path in (Path(given), settings.project_dir / given):
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  a record is called by its path, not by a link's end
        if absolute.is_relative_to(settings.records_dir) and path.exists():
            return absolute.relative_to(settings.records_dir).as_posix()
        if path.is_file():
            raise JixiaoError(f"{given} 不在记录文件夹 {records} 里，不能导出。")
    return given.removeprefix("./").removeprefix(f"{records}/")


def _failed(loaded: Loaded, settings: Settings) -> frozenset[str]:
    """Return the ids of the files of records that cannot be read without error."""
    folder = settings.records_dir.relative_to(settings.project_dir).as_posix()
    paths = {finding.origin.path for finding in loaded.findings if has_errors((finding,))}
    known = {record.id for record in loaded.catalog.records}
    named = (path.removeprefix(f"{folder}/") for path in paths if path.startswith(f"{folder}/"))
    return frozenset(name.rpartition(".")[0] or name for name in named) - known


def _files(
    forms: tuple[FormGrid, ...], formats: tuple[str, ...], output: Path | None, *, together: bool
) -> tuple[_File, ...]:
    """Return which forms go into which file."""
    if not forms:
        return ()
    ending = output.suffix.lower().removeprefix(".") if output and not output.is_dir() else ""
    if output is not None and ending in DOCUMENT_FORMATS:
        if formats != (ending,):
            raise JixiaoError(f"文件名 {output} 与 --format {'、'.join(formats)} 不一致。请写文件夹，或只要一种格式。")
        if len(forms) > 1 and not together:
            raise JixiaoError(f"选中了 {len(forms)} 份表，一个文件放不下。请写文件夹，或加上 --together 放进一个文件。")
        return (_File(output, ending, forms),)
    if ending in _NOT_WRITTEN:
        raise JixiaoError(
            f"不能写 .{ending} 文件。能写的格式：{'、'.join(DOCUMENT_FORMATS)}；例如 -o {output.stem if output else ''}.xlsx。"
        )
    folder = output or Path(_FOLDER)
    if together:
        return tuple(_File(folder / f"{_TOGETHER}.{kind}", kind, forms) for kind in formats)
    return tuple(_File(folder / f"{form.record}.{kind}", kind, (form,)) for form in forms for kind in formats)


def _refuse_foreign(files: Sequence[_File], *, force: bool) -> None:
    """Refuse before anything is written where a file would be lost that did not come from here as it stands."""
    lost = [] if force else [file.path for file in files if file.path.exists() and not _is_ours(file)]
    folders = [file.path for file in files if file.path.is_dir()]
    if folders:
        raise JixiaoError(f"{folders[0]} 是文件夹，不能写成文件。请用 -o 写别处。")
    if lost:
        raise JixiaoError(
            "没有导出：下面的文件已经有了，不是导出的，或者导出以后改过：\n"
            + "\n".join(f"  {path}" for path in lost)
            + "\n请用 -o 写到别处；要覆盖，加上 --force。"
        )


def _is_ours(file: _File) -> bool:
    """Tell whether a file was exported and nobody has saved it since: other programs write down when they do."""
    try:
        if file.kind == "pdf":
            return is_as_sealed(file.path.read_bytes())
        with zipfile.ZipFile(file.path) as package:
            custom, core = (_read(package, name) for name in ("docProps/custom.xml", "docProps/core.xml"))
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
    stamps = re.findall(rb"<dcterms:modified[^>]*>([^<]*)", core)
    return RECORDS.encode() in custom and all(stamp.startswith(b"1980-01-01") for stamp in stamps)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_MOST_OF_A_PROPERTY)


def _write(file: _File) -> None:
    from generator.exchange.form_grids import properties_of  # noqa: PLC0415  as in `run`
    from generator.export.form_writers import writer_of  # noqa: PLC0415

    data = writer_of(file.kind)(file.forms, properties=properties_of(file.forms))
    unfinished = file.path.with_name(f".{file.path.name}.{os.getpid()}.tmp")
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(file.path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise JixiaoError(
            f"写不进 {file.path}：{disk_reason(error)}。请检查文件夹的权限，文件是否被其他程序打开。"
        ) from error


def _tell(files: Sequence[_File], forms: Sequence[FormGrid], failed: Sequence[str]) -> None:
    if files:
        where = files[0].path if len(files) == 1 else f"{len(files)} 个文件，在 {_common(files)}"
        print(f"导出了 {len(forms)} 份表：{where}。")
    if failed:
        print(
            f"没有导出 {len(failed)} 份：文件有错误，其中的数字不能作准。逐处的问题见 jixiao check。\n"
            + "\n".join(f"  {identifier}" for identifier in failed),
            file=sys.stderr,
        )


def _common(files: Sequence[_File]) -> str:
    return os.path.commonpath([file.path.parent for file in files]) or "."
