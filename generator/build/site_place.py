"""Where a site may be written."""

from pathlib import Path

from generator.errors import JixiaoError
from generator.settings import Settings


def refuse_links(*folders: Path) -> None:
    """Refuse to remove anything where a link leads: what is there may be anybody's."""
    for folder in folders:
        if folder.resolve() != folder.parent.resolve() / folder.name:
            raise JixiaoError(f"{folder} 是指到别处的链接，没有删除其中的内容。请删去这个链接，再运行一次。")


def refuse_dangerous(site_dir: Path, settings: Settings) -> None:
    """Refuse to write a site over the project or its content."""
    site = site_dir.resolve()
    project = settings.project_dir.resolve()
    if site == project or site in project.parents:
        raise JixiaoError(
            f"site_dir 是 {site_dir}，会盖住项目本身。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
        )
    for folder in (
        settings.records_dir,
        settings.registry_dir,
        settings.pages_dir,
        settings.rule_packs_dir,
        *settings.template_dirs,
    ):
        inner = folder.resolve()
        if site == inner or site in inner.parents or inner in site.parents:
            raise JixiaoError(
                f"site_dir 是 {site_dir}，与 {folder} 重叠。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
            )
