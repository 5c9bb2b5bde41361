"""The index in shards: put together from all units, or patched, it is the same."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.search.grams import text_grams
from generator.search.postings import postings_of
from generator.search.shards import (
    UnitPostings,
    changes_of,
    merged,
    patch,
    read_shard,
    shard_count,
    shard_of,
    unit_digits,
    unit_number,
    write_shard,
)

SHARDS = 16


def unit(*records: tuple[str, str]) -> UnitPostings:
    """Return the grams of records, each a name and a text."""
    count = len(records)
    names = postings_of(text_grams([name] for name, _ in records), count)
    return UnitPostings(postings_of(text_grams(records), count), names, names)


def test_the_number_of_shards_stays_where_a_site_grows_a_little() -> None:
    assert [shard_count(records) for records in (0, 1, 160, 200, 5_121, 10_000, 10_240, 10_241)] == [
        64, 64, 64, 64, 1024, 1024, 1024, 2048,
    ]  # fmt: skip


def test_a_shard_is_a_script_and_says_text_name_and_initials_of_each_unit() -> None:
    (shard,) = merged([unit(("甲乙", "")), unit(("", "甲乙丙"), ("", ""))], SHARDS, [shard_of("甲乙", SHARDS)]).values()

    assert shard["甲乙"] == "0*1g,|0*|0*"
    name = f"search/{shard_of('甲乙', SHARDS):x}"
    content = write_shard(shard_of("甲乙", SHARDS), shard)
    assert re.fullmatch(rf'jixiaoData\("{name}",\{{"甲乙":"0\*1[^"]*\|0\*\|0\*".*\}}\);\n', content.decode())
    assert read_shard(shard_of("甲乙", SHARDS), content) == shard


def test_units_keep_their_order_whatever_their_number() -> None:
    assert [unit_digits(units) for units in (1, 35, 36, 1_295, 1_296)] == [1, 1, 2, 2, 3]
    numbers = [unit_number(number, 2) for number in range(1_296)]
    assert numbers == sorted(numbers)


RECORDS = st.lists(st.tuples(st.text("甲乙丙", max_size=4), st.text("甲乙1234.", max_size=7)), min_size=1, max_size=4)


@given(st.lists(RECORDS, min_size=1, max_size=5), st.data())
def test_patching_gives_what_putting_together_gives(units: list[list[tuple[str, str]]], data: st.DataObject) -> None:
    before = [unit(*records) for records in units]
    number = data.draw(st.integers(0, len(units) - 1))
    after = list(before)
    after[number] = unit(*data.draw(RECORDS))

    shards = merged(before, SHARDS)
    for change in changes_of(number, before[number], after[number]):
        where = shard_of(change.gram, SHARDS)
        shards[where] = patch(shards[where], [change], unit_digits(len(units) - 1))

    assert {where: list(shard.items()) for where, shard in shards.items()} == {
        where: list(shard.items()) for where, shard in merged(after, SHARDS).items()
    }
