"""What each page's template is given; nothing is computed in a template."""

from decimal import Decimal

from msgspec import Struct

from generator.plan.charts import Chart
from generator.plan.check_view import CheckView
from generator.plan.choices import Choice
from generator.plan.form_view import FormView
from generator.plan.history import RecordHistory
from generator.plan.over_years import FormYears
from generator.plan.plain_card import PlainCard
from generator.plan.promise_view import YearPromisesView
from generator.plan.rows import CorrectionRow, FindingRow, IndicatorRow, Link, OtherRecord, RecordRow
from generator.plan.totals import Totals


class Entry(Struct, frozen=True):
    """A page with how much is on it."""

    title: str
    url: str
    count: int
    note: str = ""


class Group(Struct, frozen=True):
    """A named list of pages, one of the ways into the site."""

    title: str
    url: str
    entries: tuple[Entry, ...]


class Download(Struct, frozen=True):
    """A file the reader can take along."""

    title: str
    url: str
    description: str


class HomeContext(Struct, frozen=True):
    """pages/home.html: what the site is, its key figures, the ways in."""

    site_name: str
    description: str
    records: int
    """How many records are published."""
    units: int
    years: tuple[str, ...]
    totals: tuple[Totals, ...]
    projects: Totals | None
    """Those of the project self-evaluations; None where there are none."""
    scores: tuple[Decimal, Decimal, Decimal] | None
    """Lowest, middle and highest printed total score; None without scores."""
    charts: tuple[Chart, ...]
    deviations: int
    unexplained: int
    """How many of the deviations have no reason printed."""
    findings: int
    contradicting: int
    """How many records contradict themselves."""
    topics: tuple[Entry, ...]
    """What to look at first."""
    ways: tuple[Group, ...]
    latest: tuple[RecordRow, ...]


class RecordContext(Struct, frozen=True):
    """pages/record.html: one published form."""

    row: RecordRow
    form: FormView
    form_template: str
    """Name of the template that draws the official form."""
    card: PlainCard
    """The record in plain sentences."""
    questions_url: str
    """The sheet of questions on its unit and year."""
    adjustment: str
    """Change from initial to adjusted budget with sign and unit; empty where either is missing."""
    adjustment_rate: Decimal | None
    """The same in percent of the initial budget."""
    computed_rate: Decimal | None
    """Executed over adjusted budget in percent, unrounded."""
    charts: tuple[Chart, ...]
    deviations: tuple[IndicatorRow, ...]
    indicators: int
    check: CheckView
    unreadable: tuple[tuple[str, str], ...]
    """Where something cannot be read, and why."""
    supplement: tuple[tuple[str, str], ...]
    """What the record holds and the layout has no place for: where, and the text."""
    source: tuple[tuple[str, str], ...]
    """Label and text of what is known about the original."""
    previous: OtherRecord | None
    following: OtherRecord | None
    """The same project and kind of form a year before and after."""
    declarations: tuple[OtherRecord, ...]
    """Target declarations of the same project and year."""
    promises_url: str
    """Where the project's page compares promise and result of this year; empty where it has not both."""
    evaluations: tuple[OtherRecord, ...]
    """For a target declaration: the evaluations of the same project and year."""
    siblings: tuple[OtherRecord, ...]
    """Other records of the unit, newest first."""
    comparisons: tuple[Link, ...]
    """What it may be compared with."""
    downloads: tuple[Download, ...]
    source_path: str
    """Path of the authored file in the repository."""
    source_text: str
    """The authored file."""
    history: RecordHistory | None
    """What git knows of the file; None where it knows nothing."""
    history_url: str
    """The page of its versions, where there are several."""
    corrections: tuple[CorrectionRow, ...]
    """What was changed after it had been published, the oldest first."""
    digest: str
    """Short digest of what the form prints, in groups of four digits."""
    json_ld: str
    """The record in the words of schema.org, fit to stand inside a script element as it is."""


class ProjectContext(Struct, frozen=True):
    """pages/project.html: one project over years and stages."""

    name: str
    unit: Link
    department: Link
    rows: tuple[RecordRow, ...]
    comparisons: tuple[Link, ...]
    """Its records side by side; none where there is only one."""
    chart: Chart | None
    years: tuple[FormYears, ...]
    """The kinds of forms that it has of several years."""
    promises: tuple[YearPromisesView, ...]
    """The years that have a target declaration and a self-evaluation, the newest first."""
    deviations: tuple[IndicatorRow, ...]
    findings: tuple[FindingRow, ...]


