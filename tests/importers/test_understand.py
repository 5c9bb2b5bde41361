"""What we draw ourselves is understood again, with the names of its fields and without them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.exchange.form_grids import form_environment, form_grid
from generator.forms.grid import Grid
from generator.importers.draft import Certainty, Draft
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.plan.form_view import funding_anchor
from generator.resources import packaged
from tests.importers.laid_out import FORMS, difference, drafts, loaded, lost, without_names

ROOT = Path(__file__).parents[2]
OURS = (
    "2023/jiuliting/dangqun", "2023/jiuliting/zizhi", "2023/xinhong/zhengti", "2024/xidu/dangjian", "2024/xidu/yizhan",
    "2024/xidu/zhuanhu", "2024/xinzhuang/dangqun", "2024/xinzhuang/liangxin",
)  # fmt: skip
FAMILIES = (
    "2024/shi/chuanxi", "2024/shi/hubei", "2024/shi/jichu", "2024/shi/pingjia", "2024/shi/yinshi",
    "2024/shi/zhengti.caizhengbu", "2024/shi/zhengti.chongqing", "2024/shi/zhengti.shanghai", "2024/xian/baogao",
    "2024/xian/fuhe", "2024/xian/jiankong", "2024/xian/mubiao", "2024/xian/qingdan", "2024/xian/touzi",
    "2024/xian/zhaiquan",
)  # fmt: skip
ALLOWED: Mapping[str, tuple[str, ...]] = {
    # A form says why a figure cannot be placed in words of its own, and prints what it has no period for.
    "2024/shi/hubei": ("points", "满分"),
    "2024/shi/jichu": ("table 0 基础数据",),
    "2024/xian/mubiao": ("head period",),
}


def catalog_of(project: Path) -> Catalog:
    return load_catalog(
        records_dir=project / "content/records",
        registry_dir=project / "content/registry",
        project_dir=project,
        forms=FORMS,
    ).catalog


@pytest.fixture(scope="module")
def records() -> Mapping[str, Record]:
    catalogs = (catalog_of(ROOT), catalog_of(ROOT / "tests/families"))
    return {record.id: record for catalog in catalogs for record in catalog.records}


ENVIRONMENT = form_environment([packaged("templates")])


def drawn(record: Record) -> tuple[Grid, ...]:
    form = form_grid(record, FORMS.by_identifier(record.layout), ENVIRONMENT)
    first, *others = form.grids
    above = (form.title, *([form.period] if form.period else []), *first.above)
    return (replace(first, above=above), *others)


def understood(record: Record, *grids: Grid) -> Draft:
    (one,) = drafts(*grids, **{"jixiao.records": record.id, "jixiao.layout": ""})
    assert one.record_id == record.id
    return one


@pytest.mark.parametrize("address", OURS)
def test_an_exported_record_comes_back_value_by_value_from_its_labels_alone(
    records: Mapping[str, Record], address: str, tmp_path: Path
) -> None:
    grids = without_names(*drawn(records[address]))
    one = understood(records[address], *grids)
    result = loaded(one, tmp_path, address)

    assert result.findings == ()
    assert result.record is not None
    assert difference(records[address], result.record) == {}
    assert result.record.layout == records[address].layout
    assert lost(grids, [one]) == []


@pytest.mark.parametrize("address", OURS)
def test_its_names_make_no_difference_where_the_labels_say_the_same(
    records: Mapping[str, Record], address: str
) -> None:
    grids = drawn(records[address])
    named, bare = understood(records[address], *grids), understood(records[address], *without_names(*grids))

    assert [(value.path, value.field, value.certainty) for value in named.filled] == [
        (value.path, value.field, value.certainty) for value in bare.filled
    ]


@pytest.mark.parametrize("address", OURS)
def test_only_what_the_form_leaves_open_is_to_be_confirmed(records: Mapping[str, Record], address: str) -> None:
    one = understood(records[address], *without_names(*drawn(records[address])))

    assert {value.path for value in one.of(Certainty.INFERRED)} <= {
        f"项目资金 › {row} › 印出数字 › {number}" for row in ("上年结转资金", "其他资金") for number in (1, 2)
    }


@pytest.mark.parametrize("address", OURS)
def test_every_value_has_the_name_that_the_page_and_the_documents_use(
    records: Mapping[str, Record], address: str
) -> None:
    record = records[address]
    names = {value.field for value in understood(record, *without_names(*drawn(record))).filled}
    drawn_names = {
        field.name for grid in drawn(record) for cell in grid.cells for field in cell.fields if field.text.strip()
    }

    assert {row.anchor for row in record.indicators} <= {name.partition(".")[0] for name in names}
    assert {funding_anchor(row.group, row.label) for row in record.funding.rows} <= {  # type: ignore[union-attr]
        name.partition(".")[0] for name in names
    }
    unreadable = {
        f"{row.anchor}.{key}" for row in record.indicators for key, cell in row.cells.items() if cell.unreadable
    }
    assert drawn_names - names <= unreadable | {"title", "period"}


@pytest.mark.parametrize("address", FAMILIES)
def test_a_form_of_any_family_comes_back(records: Mapping[str, Record], address: str, tmp_path: Path) -> None:
    grids = without_names(*drawn(records[address]))
    one = understood(records[address], *grids)
    result = loaded(one, tmp_path, address)

    assert [finding for finding in result.findings if finding.severity == "error"] == []
    assert result.record is not None
    differing = difference(records[address], result.record)
    assert [key for key in differing if not any(part in key for part in ALLOWED.get(address, ()))] == []
    assert lost(grids, [one]) == []
