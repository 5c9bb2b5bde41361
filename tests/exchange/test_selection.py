"""Which records are meant by what was asked for."""

import pytest

from generator.errors import JixiaoError
from generator.exchange.selection import Wanted, select
from tests.exchange.conftest import Site


def ids(own: Site, wanted: Wanted) -> list[str]:
    return [record.id for record in select(wanted, own.catalog, ()).records]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 8),
        (Wanted(("2024",)), 5),
        (Wanted(("2024/xidu",)), 3),
        (Wanted(("2024/xidu/yizhan",)), 1),
        (Wanted(("2024/xidu/yizhan.md", "2023/xinhong/")), 2),
        (Wanted(("2024/xidu", "2024/xidu/yizhan")), 3),
        (Wanted(year="2023"), 3),
        (Wanted(unit="xidu"), 3),
        (Wanted(unit="xidu", year="2024"), 3),
        (Wanted((".",)), 8),
    ],
)
def test_ids_folders_years_and_units(own: Site, wanted: Wanted, count: int) -> None:
    assert len(ids(own, wanted)) == count


def test_a_unit_may_be_called_by_its_registered_name(own: Site) -> None:
    name = own.catalog.registry.units["xidu"].name

    assert ids(own, Wanted(unit=name)) == ids(own, Wanted(unit="xidu"))


def test_records_come_in_the_order_of_the_site(own: Site) -> None:
    assert ids(own, Wanted(("2023", "2024"))) == [record.id for record in own.catalog.records]


def test_a_file_that_cannot_be_read_is_named_not_forgotten(own: Site) -> None:
    selection = select(Wanted(("2024/xidu",)), own.catalog, ("2024/xidu/huai", "2023/xidu/huai"))

    assert len(selection.records) == 3
    assert selection.failed == ("2024/xidu/huai",)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            Wanted(("2024/xinzuang/liangxin",)),
            "没有“2024/xinzuang/liangxin”这份表，也没有这个文件夹。是不是 2024/xinzhuang/liangxin？",
        ),
        (Wanted(("liangxin",)), "是不是 2024/xinzhuang/liangxin？"),
        (Wanted(("2024/xidoo",)), "是不是 2024/xidu？"),
        (Wanted(("完全不同",)), "全部导出请写 --all"),
        (Wanted(("2024/xi",)), "没有“2024/xi”"),
        (Wanted(year="2020"), "没有 2020 年度的表。有表的年度：2023、2024。"),
        (Wanted(unit="xidoo"), "没有单位“xidoo”的表。是不是 xidu？"),
        (Wanted(unit="完全不同"), "有表的单位：jiuliting、xidu、xinhong、xinzhuang。"),
        (Wanted(("2024",), year="2023"), "合在一起没有一份表"),
    ],
)
def test_what_there_is_not_is_told_with_the_nearest_there_is(own: Site, wanted: Wanted, message: str) -> None:
    with pytest.raises(JixiaoError) as caught:
        ids(own, wanted)

    assert message in str(caught.value)
