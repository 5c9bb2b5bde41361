"""Hand-written pages: Markdown files with an optional front matter for title and description."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.finding import Finding, has_errors
from generator.load.discover import SourceFile
from generator.load.reading import Reading
from generator.load.record_faults import UNKNOWN_KEY
from generator.load.text_file import load_text
from generator.load.tree import Mapping, Scalar
from generator.load.yaml_tree import parse_tree
from generator.text import nearest

_KEYS = ("title", "description")


@dataclass(frozen=True, slots=True)
class HandWrittenPage:
    """One page of `content/pages`."""

    path: str
    """Below the pages folder, such as about.md."""
    title: str
    description: str
    markdown: str

    @property
    def url(self) -> str:
        """Return its address relative to the site."""
        return self.path.removesuffix(".md") + ".html"


class PagesResult(NamedTuple):
    """The pages in menu order, the other files beside them, and what was wrong."""

    pages: tuple[HandWrittenPage, ...]
    files: tuple[tuple[str, Path], ...]
    """Pictures and other files copied as they are: path below the pages folder and place on disk."""
    findings: tuple[Finding, ...]


def load_pages(pages_dir: Path, project_dir: Path, titles: MappingType[str, str]) -> PagesResult:
    """Load the pages: those `titles` names first and in that order, then the others by name."""
    names = sorted(
        path.relative_to(pages_dir).as_posix()
        for path in (pages_dir.rglob("*") if pages_dir.is_dir() else ())
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(pages_dir).parts)
    )
    pages: list[HandWrittenPage] = []
    findings: list[Finding] = []
    for name in sorted(name for name in names if name.endswith(".md")):
        page, found = _load_page(pages_dir / name, name, project_dir, titles.get(name, ""))
        findings += found
        if page is not None:
            pages.append(page)
    order = list(titles)
    pages.sort(key=lambda page: (order.index(page.path) if page.path in order else len(order), page.path))
    files = tuple((name, pages_dir / name) for name in names if not name.endswith(".md"))
    return PagesResult(tuple(pages), files, tuple(findings))


def _load_page(
    location: Path, name: str, project_dir: Path, title: str
) -> tuple[HandWrittenPage | None, tuple[Finding, ...]]:
    path = location.relative_to(project_dir).as_posix() if location.is_relative_to(project_dir) else location.as_posix()
    loaded = load_text(SourceFile(path=path, location=location, id=name.removesuffix(".md"), is_markdown=True))
    if loaded.text is None:
        return None, loaded.findings
    front, body = _split(loaded.text)
    values, findings = _front_matter(front, path)
    heading = next((line.removeprefix("# ").strip() for line in body.splitlines() if line.startswith("# ")), "")
    page = HandWrittenPage(
        name, title or values.get("title") or heading or name.removesuffix(".md"), values.get("description", ""), body
    )
    findings = (*loaded.findings, *findings)
    return None if has_errors(findings) else page, findings


def _split(text: str) -> tuple[str, str]:
    """Part front matter and body; a file that does not begin with --- is all body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return "", text
    # A blank line stands for the mark, so that line numbers stay true.
    return "\n".join(["", *lines[1:end]]), "\n".join(lines[end + 1 :])


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
