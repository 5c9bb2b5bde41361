"""The generators we compare ourselves with, each as its own users would write such a site."""

import json
import re
import shutil
import subprocess
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from generator.configuration import load_settings
from generator.settings import Settings
from tests.bench import frame
from tests.bench.contestant import ONLY_OURS, Contestant, Step, units
from tests.bench.corpus import YEARS, address, make_record, write_corpus
from tests.bench.sheets import Sheet, make_sheet

_LAYOUTS = Path(__file__).parent / "peers"


class Peer(Contestant):
    """A generator that is a command of its own and takes records as front matter."""

    output = "public"
    assets: str
    """Folder of the files it copies as they are."""

    version_arguments: tuple[str, ...]

    def __init__(self, folder: Path, count: int, program: Sequence[str]) -> None:
        super().__init__(folder, count)
        self.program = tuple(program)

    def version(self) -> str:
        """Return what it says of its version."""
        done = subprocess.run([*self.program, *self.version_arguments], capture_output=True, text=True, check=True)
        found = re.search(r"\d+(?:\.\d+)+", done.stdout)
        return found[0] if found else done.stdout.strip()

    def make(self) -> None:
        """Write layouts, records and the pages of units and years."""
        shutil.copytree(_LAYOUTS / self.key, self.folder, dirs_exist_ok=True)
        settings = _frame_settings(self.folder.with_name(f"{self.folder.name}-frame"))
        self.write_frame(frame.make_frame(settings))
        frame.copy_assets(settings, self.folder / self.assets)
        for number in range(self.count):
            self._write(*self.record_file(number))
        self.write_lists()

    def record_file(self, number: int) -> tuple[Path, str]:
        """Return where a record stands and what the file says."""
        year, unit, name = address(number)
        path = Path(f"content/records/{year}/{unit}/{name.replace('.', '-')}.md")
        return path, self.changed_record(number, make_record(number))

    def changed_record(self, number: int, text: str) -> str:
        """Return what the file says of a record of the corpus that has been edited."""
        return self.front_matter(make_sheet(number, text))

    @abstractmethod
    def front_matter(self, sheet: Sheet) -> str:
        """Return a record as front matter."""

    @abstractmethod
    def write_frame(self, text: str) -> None:
        """Make the frame the base of all templates."""

    @abstractmethod
    def write_lists(self) -> None:
        """Write the sources of the pages that list records."""

    def write_template(self, more: str) -> None:
        """Write the template with something more at its end."""
        text = (_LAYOUTS / self.key / self.template).read_text(encoding="utf-8")
        (self.folder / self.template).write_text(text + more, encoding="utf-8")

    def json_index(self) -> Path:
        """Return the list of all records."""
        return self.folder / self.output / "index.json"

    def _write(self, path: Path, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


class Hugo(Peer):
    """Hugo with YAML front matter; units and years are taxonomies."""

    key = "hugo"
    title = "Hugo"
    assets = "static"
    template = Path("layouts/_partials/form_a1.html")
    caches = ("resources", ".hugo_build.lock")
    version_arguments = ("version",)

    def command(self, step: Step) -> Sequence[str] | None:
        """Return the command of a step; Hugo has neither rules nor parts to leave out."""
        return None if step in ONLY_OURS else (*self.program, "build", "--quiet")

    def preview_command(self, port: int) -> Sequence[str]:
        """Return the command of its own server, which keeps the site in memory."""
        return (*self.program, "server", "--bind", "127.0.0.1", "--port", str(port), "--noHTTPCache")

    def front_matter(self, sheet: Sheet) -> str:
        """Return a record as YAML between dashes."""
        return _yaml_page(asdict(sheet) | {"units": [sheet.unit], "years": [sheet.year]})

    def write_frame(self, text: str) -> None:
        """Make the frame the base of all templates."""
        main = '{{ block "main" . }}{{ end }}'
        self._write(Path("layouts/baseof.html"), text.replace(frame.TITLE, "{{ .Title }}").replace(frame.MAIN, main))

    def write_lists(self) -> None:
        """Give the taxonomies their titles, and each unit a second page for its indicators."""
        for name, title in (("records", "全部记录"), ("units", "单位"), ("years", "年度")):
            self._write(Path(f"content/{name}/_index.md"), _yaml_page({"title": title}))
        for year in YEARS:
            self._write(Path(f"content/years/{year}/_index.md"), _yaml_page({"title": f"{year}年度"}))
        for folder, name in units(self.count).items():
            page = {"title": name, "outputs": ["html", "indicators"]}
            self._write(Path(f"content/units/{folder}/_index.md"), _yaml_page(page))

    def page(self, number: int) -> Path:
        """Return the page of a record."""
        path, _ = self.record_path(number)
        return self.folder / self.output / f"{path}.html"

    @staticmethod
    def record_path(number: int) -> tuple[str, str]:
        """Return where a record's page stands, without ending, and its unit."""
        year, unit, name = address(number)
        return f"records/{year}/{unit}/{name.replace('.', '-')}", unit

    def indicator_pages(self, number: int) -> Sequence[Path]:
        """Return the list of the unit's indicators."""
        return (self.folder / self.output / f"indicators/units/{self.record_path(number)[1]}.html",)


class Zola(Peer):
    """Zola with TOML front matter; units and years are taxonomies that pages ask for."""

    key = "zola"
    title = "Zola"
    assets = "static"
    template = Path("templates/form_a1.html")
    version_arguments = ("--version",)

    def command(self, step: Step) -> Sequence[str] | None:
        """Return the command of a step; Zola has neither rules nor parts to leave out."""
        return None if step in ONLY_OURS else (*self.program, "build")

    def preview_command(self, port: int) -> Sequence[str]:
        """Return the command of its own server, which keeps the site in memory."""
        return (*self.program, "serve", "--interface", "127.0.0.1", "--port", str(port))

    def front_matter(self, sheet: Sheet) -> str:
        """Return a record as TOML between plus signs; the date puts it into the index."""
        page = {"title": sheet.title, "date": f"{sheet.year}-12-31"}
        terms = {"units": [sheet.unit], "years": [sheet.year], "unit_years": [f"{sheet.year}-{sheet.unit}"]}
        tables = {"taxonomies": terms, "extra": asdict(sheet)}
        return _toml_page(page, tables)

    def write_frame(self, text: str) -> None:
        """Make the frame the base of all templates."""
        title = "{% if page %}{{ page.title }}{% else %}{{ section.title }}{% endif %}"
        main = "{% block main %}{% endblock %}"
        self._write(Path("templates/shell.html"), text.replace(frame.TITLE, title).replace(frame.MAIN, main))

    def write_lists(self) -> None:
        """Write a page for each unit, its indicators and each year, and the registry that lists them."""
        names = units(self.count)
        registry = {
            "records": self.count,
            "years": [str(year) for year in YEARS],
            "units": [{"folder": folder, "name": name} for folder, name in names.items()],
        }
        self._write(Path("registry.json"), json.dumps(registry, ensure_ascii=False))
        self._write(Path("content/_index.md"), _toml_page({"title": "测速"}, {}))
        for name, title in (("records", "全部记录"), ("units", "单位"), ("years", "年度")):
            page = {"title": title, "template": f"{name}.html"}
            self._write(Path(f"content/{name}/_index.md"), _toml_page(page, {}))
        for year in YEARS:
            self._write_list(f"years/{year}", f"{year}年度", "year.html", str(year))
        for folder, name in names.items():
            self._write_list(f"units/{folder}", name, "unit.html", folder)
            self._write_list(
                f"units/{folder}-indicators", name, "indicators.html", folder, f"units/{folder}/indicators"
            )

    def _write_list(self, source: str, title: str, template: str, term: str, path: str = "") -> None:
        page = {"title": title, "template": template} | ({"path": path} if path else {})
        self._write(Path(f"content/{source}.md"), _toml_page(page, {"extra": {"term": term}}))

    def page(self, number: int) -> Path:
        """Return the page of a record."""
        path, _ = Hugo.record_path(number)
        return self.folder / self.output / path / "index.html"

    def indicator_pages(self, number: int) -> Sequence[Path]:
        """Return the list of the unit's indicators."""
        return (self.folder / self.output / f"units/{Hugo.record_path(number)[1]}/indicators/index.html",)


PEERS: Mapping[str, Callable[[Path, int, Sequence[str]], Peer]] = {Hugo.key: Hugo, Zola.key: Zola}


def _frame_settings(folder: Path) -> Settings:
    """Return the settings of a project like the corpus; the frame depends on these alone."""
    shutil.rmtree(folder, ignore_errors=True)
    write_corpus(folder, 0)
    return load_settings(folder / "mkdocs.yml")


def _yaml_page(values: Mapping[str, Any]) -> str:
    text = yaml.dump(values, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n"


def _toml_page(values: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if key != "date"]
    # A date is a kind of its own, without quotes.
    lines += [f"date = {values['date']}"] if "date" in values else []
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(("+++", *lines, "+++", ""))


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
