"""Make pages that are planned, unless the site has them already."""

from collections.abc import Callable
from functools import partial

from generator.build.common import Common
from generator.build.making import Making
from generator.build.unit_building import page_key
from generator.plan.planned import Planned, key_of
from generator.render.renderer import Renderer


def page_maker(common: Common, making: Making) -> Callable[[Planned], None]:
    """Return what makes a page, unless the site has it already."""
    renderer = common.renderer

    def render(page: Planned) -> None:
        making.make(page.url, key_of(page.key, page_key(common, page)), partial(_rendered, renderer, page))

    return render


def _rendered(renderer: Renderer, page: Planned) -> bytes:
    return renderer.render(page.make()).content
