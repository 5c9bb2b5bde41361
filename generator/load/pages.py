"""Hand-written pages: Markdown files with an optional front matter for title and description."""

import os
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from generator.address import local_link, page_url
from generator.finding import Finding, has_errors
from generator.load.discover import SourceFile
from generator.load.faults import DEAD_LINK, FRONT_MATTER_UNCLOSED, UNFIT_ADDRESS
from generator.load.page_text import links_of, title_of
from generator.load.parse import parse_tree
from generator.load.reading import Reading
from generator.load.record_faults import UNKNOWN_KEY
from generator.load.text_file import load_text
from generator.load.tree import Mapping, Scalar
from generator.load.walk import Folder, Walk, list_folder
from generator.origin import START, Origin, Span
from generator.text import nearest, printable

OWN_PAGES = frozenset(
    f"{name}.html"
    for name in (
        "index", "records", "years", "units", "departments", "projects", "forms", "indicators", "deviations", "findings", "rules", "data", "404",
        "search", "explore", "compare", "promises", "peers", "budget-changes", "full-marks", "missed-targets", "coverage",
        "corrections",
    )
) | {"sitemap.xml"}  # fmt: skip
"""Files at the top of every site that a page may link to."""

OWN_FOLDERS = frozenset(
    (
        "api",
        "assets",
        "browse",
        "budget-changes",
        "corrections",
        "coverage",
        "data",
        "departments",
        "deviations",
        "findings",
        "forms",
        "full-marks",
        "history",
        "indicators",
        "missed-targets",
        "peers",
        "projects",
        "promises",
        "questions",
        "records",
        "rules",
        "units",
        "years",
    )
)
"""Folders of every site; what is in them depends on the records, so links into them are taken on trust."""

_KEYS = ("title", "description")


class HandWrittenPage(Struct, frozen=True):
    """One page of `content/pages`."""

    path: str
    """Below the pages folder, such as about.md."""
    title: str
    description: str
    markdown: str

    @property
    def url(self) -> str:
        """Return its address relative to the site."""
        return page_url(self.path)


class PagesResult(Struct, frozen=True):
    """The pages in menu order, the other files beside them, and what was wrong."""

    pages: tuple[HandWrittenPage, ...]
    files: tuple[tuple[str, Path], ...]
    """Pictures and other files copied as they are: path below the pages folder and place on disk."""
    findings: tuple[Finding, ...]


def load_pages(pages_dir: Path, project_dir: Path, titles: MappingType[str, str]) -> PagesResult:
    """Load the pages: those `titles` names first and in that order, then the others by name."""
    walk = Walk.below(pages_dir, project_dir)
    found: dict[str, Path] = {}
    if os.path.isdir(pages_dir) and walk.takes(walk.base, os.path.realpath(pages_dir)):  # noqa: PTH112  never raises
        found = dict(sorted(_gather(walk, Folder.top(pages_dir), set())))
    targets = {page_url(name) for name in found} | OWN_PAGES
    pages: list[HandWrittenPage] = []
    findings: list[Finding] = []
    for name, location in found.items():
        if name.endswith(".md"):
            page, faults = _load_page(location, name, f"{walk.base}/{name}", titles.get(name, ""), targets)
            findings += faults
            pages += (page,) if page is not None else ()
    order = list(titles)
    pages.sort(key=lambda page: (order.index(page.path) if page.path in order else len(order), page.path))
    files = tuple((name, location) for name, location in found.items() if not name.endswith(".md"))
    return PagesResult(tuple(pages), files, (*walk.findings, *findings))


def _gather(walk: Walk, folder: Folder, unfit: set[str]) -> Iterator[tuple[str, Path]]:
    """Yield every file that can be published by its path below the pages folder; report the others.

    Only pages need names fit for an address; a picture may be called what it is called.
    """
    listing = list_folder(walk, folder)
    for entry in listing.files:
        name = "/".join((*folder.parts, entry.name))
        stem, suffix = Path(entry.name).stem, Path(entry.name).suffix
        if suffix.lower() == ".md":
            # The folder first: a page in it has no sound address either, whatever its own name.
            if _is_sound(walk, folder, unfit) and walk.is_fit(f"{walk.base}/{name}", stem, suffix):
                yield name, Path(entry.path)
        elif _can_be_printed(walk, name):
            yield name, Path(entry.path)
    for below in listing.folders:
        if _can_be_printed(walk, "/".join(below.parts)):
            yield from _gather(walk, below, unfit)


