"""The record in plain sentences: every pattern beside the cells that lead to it."""

from decimal import Decimal
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.model.catalog import Registry, Unit, make_catalog
from generator.plan.form_view import make_form_view
from generator.plan.plain_card import PlainCard, plain_card
from generator.plan.plain_sentence import Part, sentence
from generator.plan.plain_words import say_percent, shortened
from generator.plan.rows import make_lines
from generator.resources import packaged
from tests.checked import site_check


class Case(NamedTuple):
    """A record, what one paragraph of its card says, and where its links lead."""

    what: str
    paragraph: str
    authored: str
    """The part of the record that matters; the rest is added."""
    says: str


_TOTAL = "年度资金总额"


def money(cells: str, *, unit: str = "万元", label: str = _TOTAL) -> str:
    """Return a record with one row of money."""
    return f"项目资金:\n  单位: {unit}\n  {label}: {{{cells}}}\n"


def rows(*lines: str) -> str:
    """Return a record with these rows of indicators."""
    return "绩效指标:\n  产出指标:\n    数量指标:\n" + "".join(f"      - {{{line}}}\n" for line in lines)


def _reason(text: str) -> str:
    return f"三级指标: 场次, 年度指标值: ≥4次, 实际完成值: 3次, 分值: 8, 得分: 6, 偏差原因: {text}"


MET = "三级指标: 人数, 年度指标值: ≥4人, 实际完成值: 4人, 分值: 8, 得分: 8"
SCORED = "总分: {分值: 100.00, 得分: 97.00}\n评分等级: 优\n"

