"""The accessibility audit: axe-core against WCAG 2.1 AA."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def axe_violations(page: Page) -> list[str]:
    """Return every violation as one line: rule, impact, element, what is wrong.

    The script is evaluated over the debugging protocol, which the page's own Content-Security-Policy does not
    reach: the policy stays in force for all that the page itself does. The page must have JavaScript enabled.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
        _STANDARD,
    )
    return [
        f"{violation['id']} ({violation['impact']}) at {_selector(node['target'])}: {violation['help']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def _selector(target: list[str | list[str]]) -> str:
    # Frames and shadow roots nest: axe gives a list within the list for them.
    return " > ".join(part if isinstance(part, str) else " >>> ".join(part) for part in target)
