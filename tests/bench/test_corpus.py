"""The corpus for measuring is the same every time, and as right as it says it is."""

from collections import Counter
from datetime import date
from pathlib import Path

from generator.build.checking import check_content
from generator.configuration import load_settings
from generator.finding import Severity
from tests.bench.corpus import PER_UNIT, make_record, write_corpus


def test_a_record_depends_on_seed_and_number_alone() -> None:
    assert make_record(7) == make_record(7)
    assert make_record(7) != make_record(7, seed=2)
    assert make_record(7) != make_record(8)


def test_records_are_about_as_long_as_real_ones() -> None:
    sizes = [len(make_record(number).encode()) for number in range(2 * PER_UNIT)]

    assert 7_500 < sum(sizes) / len(sizes) < 9_500


def test_only_the_faults_put_in_are_errors(tmp_path: Path) -> None:
    write_corpus(tmp_path, 4 * PER_UNIT)

    content = check_content(load_settings(tmp_path / "mkdocs.yml"), today=date(2025, 3, 31))

    assert len(content.paths) == 4 * PER_UNIT
    assert content.check.reading == ()
    errors = Counter(one.code for one in content.check.findings if one.severity is Severity.ERROR)
    assert set(errors) == {"SCO003"}
    assert errors.total() <= 4 * PER_UNIT * 4 / 100
