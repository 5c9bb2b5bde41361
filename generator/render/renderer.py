"""From page to file: the body by our templates, then the Material shell around it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import BytecodeCache

from generator.artifact import Artifact
from generator.errors import JixiaoError
from generator.plan.page import Page
from generator.plan.urls import NOT_FOUND, base_of
from generator.render.environment import make_environment, template_fault
from generator.render.references import TemplateFile, TemplateFiles
from generator.render.shell import Crumb, Frame, Heading, Shell


class Renderer:
    """Renders pages with one set of templates and one shell."""

    def __init__(
        self,
        template_dirs: Sequence[Path],
        shell: Shell,
        *,
        root_path: str,
        bytecode_cache: BytecodeCache | None = None,
        known_templates: Mapping[str, TemplateFile] | None = None,
    ) -> None:
        self._environment = make_environment(template_dirs, bytecode_cache=bytecode_cache)
        self._shell = shell
        self._root_path = root_path
        self.templates = TemplateFiles(self._environment, known_templates)
        """The template files; see `dependencies`."""

    def dependencies(self, template: str, form_template: str = "") -> frozenset[str]:
        """Return the names of all templates that a page may be made of.

        `form_template` is the one that the page of a record includes by its form. `templates[name].digest` tells
        whether one has changed.
        """
        return self.templates.reached(template, form_template)

    def render(self, page: Page) -> Artifact:
        """Render one page."""
        # The server shows 404.html under any address, so its links start at the site's root on the host.
        base = self._root_path if page.url == NOT_FOUND else base_of(page.url)
        body = self._body(page, base)
        frame = Frame(
            url=page.url,
            title=page.title,
            body=body,
            description=page.description,
            section=page.section,
            crumbs=tuple([Crumb(crumb.title, crumb.url) for crumb in page.crumbs]),
            headings=tuple([Heading(heading.id, heading.title, heading.level) for heading in page.headings]),
            base=base,
            wide=page.wide,
            print_only_form=bool(page.form),
            feed=Crumb(page.feed.title, page.feed.url) if page.feed else None,
        )
        return Artifact(page.url, self._shell.wrap(frame))

    def _body(self, page: Page, base: str) -> str:
        try:
            return self._environment.get_template(page.template).render(page=page.context, base=base)
        # Whatever a template does wrong is its author's to mend: the message names the place, not our code.
        except Exception as error:
            raise JixiaoError(f"页面 {page.url} 生成不出来：{template_fault(error, page.template)}") from error
