"""What stands around a page: Material's header, navigation and footer, rendered ahead with gaps that pages fill.

Material's templates take about a millisecond each time, so they are rendered once for every section of the site.
A page then costs one string join. A shell is a plain value: it can be sent to a worker process.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

import jinja2

from generator import __version__
from generator.errors import JixiaoError
from generator.render.csp import policy_of
from generator.render.environment import template_fault
from generator.render.theme_assets import linked_assets
from generator.settings import Settings

# Nobody writes these into a template or a title by chance, and no escaping changes them.
_BASE = "qjxbaseqz"
_GAP = re.compile(r"qjxgap_(\w+?)_qz")
# Indentation and empty lines of the templates: a third of the shell, times the number of pages.
_BLANKS = re.compile(r"\s*\n\s*")
_SAFE_BASE = re.compile(r"[A-Za-z0-9._~/%-]*")

_PART_LEVEL = 2

_PAGE_GAPS = (
    *("policy", "description", "canonical", "full_title", "title"),
    *("hidden_contents", "contents", "trail", "classes", "body", "lines"),
)


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the navigation on the left."""

    title: str
    url: str
    """Relative to the site, such as `units.html`."""
    section: str
    """Pages whose frame names this section mark the line as current."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page."""

    title: str
    url: str
    """Relative to the site; empty for a step that has no page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents."""

    id: str
    title: str
    level: int
    """2 for the page's main parts, 3 for what is below them; deeper ones are listed as 3."""


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the shell needs of one page."""

    url: str
    """Relative to the site, such as `records/2024/unit/project.html`."""
    title: str
    body: str
    """Trusted HTML."""
    description: str = ""
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    headings: tuple[Heading, ...] = ()
    base: str = ""
    """Prefix of every site address, such as `../../`; empty: found from the depth of the url."""
    wide: bool = False
    """Leave out the contents column, for tables that want the room."""
    print_only_form: bool = False
    """On paper show only what is inside elements of class `official-form`."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """Text with gaps: literal text and the name of the gap after it, then the last literal text."""

    pieces: tuple[tuple[str, str], ...]
    rest: str

    @classmethod
    def of(cls, text: str) -> "_Outline":
        *parts, rest = _GAP.split(text)
        return cls(tuple(zip(parts[::2], parts[1::2], strict=True)), rest)

    def filled(self, values: Mapping[str, str]) -> str:
        return "".join([part for literal, gap in self.pieces for part in (literal, values[gap])] + [self.rest])


@dataclass(frozen=True, slots=True)
class Shell:
    """The rendered shell of every section."""

    site_name: str
    site_description: str
    site_url: str
    live: bool
    sections: Mapping[str, str]
    """Section to the shell's text, with gaps and with a mark where the way to the site's root belongs."""
    contents: str
    """The table of contents, with a gap for its lines."""
    trail: str
    """The breadcrumbs, with a gap for its steps."""
    _outlines: dict[tuple[str, str], _Outline] = field(default_factory=dict, compare=False, repr=False)

    def wrap(self, frame: Frame) -> str:
        """Return the whole page."""
        base = frame.base or "../" * frame.url.count("/")
        outline = self._outline(frame.section, base)
        page = {
            "description": escape(frame.description or self.site_description),
            "canonical": escape(self._canonical(frame.url)),
            "full_title": escape(self._full_title(frame)),
            "title": escape(frame.title),
            "hidden_contents": "hidden" if frame.wide else "",
            "contents": "" if frame.wide else _list_in(self.contents, _heading_items(frame.headings)),
            "trail": _list_in(self.trail, _crumb_items(frame.crumbs, base)),
            "classes": "print-only-form" if frame.print_only_form else "",
            "body": frame.body,
        }
        return outline.filled(page)

    def _outline(self, section: str, base: str) -> _Outline:
        key = (section if section in self.sections else "", base)
        outline = self._outlines.get(key)
        if outline is None:
            outline = self._outlines[key] = self._rebased(*key)
        return outline

    def _rebased(self, section: str, base: str) -> _Outline:
        if not _SAFE_BASE.fullmatch(base):
            raise ValueError(f"not a path to the site's root: {base!r}")
        text = self.sections[section].replace(_BASE + "/", base).replace(_BASE, base or "./")
        # The preview server of MkDocs puts a script of its own into each page, whose hash nobody can know ahead.
        policy = "" if self.live else f'<meta http-equiv="Content-Security-Policy" content="{policy_of(text)}">'
        return _Outline.of(text.replace(_gap("policy"), policy))

    def _canonical(self, url: str) -> str:
        return self.site_url + quote("" if url == "index.html" else url)

    def _full_title(self, frame: Frame) -> str:
        named_alike = frame.title in ("", self.site_name)
        return self.site_name if named_alike else f"{frame.title} - {self.site_name}"


def load_shell(settings: Settings, nav: Iterable[NavEntry], *, live: bool = False) -> Shell:
    """Render Material for every section that the navigation names, and once for pages of no section."""
    try:
        return _rendered(settings, tuple(nav), live=live)
    except (jinja2.TemplateError, TypeError, UnicodeDecodeError) as error:
        raise JixiaoError(f"页面的外框生成不出来：{template_fault(error, 'main.html')}") from error


def _rendered(settings: Settings, entries: tuple[NavEntry, ...], *, live: bool) -> Shell:
    environment = _environment(settings)
    context = _context(settings)
    main = environment.get_template("main.html")
    sections = {
        section: _packed(main.render(context | {"nav": _navigation(entries, section)}))
        for section in sorted({"", *(entry.section for entry in entries)})
    }
    words = environment.get_template("partials/language.html").make_module(context)
    return Shell(
        site_name=settings.site_name,
        site_description=settings.site_description,
        site_url=settings.site_url,
        live=live,
        sections=sections,
        contents=_packed(environment.get_template("partials/toc.html").render(context | {"lang": words})),
        trail=_packed(environment.get_template("partials/path.html").render(context | {"lang": words})),
    )


def _environment(settings: Settings) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in settings.material.theme_dirs]),
        # Material's templates are written for an environment without it; values are escaped where they are filled in.
        autoescape=False,  # noqa: S701
        auto_reload=False,
    )
    environment.filters["url"] = _from_root
    environment.filters["script_tag"] = lambda path: f'<script src="{_from_root(path)}"></script>'
    return environment


def _context(settings: Settings) -> dict[str, object]:
    """Return what Material's templates look up; only what they may use is there."""
    styles, scripts = linked_assets(settings)
    config = {
        "site_name": settings.site_name,
        "site_url": settings.site_url,
        "copyright": settings.copyright,
        "theme": settings.material.options,
        "extra_css": styles,
        "extra_javascript": scripts,
        "extra": {"generator": False},
        "plugins": {},
    }
    return {
        "config": config,
        # Material's skip link leads to the first heading it knows of.
        "page": {"toc": [{"url": "#main"}]},
        "base_url": _BASE,
        "gap": {name: _gap(name) for name in _PAGE_GAPS},
        "site_url": settings.site_url,
        "publisher": settings.publisher,
        "internal": settings.internal,
        "generator": f"jixiao {__version__}",
    }


