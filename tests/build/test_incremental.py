"""What one edit makes a build write anew and remove: just the files that say something else, and no other."""

import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build import inputs, unit_reading
from generator.render.renderer import Renderer
from tests.build.edits import Build, Touch, Workshop, stamped
from tests.site_tools import files_of

# --- words for files of the site -------------------------------------------------------------------------------------

HOME, INDICATORS, DEVIATIONS, FINDINGS, RULES = (
    {f"{name}.html"} for name in ("index", "indicators", "deviations", "findings", "rules")
)
LISTS = {f"{name}.html" for name in ("index", "records", "years", "units", "departments", "projects", "forms")}
"""Home page, list of records, and the indexes: each shows sums."""
TABLES = {f"data/{name}.csv" for name in ("records", "funding", "indicators", "deviations", "findings")}
ALL_TABLES = TABLES | {
    f"data/{name}.csv" for name in ("promises", "budget_changes", "full_marks", "missed_targets", "peers")
}
BUDGET_CHANGES, MISSED_TARGETS = ({f"{name}.html"} for name in ("budget-changes", "missed-targets"))
COVERAGE = {"coverage.html", "api/v1/coverage.json"}
EXPLORE, DIRECTORY = ({f"browse/{name}.js"} for name in ("explore", "directory"))
"""What scripts load: a line for each record, and who and what there is."""
INDEX, ALL_FINDINGS, RULES_JSON = {"api/v1/records.json"}, {"api/v1/findings.json"}, {"api/v1/rules.json"}
DATAPACKAGE = {"data/datapackage.json"}
PEIXUN_23, PEIXUN_24, TARGET, XUNCHA, ZHENGTI, WENHUA, ZHUANXIANG = EVERY_RECORD = (
    "2023/dongxi/peixun", "2024/dongxi/peixun", "2024/dongxi/peixun.target", "2024/nanwan/xuncha", "2024/nanwan/zhengti",
    "2024/xiqiao/wenhua", "2023/xiqiao/zhuanxiang",
)  # fmt: skip
EVERY_PAGE = {"every page"}


def groups(words: str) -> set[str]:
    return {f"{word}.html" for word in words.split()}


EVERY_GROUP = groups(
    "years/2023 years/2024 units/dongxi units/nanwan units/xiqiao departments/zhen departments/ju"
) | groups(
    "forms/self-evaluation-a1 forms/self-evaluation-a2 forms/department-evaluation-b1 forms/target-declaration-c1 forms/general forms/county-special-fund"
)
EVERY_PROJECT = groups(
    "projects/dongxi/peixun projects/nanwan/xuncha projects/nanwan/zhengti projects/xiqiao/wenhua projects/xiqiao/zhuanxiang"
)


def pages(*identifiers: str) -> set[str]:
    return {f"records/{identifier}.html" for identifier in identifiers}


def json_of(*identifiers: str) -> set[str]:
    """Name the JSON of records and of the units that they belong to."""
    units = {identifier.split("/")[1] for identifier in identifiers}
    return {f"api/v1/records/{one}.json" for one in identifiers} | {f"api/v1/units/{unit}.json" for unit in units}


def files_about(identifier: str, ending: str = "yaml") -> set[str]:
    """Name all that is published of one record: its page, its JSON, its authored file."""
    return pages(identifier) | json_of(identifier) | {f"records/{identifier}.{ending}"}


def scripts(*identifiers: str) -> set[str]:
    """Name what scripts load of single records."""
    return {f"browse/records/{identifier}.js" for identifier in identifiers}


def sheet(unit: str, year: str) -> set[str]:
    """Name the sheet of questions of a unit and year."""
    return {f"questions/{unit}/{year}.html"}


def data(*names: str) -> set[str]:
    """Name tables of the open data; the Data Package has the digest of each."""
    return {f"data/{name}.csv" for name in names} | DATAPACKAGE


def documents(*identifiers: str) -> set[str]:
    """Name the documents of records and those of their unit's years, in the formats of the small project."""
    years = {(one.split("/")[1], one.split("/")[0]) for one in identifiers}
    places = {f"records/{one}" for one in identifiers} | {f"units/{unit}-{year}" for unit, year in years}
    return {f"{place}.{kind}" for place in places for kind in ("docx", "xlsx")}


