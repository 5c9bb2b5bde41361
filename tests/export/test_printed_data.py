"""Whoever has the JSON of a record can work out the digest on its print."""

import pytest

from generator.export.printed_data import content_of_json
from generator.model.printed import digest_of_content, figures_digest, figures_of, printed_digest
from tests.export.exported import Exported


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_the_published_json_holds_all_that_the_digest_is_of(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)

    assert exported.catalog.records
    for record in exported.catalog.records:
        data = exported.record(record.id)
        content = content_of_json(data)
        assert digest_of_content(content) == printed_digest(record) == data["content_sha256"]
        assert digest_of_content(figures_of(content)) == figures_digest(record)


def test_a_figure_changed_in_the_json_is_noticed(real: Exported) -> None:
    data = real.record("2024/xinzhuang/liangxin")
    for row in (data["funding"][0], data["indicators"][0]):
        row["score"] = "9.99"
        assert digest_of_content(content_of_json(data)) != data["content_sha256"]
