"""Read `mkdocs.yml`: MkDocs reads and checks the file, and nothing of MkDocs leaves this module."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from generator.configuration_messages import explain
from generator.errors import JixiaoError
from generator.resources import template_dirs_of
from generator.settings import MaterialConfig, Settings
from generator.text import nearest

PLUGIN = "jixiao"

_CURES = {
    "extra": "页面上的文字请改模板",
    "extra_css": "样式文件请放进 templates/assets/",
    "extra_javascript": "脚本文件请放进 templates/assets/",
    "extra_templates": "模板请放进 templates/",
    "hooks": "本站不经 MkDocs 生成页面",
    "markdown_extensions": "文字一律按 CommonMark 排版",
    "mdx_configs": "文字一律按 CommonMark 排版",
    "repo_url": "它会让页面请求外部网站",
}
"""Keys of MkDocs that our pages do not heed, and what to do instead."""

_DEFAULT_EXTENSIONS = {"toc", "tables", "fenced_code"}
"""What MkDocs itself puts under `markdown_extensions`."""

_REFUSED_KEYS = ("exclude_docs", "draft_docs", "not_in_nav")
"""Keys that keep pages from being published; to pass over one would publish a draft."""

# Others would fetch pages in the background (which a file opened from a folder may not), or concern parts of
# Material that this site has no use for.
_FEATURES = frozenset({"header.autohide", "navigation.top", "navigation.tracking", "toc.follow"})


def load_settings(config_file: Path) -> Settings:
    """Read `mkdocs.yml`, or raise `JixiaoError` saying in Chinese all that is wrong with it."""
    if not config_file.is_file():
        raise JixiaoError(f"找不到 {config_file}。请在项目文件夹（有 {config_file.name} 的那一层）里运行。")
    with _quiet_mkdocs():
        config = MkDocsConfig(config_file_path=str(config_file.absolute()))
        try:
            with config_file.open("rb") as stream:
                config.load_file(stream)
            errors, warnings = config.validate()
        except (ConfigurationError, yaml.YAMLError) as error:
            raise JixiaoError(f"{config_file} 读不出来：{_reason(error)}") from error
    if errors:
        lines = [
            f"{config_file} 有 {len(errors)} 处要改：",
            *(f"  {key}：{explain(str(error))}" for key, error in errors),
        ]
        raise JixiaoError("\n".join(lines))
    known = [key for key, _ in config._schema]  # noqa: SLF001 - MkDocs has no public list of its keys
    unknown = sorted(key for key, _ in warnings if key not in known)
    return settings_of(config, warnings=[f"{config_file.name}：{_unknown_key(key, known)}" for key in unknown])


def settings_of(config: MkDocsConfig, *, warnings: Iterable[str] = ()) -> Settings:
    """Return the settings in a configuration that MkDocs has read and checked."""
    name = Path(config.config_file_path).name
    project_dir = Path(config.config_file_path).parent
    template_dirs = template_dirs_of(project_dir)
    options = _plugin_options(config, name)
    if config.theme.name != "material":
        raise JixiaoError(f"{name}：theme.name 须是 material，现在是 {config.theme.name or '空'}。")
    _refuse(config, name)
    return Settings(
        project_dir=project_dir,
        records_dir=_inside(project_dir, options, "records_dir", name),
        registry_dir=_inside(project_dir, options, "registry_dir", name),
        pages_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        template_dirs=template_dirs,
        site_name=config.site_name,
        site_description=config.site_description or "",
        site_url=config.site_url or "",
        publisher=options["publisher"],
        copyright=config.copyright or "",
        page_titles=dict(_page_titles(config.nav, name)),
        keep_going=options["keep_going"],
        public_findings=options["public_findings"],
        internal=options["internal"],
        history=options["history"],
        exports=options["exports"],
        databases=options["databases"],
        rule_packs=tuple(options["rule_packs"]),
        rule_packs_dir=_inside(project_dir, options, "rule_packs_dir", name),
        warnings=(*warnings, *_without_effect(config, name)),
        material=_material(config, template_dirs),
    )


def _refuse(config: MkDocsConfig, name: str) -> None:
    """Refuse what cannot be passed over: keys that would keep drafts back, and theme options of the wrong shape."""
    faults = [
        f"{key} 不受支持：请把不公开的页面移到 {config.docs_dir} 之外" for key in _REFUSED_KEYS if config.get(key)
    ]
    palette, features = config.theme.get("palette"), config.theme.get("features")
    parts = palette if isinstance(palette, list) else [palette or {}]
    if not all(isinstance(part, dict) for part in parts):
        faults.append("theme.palette 应是一组键值或它们的列表")
    if features is not None and not (isinstance(features, list) and all(isinstance(item, str) for item in features)):
        faults.append("theme.features 应是文字的列表")
    if not isinstance(config.theme.get("language", "zh"), str):
        faults.append("theme.language 应是文字，例如 zh")
    if faults:
        raise JixiaoError("\n".join(f"{name}：{fault}。" for fault in faults))


def _material(config: MkDocsConfig, template_dirs: Iterable[Path]) -> MaterialConfig:
    options = {key: value for key, value in config.theme.items() if key != "locale"}
    options["features"] = [feature for feature in options.get("features") or [] if feature in _FEATURES]
    # Fonts of Material's own come from an outside host, and the site asks none.
    options["font"] = False
    material = [Path(folder) for folder in config.theme.dirs]
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    # MkDocs lists `custom_dir` first of all; ours come right after it.
    folders = dict.fromkeys((*own, *(folder / "theme" for folder in template_dirs), *material))
    return MaterialConfig(theme_dirs=tuple(folders), options=options, custom_dir=own[0] if own else None)


def _without_effect(config: MkDocsConfig, name: str) -> Iterator[str]:
    for key, cure in _CURES.items():
        value = set(config[key]) - _DEFAULT_EXTENSIONS if key == "markdown_extensions" else config.get(key)
        if value:
            yield f"{name}：{key} 不起作用，{cure}。"
    others = sorted(plugin for plugin in config.plugins if plugin != PLUGIN)
    if others:
        yield f"{name}：插件 {'、'.join(others)} 不起作用，页面都由 {PLUGIN} 生成。"
    for page in dict(_page_titles(config.nav, name)):
        if not (Path(config.docs_dir) / page).is_file():
            yield f"{name}：nav 里的 {page} 在 {Path(config.docs_dir).name} 里没有，菜单不会列出它。"
    if config.theme.get("font"):
        yield f"{name}：theme.font 不起作用，本站只用系统字体，请写 font: false。"
    for feature in config.theme.get("features") or []:
        if feature not in _FEATURES:
            yield f"{name}：theme.features 里的 {feature} 不起作用，可用的有 {'、'.join(sorted(_FEATURES))}。"


def _plugin_options(config: MkDocsConfig, name: str) -> Mapping[str, Any]:
    plugin = config.plugins.get(PLUGIN)
    if plugin is None:
        raise JixiaoError(f"{name}：plugins 里没有 {PLUGIN}，请加上一行“  - {PLUGIN}”。")
    options: Config = plugin.config
    known = [key for key, _ in options._schema]  # noqa: SLF001 - as above
    unknown = sorted(set(options) - set(known))
    if unknown:
        cures = "\n".join(f"  {_unknown_key(key, known)}" for key in unknown)
        raise JixiaoError(f"{name}：plugins › {PLUGIN} 下有不认识的设置：\n{cures}")
    return options


def _inside(project_dir: Path, options: Mapping[str, Any], key: str, name: str) -> Path:
    folder: Path = project_dir / options[key]
    if project_dir.resolve() not in folder.resolve().parents:
        raise JixiaoError(f"{name}：plugins › {PLUGIN} › {key} 须在项目文件夹里面，现在是 {options[key]}。")
    return folder


def _page_titles(nav: object, name: str) -> Iterator[tuple[str, str]]:
    """Walk `nav:` in reading order; sections only group, the site's own pages are not named there."""
    if isinstance(nav, str):
        yield nav, ""
    elif isinstance(nav, list):
        for item in nav:
            yield from _page_titles(item, name)
    elif isinstance(nav, dict):
        for title, target in nav.items():
            if isinstance(target, str):
                yield target, str(title)
            else:
                yield from _page_titles(target, name)
    elif nav is not None:
        raise JixiaoError(f"{name}：nav 里的 {nav!r} 须是页面的路径，例如“关于: about.md”。")


def _unknown_key(key: str, known: Iterable[str]) -> str:
    like = nearest(key, known)
    return f"不认识的设置 {key}，不起作用。" + (f"是不是想写 {like}？" if like else "")


def _reason(error: Exception) -> str:
    problem = error if isinstance(error, yaml.YAMLError) else error.__cause__ or error.__context__
    if isinstance(problem, yaml.reader.ReaderError):
        return "有 UTF-8 里没有的字符。请把文件另存为 UTF-8 编码。"
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return explain(str(error))
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 列附近不合 YAML 的写法（{getattr(problem, 'problem', '')}）。"


@contextmanager
def _quiet_mkdocs() -> Iterator[None]:
    """Keep MkDocs from writing to the terminal: what it found comes back as values and is said in Chinese."""
    logger = logging.getLogger("mkdocs")
    before, handler = logger.propagate, logging.NullHandler()
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(handler)
