"""The Content-Security-Policy of a page, strict enough to need no inline script or style that is not named by hash."""

import base64
import hashlib
import re

from generator.patterns import lazy_pattern

_SCRIPT = lazy_pattern(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_STYLE = lazy_pattern(r"<style[^>]*>(?P<code>.*?)</style>", re.DOTALL)
_TYPE = lazy_pattern(r"""\btype=["']?(?P<type>[^"'\s>]+)""")
_EXECUTABLE_TYPES = frozenset({"text/javascript", "application/javascript", "module"})


def policy_of(html: str) -> str:
    """Return the policy under which this page works and nothing else runs.

    Inline scripts and styles are allowed one by one, by their hash; inline event handlers and `style` attributes never.
    """
    scripts = " ".join(["script-src 'self'", *(_source_hash(code) for code in _inline_scripts(html))])
    styles = " ".join(["style-src 'self'", *(_source_hash(match["code"]) for match in _STYLE.finditer(html))])
    directives = (
        "default-src 'none'",
        scripts,
        styles,
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def _inline_scripts(html: str) -> list[str]:
    return [match["code"] for match in _SCRIPT.finditer(html) if _is_inline_code(match["attributes"])]


def _is_inline_code(attributes: str) -> bool:
    if "src=" in attributes:
        return False
    kind = _TYPE.search(attributes)
    return kind is None or kind["type"].lower() in _EXECUTABLE_TYPES


def _source_hash(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
