"""`obligations.yaml` of the registry folder: which units have to publish which forms, and by when."""

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.finding import Finding
from generator.load.discover import SourceFile
from generator.load.parse import parse_tree
from generator.load.reading import Reading, is_blank, joined
from generator.load.record_faults import (
    BAD_DEADLINE,
    BAD_YEAR,
    MISSING_FIELD,
    UNKNOWN_DEBTOR,
    UNKNOWN_FORM,
    UNKNOWN_KEY,
)
from generator.load.registry import is_missing
from generator.load.text_file import load_text
from generator.load.tree import Node, Scalar, Sequence
from generator.load.walk import Walk, printed_path
from generator.model.catalog import Registry
from generator.model.days import days_of
from generator.model.forms import FormLibrary
from generator.model.obligations import Deadline, Obligation, WantedBy, WantedForm
from generator.patterns import lazy_pattern
from generator.text import folded, nearest

FILE = "obligations.yaml"
TOP = "公开义务"
NAME, FORM, UNITS, DEPARTMENTS, YEARS, PROJECTS, DEADLINE, BASIS = (
    "名称", "表样", "单位", "主管部门", "年度", "项目", "期限", "依据",
)  # fmt: skip
KEYS = (NAME, FORM, UNITS, DEPARTMENTS, YEARS, PROJECTS, DEADLINE, BASIS)
ALL_UNITS = "全部"
KINDS = {
    "项目支出自评": "SelfEvaluation",
    "整体支出自评": "DepartmentEvaluation",
    "绩效目标申报": "TargetDeclaration",
}
"""What kinds of records are called here, whatever the title of their forms."""

DEADLINE_HINT = "写成 2024-10-31，或者“次年10月31日”“当年3月31日”"
_RELATIVE = lazy_pattern(r"(当年|次年)(\d{1,2})月(\d{1,2})日")
_YEAR = lazy_pattern(r"(?:19|20)[0-9]{2}")
_LEAP_YEAR = 2000
"""In which every day exists that exists in any year."""


class ObligationsResult(NamedTuple):
    """The obligations, with what was wrong in their file."""

    obligations: tuple[Obligation, ...]
    findings: tuple[Finding, ...]


def load_obligations(
    registry_dir: Path, project_dir: Path, registry: Registry, forms: FormLibrary
) -> ObligationsResult:
    """Load the obligations of the registry folder; without the file nobody has any. `registry` is as registered."""
    location = registry_dir / FILE
    if is_missing(location):
        return ObligationsResult((), ())
    path = printed_path(location, project_dir)
    walk = Walk.below(registry_dir, project_dir)
    if not walk.takes(path, os.path.realpath(location)):
        return ObligationsResult((), tuple(walk.findings))
    loaded = load_text(SourceFile(path=path, location=location, id="obligations", is_markdown=False))
    if loaded.text is None:
        return ObligationsResult((), loaded.findings)
    tree = parse_tree(loaded.text, path)
    decoding = _Decoding(Reading(path), registry, forms)
    obligations = tuple(decoding.all_of(tree.node)) if tree.node is not None else ()
    return ObligationsResult(obligations, (*loaded.findings, *tree.findings, *decoding.reading.findings))


