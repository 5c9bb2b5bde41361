"""The list of publications keeps for each record what it printed, release by release, and only where that changed."""

import pytest

from generator.model.publications import (
    WITHDRAWN,
    NotPublicationsError,
    Printed,
    Publications,
    Release,
    format_publications,
    parse_publications,
)

A, B, C, F = (letter * 64 for letter in "abcf")
FIRST, SECOND, THIRD = Release("一", "2025-01-01"), Release("二", "2025-02-01"), Release("三", "2025-03-01")


def told(publications: Publications) -> dict[str, list[tuple[str, str]]]:
    return {
        identifier: [(one.release, one.content[:1]) for one in found]
        for identifier, found in publications.records.items()
    }


def test_a_record_is_named_in_the_releases_in_which_it_was_not_as_before() -> None:
    found = Publications().with_release(FIRST, {"x": Printed(A, F), "y": Printed(B, F)})
    found = found.with_release(SECOND, {"x": Printed(A, F), "y": Printed(C, F)}).with_release(
        THIRD, {"x": Printed(C, F), "y": Printed(C, F)}
    )

    assert told(found) == {"x": [("一", "a"), ("三", "c")], "y": [("一", "b"), ("二", "c")]}
    first, last = found.first("x"), found.last("x")
    assert (first and first.content, last and last.content) == (A, C)
    assert found.first("z") is found.last("z") is None


def test_a_record_that_is_taken_back_is_known_for_good_and_may_come_again() -> None:
    found = Publications().with_release(FIRST, {"x": Printed(A, F)}).with_release(SECOND, {})
    assert told(found) == {"x": [("一", "a"), ("二", WITHDRAWN)]}
    assert found.with_release(THIRD, {}).records == found.records

    assert told(found.with_release(THIRD, {"x": Printed(A, F)})) == {"x": [("一", "a"), ("二", ""), ("三", "a")]}


def test_the_newest_release_can_be_made_again_as_if_it_had_not_been() -> None:
    before = Publications().with_release(FIRST, {"x": Printed(A, F), "y": Printed(A, F)})
    wrong = before.with_release(SECOND, {"x": Printed(B, F), "z": Printed(B, F)})

    again = Release("二", "2025-02-02")
    assert wrong.with_release(again, {"x": Printed(A, F), "y": Printed(A, F)}) == before.with_release(
        again, {"x": Printed(A, F), "y": Printed(A, F)}
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_written_is_read_back(line_end: str) -> None:
    found = (
        Publications()
        .with_release(FIRST, {"2024/a/b": Printed(A, F)})
        .with_release(SECOND, {"2024/a/c.target": Printed(B, F)})
    )

    text = format_publications(found)
    assert text.count("\n") == 7
    assert parse_publications("\ufeff" + text.replace("\n", line_end)) == found


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "2024/a/b",
        f"2024/a/b 一:{A}",
        f"2024/a/b 一:{A}:{F[:-1]}",
        f"2024/a/b 一:{A.upper()}:{F}",
        "@ 一",
        "@ 一 昨天",
    ],
)
def test_a_line_that_cannot_be_understood_is_named(line: str) -> None:
    with pytest.raises(NotPublicationsError) as raised:
        parse_publications(f"# 说明\n\n{line}\n")

    assert raised.value.line == 3


def test_a_record_stands_there_once() -> None:
    line = f"2024/a/b 一:{A}:{F}\n"

    with pytest.raises(NotPublicationsError):
        parse_publications(line + line)
