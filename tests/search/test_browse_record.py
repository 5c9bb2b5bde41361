"""A record as scripts load it: all that its form prints, as printed."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.forms.definitions import load_forms
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog
from generator.plan.rows import make_lines
from generator.resources import packaged
from generator.search.browse_record import PART_END, browse_record
from tests.authored import authored
from tests.checked import site_check
from tests.site_tools import PROJECT, TESTS


def catalog_of(project: Path) -> Catalog:
    return load_catalog(
        records_dir=project / "content/records",
        registry_dir=project / "content/registry",
        project_dir=project,
        forms=load_forms([packaged("templates")]),
    ).catalog


@pytest.fixture(scope="module")
def own() -> dict[str, dict[str, Any]]:
    """Return the project's own records, by id."""
    catalog = catalog_of(PROJECT)
    site = site_check(catalog)
    return {one.id: browse_record(make_lines(one, catalog, site), catalog).value for one in catalog.records}


def rows(shown: dict[str, Any], kind: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return heading, anchor, and labels with texts of all rows of a kind."""
    found = []
    headings, anchors, texts = (shown[column].split(PART_END) for column in ("headings", "anchors", "texts"))
    start = 0
    for layout, above, heading, anchor in zip(shown["rows"][::2], shown["rows"][1::2], headings, anchors, strict=True):
        own, *labels = shown["layouts"][layout]
        end = start + len(labels)
        if own == kind:
            found.append((shown["above"][above] + heading, anchor, dict(zip(labels, texts[start:end], strict=True))))
        start = end
    assert start == len(texts)
    return found


def fields(shown: dict[str, Any], kind: str, heading: str) -> dict[str, str]:
    """Return labels and texts of the one row of this kind and heading."""
    (found,) = [texts for own, _, texts in rows(shown, kind) if own == heading]
    return found


def test_amounts_are_as_printed_beside_yuan_in_digits(own: dict[str, dict[str, Any]]) -> None:
    shown = own["2024/xinzhuang/liangxin"]

    assert shown["funds"][0] == ["initial_budget", "年初预算数", "94.60", "万元", "946000"]
    assert shown["unit"] == ["xinzhuang", "上海市莘庄工业区社区党群服务中心"]
    assert shown["url"] == "records/2024/xinzhuang/liangxin.html"
    assert shown["form"][0] == "self_evaluation_a1"
    assert shown["total"] == ["100.00", "97.00", "优"]
    assert shown["lost"] == "3"


def test_a_blank_is_there_as_a_blank_and_a_dash_as_a_dash(own: dict[str, dict[str, Any]]) -> None:
    funding = fields(own["2024/xinzhuang/liangxin"], "funding", "当年财政拨款")
    assert funding["分数" if "分数" in funding else "分值"] == "-"

    (heading, anchor, texts), *_ = rows(own["2024/xinzhuang/liangxin"], "indicator")
    # The first row names every column of the form, be it blank.
    assert list(texts)[-1] == "偏差原因分析及改进措施"
    assert heading.startswith("成本指标 › 经济成本指标 › ")
    assert anchor.startswith("i-")


def test_what_many_rows_have_alike_is_written_once(own: dict[str, dict[str, Any]]) -> None:
    for shown in own.values():
        assert len({tuple(one) for one in shown["layouts"]}) == len(shown["layouts"])
        assert len(set(shown["above"])) == len(shown["above"])
    shown = own["2024/xinzhuang/liangxin"]
    assert len(rows(shown, "indicator")) > 2 * len([one for one in shown["layouts"] if one[0] == "indicator"])


def test_signs_between_texts_that_an_author_wrote_part_nothing() -> None:
    catalog = catalog_of(PROJECT)
    record = catalog.records[0]
    first, *others = record.indicators
    marked = msgspec.structs.replace(first, name=f"甲{PART_END}乙\0丙")
    changed = msgspec.structs.replace(record, indicators=(marked, *others))

    shown = browse_record(make_lines(changed, catalog, site_check(catalog)), catalog).value

    assert rows(shown, "indicator")[0][0].endswith("甲 乙 丙")
    assert len(rows(shown, "indicator")) == len(record.indicators)


@pytest.mark.parametrize("project", [PROJECT, TESTS / "families"], ids=["own", "families"])
def test_whatever_an_author_wrote_can_be_searched_for(project: Path) -> None:
    catalog = catalog_of(project)
    site = site_check(catalog)
    for record in catalog.records:
        shown = browse_record(make_lines(record, catalog, site), catalog)
        labels = [label for _, *own in shown.value["layouts"] for label in own]
        said = "".join("".join([*shown.texts, *labels]).split())
        for one in authored(project / record.path):
            assert "".join(one.text.replace("**", "").split()) in said, (record.id, one.text)