MONEY = [
    Case(
        "a cut, and full execution of what was left", "资金",
        money("年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00"),
        "这个项目年初安排 94.60 万元，年中调整为 61.05 万元（减少约 35.47%，本站计算），全年花了 61.05 万元。"
        "印出的预算执行率是 100.00%（按全年预算数算）；按年初预算数算是约 64.53%（本站计算）。",
    ),
    Case(
        "a rise that comes out even is no 约", "资金",
        money("年初预算数: 100, 全年预算数: 125, 全年执行数: 100, 执行率: 80%"),
        "这个项目年初安排 100 万元，年中调整为 125 万元（增加 25%，本站计算），全年花了 100 万元。"
        "印出的预算执行率是 80%（按全年预算数算）；按年初预算数算是 100%（本站计算）。",
    ),
    Case(
        "no change, however it is printed", "资金",
        money("年初预算数: 100, 全年预算数: 100.00, 全年执行数: 90, 执行率: 90.00"),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 90 万元。印出的预算执行率是 90.00%（按全年预算数算）。",
    ),
    Case(
        "a printed rate that contradicts the amounts", "资金",
        money("年初预算数: 100, 全年预算数: 100, 全年执行数: 58, 执行率: 96.00"),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 58 万元。"
        "印出的预算执行率是 96.00%，按印出的金额算却是 58%（本站计算），两者对不上。",
    ),
    Case(
        "a rate printed as a share is left as it is", "资金",
        money("年初预算数: 100, 全年预算数: 100, 全年执行数: 95, 执行率: 0.95"),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 95 万元。印出的预算执行率是 0.95（按全年预算数算）。",
    ),
    Case(
        "execution above the budget", "资金",
        money("年初预算数: 100, 全年预算数: 100, 全年执行数: 120, 执行率: 120%"),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 120 万元。印出的预算执行率是 120%（按全年预算数算）。",
    ),
    Case(
        "the rate is blank", "资金",
        money("年初预算数: 100, 全年预算数: 100, 全年执行数: 95, 执行率: "),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 95 万元。"
        "表里没有写预算执行率，按全年预算数算是 95%（本站计算）。",
    ),
    Case(
        "the rate is a dash", "资金",
        money('年初预算数: 100, 全年预算数: 100, 全年执行数: 95, 执行率: "—"'),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 95 万元。"
        "预算执行率一栏印的是“—”，按全年预算数算是 95%（本站计算）。",
    ),
    Case(
        "the rate cannot be read", "资金",
        money("年初预算数: 100, 全年预算数: 100, 全年执行数: 95, 执行率: {无法辨认: 印章盖住}"),
        "这个项目年初安排 100 万元，全年预算数与年初相同，全年花了 95 万元。"
        "印出的预算执行率无法辨认，按全年预算数算是 95%（本站计算）。",
    ),
    Case(
        "the initial budget is blank", "资金",
        money("年初预算数: , 全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00"),
        "这个项目全年预算 61.05 万元，全年花了 61.05 万元。印出的预算执行率是 100.00%（按全年预算数算）。表里没有写年初预算数。",
    ),
    Case(
        "blank, dash, words and unreadable are four things", "资金",
        money("年初预算数: , 全年预算数: /, 全年执行数: {原文: 约六十万}"),
        "全年预算数一栏印的是“/”，全年执行数一栏印的是“约六十万”，读不成一个数",
    ),
    Case(
        "an amount that cannot be read", "资金",
        money("年初预算数: 100, 全年预算数: {无法辨认: 涂改}, 全年执行数: 90"),
        "这个项目年初安排 100 万元，全年花了 90 万元。全年预算数无法辨认。",
    ),
    Case(
        "nothing was budgeted at first", "资金",
        money("年初预算数: 0.00, 全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00"),
        "这个项目年初预算数是 0.00 万元，年中调整为 61.05 万元，全年花了 61.05 万元。"
        "印出的预算执行率是 100.00%（按全年预算数算）。",
    ),
    Case(
        "zero throughout: no rate is ours to give", "资金",
        money("年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: 0.00, 执行率: 0.00"),
        "这个项目年初预算数是 0.00 万元，全年预算数与年初相同，全年执行数是 0.00 万元。"
        "印出的预算执行率是 0.00%（全年预算数是 0，无从核对）。",
    ),
    Case(
        "almost nothing is not rounded to nothing", "资金",
        money("年初预算数: 1000000, 全年预算数: 1000000.01, 全年执行数: 1, 执行率: ", unit="元"),
        "这个项目年初安排 1000000 元，年中调整为 1000000.01 元（增加不到 0.01%，本站计算），全年花了 1 元。"
        "表里没有写预算执行率，按全年预算数算是不到 0.01%（本站计算）；按年初预算数算是不到 0.01%（本站计算）。",
    ),
    Case(
        "almost all is not rounded to all", "资金",
        money("年初预算数: 100000, 全年预算数: 100000, 全年执行数: 99999.99, 执行率: ", unit="元"),
        "表里没有写预算执行率，按全年预算数算是略低于 100%（本站计算）。",
    ),
    Case(
        "huge amounts stand as printed", "资金",
        money('年初预算数: "100,000,000,000,000.00", 全年预算数: "300,000,000,000,000.00", 全年执行数: 0.01', unit="元"),
        "这个项目年初安排 100,000,000,000,000.00 元，年中调整为 300,000,000,000,000.00 元（增加 200%，本站计算），"
        "全年花了 0.01 元。",
    ),
    Case(
        "a negative amount gives no percentage", "资金",
        money("年初预算数: 100, 全年预算数: -5, 全年执行数: -5"),
        "这个项目年初安排 100 万元，年中调整为 -5 万元，全年执行数是 -5 万元。",
    ),
    Case(
        "no total, but sources that add up", "资金",
        "项目资金:\n  单位: 元\n  资金来源:\n    财政资金: {年初预算数: 100, 全年预算数: 90, 全年执行数: 80}\n"
        "    其他资金: {年初预算数: 1, 全年预算数: 1, 全年执行数: 1}\n",
        "这个项目年初安排 101 元（各来源相加，本站计算），年中调整为 91 元（各来源相加，本站计算）"
        "（减少约 9.90%，本站计算），全年花了 81 元（各来源相加，本站计算）。",
    ),
    Case(
        "no total, and a source is missing", "资金",
        "项目资金:\n  单位: 元\n  资金来源:\n    财政资金: {年初预算数: 100, 全年预算数: 90, 全年执行数: 80}\n"
        "    其他资金: {年初预算数: 1, 全年预算数: , 全年执行数: 1}\n",
        "“其他资金”没有全年预算数，加不出总额",
    ),
    Case(
        "columns of the total row cannot be told", "资金",
        f'项目资金:\n  单位: 元\n  {_TOTAL}: {{印出数字: ["94.60", "61.05"], 无法辨认: 栏位不清}}\n',
        "资金总额一行各栏无法辨认，没有数字可说。",
    ),
]  # fmt: skip

