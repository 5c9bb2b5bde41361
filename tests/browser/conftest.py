"""Fixtures of the browser tests: `browser`, `serve`, `own_site` and `open_page`."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.chromium import HOW_TO_GET, find_chromium
from tests.browser.found_site import build_found_site
from tests.browser.harness import OpenPage, open_in, serve_folder
from tests.browser.sites import build_own_site

_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # No test may depend on the network: every other name leads nowhere, so what a page asks for outside fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium by what it asks for, so that no test can forget to say it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the one browser of this test process."""
    executable = find_chromium()
    if executable is None:
        reason = f"no Chromium: {HOW_TO_GET}"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(reason)
        pytest.skip(reason)
    # Chromium refuses its sandbox to root, and CI containers run as root.
    as_root = getattr(os, "geteuid", lambda: 1)() == 0
    arguments = [*_ARGUMENTS, *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a folder until the tests end and returns its address."""
    with ExitStack() as servers:
        addresses: dict[Path, str] = {}

        def serve_once(folder: Path) -> str:
            resolved = folder.resolve()
            if resolved not in addresses:
                addresses[resolved] = servers.enter_context(serve_folder(resolved))
            return addresses[resolved]

        yield serve_once


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the site that the project's own content makes, built once for all tests."""
    return build_own_site(tmp_path_factory.mktemp("own_site") / "site")


@pytest.fixture(scope="session")
def found_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a site with more to find and to compare, built once for all tests."""
    return build_found_site(tmp_path_factory.mktemp("found_site"))


class PageOpener(Protocol):
    """The `open_page` fixture: open an address as a certain reader would see it."""

    def __call__(
        self,
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        javascript: bool = True,
        touch: bool = False,
        color_scheme: Literal["light", "dark"] = "light",
        forced_colors: Literal["active", "none"] = "none",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
    ) -> OpenPage: ...


@pytest.fixture
def open_page(browser: Browser) -> Iterator[PageOpener]:
    """Give a function that opens an address in a fresh context; all are closed after the test."""
    with ExitStack() as contexts:

        def open_fresh(
            url: str,
            *,
            width: int = 1280,
            height: int = 800,
            javascript: bool = True,
            touch: bool = False,
            color_scheme: Literal["light", "dark"] = "light",
            forced_colors: Literal["active", "none"] = "none",
            reduced_motion: Literal["reduce", "no-preference"] = "reduce",
        ) -> OpenPage:
            context = browser.new_context(
                viewport=ViewportSize(width=width, height=height),
                java_script_enabled=javascript,
                has_touch=touch,
                is_mobile=touch,
                color_scheme=color_scheme,
                forced_colors=forced_colors,
                reduced_motion=reduced_motion,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            contexts.callback(context.close)
            return open_in(context, url)

        yield open_fresh