class _Decoding(Struct, frozen=True):
    """What decoding one file needs."""

    reading: Reading
    registry: Registry
    forms: FormLibrary

    def all_of(self, node: Node) -> Iterator[Obligation]:
        """Yield every obligation of which all can be understood."""
        mapping = self.reading.mapping(node, TOP, expected=f"“{TOP}:”和它下面的列表")
        listed: Node | None = None
        for key, value in mapping.entries if mapping else ():
            if key.text == TOP:
                listed = value
            else:
                self._unknown(key, (TOP,), "")
        if listed is None or is_blank(listed):
            return
        if not isinstance(listed, Sequence):
            self.reading.wrong_shape(listed, TOP, "一条一个短横的列表")
            return
        for number, item in enumerate(listed.items, 1):
            one = self._one(item, f"{TOP} › 第 {number} 条")
            if one is not None:
                yield one

    def _one(self, node: Node, field: str) -> Obligation | None:
        mapping = self.reading.mapping(node, field)
        if mapping is None:
            return None
        before = len(self.reading.findings)
        known: dict[str, tuple[Scalar, Node]] = {}
        for key, value in mapping.entries:
            if key.text not in KEYS:
                self._unknown(key, KEYS, field)
            elif not is_blank(value):
                known.setdefault(key.text, (key, value))
        for name, example in ((FORM, "项目支出自评"), (YEARS, "2024")):
            if name not in known:
                self._lacking(node, field, name, example)
        if UNITS not in known and DEPARTMENTS not in known:
            self._lacking(node, field, UNITS, ALL_UNITS)
        years = tuple(self._years(known, field))
        one = Obligation(
            title=self._text(known, NAME, field),
            forms=tuple(dict.fromkeys(self._forms(known, field))),
            units=tuple(dict.fromkeys(self._units(known, field))),
            years=tuple(sorted(set(years), reverse=True)),
            projects=tuple(dict.fromkeys(word.text for word in self._words(known, PROJECTS, field))),
            deadline=self._deadline(known, len(set(years)), field),
            basis=self._text(known, BASIS, field),
        )
        return one if len(self.reading.findings) == before else None

    def _unknown(self, key: Scalar, known: tuple[str, ...], field: str) -> None:
        near = nearest(key.text, known) or (TOP if TOP in known else None)
        self.reading.report(
            UNKNOWN_KEY, key.span, f"公开义务里不认识“{key.text}”", found=key.text, expected="、".join(known),
            hint=f"改为“{near}”" if near else "删去这一项", field=joined(field, key.text),
        )  # fmt: skip

    def _lacking(self, node: Node, field: str, name: str, example: str) -> None:
        what = f"{name}或{DEPARTMENTS}" if name == UNITS else name
        self.reading.report(
            MISSING_FIELD, node.span, f"“{field}”没有写{what}", expected=f"“{name}: …”", hint=f"加上“{name}: {example}”",
            field=field,
        )  # fmt: skip

    def _text(self, known: Mapping[str, tuple[Scalar, Node]], name: str, field: str) -> str:
        if name not in known:
            return ""
        node = known[name][1]
        if isinstance(node, Scalar):
            return " ".join(node.text.split())
        self.reading.wrong_shape(node, joined(field, name), "一句话")
        return ""

    def _words(self, known: Mapping[str, tuple[Scalar, Node]], name: str, field: str) -> Iterator[Scalar]:
        """Yield one value, or each of a list."""
        if name not in known:
            return
        node = known[name][1]
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if isinstance(item, Scalar) and item.text.strip():
                yield item
            else:
                self.reading.wrong_shape(item, joined(field, name), "一个值，或值的列表，例如 [甲, 乙]")

    def _forms(self, known: Mapping[str, tuple[Scalar, Node]], field: str) -> Iterator[WantedForm]:
        titles = {folded(title): title for title in self.forms.titles()}
        identifiers = [one.identifier for one in self.forms.definitions]
        for word in self._words(known, FORM, field):
            text = word.text.strip()
            if text in KINDS:
                yield WantedForm(WantedBy.KIND, KINDS[text], text)
            elif folded(text) in titles:
                yield WantedForm(WantedBy.TITLE, folded(text), titles[folded(text)])
            elif text in identifiers:
                yield WantedForm(WantedBy.DEFINITION, text, text)
            else:
                near = nearest(text, (*KINDS, *titles.values(), *identifiers))
                self.reading.report(
                    UNKNOWN_FORM, word.span, f"不认识的表样“{text}”", found=text,
                    expected="、".join(KINDS) + "，或者表样的名称、表样定义的标识",
                    hint=f"改为“{near}”" if near else "写表的种类，或照 jixiao new --list 列出的名称写",
                    field=joined(field, FORM),
                )  # fmt: skip

    def _units(self, known: Mapping[str, tuple[Scalar, Node]], field: str) -> Iterator[str]:
        units, departments = self.registry.units, self.registry.departments
        for word in self._words(known, UNITS, field):
            if word.text == ALL_UNITS:
                yield from units
            elif self._is_registered(word, units, UNITS, field):
                yield word.text
        for word in self._words(known, DEPARTMENTS, field):
            if self._is_registered(word, departments, DEPARTMENTS, field):
                yield from (unit.slug for unit in units.values() if unit.department == word.text)

    def _is_registered(self, word: Scalar, known: Mapping[str, object], name: str, field: str) -> bool:
        if word.text in known:
            return True
        near = nearest(word.text, (*known, ALL_UNITS) if name == UNITS else known)
        self.reading.report(
            UNKNOWN_DEBTOR, word.span, f"{name}“{word.text}”没有登记", found=word.text,
            expected=f"units.yaml 里“{name}”下面的标识" + (f"，或“{ALL_UNITS}”" if name == UNITS else ""),
            hint=f"改为“{near}”" if near else f"先在 units.yaml 的“{name}”下面登记它", field=joined(field, name),
        )  # fmt: skip
        return False

    def _years(self, known: Mapping[str, tuple[Scalar, Node]], field: str) -> Iterator[int]:
        for word in self._words(known, YEARS, field):
            if _YEAR.fullmatch(word.text):
                yield int(word.text)
            else:
                self.reading.report(
                    BAD_YEAR, word.span, f"年度“{word.text}”不是 1900 至 2099 的四位数字", found=word.text, expected="四位数字，例如 2024",
                    hint="写成 2024，或 [2023, 2024]", field=joined(field, YEARS),
                )  # fmt: skip

    def _deadline(self, known: Mapping[str, tuple[Scalar, Node]], years: int, field: str) -> Deadline | None:
        text = self._text(known, DEADLINE, field)
        if not text:
            return None
        relative, days = _RELATIVE.fullmatch(folded(text)), days_of(text)
        if relative:
            month, day = int(relative[2]), int(relative[3])
            if days_of(f"{_LEAP_YEAR}-{month}-{day}"):
                return Deadline(month, day, years_after=int(relative[1] == "次年"))
        elif days is not None and days.first == days.last < date.max and years <= 1:
            return Deadline(days.last.month, days.last.day, days.last.year)
        several = days is not None and years > 1
        self.reading.report(
            BAD_DEADLINE, known[DEADLINE][1].span, f"期限“{text}”不能用于几个年度" if several else f"期限“{text}”不是日期",
            found=text, expected="“次年10月31日”这样的写法" if several else "年、月、日齐全的日期",
            hint="几个年度共用的，写“次年…月…日”或“当年…月…日”" if several else DEADLINE_HINT, field=joined(field, DEADLINE),
        )  # fmt: skip
        return None
