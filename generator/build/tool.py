"""What made a page besides its content: this very version of jixiao and of the packages it renders with."""

import hashlib
import os
import platform
from pathlib import Path

from generator.build.inputs import Stamps, digest_of_files
from generator.plan.planned import key_of

PACKAGE = str(Path(__file__).parents[1])
"""Folder of the source, the templates aside."""

_PACKAGES = (
    *("jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "msgspec", "pyyaml"),
    # Documents are made with these.
    *("lxml", "openpyxl", "python-docx", "typst"),
)


def tool_digest(source: Stamps) -> bytes:
    """Return the digest of the source files named, of Python and of the packages that decide on the bytes of a site."""
    files = digest_of_files(path for path in source if path.endswith((".py", ".yaml")))
    versions = [f"python {platform.python_version()}", *(f"{name} {_version(name)}" for name in _PACKAGES)]
    return hashlib.blake2b(files + "\n".join(versions).encode(), digest_size=16).digest()


def owner_of(tool: bytes, project_dir: Path) -> bytes:
    """Return whose what is kept is: that of one version of jixiao at work on one project."""
    return key_of(tool, os.fsencode(project_dir))


def _version(name: str) -> str:
    # Takes as long to load as a record to build, and is asked only when the installation has changed.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
