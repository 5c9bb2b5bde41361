"""Where a report may be written: anywhere but over what people write themselves."""

import os
from collections.abc import Iterable
from pathlib import Path

from generator.build.published_list import list_of
from generator.errors import JixiaoError
from generator.settings import Settings


def refuse_source(places: Iterable[Path | None], config: Path, settings: Settings) -> None:
    """Refuse to write a report over the project's configuration, or into its content, rule packs or releases."""
    folders = (
        settings.records_dir, settings.registry_dir, settings.pages_dir, settings.rule_packs_dir,
        list_of(settings.project_dir).parent,
    )  # fmt: skip
    for place in places:
        if place is None:
            continue
        real = Path(os.path.realpath(place))
        if real == Path(os.path.realpath(config)) or any(real.is_relative_to(os.path.realpath(one)) for one in folders):
            raise JixiaoError(
                f"{place} 是项目的配置文件，或在内容、规则包、发布记录的文件夹里，报告不能写在那里。请写到别处，例如 report.md。"
            )
