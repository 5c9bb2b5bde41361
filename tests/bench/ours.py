"""jixiao itself, as it takes part in the benchmark."""

import sys
from collections.abc import Sequence
from pathlib import Path

import generator
from generator.resources import packaged
from tests.bench.contestant import Contestant, Step
from tests.bench.corpus import address, make_record, write_corpus

_PACK = Path("content/rule_packs/bench.yaml")
_LIMIT = 80
_CLI = (sys.executable, "-m", "generator.cli")


class Jixiao(Contestant):
    """Our own generator; whoever edits a template lays a copy of his own over ours."""

    key = "jixiao"
    title = "jixiao"
    template = Path("templates/forms/self_evaluation_a1.html")
    output = "site"
    caches = (".jixiao-cache",)

    @property
    def pages_folder(self) -> Path:
        """Where the pages alone are written, with what is kept about them."""
        return self.folder.with_name(f"{self.folder.name}-pages")

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The folders that a build writes to."""
        return (*super().outputs, self.pages_folder)

    def version(self) -> str:
        """Return our version."""
        return generator.__version__

    def command(self, step: Step) -> Sequence[str]:
        """Return the command of a step."""
        if step in {Step.CHECK, Step.RECHECK}:
            return (*_CLI, "check")
        if step is Step.PAGES:
            config = self.folder / "mkdocs.yml"
            return (sys.executable, "-m", "tests.bench.pages_only", str(config), str(self.pages_folder))
        return (*_CLI, "build", "--quiet")

    def preview_command(self, port: int) -> Sequence[str]:
        """Return the command of the preview."""
        return (*_CLI, "serve", "--address", f"127.0.0.1:{port}")

    def make(self) -> None:
        """Write the corpus, with a rule pack to edit."""
        write_corpus(self.folder, self.count)
        config = self.folder / "mkdocs.yml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("  - jixiao\n", "  - jixiao:\n      rule_packs: [bench]\n"), encoding="utf-8")
        (self.folder / _PACK).parent.mkdir(parents=True)
        self.edit_pack(0)

    def record_file(self, number: int) -> tuple[Path, str]:
        """Return where a record stands and what the file says."""
        year, unit, name = address(number)
        return Path(f"content/records/{year}/{unit}/{name}.yaml"), make_record(number)

    def changed_record(self, number: int, text: str) -> str:
        """Return the edited text as it is: the corpus is ours."""
        del number
        return text

    def page(self, number: int) -> Path:
        """Return the page of a record."""
        year, unit, name = address(number)
        return self.folder / self.output / f"records/{year}/{unit}/{name}.html"

    def indicator_pages(self, number: int) -> Sequence[Path]:
        """Return the list of all, of a unit, of a unit's year: which of them has rows depends on how many there are."""
        year, unit, _ = address(number)
        names = ("indicators.html", f"indicators/{unit}.html", f"indicators/{unit}/{year}.html")
        return tuple(self.folder / self.output / name for name in names)

    def json_index(self) -> Path:
        """Return the list of all records."""
        return self.folder / self.output / "api/v1/records.json"

    def write_template(self, more: str) -> None:
        """Lay a template over ours, or take it away where there is nothing to add."""
        own = self.folder / self.template
        if not more:
            own.unlink(missing_ok=True)
            return
        own.parent.mkdir(parents=True, exist_ok=True)
        text = (packaged("templates") / "forms" / own.name).read_text(encoding="utf-8")
        own.write_text(text + more, encoding="utf-8")

    def reset(self) -> None:
        """Take all edits back."""
        super().reset()
        self.edit_pack(0)

    def edit_pack(self, turn: int) -> None:
        """Change a limit in the rule pack."""
        text = f"继承: national\n标题: 测速\n界限:\n  执行率偏低: {_LIMIT + turn}\n"
        (self.folder / _PACK).write_text(text, encoding="utf-8")
