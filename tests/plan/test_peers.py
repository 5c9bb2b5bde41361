"""The same indicator in several units: what is the same, what is a number, and what is computed of it."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

import pytest

from generator.check.pack import national
from generator.export.peer_rows import peer_rows
from generator.model.catalog import Registry, Unit, make_catalog
from generator.plan.peer_index import peer_lines, unpacked
from generator.plan.peer_pages import PeerContext, PeerYearView, peer_pages
from generator.plan.peer_strip import LEFT, RIGHT, strip
from generator.plan.peers import PeerIndicator, peer_indicators, record_answers, unit_answers
from generator.plan.rows import LONGEST, make_lines
from tests.check.examples import run_example
from tests.checked import site_check
from tests.plan.made_forms import FORMS

NAMES = {"dong": "东溪中心", "nan": "南湾中心", "xi": "西桥中心", "bei": "北塘中心"}


def row(actual: str, *, name: str = "培训人次", more: str = "分值: 10, 得分: 8") -> str:
    return f"{{三级指标: {name}, 年度指标值: ≥10人次, 实际完成值: {actual}, {more}}}"


def evaluation(*rows: str, level: str = "数量指标", form: str = "财政项目支出绩效自评表", money: str = "") -> str:
    funds = f"项目资金: {{单位: 万元, 年度资金总额: {{全年预算数: 9.00, 全年执行数: {money}}}}}\n" if money else ""
    return f"表样: {form}\n项目名称: 培训\n{funds}绩效指标: {{产出指标: {{{level}: [{', '.join(rows)}]}}}}\n"


def peers(**records: str) -> list[PeerIndicator]:
    """Return what may be shown of records of 2024: `dong` is a record of that unit, `dong_2` another one."""
    return peers_of(records)


def peers_of(records: Mapping[str, str], year: int = 2024) -> list[PeerIndicator]:
    """Return the same of records of another year."""
    texts = (
        f"# {year}/{name.partition('_')[0]}/px{name.partition('_')[2]}.yaml\n年度: {year}\n{text}"
        for name, text in records.items()
    )
    found = run_example("---\n".join(texts), {}, FORMS, national()).records
    units = {slug: Unit(slug, name) for slug, name in NAMES.items()}
    catalog = make_catalog(found, Registry(units, {}), FORMS)
    site = site_check(catalog)
    answers = {
        slug: unit_answers(NAMES[slug], [record_answers(make_lines(one, catalog, site)) for one in own])
        for slug, own in sorted(catalog.by_unit.items())
    }
    buckets = sorted({bucket for one in answers.values() for bucket in one})
    return [
        indicator
        for bucket in buckets
        for indicator in peer_indicators({slug: one[bucket] for slug, one in answers.items() if bucket in one})
    ]


def view(found: list[PeerIndicator]) -> PeerYearView:
    """Return the only year of the only indicator, as its page shows it."""
    (one,) = found
    (page,) = peer_pages(one.anchor[:2], found)
    context = page.make().context
    assert isinstance(context, PeerContext)
    return context.indicators[0].years[0]


def test_three_units_are_shown_from_the_highest_to_the_lowest_with_what_is_computed() -> None:
    year = view(
        peers(dong=evaluation(row("12人次")), nan=evaluation(row("30.00(人次)")), xi=evaluation(row('"1,000人次"')))
    )

    assert [(line.unit.title, line.actual, line.rank) for line in year.rows] == [
        ("西桥中心", "1,000人次", 1),
        ("南湾中心", "30.00(人次)", 2),
        ("东溪中心", "12人次", 3),
    ]
    assert (year.units, year.count) == (3, 3)
    assert (year.spread.low, year.spread.middle, year.spread.high) == ("12 人次", "30 人次", "1000 人次")
    assert year.rows[0].url.startswith("records/2024/xi/px.html#i-")
    assert (year.rows[0].target, year.rows[0].points.text, year.rows[0].rate) == ("≥10人次", "10", Decimal(80))


def test_two_units_are_not_shown_however_many_values_they_have() -> None:
    own = evaluation(row("12人次"))

    assert peers(dong=own, dong_2=own, dong_3=own, nan=own) == []


def test_a_unit_with_several_values_shows_them_all_and_counts_once() -> None:
    own = evaluation(row("12人次"))
    year = view(peers(dong=own, dong_2=evaluation(row("14人次")), nan=own, xi=own))

    assert (year.units, year.count) == (3, 4)
    # Of two in the middle, what lies between them; equal values have one rank.
    assert year.spread.middle == "12 人次"
    assert [line.rank for line in year.rows] == [1, 2, 2, 2]


def test_what_lies_between_the_two_in_the_middle_is_exact() -> None:
    values = ("0.1人次", "0.25人次", "0.5人次", "7人次")
    year = view(peers_of({slug: evaluation(row(one)) for slug, one in zip(NAMES, values, strict=True)}))

    assert year.spread.middle == "0.375 人次"


@pytest.mark.parametrize(
    "name", ["指标1：培训人次", "“培训人次”", "培训 人次", "培训人次："], ids=["number", "quotes", "blank", "colon"]
)
def test_notation_makes_no_other_indicator(name: str) -> None:
    own = evaluation(row("12人次"))

    assert len(peers(dong=own, nan=own, xi=evaluation(row("12人次", name=f'"{name}"')))) == 1


@pytest.mark.parametrize(
    "other",
    [
        evaluation(row("12人次", name="培训人数")),
        evaluation(row("12人")),
        evaluation(row("12人次"), level="质量指标"),
        evaluation(row("12人次"), form="部门（单位）整体支出绩效自评表"),
        evaluation(row("12人次", name='"培训[…]人次"')),
        evaluation(row("12人次", more="其中: [{三级指标: 培训人次, 实际完成值: 5人次}]", name="别的人次")),
    ],
    ids=["name", "unit of measure", "category", "kind of form", "name with a gap", "part of a row"],
)
def test_what_differs_in_any_of_these_is_another_indicator(other: str) -> None:
    own = evaluation(row("12人次"))

    assert peers(dong=own, nan=own, xi=other) == []


@pytest.mark.parametrize(
    ("actual", "note"),
    [
        ("及时", "1 家以文字作答"),
        ("≥12人次", "1 家填的是范围或上下限"),
        ("10-12人次", "1 家填的是范围或上下限"),
        ("2024年12月", "1 家以日期或时段作答"),
        ("12", "1 家只填了数字、没有计量单位"),
        ('""', "1 家没有填完成值"),
        ('"-"', "1 家没有填完成值"),
        ("{无法辨认: 污渍}", "1 家完成值无法辨认"),
        ("12人", "1 家以“人”计量"),
    ],
)
def test_what_is_no_plain_number_is_told_in_words_and_never_counted(actual: str, note: str) -> None:
    own = evaluation(row("12人次"))
    year = view(peers(dong=own, nan=own, xi=own, bei=evaluation(row(actual))))

    assert (year.units, year.count, year.notes) == (3, 3, (note,))
    assert "北塘中心" not in [line.unit.title for line in year.rows]


def test_money_is_compared_in_yuan_and_says_so() -> None:
    own = [evaluation(row(one, name="补助标准")) for one in ("0.5(万元/户)", "4800元/户", '"5,100.00(元/户)"')]
    year = view(peers(dong=own[0], nan=own[1], xi=own[2]))

    assert year.is_converted
    assert [(line.actual, line.shown) for line in year.rows] == [
        ("5,100.00(元/户)", "5100 元/户"),
        ("0.5(万元/户)", "5000 元/户"),
        ("4800元/户", "4800 元/户"),
    ]


def test_a_share_is_compared_with_the_same_share_in_words() -> None:
    own = [evaluation(row(one, name="合格率"), level="质量指标") for one in ("98.50%", "95%", "100(百分比)")]
    year = view(peers(dong=own[0], nan=own[1], xi=own[2]))

    assert (year.spread.low, year.spread.high) == ("95%", "100%")


def test_unit_cost_is_what_was_spent_over_the_only_quantity() -> None:
    found = peers(
        dong=evaluation(row("30人次"), money="1.00"),
        nan=evaluation(row("20人次"), money="0.80"),
        xi=evaluation(row("0.1万人次"), money="2.50"),
    )
    year = view(found)

    assert year.cost_units == 3
    assert [(line.unit.title, line.executed, line.shown) for line in year.costs] == [
        ("南湾中心", "0.80 万元", "400.00 元/人次"),
        ("东溪中心", "1.00 万元", "约 333.33 元/人次"),
        ("西桥中心", "2.50 万元", "25.00 元/人次"),
    ]
    assert year.cost_spread is not None
    assert year.cost_spread.middle == "约 333.33 元/人次"
    # Whatever precision the surrounding code computes with.
    with localcontext(prec=6):
        rows = peer_rows(found, "")["2024"].content.decode()
    assert ",0.80 万元,400,records/2024/nan/" in rows
    assert f",1.00 万元,{Decimal(10000) / 30},records/2024/dong/" in rows


@pytest.mark.parametrize(
    "third",
    [
        evaluation(row("30人次"), row("5场", name="场次"), money="1.00"),
        evaluation(row("30人次"), money='""'),
        evaluation(row("30人次"), money='"-"'),
        evaluation(row("30人次"), money="0.00"),
        evaluation(row("0人次"), money="1.00"),
    ],
    ids=["two quantities", "no money", "a dash", "nothing spent", "nobody"],
)
def test_a_unit_cost_that_cannot_be_told_leaves_too_few_to_compare(third: str) -> None:
    own = evaluation(row("30人次"), money="1.00")
    year = view(peers(dong=own, nan=own, xi=third))

    assert (year.units, year.costs, year.cost_spread) == (3, (), None)


def test_what_counts_no_persons_or_events_has_no_unit_cost() -> None:
    own = evaluation(row("30公里", name="道路里程"), money="1.00")

    assert view(peers(dong=own, nan=own, xi=own)).costs == ()


def test_the_list_says_how_many_units_and_what_lies_between() -> None:
    found = peers(dong=evaluation(row("12人次")), nan=evaluation(row("30人次")), xi=evaluation(row("50人次")))
    (line,) = unpacked(peer_lines(found).values())

    assert (line.title, line.year, line.units) == ("培训人次", "2024", 3)
    assert (line.low.text, line.middle.text, line.high.text) == ("12 人次", "30 人次", "50 人次")
    assert line.slugs == ("dong", "nan", "xi")
    assert line.url == f"peers/{found[0].anchor[:2]}.html#{found[0].anchor}"


def test_the_address_depends_on_the_indicator_alone() -> None:
    own = evaluation(row("12人次"))
    (before,) = peers(dong=own, nan=own, xi=own)
    (after,) = peers_of({"dong": evaluation(row("99人次")), "nan": own, "xi": own, "bei": own}, 2023)

    assert before.anchor == after.anchor


def _long(values: int, years: int = 1) -> list[PeerIndicator]:
    (one,) = peers_of(dict.fromkeys(("dong", "nan", "xi"), evaluation(row("12人次"))))
    (year,) = one.years
    many = tuple(year.values[number % 3] for number in range(values))
    return [one._replace(years=tuple(year._replace(year=str(2024 - n), values=many) for n in range(years)))]


def test_an_indicator_too_long_for_its_page_has_pages_of_its_own() -> None:
    short = [page.url for page in peer_pages("aa", _long(LONGEST))]
    years = list(peer_pages("aa", _long(LONGEST, years=2)))
    longer = list(peer_pages("aa", _long(LONGEST + 1)))

    assert short == ["peers/aa.html"]
    name = years[1].url.removesuffix(".html")
    assert [page.url for page in years[1:]] == [f"{name}.html", f"{name}-2024.html", f"{name}-2023.html"]
    assert [page.url for page in longer[1:]] == [f"{name}.html", f"{name}-2024.html", f"{name}-2024-2.html"]
    pointer, overview, first, second = (page.make().context.indicators[0] for page in longer)
    assert (pointer.url, pointer.years[0].rows) == (f"{name}.html", ())
    assert [part.title for part in overview.years[0].parts] == [
        f"第 1 至 {LONGEST} 个值",
        f"第 {LONGEST + 1} 至 {LONGEST + 1} 个值",
    ]
    assert (len(first.years[0].rows), len(second.years[0].rows)) == (LONGEST, 1)


def test_dots_stand_where_their_numbers_lie_and_equal_ones_above_each_other() -> None:
    numbers = [Decimal(one) for one in (0, 5, 5, 10)]
    places = [one.partition("h")[0].split() for one in strip(numbers, numbers[0], numbers[-1]).split("M")[1:]]

    assert [int(x) for x, _ in places] == [LEFT, 504, 504, RIGHT]
    assert int(places[1][1]) > int(places[2][1])
    assert strip([Decimal(1), Decimal(1)], Decimal(1), Decimal(1)) == ""
