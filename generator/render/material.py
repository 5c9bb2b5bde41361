"""Render Material's header, navigation and footer, with gaps where pages differ."""

import re
from itertools import groupby

import jinja2

from generator import __version__
from generator.errors import JixiaoError
from generator.render.environment import template_fault
from generator.render.shell import BASE, PAGE_GAPS, NavEntry, Shell, address, gap
from generator.render.theme_assets import linked_assets
from generator.settings import Settings

# Indentation and empty lines of the templates: a third of the shell, times the number of pages.
_BLANKS = re.compile(r"\s*\n\s*")


def render_shell(
    settings: Settings,
    nav: tuple[NavEntry, ...],
    *,
    live: bool,
    feed_title: str,
    bytecode_cache: jinja2.BytecodeCache | None,
) -> Shell:
    """Render Material for every section that the navigation names, and once for pages of no section."""
    try:
        return _rendered(settings, nav, _environment(settings, bytecode_cache), live=live, feed_title=feed_title)
    except (jinja2.TemplateError, TypeError, UnicodeDecodeError) as error:
        raise JixiaoError(f"页面的外框生成不出来：{template_fault(error, 'main.html')}") from error


def _rendered(
    settings: Settings, entries: tuple[NavEntry, ...], environment: jinja2.Environment, *, live: bool, feed_title: str
) -> Shell:
    context = _context(settings) | {"feed_title": feed_title}
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


def _environment(settings: Settings, bytecode_cache: jinja2.BytecodeCache | None) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in settings.material.theme_dirs]),
        # Material's templates are written for an environment without it; values are escaped where they are filled in.
        autoescape=False,  # noqa: S701
        auto_reload=False,
        bytecode_cache=bytecode_cache,
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
        "base_url": BASE,
        "gap": {name: gap(name) for name in PAGE_GAPS},
        "site_url": settings.site_url,
        "publisher": settings.publisher,
        "internal": settings.internal,
        "generator": f"jixiao {__version__}",
    }


def _navigation(entries: tuple[NavEntry, ...], section: str) -> dict[str, object]:
    groups = [
        {
            "title": title,
            "entries": [
                {"title": entry.title, "url": entry.url, "current": entry.section == section != ""} for entry in lines
            ],
        }
        for title, lines in groupby(entries, lambda entry: entry.group)
    ]
    return {"homepage": {"title": "首页", "url": "index.html"}, "groups": groups}


def _from_root(path: str) -> str:
    return path if path.startswith("#") else f"{BASE}/{address(path)}"


def _packed(text: str) -> str:
    return _BLANKS.sub("\n", text).strip() + "\n"