# --- what single edits do --------------------------------------------------------------------------------------------


class Case(NamedTuple):
    """One edit, and what comes of it; the pages of single rules aside, which `said_by_rules` is for."""

    name: str
    edits: dict[str, str]
    written: set[str]
    removed: set[str] = set()  # noqa: RUF012  never changed
    before: dict[str, str] = {}  # noqa: RUF012  as above
    """What is otherwise before, already built."""


CULTURE_IS_NOT_PUBLISHED = (
    LISTS | INDICATORS | DEVIATIONS | FINDINGS | RULES | TABLES | DATAPACKAGE | INDEX | ALL_FINDINGS
    # How many records there are to download.
    | {"data.html"}
    | groups("departments/ju units/xiqiao years/2024")
    | MISSED_TARGETS | data("missed_targets") | COVERAGE | {"explore.html", "browse/units/xiqiao.js"} | EXPLORE | DIRECTORY
    # The other record of its unit names it, and the unit's JSON held it.
    | pages(ZHUANXIANG)
    | {"api/v1/units/xiqiao.json"}
)  # fmt: skip
CULTURE_IS_GONE = {
    f"records/{WENHUA}.html", f"records/{WENHUA}.yaml", f"api/v1/records/{WENHUA}.json", "projects/xiqiao/wenhua.html",
    # The only record on this form.
    "forms/general.html",
    # And the only one of its unit and year.
    f"browse/records/{WENHUA}.js", "questions/xiqiao/2024.html",
}  # fmt: skip

SHOWS_THE_CHECK = LISTS | FINDINGS | RULES | ALL_FINDINGS | INDEX | data("records", "findings")
"""Where findings are counted or listed, whichever record has them."""

A_FIGURE = (
    files_about(PEIXUN_23)
    | groups("departments/zhen units/dongxi years/2023 forms/self-evaluation-a1 projects/dongxi/peixun")
    | INDICATORS | data("funding", "indicators")
    # It no longer agrees with the rate printed beside it.
    | SHOWS_THE_CHECK | EXPLORE | DIRECTORY
    | BUDGET_CHANGES | data("budget_changes") | scripts(PEIXUN_23) | sheet("dongxi", "2023")
)  # fmt: skip

