"""What `mkdocs.yml` says, as plain values that can be kept and sent to a worker process; `configuration` reads it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

DOCUMENT_FORMATS = ("xlsx", "docx", "pdf")
"""Formats of the office's own documents in which forms can be exported, in the order they are offered."""

DATABASE_FORMATS = ("sqlite", "parquet")
"""Formats in which all open data can be had at once, in the order they are offered."""

VERSIONS = "versions"
DATES = "dates"
HISTORIES = (VERSIONS, DATES)
"""How much the site tells of what git knows of the records, the usual first."""


class MaterialConfig(Struct, frozen=True):
    """What the Material theme is told; only the shell reads it."""

    theme_dirs: tuple[Path, ...]
    """Folders with the theme's templates and files, the first one that has a file wins."""
    options: Mapping[str, Any]
    """The keys under `theme:` over the theme's own defaults."""
    custom_dir: Path | None = None
    """The project's own folder among them, as `custom_dir` names it."""


class Settings(Struct, frozen=True):
    """All that a build needs to know of the project."""

    project_dir: Path
    records_dir: Path
    registry_dir: Path
    pages_dir: Path
    """Hand-written Markdown pages (`docs_dir`)."""
    site_dir: Path
    template_dirs: tuple[Path, ...]
    """The project's own `templates/` first where it has one, then those that come with jixiao."""
    site_name: str
    site_description: str
    site_url: str
    """Absolute address ending in `/`, or empty where the site has none."""
    publisher: str
    """Who answers for the figures, printed at the foot of each page; may be empty."""
    copyright: str
    """Trusted HTML from `mkdocs.yml`; may be empty."""
    page_titles: Mapping[str, str]
    """Hand-written pages named under `nav:`, in that order: path below `pages_dir` to title (empty: the page's own)."""
    keep_going: bool
    """Whether the site is built although some records cannot be read."""
    rule_packs: tuple[str, ...]
    """Names of the rule packs to check by, a later one overriding where it holds."""
    rule_packs_dir: Path
    """The project's own rule packs; need not exist."""
    public_findings: str
    """Which findings of the rules the site shows: contradictions, warnings or all."""
    internal: bool
    """Whether the site is for the publisher's own eyes: it shows every finding and says on each page what it is."""
    history: str
    """How much is told of the records' past, one of `HISTORIES`: their versions, or only when each came and changed."""
    exports: tuple[str, ...]
    """Formats, of `DOCUMENT_FORMATS`, in which the site offers every form for download; usually none."""
    databases: tuple[str, ...]
    """Formats, of `DATABASE_FORMATS`, in which the site offers its open data beside CSV and JSON; usually none."""
    warnings: tuple[str, ...]
    """Chinese sentences on keys of `mkdocs.yml` that have no effect."""
    material: MaterialConfig

    @property
    def root_path(self) -> str:
        """Return the path of the site on its host, such as `/budget/`, for pages served under any address."""
        return quote(unquote(urlsplit(self.site_url).path)) or "/"