def _navigation(entries: tuple[NavEntry, ...], section: str) -> dict[str, object]:
    lines = [{"title": entry.title, "url": entry.url, "current": entry.section == section != ""} for entry in entries]
    return {"homepage": {"title": "首页", "url": "index.html"}, "entries": lines}


def _from_root(path: str) -> str:
    return path if path.startswith("#") else f"{_BASE}/{_address(path)}"


def _address(path: str) -> str:
    """Return a path of the site as it may stand in an attribute."""
    return escape(quote(path, safe="/#?=&"))


def _gap(name: str) -> str:
    return f"qjxgap_{name}_qz"


def _packed(text: str) -> str:
    return _BLANKS.sub("\n", text).strip() + "\n"


def _list_in(text: str, lines: str) -> str:
    return text.replace(_gap("lines"), lines) if lines else ""


def _crumb_items(crumbs: tuple[Crumb, ...], base: str) -> str:
    return "\n".join(_crumb_item(crumb, base) for crumb in crumbs)


def _crumb_item(crumb: Crumb, base: str) -> str:
    title = f'<span class="md-ellipsis">{escape(crumb.title)}</span>'
    if crumb.url:
        title = f'<a href="{base}{_address(crumb.url)}" class="md-path__link">{title}</a>'
    return f'<li class="md-path__item">{title}</li>'


def _heading_items(headings: tuple[Heading, ...]) -> str:
    parts: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level > _PART_LEVEL and parts:
            parts[-1][1].append(heading)
        else:
            parts.append((heading, []))
    return "\n".join(_contents_item(part, below) for part, below in parts)


def _contents_item(part: Heading, below: list[Heading]) -> str:
    lines = "".join(f'<li class="md-nav__item">{_contents_link(heading)}</li>' for heading in below)
    inner = f'<ul class="md-nav__list">{lines}</ul>' if lines else ""
    return f'<li class="md-nav__item">{_contents_link(part)}{inner}</li>'


def _contents_link(heading: Heading) -> str:
    title = f'<span class="md-ellipsis">{escape(heading.title)}</span>'
    return f'<a href="#{escape(heading.id)}" class="md-nav__link">{title}</a>'