CASES = (
    Case("a figure", {"training 2023: figure": "94.00"}, A_FIGURE),
    Case(
        "a comment, which nobody sees but in the file itself",
        {"training 2023: note": "comment"},
        pages(PEIXUN_23) | {f"records/{PEIXUN_23}.yaml"},
    ),
    Case(
        "a project's name",
        {"training 2024: name": "（一）"},
        files_about(PEIXUN_24)
        | groups("departments/zhen units/dongxi years/2024 forms/self-evaluation-a1 projects/dongxi/peixun")
        | HOME | {"records.html"} | INDICATORS | DEVIATIONS | FINDINGS
        | INDEX | ALL_FINDINGS | TABLES | DATAPACKAGE
        | BUDGET_CHANGES | MISSED_TARGETS | data("budget_changes", "missed_targets", "promises")
        | groups("promises promises/dongxi") | scripts(PEIXUN_24) | EXPLORE | sheet("dongxi", "2024")
        # The year before leads to it.
        | pages(PEIXUN_23)
        # The patrol has the same account, and its finding names what it is copied from.
        | pages(XUNCHA) | json_of(XUNCHA) | groups("units/nanwan forms/self-evaluation-a2 projects/nanwan/xuncha"),
    ),
    Case(
        "an account that was copied, rewritten",
        {"patrol: account": "own"},
        files_about(XUNCHA, "md")
        | groups("units/nanwan forms/self-evaluation-a2 projects/nanwan/xuncha")
        # Nobody's account is that of the other record any more, in another unit.
        | pages(PEIXUN_24) | json_of(PEIXUN_24)
        | groups("units/dongxi forms/self-evaluation-a1 projects/dongxi/peixun")
        | groups("departments/zhen years/2024")
        | SHOWS_THE_CHECK | EXPLORE | DIRECTORY | scripts(XUNCHA) | sheet("dongxi", "2024"),
    ),
    Case(
        "a unit's official name",
        {"nanwan: unit's name": "南湾镇文化活动中心（筹）"},
        pages(XUNCHA, ZHENGTI) | json_of(XUNCHA, ZHENGTI)
        | groups("units/nanwan projects/nanwan/xuncha projects/nanwan/zhengti")
        | groups("departments/zhen years/2024 forms/self-evaluation-a2 forms/department-evaluation-b1")
        | groups("index records units projects") | INDICATORS | DEVIATIONS | FINDINGS
        | INDEX | TABLES | DATAPACKAGE
        | BUDGET_CHANGES | MISSED_TARGETS | data("budget_changes", "missed_targets") | COVERAGE
        | scripts(XUNCHA, ZHENGTI) | DIRECTORY | sheet("nanwan", "2024"),
    ),
    Case(
        "a unit's district",
        {"xiqiao: district": "湖南省示例市"},
        groups("units units/xiqiao") | DIRECTORY,
    ),
    Case(
        "a unit's competent department",
        {"nanwan: department": "ju"},
        pages(XUNCHA, ZHENGTI) | json_of(XUNCHA, ZHENGTI)
        | groups("units/nanwan projects/nanwan/xuncha projects/nanwan/zhengti")
        | groups("index departments departments/zhen departments/ju")
        | INDEX | TABLES | data("budget_changes", "missed_targets") | COVERAGE
        | scripts(XUNCHA, ZHENGTI) | DIRECTORY,
    ),
    Case(
        "a department's name",
        {"department's name": "东溪镇政府"},
        pages(PEIXUN_23, PEIXUN_24, TARGET, XUNCHA, ZHENGTI) | json_of(PEIXUN_23, PEIXUN_24, TARGET, XUNCHA, ZHENGTI)
        | groups("units/dongxi units/nanwan projects/dongxi/peixun projects/nanwan/xuncha projects/nanwan/zhengti")
        | groups("index departments departments/zhen")
        | INDEX | TABLES | data("budget_changes", "missed_targets", "promises") | COVERAGE
        | scripts(PEIXUN_23, PEIXUN_24, TARGET, XUNCHA, ZHENGTI) | DIRECTORY,
    ),
    Case("a deleted record", {"culture: place": ""}, CULTURE_IS_NOT_PUBLISHED, CULTURE_IS_GONE),
    Case(
        "a new record",
        {"culture: place": "2024/xiqiao/wenhua.yaml"},
        CULTURE_IS_NOT_PUBLISHED | CULTURE_IS_GONE,
        before={"culture: place": ""},
    ),
    Case("a record that became unreadable", {"culture: note": "unreadable"}, CULTURE_IS_NOT_PUBLISHED, CULTURE_IS_GONE),
    Case(
        "a record that was mended",
        {"culture: note": ""},
        CULTURE_IS_NOT_PUBLISHED | CULTURE_IS_GONE,
        before={"culture: note": "unreadable"},
    ),
    Case("personal data, which keeps a record back", {"culture: note": "personal data"}, CULTURE_IS_NOT_PUBLISHED, CULTURE_IS_GONE),
    Case(
        "a renamed file",
        {"training 2024: place": "2024/dongxi/xunlian.yaml"},
        files_about("2024/dongxi/xunlian")
        # It is a project of its own now.
        | groups("projects/dongxi/xunlian projects/dongxi/peixun units/dongxi")
        | groups("departments/zhen years/2024 forms/self-evaluation-a1")
        # The other records of the unit, and the one whose finding leads to it.
        | pages(PEIXUN_23, TARGET, XUNCHA) | json_of(XUNCHA)
        | INDICATORS | DEVIATIONS | TABLES
        | SHOWS_THE_CHECK | EXPLORE | DIRECTORY | scripts("2024/dongxi/xunlian") | {"browse/units/dongxi.js"}
        | BUDGET_CHANGES | MISSED_TARGETS | data("budget_changes", "missed_targets") | sheet("dongxi", "2024")
        # The declaration has nothing to be compared with any more.
        | data("promises") | groups("promises"),
        {
            f"records/{PEIXUN_24}.html", f"records/{PEIXUN_24}.yaml", f"api/v1/records/{PEIXUN_24}.json",
            f"browse/records/{PEIXUN_24}.js", "promises/dongxi.html",
        },
    ),
    Case(
        "a waiver",
        {"training 2023: note": "waiver to June"},
        files_about(PEIXUN_23)
        | groups("departments/zhen units/dongxi years/2023 forms/self-evaluation-a1 projects/dongxi/peixun")
        | SHOWS_THE_CHECK - RULES | EXPLORE | sheet("dongxi", "2023"),
        before={"training 2023: figure": "94.00"},
    ),
    Case(
        "a reply",
        {"training 2023: note": "reply"},
        files_about(PEIXUN_23) | ALL_FINDINGS,
        before={"training 2023: figure": "94.00"},
    ),
    Case("the template of records", {"template of records": "<p>本单位自定</p>\n{shipped}"}, pages(*EVERY_RECORD)),
    Case(
        "the template of projects",
        {"template of projects": "<h1>{{{{ page.name }}}}</h1>"},
        EVERY_PROJECT,
    ),
    Case(
        "a partial, of the sums of money",
        {"partial of totals": "{shipped}<p>合计如上。</p>"},
        HOME | EVERY_GROUP,
    ),
    Case(
        "a partial that no template names",
        {"partial of our own": "甲"},
        set(),
    ),
    Case("the template of a form", {"template of form A1": "{shipped}<p>表样之注</p>"}, pages(PEIXUN_23, PEIXUN_24)),
    Case("the template of a form of one's own", {"own form's template": "{own}<p>注</p>"}, pages(ZHUANXIANG)),
    Case(
        "what a form of one's own says of itself",
        {"own form's definition": "{renamed}"},
        groups("forms/county-special-fund"),
    ),
    Case("the palette", {"palette": "teal"}, EVERY_PAGE),
    Case("the publisher", {"publisher": "示例财政局"}, EVERY_PAGE),
    Case("the foot of every page", {"frame's foot": "<footer>页脚 {{{{ config.site_name }}}}</footer>"}, EVERY_PAGE),
    Case("the theme's own folder", {"custom frame": "<footer>公告</footer>"}, EVERY_PAGE),
    Case("the order of the hand-written pages", {"nav": "[{先读我: help.md}, about.md]"}, EVERY_PAGE),
    Case(
        "the site's name", {"site name": "示例二"}, EVERY_PAGE | INDEX | ALL_FINDINGS | RULES_JSON | DATAPACKAGE | {"api/v1/coverage.json"}
    ),
    Case(
        "the site's address",
        {"site address": "https://example.invalid/jx/"},
        EVERY_PAGE | INDEX | ALL_FINDINGS | RULES_JSON | TABLES | {"sitemap.xml", "api/v1/coverage.json"}
        | data("budget_changes", "missed_targets", "promises"),
    ),
    Case(
        "a threshold of the rule pack",
        {"pack county": "执行率偏低: 96"},
        # Each says by which rules and packs it was checked.
        pages(*EVERY_RECORD) | json_of(*EVERY_RECORD) | RULES_JSON
        # All but the declaration are found to have spent too little without saying why.
        | (EVERY_GROUP - groups("forms/target-declaration-c1")) | EVERY_PROJECT
        | SHOWS_THE_CHECK | EXPLORE | DIRECTORY
        | sheet("dongxi", "2023") | sheet("dongxi", "2024") | sheet("nanwan", "2024") | sheet("xiqiao", "2023"),
    ),
    Case(
        "another choice of packs, that decides the same",
        {"packs": "[national]"},
        pages(*EVERY_RECORD) | json_of(*EVERY_RECORD) | RULES_JSON | RULES | ALL_FINDINGS,
    ),
    Case(
        "documents of all forms",
        {"exports": "[docx, xlsx]"},
        documents(*EVERY_RECORD) | pages(*EVERY_RECORD) | groups("units/dongxi units/nanwan units/xiqiao"),
    ),
    Case(
        "no documents any more",
        {"exports": "false"},
        pages(*EVERY_RECORD) | groups("units/dongxi units/nanwan units/xiqiao"),
        documents(*EVERY_RECORD),
        before={"exports": "[docx, xlsx]"},
    ),
    Case(
        "a figure that documents show",
        {"training 2023: figure": "94.00"},
        A_FIGURE | documents(PEIXUN_23),
        before={"exports": "[docx, xlsx]"},
    ),
    Case(
        "a comment, which no document shows",
        {"training 2023: note": "comment"},
        pages(PEIXUN_23) | {f"records/{PEIXUN_23}.yaml"},
        before={"exports": "[docx, xlsx]"},
    ),
    Case(
        "a unit's registered name, where forms print their own",
        {"xiqiao: district": "湖南省示例市"},
        groups("units units/xiqiao") | DIRECTORY,
        before={"exports": "[docx, xlsx]"},
    ),
    Case(
        "a record with documents, deleted",
        {"culture: place": ""},
        CULTURE_IS_NOT_PUBLISHED,
        CULTURE_IS_GONE | documents(WENHUA),
        before={"exports": "[docx, xlsx]"},
    ),
    Case("a hand-written page", {"page about": "网站说明，第二版。见[帮助](help.md)。"}, groups("about")),
    Case("an image of the hand-written pages", {"image": "<svg> </svg>"}, {"images/mark.svg"}),
    Case("a hand-written page taken away, and with it its line in the menu", {"page about": ""}, EVERY_PAGE | DIRECTORY, groups("about")),
)  # fmt: skip


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Return the small project."""
    # Edits follow each other within the resolution that a build takes for granted.
    monkeypatch.setattr(inputs, "_RESOLUTION", 0)
    return Workshop(tmp_path, monkeypatch)


Standing = Callable[[Mapping[str, str]], AbstractContextManager[Workshop]]


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """Lend the small project, with something otherwise in it, and its site; what is done to it is taken back."""
    made: dict[object, Workshop] = {}

    def make(before: Mapping[str, str]) -> Workshop:
        workshop = Workshop(tmp_path_factory.mktemp("standing"), patch)
        for place, to in before.items():
            workshop.edit(place, to)
        built(workshop)
        return workshop

    @contextmanager
    def lend(before: Mapping[str, str]) -> Iterator[Workshop]:
        # Of a test that fails nobody else takes over anything.
        workshop = made.pop(tuple(before.items()), None) or make(before)
        state, files = dict(workshop.state), files_of(workshop.site)
        yield workshop
        workshop.state = state
        workshop.write("written")
        built(workshop)
        assert files_of(workshop.site) == files, "what is taken back leaves no trace"
        made[tuple(before.items())] = workshop

    with pytest.MonkeyPatch.context() as patch:
        # As in the fixture above.
        patch.setattr(inputs, "_RESOLUTION", 0)
        yield lend


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_edit_rewrites_just_what_shows_it(standing: Standing, case: Case) -> None:
    with standing(case.before) as workshop:
        check_case(workshop, case)


def check_case(workshop: Workshop, case: Case) -> None:
    rules, years = said_by_rules(workshop.site), said_of_years(workshop.site)
    index = said_of_index(workshop.site)
    whole = {path for path in files_of(workshop.site) if path.endswith(".html")}
    for place, to in case.edits.items():
        workshop.edit(place, to)

    written, removed = built(workshop)

    changed_rules = {f"rules/{code}.html" for code in changed(rules, said_by_rules(workshop.site))}
    expected = case.written - EVERY_PAGE | (whole - case.removed if case.written >= EVERY_PAGE else changed_rules)
    now = said_of_years(workshop.site)
    expected |= {path for path in now if now[path] != years.get(path)}
    said = said_of_index(workshop.site)
    expected |= {path for path in said if said[path] != index.get(path)}
    # It tells how large the tables are; that what is written differs is seen in `built`.
    assert written - {"data.html"} == expected - {"data.html"}
    assert removed == case.removed | (years.keys() - now.keys()) | (index.keys() - said.keys())


def built(workshop: Workshop, how: Build = Build()) -> tuple[set[str], set[str]]:  # noqa: B008  a frozen value
    """Build, and return what was written and removed: as the build reports, and as it is on the disk."""
    before = stamped(workshop.site)
    report = workshop.build(how).report
    assert report is not None
    assert report.published
    after = stamped(workshop.site)
    assert set(report.written) == {path for path, stamp in after.items() if before.get(path) != stamp}
    assert set(report.removed) == before.keys() - after.keys()
    # What is written says something else than before.
    assert all(path not in before or before[path][1] != after[path][1] for path in report.written)
    return set(report.written), set(report.removed)


def said_of_years(site: Path) -> dict[str, list[dict[str, str]]]:
    """Return what the tables say of each year, by the file that holds it alone; a table of one year has no such file."""
    said: dict[str, list[dict[str, str]]] = {}
    for path in sorted(ALL_TABLES):
        if not (site / path).exists():
            continue
        with (site / path).open(encoding="utf-8-sig", newline="") as table:
            rows = list(csv.DictReader(table))
        years = sorted({row["年度"] for row in rows})
        for year in years if len(years) > 1 else ():
            of_year = [row for row in rows if row["年度"] == year]
            said[path.replace(".csv", f"-{year}.csv")] = of_year
    return said


def said_of_index(site: Path) -> dict[str, bytes]:
    """Return the parts of the search index, by file; what an edit changes in them is for tests/build/test_search.py."""
    folders = ("browse/search", "browse/pages")
    return {f"{folder}/{path}": content for folder in folders for path, content in files_of(site / folder).items()}


def said_by_rules(site: Path) -> dict[str, tuple[Counter[str], list[object]]]:
    """Return what the page of each rule has to say: how often it decided what, and what it found where."""
    said: dict[str, tuple[Counter[str], list[object]]] = {}
    for path in sorted((site / "api/v1/records").rglob("*.json")):
        record = json.loads(path.read_bytes())
        for outcome, codes in record["check"]["ledger"].items():
            for code in codes:
                said.setdefault(code, (Counter(), []))[0][outcome] += 1
        row = [record[name] for name in ("id", "project_name", "unit", "form")]
        for finding in record["check"]["findings"]:
            shown = {key: value for key, value in finding.items() if key != "replies"}
            said.setdefault(finding["code"], (Counter(), []))[1].append((row, shown))
    return said


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {code for code in before.keys() | after.keys() if before.get(code) != after.get(code)}


def test_nothing_at_all_leaves_every_file_and_its_time(workshop: Workshop) -> None:
    built(workshop)
    before = stamped(workshop.site)

    assert built(workshop) == (set(), set())
    assert stamped(workshop.site) == before


@pytest.mark.parametrize("how", ["touched", "rewritten"])
def test_a_touched_file_with_the_same_content_makes_no_page(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    built(workshop)
    for number in range(len(files_of(workshop.project / "content"))):
        workshop.take(Touch(number, how))
    rendered: list[str] = []
    read: list[str] = []
    monkeypatch.setattr(Renderer, "render", lambda _self, page: rendered.append(page.url))
    monkeypatch.setattr(unit_reading, "load_record", lambda file, *_: read.append(file.path))

    assert built(workshop) == (set(), set())
    assert rendered == []
    assert read == []


def test_an_edit_that_keeps_size_and_time_is_seen_by_the_time_of_the_entry(workshop: Workshop) -> None:
    built(workshop)
    path = workshop.project / "content/records/2023/dongxi/peixun.yaml"
    before = path.stat()
    workshop.edit("training 2023: figure", "94.00", "quietly")

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert f"records/{PEIXUN_23}.html" in built(workshop)[0]


def test_two_edits_within_the_resolution_of_the_clock_are_both_seen(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = time.time_ns() + 60_000_000_000
    monkeypatch.setattr(inputs, "_RESOLUTION", 3_000_000_000)
    monkeypatch.setattr(inputs, "_stamp_of", lambda entry: (soon, soon, entry.stat().st_size))
    built(workshop)
    workshop.edit("training 2023: figure", "94.00")

    assert f"records/{PEIXUN_23}.html" in built(workshop)[0]


def test_the_day_after_a_waiver_ends_is_seen_though_no_file_changed(workshop: Workshop) -> None:
    workshop.edit("training 2023: figure", "94.00")
    workshop.edit("training 2023: note", "waiver to June")
    built(workshop)

    assert built(workshop, Build(day=1)) == (set(), set())
    assert f"records/{PEIXUN_23}.html" in built(workshop, Build(day=2))[0]


def test_a_day_without_waivers_is_like_any_other(workshop: Workshop) -> None:
    built(workshop)

    assert built(workshop, Build(day=2)) == (set(), set())
