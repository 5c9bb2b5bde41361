"""Records and projects lead to what they may be compared with, the earlier record first."""

from pathlib import Path

from msgspec.structs import replace

from generator.plan.comparisons import comparisons_of_project, comparisons_of_record
from generator.plan.rows import Link, RecordRow, make_lines, other_record
from tests.checked import PUBLIC, site_check
from tests.export.exported import load

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = load(CONTENT)
CHECK = site_check(CATALOG, PUBLIC)
ROW = make_lines(next(one for one in CATALOG.records if one.id == "2024/xinzhuang/liangxin"), CATALOG, CHECK).row


def row_of(year: int, record_type: str = "SelfEvaluation", form: str = "自评表", name: str = "liangxin") -> RecordRow:
    return replace(
        ROW, url=f"records/{year}/xinzhuang/{name}.html", year=Link(str(year), ""), form=Link(form, ""),
        record_type=record_type,
    )  # fmt: skip


def told(links: tuple[Link, ...]) -> dict[str, str]:
    return {link.title: link.url.removeprefix("compare.html#ids=") for link in links}


def test_a_record_alone_leads_to_choosing_others() -> None:
    assert told(comparisons_of_record(row_of(2024), None, None, ())) == {"选别的表对比": "2024/xinzhuang/liangxin"}


def test_the_earlier_year_and_the_declaration_stand_first() -> None:
    previous, following = other_record(row_of(2023)), other_record(row_of(2027))
    declaration = other_record(row_of(2024, "TargetDeclaration", "绩效目标申报表", "liangxin.target"))

    links = told(comparisons_of_record(row_of(2024), previous, following, (declaration,)))

    assert links == {
        "与上年对比": "2023/xinzhuang/liangxin,2024/xinzhuang/liangxin",
        "与2027年度对比": "2024/xinzhuang/liangxin,2027/xinzhuang/liangxin",
        "与同年的绩效目标申报表对比": "2024/xinzhuang/liangxin.target,2024/xinzhuang/liangxin",
        "选别的表对比": "2024/xinzhuang/liangxin",
    }


def test_a_project_leads_to_its_latest_records_of_each_kind_in_their_order() -> None:
    evaluations = [row_of(year) for year in range(2026, 2020, -1)]
    declarations = [row_of(year, "TargetDeclaration", name="liangxin.target") for year in (2026, 2025)]

    links = told(comparisons_of_project([*evaluations, *declarations]))

    assert links == {
        "对比最近 4 份自评表": ",".join(f"{year}/xinzhuang/liangxin" for year in range(2023, 2027)),
        "对比 2 份绩效目标申报表": "2025/xinzhuang/liangxin.target,2026/xinzhuang/liangxin.target",
    }


def test_one_record_of_each_kind_is_compared_across_kinds_and_a_single_one_not_at_all() -> None:
    pair = [row_of(2024), row_of(2024, "TargetDeclaration", name="liangxin.target")]

    assert told(comparisons_of_project(pair)) == {
        "对比这 2 份表": "2024/xinzhuang/liangxin.target,2024/xinzhuang/liangxin"
    }
    assert comparisons_of_project(pair[:1]) == ()
