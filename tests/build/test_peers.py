"""The pages that put units side by side appear with the third unit, and one value that changes makes few of them anew."""

from pathlib import Path

import pytest

from generator.build import peer_cache, peer_chunks
from generator.plan import peer_index, peer_pages
from generator.plan.peers import record_answers
from generator.plan.rows import Lines
from tests.build.peer_project import PEOPLE, SHARE, UNITS, Project
from tests.site_tools import build, document, write_files


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for slug, people in (("dong", "12人次"), ("nan", "30人次"), ("xi", "50人次")):
        made.write(slug, people)
    return made


def test_a_value_that_changes_makes_its_own_page_the_list_and_the_table_anew(project: Project, tmp_path: Path) -> None:
    project.build()
    assert project.build() == set()
    assert "最高（计算）\n\n50 人次" in project.text(PEOPLE)

    project.write("xi", "51人次")

    assert project.build() == {PEOPLE, "peers.html", "data/peers.csv"}
    assert "最高（计算）\n\n51 人次" in project.text(PEOPLE)
    assert project.is_as_from_nothing(tmp_path)


def test_of_a_unit_only_the_record_that_changed_is_asked_anew(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("xi", "20人次", year=2023)
    project.build()
    asked: list[str] = []

    def counted(lines: Lines) -> bytes:
        asked.append(lines.record.id)
        return record_answers(lines)

    monkeypatch.setattr(peer_chunks, "record_answers", counted)
    project.write("xi", "51人次")
    project.build()

    assert asked == ["2024/xi/px"]
    assert project.is_as_from_nothing(tmp_path)


def test_what_pages_of_peers_do_not_show_touches_none_of_them(project: Project) -> None:
    project.build()
    record = project.folder / "content/records/2024/xi/px.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text("# 已与原件核对\n" + text.replace("已办。", "已经办好。"), encoding="utf-8")

    assert project.build() == set()


def test_the_pages_come_with_the_third_unit_and_go_with_it(project: Project, tmp_path: Path) -> None:
    third = project.folder / "content/records/2024/xi/px.yaml"
    text = third.read_text(encoding="utf-8")
    third.unlink()
    project.build()
    assert not (project.site / "peers").exists()
    assert "还没有可以比较的指标" in project.text("peers.html")
    assert (project.site / "data/peers.csv").read_bytes().count(b"\r\n") == 1

    third.parent.mkdir(exist_ok=True)
    third.write_text(text, encoding="utf-8")
    assert project.build() == {PEOPLE, SHARE, "peers.html", "data/peers.csv"}
    assert (project.site / "data/peers.csv").read_bytes().count(b"\r\n") == 7

    project.write("xi", "若干", share="良好")
    assert project.build() == {PEOPLE, SHARE, "peers.html", "data/peers.csv"}
    assert not (project.site / PEOPLE).exists()
    assert project.is_as_from_nothing(tmp_path)


def test_a_page_of_a_record_says_nothing_of_peers_and_stays_when_they_change(project: Project) -> None:
    project.build()
    project.write("xi", "51人次")
    report = build(project.folder, project.site)

    assert {path for path in report.written if "/dong/" in path or "/nan/" in path} == set()


def test_each_year_stands_by_itself(project: Project) -> None:
    for slug in ("dong", "nan"):
        project.write(slug, year=2023)
    project.build()
    assert "2023 年度" not in project.text(PEOPLE)

    project.write("xi", year=2023)
    project.build()
    assert "2023 年度：3 家单位" in project.text(PEOPLE)
    assert project.text("data.html").count("同类指标（CSV）") == 1


def test_a_unit_with_another_name_is_called_so(project: Project, tmp_path: Path) -> None:
    project.build()
    registry = project.folder / "content/registry/units.yaml"
    registry.write_text(UNITS.replace("南湾中心", "南湾镇中心"), encoding="utf-8")

    assert project.build() == {PEOPLE, SHARE, "data/peers.csv"}
    assert project.is_as_from_nothing(tmp_path)


def test_a_bucket_that_was_lost_costs_a_build_from_nothing(project: Project, tmp_path: Path) -> None:
    project.build()
    (kept,) = project.site.parent.rglob(peer_cache.file_of(Path(PEOPLE).stem))
    kept.write_bytes(b"")
    project.write("xi", "51人次")

    assert project.build() == {PEOPLE, "peers.html", "data/peers.csv"}
    assert project.is_as_from_nothing(tmp_path)


def test_a_long_list_is_split_by_category_and_an_indicator_keeps_its_address(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer_index, "LONGEST", 1)
    monkeypatch.setattr(peer_pages, "LONGEST", 2)
    written = project.build()

    assert {"peers.html", "peers/list-quantity.html", "peers/list-quality.html", PEOPLE, SHARE} <= written
    assert "peers/list-quantity.html" in {link.target for link in document(project.site / "peers.html").links}
    # Three values of one indicator: an overview of it, and two pages for its year.
    second, first, own = sorted(path for path in written if path.startswith(PEOPLE.removesuffix("html")[:-1] + "/"))
    assert (first, second) == (own.replace(".html", "-2024.html"), own.replace(".html", "-2024-2.html"))
    assert own.removeprefix("peers/") in {
        link.target.rpartition("peers/")[2] for link in document(project.site / PEOPLE).links
    }
    assert "第 3 至 3 个值" in project.text(second)

    project.write("xi", "51人次")
    changed = project.build()
    assert SHARE not in changed
    assert "peers/list-quality.html" not in changed
    assert {PEOPLE, "peers/list-quantity.html"} <= changed


def test_what_grows_too_long_is_split_and_put_together_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer_index, "LONGEST", 2)
    monkeypatch.setattr(peer_pages, "LONGEST", 3)
    project.write("bei", share="良好")
    fourth = project.folder / "content/records/2024/bei/px.yaml"
    text = fourth.read_text(encoding="utf-8")
    fourth.write_text(text.replace("12人次", "一些"), encoding="utf-8")
    project.build()
    own = f"{PEOPLE.removesuffix('.html')}/"
    assert not (project.site / own).exists()

    # A fourth value takes an indicator over several pages, a third indicator the list.
    other = text.replace("合格率", "出勤率").replace("良好", "95%")
    for slug in ("dong", "nan", "xi"):
        write_files(project.folder, [(f"content/records/2024/{slug}/qj.yaml", other.replace("培训人次", "期数"))])
    fourth.write_text(text, encoding="utf-8")
    assert {"peers/list-quantity.html", "peers/list-quality.html"} <= project.build()
    assert [path.name for path in (project.site / own).iterdir()]
    assert project.is_as_from_nothing(tmp_path)

    fourth.unlink()
    for slug in ("dong", "nan", "xi"):
        (project.folder / f"content/records/2024/{slug}/qj.yaml").unlink()
    project.build()
    assert not (project.site / own).exists()
    assert not (project.site / "peers/list-quantity.html").exists()
    assert project.is_as_from_nothing(tmp_path)


def test_an_address_that_the_site_gets_reaches_every_row_of_the_table(project: Project, tmp_path: Path) -> None:
    project.build()
    settings = project.folder / "mkdocs.yml"
    settings.write_text(
        "site_url: https://example.invalid/a/\n" + settings.read_text(encoding="utf-8"), encoding="utf-8"
    )
    project.build()

    rows = (project.site / "data/peers.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(rows) == 6
    assert all(",https://example.invalid/a/records/" in row for row in rows)
    assert project.is_as_from_nothing(tmp_path)


def test_nothing_is_kept_of_an_indicator_that_nobody_reports_any_more(project: Project) -> None:
    project.build()
    (kept,) = project.site.parent.rglob(peer_cache.file_of(Path(PEOPLE).stem))
    assert kept.exists()
    for record in project.folder.glob("content/records/*/*/px.yaml"):
        record.write_text(record.read_text(encoding="utf-8").replace("培训人次", "参训人数"), encoding="utf-8")
    project.build()

    assert not kept.exists()
