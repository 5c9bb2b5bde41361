"""What stands around every page, for the other generators: our own frame, with marks where a page differs."""

import shutil
from pathlib import Path

from generator.plan.menu import MENU
from generator.render.shell import Crumb, Frame, Heading, NavEntry, load_shell
from generator.render.theme_assets import theme_assets
from generator.settings import Settings

TITLE = "@@TITLE@@"
MAIN = "@@MAIN@@"

_HEADINGS = (Heading("summary", "摘要", 2), Heading("form", "原表", 2))


def make_frame(settings: Settings) -> str:
    """Return the page around a record, with TITLE and MAIN where these belong; its links begin at the root."""
    frame = Frame(
        url="records/2024/unit/project.html",
        title=TITLE,
        body=MAIN,
        section="records",
        crumbs=(Crumb("全部记录", "records.html"), Crumb(TITLE, "")),
        headings=_HEADINGS,
        base="/",
        print_only_form=True,
    )
    return load_shell(settings, [NavEntry(*entry) for entry in MENU]).wrap(frame).decode()


def copy_assets(settings: Settings, folder: Path) -> None:
    """Copy the style sheets and scripts that the frame asks for."""
    for asset in theme_assets(settings):
        target = folder / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.source, target)
