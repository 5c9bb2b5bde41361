"""What every test may use: golden files."""

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests.golden_files import GOLDEN_FOLDER, Golden, unused_golden_files

# A slow machine is no fault of the code; a test that hangs is ended by its timeout.
settings.register_profile("jixiao", deadline=None)
settings.load_profile("jixiao")

pytest_plugins = ["pytester"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(GoldenUse(config), "golden-use")


LONGEST_FILES = (
    "build/test_killed.py",
    "browser/test_site_pages.py",
    "build/test_caches.py",
    "build/test_workers.py",
    "build/test_incremental_sequences.py",
    "build/test_disk.py",
)
"""Begun last, one of them would keep one worker busy long after the others have nothing left to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; a worker takes whole files, in this order."""
    folder = Path(__file__).parent
    rank = {folder / name: place for place, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


def pytest_collection_finish() -> None:
    """Set aside what lives until the end, so that it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave alone what the user's own builds keep."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def golden(pytestconfig: pytest.Config, tmp_path: Path) -> Golden:
    """Return `golden(name, actual)`, which compares with `tests/golden/<name>`."""
    plugin = pytestconfig.pluginmanager.get_plugin("golden-use")
    assert isinstance(plugin, GoldenUse)
    return Golden(
        folder=plugin.folder,
        actual_folder=tmp_path / "actual",
        update=pytestconfig.getoption("--update-golden"),
        used=plugin.used,
    )


class GoldenUse:
    """Find golden files that no test uses any more, once every test has run and passed."""

    folder = GOLDEN_FOLDER

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.used: set[str] = set()
        # What was left out may be what uses a file, so nothing is said after part of a run.
        self.partial = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
        self.unused: list[Path] = []

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        self.partial = self.partial or bool(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.partial = self.partial or report.outcome != "passed"

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker of pytest-xdist has seen; a worker that crashed has nothing to tell."""
        used, partial = getattr(node, "workeroutput", {}).get("golden_use", ([], True))
        self.used.update(used)
        self.partial = self.partial or partial

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        worker_output = getattr(self.config, "workeroutput", None)
        if worker_output is not None:
            # The controller alone knows what was asked for on the command line; a worker knows what was deselected.
            worker_output["golden_use"] = (sorted(self.used), self.partial)
            return
        if self.partial or exitstatus != pytest.ExitCode.OK or session.testscollected == 0:
            return
        unused = unused_golden_files(self.folder, self.used)
        if self.config.getoption("--update-golden"):
            for path in unused:
                path.unlink()
        elif unused:
            self.unused = unused
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.unused:
            terminalreporter.section("golden files that no test uses", red=True)
            for path in self.unused:
                terminalreporter.line(str(path))
            terminalreporter.line("Remove them: make golden")