RESULTS = [
    Case("a number, a word and a promise in words", "承诺", rows(MET, _reason("天气"), "三级指标: 及时性, 年度指标值: 及时, 实际完成值: 及时"),
         "承诺了 3 项指标，其中 2 项的目标有数。"),
    Case("all in numbers", "承诺", rows(MET), "承诺了 1 项指标，目标都有数。"),
    Case("none in numbers", "承诺", rows("三级指标: 及时性, 年度指标值: 及时"), "承诺了 1 项指标，目标都不是数。"),
    Case("an objective beside them", "承诺", "年度总体目标: {预期目标: 办好。}\n" + rows(MET), "承诺了一段总体目标和 1 项指标，目标都有数。"),
    Case("no indicators", "承诺", "", "表里没有绩效指标。"),
    Case("an objective alone", "承诺", "年度总体目标: {预期目标: 办好。}\n", "表里写了一段总体目标，没有绩效指标。"),
    Case(
        "met, missed, blank, unreadable and in words", "结果",
        rows(
            MET, _reason("天气"), "三级指标: 甲, 年度指标值: ≥1次, 实际完成值: ", "三级指标: 乙, 年度指标值: ≥1次, 实际完成值: {无法辨认: 污损}",
            "三级指标: 丙, 年度指标值: 显著提升, 实际完成值: 有所提升",
        ),
        "按填报的完成值，1 项达到目标，1 项没有达到目标，1 项没有填完成值，1 项无法辨认，1 项无法判断（是文字或日期）。",
    ),
    Case("total and grade", "结果", rows(MET) + SCORED, "自评总分 97.00 分（满分 100.00 分），等级“优”。"),
    Case("total without what it is out of", "结果", rows(MET) + "总分: {得分: 97}\n", "自评总分 97 分（表里没有写满分）。"),
    Case("total blank", "结果", rows(MET) + "总分: {分值: 100, 得分: }\n", "表里没有写总分。"),
    Case("total in words", "结果", rows(MET) + "总分: {分值: 100, 得分: {原文: 优秀}}\n", "总分一栏印的是“优秀”。"),
    Case("total unreadable", "结果", rows(MET) + "总分: {分值: 100, 得分: {无法辨认: 污损}}\n", "总分无法辨认。"),
    Case("a reason in the row", "差距", rows(_reason("天气")),
         "没有得满分的有 1 项：“场次”（指标值“≥4次”，完成值“3次”，8 分得 6 分）填报的原因是“天气”。"),
    Case("a dash is no reason", "差距", rows(_reason('"—"')), "“场次”（指标值“≥4次”，完成值“3次”，8 分得 6 分）没有写原因。"),
    Case("a reason that cannot be read", "差距", rows(_reason("{无法辨认: 污损}")), "8 分得 6 分）原因一格无法辨认。"),
    Case("a reason for the whole form", "差距", "存在问题: 全年多雨。\n" + rows(_reason("")), "这一行没有写原因，表里另有总的说明。"),
    Case(
        "missed, and no points lost", "差距", rows("三级指标: 场次, 年度指标值: ≥4次, 实际完成值: 3次, 分值: 8, 得分: 8"),
        "没有达到指标值的有 1 项：“场次”（指标值“≥4次”，完成值“3次”）没有写原因。",
    ),
    Case(
        "more than three: the greatest losses are told, the rest counted", "差距",
        rows(*(f"三级指标: 第{n}项, 年度指标值: 好, 实际完成值: 好, 分值: 10, 得分: {n}, 偏差原因: " for n in (9, 5, 1, 7, 8))),
        "没有得满分的有 5 项，指标共扣 20 分（逐行相加，本站计算）：“第1项”（10 分得 1 分）没有写原因；“第5项”（10 分得 5 分）没有写原因；"
        "“第7项”（10 分得 7 分）没有写原因；等 5 项，全部见偏差。其余 2 项也没有写原因。",
    ),
    Case(
        "a score that cannot be read leaves the sum a lower bound", "差距",
        rows(_reason("天气"), _reason("天气").replace("场次", "另一项"), "三级指标: 丙, 分值: 5, 得分: {无法辨认: 污损}") + SCORED, "指标至少扣 4 分",
    ),
    Case(
        "with parts that cannot be read there are at least so many, and they are counted", "差距",
        rows(_reason("天气"), "三级指标: 丙, 分值: 5, 得分: {无法辨认: 污损}", "三级指标: 丁, 分值: 5, 得分: "),
        "没有得满分的至少有 1 项：“场次”（指标值“≥4次”，完成值“3次”，8 分得 6 分）填报的原因是“天气”。"
        "另有 2 项的分值或得分空白、不是数或无法辨认，看不出有没有得满分。",
    ),
    Case(
        "of the rows that are not told some give no reason", "差距",
        rows(*(f"三级指标: 第{n}项, 年度指标值: 好, 实际完成值: 好, 分值: 10, 得分: {n}, 偏差原因: {why}" for n, why in ((9, ""), (5, "天气"), (1, ""), (7, "")))),
        "等 4 项，全部见偏差。其余 1 项没有写原因。",
    ),
    Case("no row with points and score", "差距", rows("三级指标: 丙, 分值: 5, 得分: "), "没有一行的分值和得分都是数，看不出扣了多少分。"),
    Case(
        "a result without its unit is not judged", "结果",
        rows("三级指标: 满意度, 年度指标值: ≥90%, 实际完成值: 0.93, 分值: 5, 得分: 5", "三级指标: 人次, 年度指标值: ≥1.2万人次, 实际完成值: 1.3"),
        "按填报的完成值，2 项无法判断（单位没有写全）。",
    ),
    Case(
        "each reason why nothing can be said", "结果",
        rows(
            "三级指标: 甲, 年度指标值: , 实际完成值: 3次", '三级指标: 乙, 年度指标值: "—", 实际完成值: 3次', '三级指标: 丙, 年度指标值: ≥1次, 实际完成值: "—"',
            "三级指标: 丁, 年度指标值: ≥1次, 实际完成值: 3个", "三级指标: 戊, 年度指标值: =1次, 实际完成值: 3次", "三级指标: 己, 年度指标值: ≥3次, 实际完成值: ≥2次",
            "三级指标: 庚, 年度指标值: 每月1次, 实际完成值: 12次",
        ),
        "7 项无法判断（1 项完成值只是“—”一类的符号，1 项没有写指标值，1 项指标值只是“—”一类的符号，1 项是频次或附有说明的数，"
        "1 项单位不同，1 项完成值是一个界限，1 项完成值多于指标值，算不算达到要看指标的内容）。",
    ),
    Case("a number amid words", "承诺", rows("三级指标: 赛事, 年度指标值: 参加市区级赛事活动全年20场, 实际完成值: 达成指标"), "承诺了 1 项指标，目标都有数。"),
    Case("full marks", "差距", rows(MET), "每一项都得了满分。"),
    Case("full marks with execution", "差距", money("全年预算数: 10, 全年执行数: 10, 执行率: 100, 分数: 10, 得分: 10") + rows(MET), "每一项都得了满分。"),
    Case("execution without a score", "差距", money("全年预算数: 10, 全年执行数: 10, 分数: 10, 得分: ") + rows(MET),
         "每一项指标都得了满分。预算执行率一项的得分空白，看不出扣了多少分。"),
    Case("execution with a dash for its score", "差距", money('全年预算数: 10, 全年执行数: 10, 分数: 10, 得分: "—"') + rows(_reason("天气")),
         "预算执行率一项的得分印的是“—”，看不出扣了多少分。"),
    Case("execution with a score that cannot be read", "差距", money("全年预算数: 10, 全年执行数: 10, 分数: 10, 得分: {无法辨认: 污损}") + rows(MET),
         "每一项指标都得了满分。预算执行率一项的得分无法辨认，看不出扣了多少分。"),
    Case("execution with a score out of nothing", "差距", money("全年预算数: 10, 全年执行数: 10, 分数: , 得分: 10") + rows(MET),
         "每一项指标都得了满分。预算执行率一项的分值空白，看不出扣了多少分。"),
    Case("execution that is not scored", "差距", money('全年预算数: 10, 全年执行数: 10, 分数: "—", 得分: "—"') + rows(MET),
         "每一项指标都得了满分。预算执行率一项没有分值和得分。"),
    Case("the row of execution cannot be told apart", "差距", f'项目资金:\n  单位: 万元\n  {_TOTAL}: {{印出数字: ["1", "2"], 无法辨认: 栏位不清}}\n' + rows(MET),
         "每一项指标都得了满分。预算执行率一项的分值无法辨认、得分无法辨认，看不出扣了多少分。"),
    Case("full marks but for execution", "差距", money("全年预算数: 10, 全年执行数: 9, 执行率: 90, 分值: 10, 得分: 9") + rows(MET),
         "每一项指标都得了满分。预算执行率一项 10 分得 9 分。"),
    Case("scores that are no numbers", "差距", rows(MET, "三级指标: 丙, 分值: 5, 得分: {原文: 未评}"), "1 项得了满分，其余 1 项的分值或得分空白、不是数或无法辨认。"),
    Case("more than full marks", "差距", rows("三级指标: 丙, 分值: 5, 得分: 6"), "没有扣分的项，但有得分高于分值的行。"),
    Case("less than an exact cost may be what was wished for", "结果",
         "绩效指标:\n  成本指标:\n    经济成本指标:\n      - {三级指标: 培训费用, 年度指标值: =80元, 实际完成值: 70元, 分值: 5, 得分: 5}\n",
         "1 项完成值少于指标值，算不算没有达到要看指标的内容。"),
    Case(
        "parts of a row are not counted with it", "承诺",
        rows("三级指标: 活动, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 8, 得分: 8, 其中: [{三级指标: 讲座, 年度指标值: ≥2次, 实际完成值: 2次}]"),
        "承诺了 1 项指标，目标都有数；另有 1 行是其中的分项。",
    ),
]  # fmt: skip

