"""Words and amounts longer than any screen: they break, and the page keeps to its window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow
from tests.site_tools import PROJECT, build, copied

LEVEL = "极长的一级指标名称" * 8
WORD = "Sehrlangeswort" * 12


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    project = copied(PROJECT, folder / "project")
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    text = record.read_text(encoding="utf-8").replace("产出指标:", f"{LEVEL}:").replace("两新党建工作", WORD)
    record.write_text(text.replace("94.60", "123456789012345678.1234567890"), encoding="utf-8")
    assert build(project, folder / "site").published
    return folder / "site"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_record_of_very_long_words_keeps_to_its_window(
    long_site: Path, serve: Callable[[Path], str], open_page: PageOpener, width: int
) -> None:
    opened = open_page(f"{serve(long_site)}/records/2024/xinzhuang/liangxin.html", width=width)

    assert LEVEL in opened.page.inner_text("#main")
    assert horizontal_overflow(opened.page) == 0