class RecordGroupContext(Struct, frozen=True):
    """pages/record_group.html: all records of a unit, department, year or form."""

    heading: str
    kind: str
    """What the page is about, in Chinese: 单位, 主管部门, 年度, 表样."""
    lead: str
    """One sentence on what is listed."""
    facts: tuple[tuple[str, Link], ...]
    """Label and value of what is known about it."""
    totals: tuple[Totals, ...]
    total: int
    """How many records there are."""
    rows: tuple[RecordRow, ...]
    """The records, or none where they are too many for one page."""
    groups: tuple[Group, ...]
    """Further ways on from here: projects of a unit, units of a department."""
    downloads: tuple[Download, ...]
    """The forms as documents; none but on the page of a unit."""
    charts: tuple[Chart, ...]
    deviation_count: int
    deviations: tuple[IndicatorRow, ...]
    """The deviations, or none where they are too many beside the records."""
    finding_count: int
    findings: tuple[FindingRow, ...]
    """The findings, or none where they are too many beside the records."""


class GroupIndexContext(Struct, frozen=True):
    """pages/group_index.html: the list of all units, departments, years, projects or forms."""

    heading: str
    lead: str
    lines: tuple["GroupLine", ...]
    """One line each, or none where they are too many for one page."""
    parts: tuple[Entry, ...]
    """The pages that name them instead."""


class GroupLine(Struct, frozen=True):
    """One unit, department, year, project or form in its index."""

    link: Link
    note: str
    records: int
    projects: Totals | None
    """The sums of its project self-evaluations; None where it has none."""
    deviations: int
    findings: int


class RecordsContext(Struct, frozen=True):
    """pages/records.html: every record, or the way to them where one page would be too long."""

    rows: tuple[RecordRow, ...]
    parts: tuple[Entry, ...]
    total: int


class IndicatorsContext(Struct, frozen=True):
    """pages/indicators.html: every indicator, one row each, or the way to them where one page would be too long."""

    heading: str
    rows: tuple[IndicatorRow, ...]
    parts: tuple[Entry, ...]
    total: int


class DeviationsContext(Struct, frozen=True):
    """pages/deviations.html: every row where points were lost or a target was missed."""

    heading: str
    rows: tuple[IndicatorRow, ...]
    parts: tuple[Entry, ...]
    total: int
    explained: int
    choices: tuple[Choice, ...]
    """With and without a reason."""
    files: tuple[Link, ...]
    """The same rows to download."""


class FindingsContext(Struct, frozen=True):
    """pages/findings.html: what the rules found, by rule, unit and year, and one row each."""

    heading: str
    rows: tuple[FindingRow, ...]
    parts: tuple[Entry, ...]
    total: int
    waived: int
    records: int
    """How many records the findings are about."""
    checked: int
    """How many records were checked; 0 on the pages of units and years, which do not say."""
    undecided: int
    """How many of them left a rule that is shown undecided."""
    counts: tuple[Group, ...]
    """How many there are by rule, and on the page of them all by unit and year."""
    shown: str
    """Which findings this site shows, in one sentence."""


class RuleLine(Struct, frozen=True):
    """A rule in the list of all rules."""

    code: str
    title: str
    url: str
    severity: str
    label: str
    """The severity in Chinese."""
    nature: str
    is_unverified: bool
    is_shown: bool
    """Whether its findings are shown on this site."""
    due: int
    """For how many records it was due."""
    findings: int


class RuleFamily(Struct, frozen=True):
    """The rules about one matter."""

    letters: str
    title: str
    rules: tuple[RuleLine, ...]


class RulesContext(Struct, frozen=True):
    """pages/rules.html: all rules."""

    families: tuple[RuleFamily, ...]
    total: int
    unverified: int
    fingerprint: str
    shown: str
    """Which findings this site shows, in one sentence."""


class RuleContext(Struct, frozen=True):
    """pages/rule.html: one rule, and what it found."""

    line: RuleLine
    name: str
    """The fault's name in English."""
    heading: str
    """The unit and year the page is about; empty for the page of the rule itself."""
    why: str
    """Markdown."""
    formula: str
    otherwise: str
    forms: str
    """Kinds of forms it is for."""
    since: str
    basis: tuple[tuple[str, str], ...]
    """What it rests on, and how sure that is."""
    keeps_back: bool
    bad: str
    good: str
    outcomes: tuple[tuple[str, int], ...]
    """How it ended on the records of this site, in words, and how often."""
    rows: tuple[FindingRow, ...]
    parts: tuple[Entry, ...]
    total: int


class DataContext(Struct, frozen=True):
    """pages/data.html: the open data and how to use it."""

    downloads: tuple[Download, ...]
    records: int
    example_url: str
    """JSON of one record, empty where there is none."""
    site_url: str


class ProseContext(Struct, frozen=True):
    """pages/prose.html: a page written by hand."""

    markdown: str
    folder: str
    """Folder of the page below the root of the site, from which its links count; empty at the root."""


class NotFoundContext(Struct, frozen=True):
    """pages/not_found.html: no such page, and where to look instead."""

    ways: tuple[Link, ...]