CASES = [*MONEY, *RESULTS]


FORM = "财政项目支出绩效自评表\n版式: A1"


def card_of(*authored: str) -> list[PlainCard]:
    """Return the cards of some records, which need not have all that their forms require."""
    known = load_forms([packaged("templates")])
    forms = replace(known, definitions=tuple(replace(one, required=()) for one in known.definitions))
    records = []
    for number, text in enumerate(authored):
        identifier = f"2024/danwei/case-{number:02}"
        named = "" if "表样:" in text else f"表样: {FORM}\n"
        tree = parse_tree(f"{named}年度: 2024\n项目名称: 示例\n{text}", f"content/records/{identifier}.yaml")
        assert tree.node is not None, tree.findings
        decoded = decode_record(tree.node, identifier=identifier, path=f"{identifier}.yaml", forms=forms)
        assert decoded.record is not None, decoded.findings
        records.append(decoded.record)
    catalog = make_catalog(records, Registry({"danwei": Unit("danwei", "示例单位")}, {}), forms)
    site = site_check(catalog)
    return [
        plain_card(make_lines(record, catalog, site), make_form_view(record, catalog.form_of(record)), site.rules)
        for record in records
    ]


@pytest.fixture(scope="module")
def cards() -> list[PlainCard]:
    """Give the card of each case, in their order."""
    return card_of(*(case.authored for case in CASES))