def _is_sound(walk: Walk, folder: Folder, unfit: set[str]) -> bool:
    """Tell whether all names down to a folder can be parts of an address; report each that cannot once."""
    sound = True
    for number, part in enumerate(folder.parts, 1):
        path = "/".join((walk.base, *folder.parts[:number]))
        if path not in unfit and not walk.is_fit(path, part):
            unfit.add(path)
        sound = sound and path not in unfit
    return sound


def _can_be_printed(walk: Walk, name: str) -> bool:
    if printable(name) == name:
        return True
    walk.report(
        UNFIT_ADDRESS, f"{walk.base}/{name}", "名称不是 UTF-8 编码，不能用作网址，没有读取",
        found=name.rpartition("/")[2], expected="UTF-8 编码的名称", hint="重新命名；通常是从压缩包解出时名称已经乱了",
    )  # fmt: skip
    return False


def _load_page(
    location: Path, name: str, path: str, title: str, targets: set[str]
) -> tuple[HandWrittenPage | None, tuple[Finding, ...]]:
    loaded = load_text(SourceFile(path=path, location=location, id=name.removesuffix(".md"), is_markdown=True))
    if loaded.text is None:
        return None, loaded.findings
    parts = _split(loaded.text)
    if parts is None:
        unclosed = FRONT_MATTER_UNCLOSED.at(
            Origin(path, *START), "“---”数据区没有结束", found="---", expected="title 和 description 之后再有一行 ---",
            hint="在标题等各项之后、正文之前另起一行写 ---；不需要数据区就删去第一行的 ---",
        )  # fmt: skip
        return None, (*loaded.findings, unclosed)
    front, body = parts
    values, findings = _front_matter(front, path)
    findings = (
        *loaded.findings,
        *findings,
        *_dead_links(body, front.count("\n") + 1 if front else 0, name, path, targets),
    )
    heading = title or values.get("title") or title_of(body) or name.removesuffix(".md")
    page = HandWrittenPage(name, heading, values.get("description", ""), body)
    return None if has_errors(findings) else page, findings


def _split(text: str) -> tuple[str, str] | None:
    """Part front matter and body; a file that does not begin with --- is all body; None where the mark stays open."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None
    # A blank line stands for each mark, so that line numbers stay true.
    return "\n".join(["", *lines[1:end], ""]), "\n".join(lines[end + 1 :])


def _dead_links(body: str, lines_before: int, name: str, path: str, targets: set[str]) -> Iterator[Finding]:
    """Yield a finding for each link to a page or file of this site that is not there."""
    for link in links_of(body):
        leads = local_link(unquote(link.target), name.rpartition("/")[0])
        if leads is None:
            continue
        first, _, rest = leads.path.partition("/")
        wanted = f"{leads.path}index.html" if leads.path.endswith("/") else leads.path
        if not leads.leaves and (wanted in targets or (rest and first in OWN_FOLDERS)):
            continue
        namesakes = (target for target in sorted(targets) if PurePosixPath(target).name == PurePosixPath(wanted).name)
        near = next(namesakes, None) or nearest(wanted, sorted(targets))
        span = Span(link.span.line + lines_before, link.span.column)
        yield DEAD_LINK.at(
            Origin(path, *span),
            f"链接“{link.target}”" + ("指到了网站之外" if leads.leaves else f"指向不存在的 {wanted}"),
            found=link.target, expected="本站的页面，或页面旁边的文件",
            hint=f"是不是 {near}？" if near and not leads.leaves else "核对文件名和所在的文件夹；链接从本页所在的文件夹算起",
        )  # fmt: skip


def _front_matter(text: str, path: str) -> tuple[dict[str, str], tuple[Finding, ...]]:
    if not text.strip():
        return {}, ()
    tree = parse_tree(text, path)
    if not isinstance(tree.node, Mapping):
        return {}, tree.findings
    reading = Reading(path)
    for key, _ in tree.node.entries:
        if key.text not in _KEYS:
            near = nearest(key.text, _KEYS)
            reading.report(
                UNKNOWN_KEY, key.span, f"页面开头不认识“{key.text}”", found=key.text, expected="title 或 description",
                hint=f"改为“{near}”" if near else "删去这一行", field=key.text,
            )  # fmt: skip
    values = {key.text: value.text for key, value in tree.node.entries if isinstance(value, Scalar)}
    return values, (*tree.findings, *reading.findings)
