"""The fingerprint changes with the rules and the packs, and with nothing else."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.check.fingerprint import canonical, digest_of_sources, fingerprint, short
from generator.check.packs.pack_library import packaged_packs

PACKAGE = Path(__file__).parents[2] / "generator"
PACKS = packaged_packs().files


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for folder in ("check", "load", "forms", "model"):
        shutil.copytree(PACKAGE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("money.py", "patterns.py", "text.py", "vocabulary.py"):
        shutil.copy(PACKAGE / name, tmp_path)
    return tmp_path


def test_a_copy_elsewhere_has_the_same_fingerprint(package: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path_factory.mktemp("elsewhere") / "generator"
    shutil.copytree(package, copy)

    assert digest_of_sources(copy) == digest_of_sources(package)


def test_windows_line_ends_do_not_matter(package: Path) -> None:
    before = digest_of_sources(package)
    for file in package.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert digest_of_sources(package) == before


def test_compiled_files_do_not_matter(package: Path) -> None:
    before = digest_of_sources(package)
    (package / "check/__pycache__").mkdir()
    (package / "check/__pycache__/rule.cpython-311.pyc").write_bytes(b"compiled")

    assert digest_of_sources(package) == before


@pytest.mark.parametrize(
    "name", ["check/rules/money/execution_rate_mismatch.py", "check/runner.py", "model/amounts.py"]
)
def test_a_change_of_a_rule_or_of_what_it_asks_shows(package: Path, name: str) -> None:
    before = digest_of_sources(package)
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("\nCHANGED = True\n")

    assert digest_of_sources(package) != before


def test_how_a_report_is_printed_does_not_show(package: Path) -> None:
    before = digest_of_sources(package)
    with (package / "check/report/__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nCHANGED = True\n")

    assert digest_of_sources(package) == before


def test_a_file_with_another_name_shows(package: Path) -> None:
    before = digest_of_sources(package)
    (package / "check/levels.py").rename(package / "check/grades.py")

    assert digest_of_sources(package) != before


def test_the_order_in_which_packs_were_read_does_not_matter() -> None:
    packs = [PACKS["national"], PACKS["hubei"]]

    assert fingerprint(packs, ("national", "hubei")) == fingerprint(packs[::-1], ("national", "hubei"))


def test_the_order_in_which_packs_override_matters() -> None:
    packs = [PACKS["national"], PACKS["hubei"], PACKS["sichuan"]]

    assert fingerprint(packs, ("hubei", "sichuan")) != fingerprint(packs, ("sichuan", "hubei"))


def test_a_number_of_a_pack_shows_and_its_title_does_not() -> None:
    plain = fingerprint([PACKS["hubei"]], ())
    values = PACKS["hubei"].values

    assert fingerprint([replace(PACKS["hubei"], title="另一个标题", spans={})], ()) == plain
    assert fingerprint([replace(PACKS["hubei"], values={**values, "满分": Decimal(110)})], ()) != plain


def test_a_number_is_the_same_however_it_is_written() -> None:
    assert canonical({"甲": Decimal("100.00"), "乙": 1}) == canonical({"乙": 1, "甲": Decimal("1E+2")})


def test_the_printed_form_is_short() -> None:
    whole = fingerprint(PACKS.values(), ())

    assert len(whole) == 64
    assert whole.startswith(short(whole))
    assert len(short(whole)) == 12