def links(card: PlainCard) -> dict[str, str]:
    """Return where the words of a card lead."""
    return {
        part.text: part.url for paragraph in card.paragraphs for one in paragraph.sentences for part in one if part.url
    }


def said(card: PlainCard, label: str) -> str:
    """Return what a paragraph says."""
    return "".join(
        word.text for part in card.paragraphs if part.label == label for one in part.sentences for word in one
    )


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.what for case in CASES])
def test_a_sentence_is_made_of_the_fields_alone(cards: list[PlainCard], number: int) -> None:
    case = CASES[number]

    assert case.says in said(cards[number], case.paragraph)


def test_a_declaration_tells_what_is_applied_for_and_has_no_result() -> None:
    (card,) = card_of(
        "表样: 财政项目支出绩效目标申报表\n版式: C1\n项目资金:\n  单位: 元\n"
        '  年度资金: {年度资金申请总额: "1,217,200.00"}\n' + rows("三级指标: 场次, 年度指标值: ≥4次")
    )

    assert [part.label for part in card.paragraphs] == ["资金", "承诺", "结果", "核对"]
    assert said(card, "资金") == "这个项目本年度申请 1,217,200.00 元。"
    assert said(card, "结果") == "这是申报时的目标，表里还没有结果和得分。"
    assert links(card)["1,217,200.00 元"] == "#funding-年度资金-年度资金申请总额"


