"""Make pages that are planned, unless the site has them already."""

from collections.abc import Callable
from functools import partial

from generator.build.common import Common
from generator.build.making import Making
from generator.plan.planned import Planned, key_of
from generator.render.renderer import Renderer


def page_maker(common: Common, making: Making) -> Callable[[Planned], None]:
    """Return what makes a page, unless the site has it already."""
    renderer = common.renderer

    def render(page: Planned) -> None:
        making.make(
            page.url,
            key_of(page.key, template_key(common, page.form or page.template)),
            partial(_rendered, renderer, page),
        )

    return render


def _rendered(renderer: Renderer, page: Planned) -> bytes:
    return renderer.render(page.make()).content


def template_key(common: Common, template: str) -> bytes:
    """Return the digest of what a page depends on besides its content: its template, the shell, settings."""
    return key_of(common.page_key, common.template_digests.get(template, b""))
