"""A record in the words of schema.org, for search engines of data sets: JSON-LD inside its page.

Addresses are relative to the page, as everywhere on the site: JSON-LD takes them from the page's own address,
and a folder on a disk needs none.
"""

from msgspec.json import Encoder

from generator.plan.rows import RecordRow
from generator.plan.urls import API, DATA, base_of

_encoded = Encoder().encode

_LANGUAGE = "zh-CN"
_MAIN = ("initial_budget", "adjusted_budget", "executed", "requested")
_TITLES = {
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "executed": "全年执行数",
    "requested": "申请数",
}


def record_json_ld(row: RecordRow, *, title: str, description: str, suffix: str, modified: str) -> str:
    """Return the JSON-LD of a record's page; it may stand inside a script element as it is, whatever a form prints.

    `suffix` is the ending of the authored file, `modified` the date of its last change or empty.
    """
    base = base_of(row.url)
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": base + row.url,
        "url": base + row.url,
        "identifier": row.id,
        "name": title,
        "description": description,
        "inLanguage": _LANGUAGE,
        "isAccessibleForFree": True,
        "temporalCoverage": row.year.title,
        "creator": _creator(row, base),
        "variableMeasured": _figures(row),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "开放数据", "url": base + DATA},
        "distribution": [
            _download("JSON", "application/json", f"{base}{API}/records/{row.id}.json"),
            _source(suffix, f"{base}records/{row.id}{suffix}"),
        ],
    }
    if modified:
        data["dateModified"] = modified
    return _harmless(_encoded(data))


def _creator(row: RecordRow, base: str) -> dict[str, object]:
    creator: dict[str, object] = {
        "@type": "GovernmentOrganization",
        "name": row.unit.title,
        "url": base + row.unit.url,
    }
    if row.department.title:
        parent = {"@type": "GovernmentOrganization", "name": row.department.title, "url": base + row.department.url}
        creator["parentOrganization"] = parent
    return creator


def _figures(row: RecordRow) -> list[dict[str, str]]:
    """Return the main amounts and the total score as printed; what this site added up is none of the form's figures."""
    amounts = [(_TITLES[name], getattr(row.amounts, name)) for name in _MAIN]
    found = [
        {"@type": "PropertyValue", "name": name, "value": amount.printed, "unitText": amount.unit}
        for name, amount in amounts
        if amount is not None and amount.printed
    ]
    if row.total_score.text:
        found.append({"@type": "PropertyValue", "name": "总分", "value": row.total_score.text})
    if row.grade.text:
        found.append({"@type": "PropertyValue", "name": "评分等级", "value": row.grade.text})
    return found


def _source(suffix: str, address: str) -> dict[str, str]:
    markdown = suffix == ".md"
    return _download("Markdown" if markdown else "YAML", "text/markdown" if markdown else "application/yaml", address)


def _download(name: str, media_type: str, address: str) -> dict[str, str]:
    return {"@type": "DataDownload", "name": name, "encodingFormat": media_type, "contentUrl": address}


def _harmless(data: bytes) -> str:
    """Return JSON in which nothing can end its script element or begin a comment.

    These characters stand only inside strings of JSON, where the escape means the same.
    """
    return data.decode().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
