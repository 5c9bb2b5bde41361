"""What a record is, whatever it holds."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model.records import Anchors, Cell, Indicator
from generator.origin import START
from tests.model.made import record

WORDS = st.text("甲乙丙丁产出指标 ", max_size=4)
ROWS = st.lists(
    st.builds(
        lambda path, name, horizon: Indicator(tuple(path), name, START, horizon=horizon),
        st.lists(WORDS, max_size=3), WORDS, st.sampled_from(["annual", "long_term"]),
    ),
    max_size=12,
)  # fmt: skip


def test_its_path_is_its_year_unit_and_address() -> None:
    one = record("2024/danwei/xiangmu")

    assert (one.year, one.unit) == ("2024", "danwei")


def test_a_form_about_a_whole_unit_is_called_by_its_form() -> None:
    assert record(project_name="甲").name == "甲"
    assert record().name == "财政项目支出绩效自评表"


def test_a_cell_without_a_number_has_none() -> None:
    assert [Cell(text).number is None for text in ("", "-", "—", "/", "十", "0")] == [True] * 5 + [False]


def anchors_of(rows: list[Indicator]) -> list[str]:
    anchors = Anchors()
    return [anchors.next(row.horizon, row.path, row.name) for row in rows]


@given(ROWS)
def test_every_row_has_an_address_of_its_own(rows: list[Indicator]) -> None:
    anchors = anchors_of(rows)

    assert len(set(anchors)) == len(rows)
    assert all(anchor.startswith("i-") for anchor in anchors)


@given(ROWS)
def test_an_address_does_not_change_when_other_rows_come_and_go(rows: list[Indicator]) -> None:
    distinct = list({(row.horizon, row.path, row.name): row for row in rows}.values())
    before = dict(zip(words_of(distinct), anchors_of(distinct), strict=True))
    others = [Indicator((), "新增的一行", START), *reversed(distinct[1:])]
    after = dict(zip(words_of(others), anchors_of(others), strict=True))

    assert all(after[words] == before[words] for words in words_of(distinct[1:]))


def words_of(rows: list[Indicator]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(row.horizon, row.path, row.name) for row in rows]


def test_an_address_is_made_from_the_words_of_a_row_alone() -> None:
    assert anchors_of([Indicator(("产出指标",), "甲", START)]) == ["i-0e81eece"]
