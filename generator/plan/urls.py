"""Addresses of the site, relative to its root; pages join them with their own way up."""

from generator.model.records import Record

HOME = "index.html"
RECORDS = "records.html"
YEARS = "years.html"
UNITS = "units.html"
DEPARTMENTS = "departments.html"
PROJECTS = "projects.html"
FORMS = "forms.html"
INDICATORS = "indicators.html"
DEVIATIONS = "deviations.html"
FINDINGS = "findings.html"
RULES = "rules.html"
DATA = "data.html"
SEARCH = "search.html"
EXPLORE = "explore.html"
COMPARE = "compare.html"
PROMISES = "promises.html"
PEERS = "peers.html"
BUDGET_CHANGES = "budget-changes.html"
FULL_MARKS = "full-marks.html"
MISSED_TARGETS = "missed-targets.html"
COVERAGE = "coverage.html"
CORRECTIONS = "corrections.html"
CORRECTIONS_FEED = "corrections.xml"
NOT_FOUND = "404.html"

API = "api/v1"

BROWSE = "browse"
"""Folder of the data that the site's own scripts load."""


def record_url(record: Record) -> str:
    """Return the page of a record: its path is its id."""
    return f"records/{record.id}.html"


def record_id(url: str) -> str:
    """Return the id of the record whose page this is."""
    return url.removeprefix("records/").removesuffix(".html")


def record_json_url(record: Record) -> str:
    """Return the JSON of one record."""
    return f"{API}/records/{record.id}.json"


def browse_record_url(record: Record) -> str:
    """Return what scripts load of one record."""
    return f"{BROWSE}/records/{record.id}.js"


def question_sheet_url(unit: str, year: str) -> str:
    """Return the sheet of questions on a unit and year."""
    return f"questions/{unit}/{year}.html"


def source_url(record: Record, suffix: str) -> str:
    """Return the authored file of a record, published beside its page."""
    return f"records/{record.id}{suffix}"


def history_url(record: Record) -> str:
    """Return the page of a record's versions."""
    return f"history/{record.id}.html"


def year_url(year: str) -> str:
    """Return the page of a year."""
    return f"years/{year}.html"


def unit_url(slug: str) -> str:
    """Return the page of a unit."""
    return f"units/{slug}.html"


def department_url(slug: str) -> str:
    """Return the page of a competent department."""
    return f"departments/{slug}.html"


def project_url(unit: str, key: str) -> str:
    """Return the page of a project over its years and stages."""
    return f"projects/{unit}/{key}.html"


def form_url(identifier: str) -> str:
    """Return the page of a form."""
    return f"forms/{identifier.replace('_', '-')}.html"


def rule_url(code: str) -> str:
    """Return the page of a rule."""
    return f"rules/{code}.html"


def base_of(url: str) -> str:
    """Return the relative way from a page up to the root of the site, empty for pages at the root."""
    return "../" * url.count("/")