def test_a_declaration_without_an_amount_says_so() -> None:
    (card,) = card_of(
        "表样: 财政项目支出绩效目标申报表\n版式: C1\n项目资金: {单位: 元, 年度资金: {年度资金申请总额: }}\n"
    )

    assert said(card, "资金") == "表里没有写申请的资金。"


def test_a_form_about_a_whole_unit_speaks_of_the_unit_and_misses_the_column_it_has_not() -> None:
    (card,) = card_of(
        "表样: 部门整体支出绩效自评表\n版式: B1\n整体支出规模:\n  单位: 元\n"
        '  年度资金总额: {全年预算数: "22,551,226.73", 全年执行数: "22,498,653.69", 执行率: 99.77%}\n'
    )

    assert said(card, "资金") == (
        "整个单位全年预算 22,551,226.73 元，全年花了 22,498,653.69 元。印出的预算执行率是 99.77%（按全年预算数算）。"
        "表里没有年初预算数这一栏。"
    )


def test_a_form_of_its_own_kind_is_not_blamed_for_columns_it_never_had() -> None:
    (card,) = card_of("表样: 绩效监控表\n版式: 通用\n" + money("本年预计: 5", label="小计"))

    assert said(card, "资金") == "表里的资金总额是 5 万元。"


def test_rows_without_a_total_lead_to_the_form() -> None:
    (card,) = card_of("表样: 绩效监控表\n版式: 通用\n项目资金: {单位: 元, 甲: {本年预计: 5}, 乙: {本年预计: 6}}\n")

    assert said(card, "资金") == "表里没有可用的资金总额，各行见原表。"


def test_figures_lead_to_their_rows() -> None:
    (card,) = card_of(
        money("年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00")
        + "年度总体目标: {预期目标: 办好。}\n" + rows(_reason("天气")) + SCORED
    )  # fmt: skip

    found = links(card)

    assert {found[text] for text in ("94.60 万元", "61.05 万元", "100.00%")} == {f"#funding-{_TOTAL}"}
    assert found["一段总体目标"] == "#objective"
    assert found["97.00 分"] == "#total"
    assert found["1 项"] == "#deviations"
    assert found["“场次”"] == found["1 项指标"]
    assert found["“场次”"].startswith("#i-")


def test_what_the_rules_found_is_counted_by_kind_and_not_judged() -> None:
    contradicting = money("年初预算数: 100, 全年预算数: 100, 全年执行数: 58, 执行率: 96.00") + rows(MET) + SCORED
    (card,) = card_of(contradicting)

    text = said(card, "核对")

    assert text.startswith("这张表有 ")
    assert "处数字对不上" in text
    assert "不符不等于有过错，逐条见检查结果。" in text
    first = next(part for one in card.paragraphs[-1].sentences for part in one if part.url)
    assert first.url.startswith("#finding-")


def test_that_nothing_was_found_is_not_said_of_rules_without_a_decision() -> None:
    (card,) = card_of(money("全年预算数: {无法辨认: 污损}, 全年执行数: 90, 执行率: 90"))

    assert "都能判定" not in said(card, "核对")
    assert "没有判定，不作结论。" in said(card, "核对")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一二三四五六", "一二三四五六"),
        ("一二三四五六七", "一二三四五…"),
        ("共计支出 22551226.73 元", "共计支出…"),
        ("一二 \n 三", "一二 三"),
        ("22551226.73", "…"),
    ],
)
def test_a_quotation_is_never_cut_amid_a_number(text: str, shown: str) -> None:
    assert shortened(text, 6).replace(" …", "…") == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("35.4651", "约 35.47%"), ("12.5", "12.5%"), ("100", "100%"), ("99.999", "略低于 100%"), ("100.001", "略高于 100%"),
        ("0.001", "不到 0.01%"), ("0", "0%"), ("1234567.891", "约 1234567.89%"),
    ],
)  # fmt: skip
def test_a_percentage_of_ours_never_rounds_to_nothing_or_all(number: str, words: str) -> None:
    assert say_percent(Decimal(number)) == words


def test_words_side_by_side_are_one_part() -> None:
    assert sentence("甲", "", "乙", Part("丙", "#c"), "丁") == (Part("甲乙"), Part("丙", "#c"), Part("丁"))
