"""All rule packs there are, and one laid over another."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.address import ALLOWED, address_fault
from generator.check.pack import NATIONAL, Bands, Pack, RuleSetting, Thresholds
from generator.check.packs import pack_faults as faults
from generator.check.packs.pack_file import (
    EXCESS,
    EXECUTION_METHOD,
    EXECUTION_POINTS,
    FREE,
    GRADES,
    MET,
    PARTLY,
    PROFILES,
    RULES,
    THRESHOLDS,
    TOTAL,
    PackFile,
    decode_pack,
)  # fmt: skip
from generator.check.registry import all_rules
from generator.errors import JixiaoError, disk_reason
from generator.finding import Finding, has_errors, in_reading_order
from generator.load.discover import SourceFile
from generator.load.parse import parse_tree
from generator.load.reading import Reading
from generator.load.text_file import load_text
from generator.load.walk import Walk, printed_path
from generator.origin import START
from generator.text import nearest

_SUFFIXES = (".yaml", ".yml")


class PackLibrary(Struct, frozen=True):
    """Every pack by its name."""

    files: Mapping[str, PackFile]

    def chain(self, name: str) -> tuple[PackFile, ...]:
        """Return a pack and those it rests on, the one at the bottom first."""
        file = self.files[name]
        return (*(self.chain(file.base) if file.base else ()), file)


class _Loaded(Struct, frozen=True):
    """Packs of one folder, sound or not."""

    files: tuple[PackFile, ...]
    findings: tuple[Finding, ...]


@cache
def packaged_packs() -> PackLibrary:
    """Return the packs that come with jixiao."""
    folder = Path(__file__).parent
    return _library(_load_folder(folder, folder, codes=all_rules()), _Loaded((), ()))


def load_packs(folder: Path, project_dir: Path, *, trial: Path | None = None) -> PackLibrary:
    """Return the packaged packs with those of a project, and in place of one of them a file on trial.

    Raises JixiaoError with every fault of every pack.
    """
    codes = all_rules()
    own = _load_folder(folder, project_dir, codes=codes) if folder.is_dir() else _Loaded((), ())
    taken = [file for file in own.files if file.identifier in packaged_packs().files]
    findings = (*own.findings, *(_name_taken(file) for file in taken))
    if trial is None:
        return _library(_Loaded(tuple(packaged_packs().files.values()), ()), _Loaded(own.files, findings))
    tried = _load_file(trial, printed_path(trial, project_dir), codes)
    names = {file.identifier for file in tried.files}
    others = (*packaged_packs().files.values(), *own.files)
    kept = tuple(file for file in others if file.identifier not in names)
    return _library(_Loaded(kept, findings), tried)


def _library(first: _Loaded, second: _Loaded) -> PackLibrary:
    files = {file.identifier: file for file in (*first.files, *second.files)}
    findings = [*first.findings, *second.findings, *_base_findings(files)]
    if not findings:
        library = PackLibrary(files)
        findings += [finding for file in files.values() for finding in _contradictions(file, library)]
        if not findings:
            return library
    raise JixiaoError(_told(findings))


def _told(findings: Sequence[Finding]) -> str:
    lines = [f"规则包有 {len(findings)} 处要改，改正之前不能检查："]
    for finding in in_reading_order(findings):
        facts = f"（现为：{finding.found or '空白'}；应为：{finding.expected}）" if finding.expected else ""
        lines.append(f"  {finding.origin}: {finding.code} {finding.message}{facts}")
        lines.append(f"        提示：{finding.hint}")
    return "\n".join(lines)


def _load_folder(folder: Path, project_dir: Path, *, codes: Collection[str]) -> _Loaded:
    walk = Walk.below(folder, project_dir)
    files: list[PackFile] = []
    findings: list[Finding] = []
    for location in _listed(folder):
        path = printed_path(location, project_dir)
        if location.suffix.lower() in _SUFFIXES and walk.takes(path, os.path.realpath(location)):
            loaded = _load_file(location, path, codes)
            files += loaded.files
            findings += loaded.findings
    return _Loaded(tuple(files), (*findings, *walk.findings))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise JixiaoError(f"规则包文件夹 {folder} 打不开：{disk_reason(error)}。请检查它的权限。") from error


def _load_file(location: Path, path: str, codes: Collection[str]) -> _Loaded:
    """Read one pack; whatever is wrong, a note on its encoding apart, keeps it from being used."""
    name = location.stem
    reading = Reading(path)
    fault = address_fault(name)
    if fault:
        reading.report(
            faults.BAD_NAME, START, f"规则包的文件名不能用：{fault}", found=location.name, expected=ALLOWED,
            hint="改文件名，例如 hubei.yaml", field="文件名",
        )  # fmt: skip
    text = load_text(SourceFile(path=path, location=location, id=name, is_markdown=False))
    tree = parse_tree(text.text, path) if text.text is not None else None
    findings = [*text.findings, *(tree.findings if tree else ()), *reading.findings]
    if tree is None or tree.node is None:
        return _Loaded((), tuple(findings))
    decoded = decode_pack(tree.node, identifier=name, path=path, codes=codes)
    findings += decoded.reading.findings
    return _Loaded((decoded.file,) if decoded.file else (), tuple(findings) if has_errors(findings) else ())


def _name_taken(file: PackFile) -> Finding:
    reading = Reading(file.path)
    reading.report(
        faults.BAD_NAME, START, f"规则包 {file.identifier} 与自带的同名", found=file.identifier, expected="没有用过的名称",
        hint=f"改文件名，在里面写“继承: {file.identifier}”和不同之处", field="文件名",
    )  # fmt: skip
    return reading.findings[0]


def _base_findings(files: Mapping[str, PackFile]) -> Iterator[Finding]:
    for file in files.values():
        reading = Reading(file.path)
        span = file.spans.get("继承", START)
        if file.base and file.base not in files:
            near = nearest(file.base, files)
            reading.report(
                faults.UNKNOWN_BASE, span, f"继承的规则包 {file.base} 不存在", found=file.base, expected="、".join(files),
                hint=f"改为 {near}" if near else f"改为 {NATIONAL}", field="继承",
            )  # fmt: skip
        elif _is_in_cycle(file, files):
            reading.report(
                faults.BASE_CYCLE, span, f"规则包 {file.identifier} 经 {file.base} 又继承自己", found=file.base,
                expected=f"最终继承 {NATIONAL}", hint=f"改为“继承: {NATIONAL}”", field="继承",
            )  # fmt: skip
        yield from reading.findings


def _is_in_cycle(file: PackFile, files: Mapping[str, PackFile]) -> bool:
    seen = {file.identifier}
    while file.base in files:
        file = files[file.base]
        if file.identifier in seen:
            return True
        seen.add(file.identifier)
    return False


def _contradictions(file: PackFile, library: PackLibrary) -> Iterator[Finding]:
    """Compare the numbers of a pack, as laid over its base, with each other."""
    pack = compose(library.chain(file.identifier))
    reading = Reading(file.path)

    def tell(paths: Collection[str], message: str, found: str, expected: str) -> None:
        own = [path for path in paths if path in file.values]
        if own:
            hint = "改正这个数字，或它继承来的那一个"
            reading.report(
                faults.DISORDER, file.spans[own[0]], message, found=found, expected=expected, hint=hint, field=own[0]
            )

    lowest = [grade.lowest for grade in pack.grades]
    shown = "、".join(f"{grade.word} {grade.lowest}" for grade in pack.grades)
    if sorted(set(lowest), reverse=True) != lowest or (lowest and lowest[-1] != 0):
        tell((GRADES,), "评分等级的最低分没有从高到低排到 0", shown, "从高到低，互不相同，最后一级为 0")
    bands = pack.bands
    if not bands.partly < bands.met <= 100:  # noqa: PLR2004  a share of the points in percent
        tell(
            (MET, PARTLY), "定性档次的界限颠倒了", f"达成 {bands.met}、部分达成 {bands.partly}", "部分达成 < 达成 ≤ 100"
        )
    limits = pack.thresholds
    if limits.smallest_amount >= limits.largest_amount:
        amounts = [path for path, name in THRESHOLDS.items() if name.endswith("_amount")]
        tell(
            amounts,
            "最小金额不小于最大金额",
            f"{limits.smallest_amount}、{limits.largest_amount}",
            "最小金额 < 最大金额",
        )
    execution = pack.execution_points
    for profile in () if execution is None else pack.profiles:
        parts = (*profile.points.values(), execution or 0)
        found = f"{' + '.join(map(str, parts))} = {sum(parts)}"
        if sum(parts) != pack.total_points:
            message = f"“{profile.title}”加上预算执行不等于满分"
            tell((PROFILES, EXECUTION_POINTS, TOTAL), message, found, f"{pack.total_points}")
    yield from reading.findings


def compose(layers: Sequence[PackFile]) -> Pack:
    """Lay packs over each other, the later overriding; the first must be complete."""
    values: dict[str, Any] = {}
    for layer in layers:
        values |= layer.values
    settings: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        group, *rest = path.split(" › ")
        if group == RULES:
            code, key = rest
            settings.setdefault(code, {})["enabled" if key == "启用" else "severity"] = value
    free = values[EXECUTION_POINTS] == FREE
    return Pack(
        identifier="+".join(layer.identifier for layer in layers),
        title=layers[-1].title,
        total_points=values[TOTAL],
        execution_points=None if free else values[EXECUTION_POINTS],
        profiles=values[PROFILES],
        grades=values[GRADES],
        bands=Bands(values[MET], values[PARTLY]),
        excess=values[EXCESS],
        execution_method=values[EXECUTION_METHOD],
        thresholds=Thresholds(**{name: values[path] for path, name in THRESHOLDS.items()}),
        rules={code: RuleSetting(**setting) for code, setting in sorted(settings.items())},
    )
