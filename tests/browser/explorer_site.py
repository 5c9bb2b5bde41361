"""A made-up corpus for the explorer: the page of the own site with data of thousands of records, figures chosen here."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from generator.plan.script_data import script_ends, script_value

YEARS = ("2024", "2023", "2022")
DISTRICTS = ("东溪区", "西桥区")
UNITS = [(f"danwei-{number}", f"第{number}街道服务中心", "ju", DISTRICTS[number % 2]) for number in range(1, 11)]
KINDS = {
    "a1": ("项目支出绩效自评表（A1）", "SelfEvaluation"),
    "b1": ("整体支出绩效自评表（B1）", "DepartmentEvaluation"),
}
PROJECTS = 100
"""In each unit and year."""


class Made(NamedTuple):
    """One record."""

    id: str
    name: str
    year: str
    unit: str
    district: str
    form: str
    budget: Decimal
    """In 万元, as printed with separators."""
    executed: Decimal | None
    """None where the form leaves it blank."""
    lost: int
    grade: str

    @property
    def line(self) -> list[Any]:
        """Return it as the site writes it."""
        executed = "" if self.executed is None else f"{self.executed:,f}"
        rate = "" if self.executed is None else f"{self.executed / self.budget * 100:.2f}%"
        score, findings = f"{100 - self.lost}.00", self.lost % 3
        return [
            self.id, self.name, self.form, "万元", "", f"{self.budget:,f}", 0, executed, rate, "100", score, self.grade,
            str(self.lost), 0, self.lost, findings, int(findings == 2), "BUD001" if findings else "",
        ]  # fmt: skip


def made_records() -> list[Made]:
    """Return the records in the order of the site."""
    return [
        _made(year, unit, district, number)
        for year in YEARS
        for unit, _, _, district in UNITS
        for number in range(PROJECTS)
    ]


def _made(year: str, unit: str, district: str, number: int) -> Made:
    place = UNITS.index(next(one for one in UNITS if one[0] == unit)) * PROJECTS + number
    budget = Decimal(50 + (place * 37) % 3000) + Decimal(place % 100) / 100
    lost = (place * 7 + int(year)) % 13
    name = f"=第{number}号项目" if number == 0 else f"第{number}号项目，{'道路' if number % 2 else '绿化'}"
    return Made(
        f"{year}/{unit}/xm-{number}", name, year, unit, district, "b1" if number == 99 else "a1", budget,
        None if number % 10 == 9 else budget - Decimal(lost), lost, "优" if lost < 5 else "良",
    )  # fmt: skip


def odd_records() -> list[list[Any]]:
    """Return lines of records whose figures are out of the ordinary."""

    def line(
        name: str,
        *,
        budget: str | list[str],
        executed: str | list[str],
        rate: str,
        basis: int = 0,
        score: str = "100",
        lost: str = "0",
        unknown: int = 0,
    ) -> list[Any]:
        identifier = f"2024/danwei-1/{name}"
        return [identifier, name, "a1", "元", "", budget, basis, executed, rate, "100", score, "", lost, unknown]

    return [
        line("all", budget="10", executed="10", rate="100"),
        line("wrong-rate", budget="50", executed="25", rate="100"),
        line("nearly-all", budget="999,999.99", executed="999999.98", rate="100", score="105", lost="-5"),
        line("hardly-more", budget="999,999.99", executed="1000000", rate="100%"),
        line("nothing-of-nothing", budget="0", executed="0", rate="0", score="90", lost="10"),
        line("blank", budget="10", executed="", rate="", unknown=2),
        line("dash", budget="", executed="8", rate="-", lost=""),
        line("applied-for", budget="10", executed="9", rate="", basis=1),
        line("unread", budget="10", executed="9.8", rate="98", lost="", unknown=1),
        line("negative", budget="10", executed="-2", rate="-20"),
        line("summed", budget=["", "200"], executed=["", "190.01"], rate="95"),
    ]


def write_site(own_site: Path, target: Path, lines: list[list[Any]] | None = None) -> Path:
    """Write the explorer's page with the made-up records, or with other lines."""
    shutil.copytree(own_site / "assets", target / "assets")
    shutil.copyfile(own_site / "explore.html", target / "explore.html")
    directory = {
        "units": [[slug, name, department, district, "", ""] for slug, name, department, district in UNITS],
        "departments": {"ju": ["街道办事处", ""]},
        "forms": [[identifier, *about] for identifier, about in KINDS.items()],
        "rules": {"BUD001": ["预算数与合计一致"]},
    }
    (target / "browse").mkdir()
    for name, value in (("explore", lines or [one.line for one in made_records()]), ("directory", directory)):
        start, end = script_ends(name)
        (target / f"browse/{name}.js").write_bytes(start + script_value(value) + end)
    return target


def records_of(site: Path) -> list[list[Any]]:
    """Return the lines that a built site gives to the explorer."""
    text = (site / "browse/explore.js").read_text(encoding="utf-8")
    start, end = script_ends("explore")
    lines: list[list[Any]] = json.loads(text.removeprefix(start.decode()).removesuffix(end.decode()))
    return lines
