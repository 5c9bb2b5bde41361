"""The site that the project's own content makes, and the pages of it that stand for their kind."""

from pathlib import Path

from tests.site_tools import build

A1 = "records/2024/xinzhuang/liangxin.html"
A2 = "records/2023/jiuliting/dangqun.html"
B1 = "records/2023/xinhong/zhengti.html"
C1 = "records/2024/xidu/dangjian.html"
RECORDS = (A1, A2, B1, C1)
"""A record of each of the four official forms; B1 and C1 are the longest."""

PAGES = (
    *("index.html", "records.html", *RECORDS),
    *("projects/xinzhuang/liangxin.html", "units/jiuliting.html", "departments/xidu-jiedao.html", "years/2024.html"),
    *("questions/xinzhuang/2024.html", "questions/xidu/2024.html"),
    *("forms/self-evaluation-a2.html", "units.html", "forms.html"),
    *("search.html", "compare.html", "peers.html"),
    *("findings.html", "rules.html", "rules/BUD001.html", "rules/IND020.html"),
    *(
        "explore.html",
        "promises.html",
        "budget-changes.html",
        "full-marks.html",
        "missed-targets.html",
        "coverage.html",
    ),
    *("indicators.html", "deviations.html", "data.html", "about.html", "method.html", "glossary.html", "404.html"),
)
"""Every kind of page there is, each at least once."""

_PROJECT = Path(__file__).parents[2]


def build_own_site(folder: Path) -> Path:
    """Build the project's own content into a folder and return it."""
    report = build(_PROJECT, folder)
    assert report.published, "\n".join(map(str, report.findings))
    return folder
