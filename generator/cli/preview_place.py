"""Where the site of a preview stands."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.build.names import MANIFEST
from generator.build.site_place import refuse_dangerous, refuse_links
from generator.build.staging import locked
from generator.errors import JixiaoError
from generator.settings import Settings


@contextlib.contextmanager
def preview_place(cache_dir: Path, settings: Settings) -> Iterator[Path]:
    """Give a folder for a preview's site and what is kept about it, which the next preview finds as it was left.

    Where another preview is at work, or the project cannot be written to, it is one that ends with the preview.
    """
    with contextlib.ExitStack() as held:
        folder = cache_dir / "preview"
        try:
            refuse_dangerous(folder, settings)
            refuse_links(cache_dir, folder)
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(folder))
            _clear_unknown(folder / "site")
        except (JixiaoError, OSError):
            aside = tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True)
            folder = Path(held.enter_context(aside))
        yield folder


def _clear_unknown(site: Path) -> None:
    """Remove what stands where the site belongs and does not say which of its files are ours, as a copy may."""
    if site.is_symlink() or site.is_file():
        site.unlink()
    elif site.is_dir() and not (site / MANIFEST).is_file():
        shutil.rmtree(site)
