"""Which names can be parts of an address, and where a written link leads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.address import LONGEST, PATTERN, LocalLink, address_fault, fit_part, local_link


@pytest.mark.parametrize(
    "part", ["a", "2024", "a--b", "a_b.c", "b_", "x-", "a..b", "console", "com10", "a.con", "a" * LONGEST]
)
def test_a_sound_name_has_no_fault(part: str) -> None:
    assert address_fault(part) == ""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("", "空白"),
        ("党建", "英文字母、数字以外"),
        ("aB", "大写字母"),
        ("a b", "不能用的字符“ ”"),
        ("a/b", "不能用的字符“/”"),
        ("-a", "开头或结尾"),
        ("a.", "开头或结尾"),
        ("..", "开头或结尾"),
        ("con", "Windows 保留"),
        ("aux.b", "Windows 保留"),
        ("lpt1", "Windows 保留"),
        ("a" * (LONGEST + 1), "超过 100 个字符"),
        ("a\n", "不能用的字符"),
    ],
)
def test_a_faulty_name_is_told_why(part: str, fault: str) -> None:
    assert fault in address_fault(part)


@given(st.text("abcAZ09._- 党con", max_size=12))
def test_the_pattern_for_editors_takes_just_the_sound_names(part: str) -> None:
    assert (address_fault(part) == "") == (re.search(f"^(?:{PATTERN})\\Z", part) is not None)


@given(st.text("abcAZ09._- con&", max_size=120))
def test_a_proposed_name_is_sound(name: str) -> None:
    proposal = fit_part(name)

    assert not proposal or address_fault(proposal) == ""


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("b.md", LocalLink("sub/b.html", "", leaves=False)),
        ("./b.md", LocalLink("sub/b.html", "", leaves=False)),
        ("../about.md", LocalLink("about.html", "", leaves=False)),
        ("/about.md", LocalLink("about.html", "", leaves=False)),
        ("b.md?x=1#y", LocalLink("sub/b.html", "?x=1#y", leaves=False)),
        ("b.md#a?b", LocalLink("sub/b.html", "#a?b", leaves=False)),
        ("map.png", LocalLink("sub/map.png", "", leaves=False)),
        ("deep/", LocalLink("sub/deep/", "", leaves=False)),
        ("../", LocalLink("index.html", "", leaves=False)),
        ("../../out.md", LocalLink("out.html", "", leaves=True)),
        ("../..", LocalLink("index.html", "", leaves=True)),
    ],
)
def test_a_link_counts_from_the_folder_of_its_page(target: str, leads: LocalLink) -> None:
    assert local_link(target, "sub") == leads


@pytest.mark.parametrize(
    "target", ["", "#y", "?x=1", "https://example.org/a.md", "//example.org/a", "mailto:a@example.org", "data:x"]
)
def test_other_hosts_and_places_on_the_page_are_not_resolved(target: str) -> None:
    assert local_link(target, "sub") is None
