"""Which findings are chosen, and which are new."""

import pytest
from msgspec.structs import replace

from generator.check.selection import Selection, fails, new_since, renamed, resolve_codes
from generator.errors import JixiaoError
from generator.finding import Finding, Severity
from generator.origin import Origin
from tests.check.made_report import CRASHED, GOOD, NOTE, RATE, UNREAD, WAIVED, WARNING

KNOWN = {"BUD001": "execution-rate-mismatch", "BUD012": "rate-of-nothing", "SCO001": "points-total-mismatch"}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["BUD"], {"BUD001", "BUD012"}),
        (["bud00"], {"BUD001"}),
        (["BUD012"], {"BUD012"}),
        (["rate-of-nothing"], {"BUD012"}),
        (["BUD001,SCO"], {"BUD001", "SCO001"}),
        (["BUD001，SCO001"], {"BUD001", "SCO001"}),
        (["BUD001、", " SCO001 "], {"BUD001", "SCO001"}),
        ([""], set()),
    ],
)
def test_words_stand_for_codes(words: list[str], codes: set[str]) -> None:
    assert resolve_codes(words, KNOWN) == codes


@pytest.mark.parametrize("word", ["BUD2", "rate", "预算", "BUD-001"])
def test_a_word_that_stands_for_nothing_is_refused(word: str) -> None:
    with pytest.raises(JixiaoError, match=f"没有“{word}”"):
        resolve_codes(["BUD001", word], KNOWN)


def test_an_earlier_finding_covers_one_of_two_equal_ones() -> None:
    later = replace(RATE, origin=Origin(GOOD, 9, 9))

    assert new_since((RATE, later), (RATE,)) == (later,)
    assert new_since((RATE, later), (RATE, later)) == ()


def test_a_waiver_since_is_no_news_but_its_end_is() -> None:
    waived = replace(RATE, outcome="waived", reason="甲")

    assert new_since((waived,), (RATE,)) == ()
    assert new_since((RATE,), (waived,)) == (RATE,)
    assert new_since((waived,), (waived,)) == ()


def test_a_broken_rule_is_told_though_it_was_broken_before() -> None:
    assert new_since((CRASHED,), (CRASHED,)) == (CRASHED,)


def test_a_finding_goes_by_the_name_its_file_has_now() -> None:
    moved = replace(
        RATE, origin=RATE.origin._replace(path="content/records/2024/shili/yi.yaml"), record="2024/shili/yi"
    )
    before = renamed((RATE,), {GOOD: moved.origin.path}, {"2024/shili/jia": "2024/shili/yi"})

    assert before[0].origin.path == moved.origin.path
    assert new_since((moved,), before) == ()


def test_what_cannot_be_read_is_shown_whatever_is_chosen() -> None:
    chosen = Selection(codes=frozenset({"BUD001"}), ignored=frozenset({"SRC058"}))

    assert chosen.findings((RATE, WARNING, UNREAD)) == (RATE, UNREAD)
    assert Selection(codes=frozenset(), is_wanted_path=lambda path: path == GOOD).findings((UNREAD,)) == ()


def test_lighter_findings_are_left_out() -> None:
    assert Selection(lightest=Severity.WARNING).findings((RATE, WARNING, NOTE)) == (RATE, WARNING)


@pytest.mark.parametrize(
    ("finding", "failing"),
    [(RATE, {"error", "warning", "note"}), (WARNING, {"warning", "note"}), (NOTE, {"note"}), (WAIVED, set()),
     (CRASHED, {"error", "warning", "note", "never"})],
)  # fmt: skip
def test_what_fails_follows_the_weight_asked_for(finding: Finding, failing: set[str]) -> None:
    words = ("error", "warning", "note", "never")

    assert {word for word in words if fails((finding,), word)} == failing
