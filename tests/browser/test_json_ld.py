"""Search engines find a record's data in its page, under the page's own policy."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import PageOpener
from tests.browser.sites import RECORDS


@pytest.mark.parametrize("url", RECORDS)
def test_the_data_in_a_page_can_be_read_and_its_addresses_lead_to_files(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    root = serve(own_site)
    opened = open_page(f"{root}/{url}")
    script = opened.page.locator('script[type="application/ld+json"]')
    assert script.count() == 1
    data = json.loads(script.text_content() or "")

    def resolved(address: str) -> str:
        return str(opened.page.evaluate("address => new URL(address, document.baseURI).href", address))

    assert resolved(data["@id"]) == f"{root}/{url}"
    linked = [data["creator"]["url"], data["includedInDataCatalog"]["url"]]
    for address in (*linked, *(one["contentUrl"] for one in data["distribution"])):
        assert (own_site / resolved(address).removeprefix(f"{root}/")).is_file(), address
    opened.assert_clean()
