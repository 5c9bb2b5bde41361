"""Which brackets are faulty."""

import pytest

from generator.check.wording.brackets import bracket_faults


@pytest.mark.parametrize(
    "text",
    [
        "开展活动(含线上)", "《办法》（2020）", "1）甲；2）乙", "[90%,100%)", "(80,90]", "a) 甲", "（一）甲（二）乙", "",
        "（其中中央补助(含提前下达)5.5）", "一）甲",
    ],
)  # fmt: skip
def test_good_brackets_have_no_fault(text: str) -> None:
    assert bracket_faults(text) == ()


@pytest.mark.parametrize(
    ("text", "offset", "mark"),
    [("活动（含线上", 2, "（"), ("活动）12次", 2, "）"), ("《办法", 0, "《"), ("（（甲）", 0, "（")],
)
def test_a_half_bracket_is_found_where_it_stands(text: str, offset: int, mark: str) -> None:
    (fault,) = bracket_faults(text)

    assert (fault.offset, fault.mark, fault.is_mixed) == (offset, mark, False)


def test_a_pair_of_two_widths_is_mixed() -> None:
    (fault,) = bracket_faults("活动（含线上)")

    assert (fault.offset, fault.is_mixed) == (6, True)
