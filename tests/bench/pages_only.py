"""Build only the pages of a project, without checks and exports: `python -m tests.bench.pages_only`.

This is what generators that know nothing of figures do, so it is the fair measure of rendering and writing.
"""

import argparse
from pathlib import Path

from generator.build.common import Parts
from generator.build.memory import uncollected
from generator.build.order import Order
from generator.build.pipeline import build_site
from generator.build.today import this_day
from generator.configuration import load_settings


def main() -> None:
    """Build the pages from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, help="mkdocs.yml of the project")
    parser.add_argument("folder", type=Path, help="folder for the pages and for what is kept about them")
    arguments = parser.parse_args()
    order = Order(
        settings=load_settings(arguments.config),
        site_dir=arguments.folder / "site",
        keep_going=True,
        live=False,
        today=this_day(),
        kept=arguments.folder / "kept",
        cache_dir=arguments.folder / "cache",
        parts=Parts(checks=False, exports=False),
    )
    with uncollected():
        build_site(order)


if __name__ == "__main__":
    main()
