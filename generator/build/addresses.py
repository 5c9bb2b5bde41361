"""Keep hand-written pages and the files beside them away from the addresses that the site needs itself."""

from pathlib import Path

from generator.build.names import LOCK, MANIFEST, STAGING
from generator.finding import Finding
from generator.load.faults import SAME_ADDRESS
from generator.load.pages import OWN_FOLDERS, OWN_PAGES, PagesResult
from generator.origin import START, Origin
from generator.plan.menu import MENU
from generator.plan.urls import NOT_FOUND
from generator.settings import Settings

_TITLES = {entry.url: entry.title for entry in MENU} | {NOT_FOUND: "没有这个页面", "sitemap.xml": "网站地图"}
_OWN_FILES = OWN_PAGES | {MANIFEST, LOCK, STAGING}


def beside_our_own(pages: PagesResult, settings: Settings) -> PagesResult:
    """Set aside what stands at an address of the site's own or of another hand-written page, each with a finding."""
    seen: dict[str, str] = {}
    findings: list[Finding] = []

    def is_free(name: str, url: str) -> bool:
        message = _own(url) or _others(url, seen)
        if message:
            origin = Origin(_printed(settings.pages_dir / name, settings.project_dir), *START)
            findings.append(
                SAME_ADDRESS.at(
                    origin, message, found=name, expected="本站没有用到的" + ("文件夹名" if "/" in name else "文件名"),
                    hint="给这个文件改名，例如 about.md" if "/" not in name else "给这个文件或它的文件夹改名",
                )
            )  # fmt: skip
        else:
            seen[url.lower()] = name
        return not message

    own = tuple(page for page in pages.pages if is_free(page.path, page.url))
    files = tuple((name, location) for name, location in pages.files if is_free(name, name))
    return PagesResult(own, files, (*pages.findings, *findings))


def _own(url: str) -> str:
    """Say with what of the site's own an address clashes, or nothing."""
    folded = url.lower()
    if folded in _OWN_FILES:
        return f"手写页与本站自带的“{_TITLES.get(folded, folded)}”是同一网址：{url}"
    folder = folded.partition("/")[0]
    return f"文件夹 {folder}/ 是本站自己用的，手写页和附件不能放在里面：{url}" if folder in OWN_FOLDERS else ""


def _others(url: str, seen: dict[str, str]) -> str:
    folded = url.lower()
    if folded in seen:
        return f"与 {seen[folded]} 是同一网址：{url}"
    parts = folded.split("/")
    above = next((path for n in range(1, len(parts)) if (path := "/".join(parts[:n])) in seen), "")
    return f"{seen[above]} 既是文件又是文件夹：{url}" if above else ""


def _printed(path: Path, project_dir: Path) -> str:
    return path.relative_to(project_dir).as_posix() if path.is_relative_to(project_dir) else path.as_posix()
