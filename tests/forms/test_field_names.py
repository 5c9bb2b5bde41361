"""Names of fields as documents hold them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.field_names import (
    WORD_LIMIT,
    decoded,
    encoded,
    form_number,
    name_table,
    read_name_table,
)

NAMES = st.text(alphabet=st.sampled_from("abxhz05f_.-中项（%)(A é"), min_size=1, max_size=12) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), min_size=1
)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("head.project_name", "jx1_head__project_name"),
        ("i-1f0c9a3b.actual", "jx1_i_h_1f0c9a3b__actual"),
        ("funding-年度资金总额.executed", "jx1_funding_h_年度资金总额__executed"),
        ("table.1.2.3", "jx1_table__1__2__3"),
        ("执行率(%)", "jx1_执行率_x28__x25__x29_"),
        ("a__b", "jx1_a_x5f__x5f_b"),
    ],
)
def test_a_name_can_be_read_by_a_person(name: str, written: str) -> None:
    assert encoded(name) == written
    assert decoded(written) == name


@given(NAMES, st.integers(min_value=1, max_value=99_999))
def test_any_name_comes_back_and_is_valid_in_both_programs(name: str, form: int) -> None:
    for limit in (255, WORD_LIMIT):
        written = encoded(name, form=form, limit=limit)
        table = read_name_table(name_table([name], limit=limit))

        assert len(written) <= limit
        assert re.fullmatch(r"jx[0-9]+_[a-z0-9_\u4e00-\u9fff]+", written)
        assert decoded(written, table) == name
        assert decoded(written.upper(), table) == name
        assert form_number(written) == form


@given(NAMES, NAMES)
def test_two_names_never_become_one(one: str, other: str) -> None:
    if one != other:
        assert encoded(one, limit=WORD_LIMIT).lower() != encoded(other, limit=WORD_LIMIT).lower()


@pytest.mark.parametrize(
    "text", ["", "jx1_", "Print_Area", "jx0_head__grade", "jx1_a_x110000_", "jx1_A.B", "jx1_z_" + "0" * 20]
)
def test_names_of_others_are_none_of_ours(text: str) -> None:
    assert decoded(text) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"z_00000000000000000000": "head.grade"}', '{"z_0": 1}', "[" * 100_000]
)
def test_a_table_that_somebody_changed_gives_no_names(text: str) -> None:
    assert read_name_table(text) == {}


def test_only_names_too_long_for_the_program_stand_in_the_table() -> None:
    long = "funding-资金来源-" + "很长的资金名称" * 5 + ".adjusted_budget"

    assert name_table(["head.grade", long]) == ""
    assert list(read_name_table(name_table(["head.grade", long], limit=WORD_LIMIT)).values()) == [long]
