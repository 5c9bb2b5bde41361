"""How a record's page would look: a site of this record alone, built in a temporary folder and served from there."""

import mimetypes
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from generator.build.order import Order
from generator.build.pipeline import build_site
from generator.build.today import this_day
from generator.editing.desk import Desk
from generator.editing.messages import Request, Response, see
from generator.editing.record_pages import posted
from generator.errors import JixiaoError

_MOST_SITES = 5


class Previews:
    """The sites built for previews; all are gone when the server ends."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = tempfile.TemporaryDirectory(prefix="jixiao-preview-", ignore_cleanup_errors=True)
        self._sites: OrderedDict[str, Path] = OrderedDict()
        self._count = 0

    def close(self) -> None:
        """Remove all."""
        self._folder.cleanup()

    def make(self, request: Request, address: str) -> Response:
        """Build the page of a record as it would be, and show it."""
        at = posted(self._desk, request, address)
        result = at.draft.result
        if result is None:
            raise JixiaoError(f"不能预览：{at.draft.updated.fault}")
        if not result.is_sound:
            raise JixiaoError("这份表还有错误，公开不了，所以没有页面可以预览。请先照表里的提示改正。")
        with self._desk.writing:
            self._count += 1
            number = str(self._count)
            site = self._build(number, Path(result.file.location), result.text)
            self._sites[number] = site
            while len(self._sites) > _MOST_SITES:
                shutil.rmtree(self._sites.popitem(last=False)[1].parent, ignore_errors=True)
        page = f"records/{address}.html"
        if not (site / page).is_file():
            raise JixiaoError("这份表还公开不了：有个人信息，或内容读不出来。请先照表里的提示改正。")
        return see(f"/site/{number}/{quote(page)}")

    def _build(self, number: str, location: Path, text: str) -> Path:
        settings = self._desk.settings
        project = Path(self._folder.name) / number
        records = project / "records"
        file = records / location.relative_to(settings.records_dir)
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        pages = project / "pages"
        pages.mkdir()
        site = project / "site"
        alone = replace(
            settings, project_dir=project, records_dir=records, pages_dir=pages, site_dir=site,
            registry_dir=_copied(settings.registry_dir, project / "registry"),
            rule_packs_dir=_copied(settings.rule_packs_dir, project / "rule-packs"),
            site_url="", page_titles={}, exports=(), databases=(), keep_going=True,
        )  # fmt: skip
        build_site(
            Order(
                settings=alone, site_dir=site, keep_going=True, live=False, today=this_day(), kept=project / "kept",
                cache_dir=project / "cache", jobs=1,
            )
        )  # fmt: skip
        return site

    def file(self, path: str) -> Response:
        """Answer a file of a preview."""
        number, _, name = path.partition("/")
        site = self._sites.get(number)
        place = (site / name).resolve() if site else None
        if site is None or place is None or not place.is_relative_to(site.resolve()) or not place.is_file():
            return self._desk.message("这一页不在预览里：预览只有这一份表。关掉这一页，回到正在填的表。", 404)
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        return Response(place.read_bytes(), kind + charset, is_page_of_site=True)


def _copied(source: Path, target: Path) -> Path:
    if source.is_dir():
        shutil.copytree(source, target)
    return target
