"""Forms of many provinces as they print them, each beside its truth."""

from collections.abc import Callable, Mapping

from tests.importers.foreign_forms import national, oddities, provinces, together
from tests.importers.foreign_forms.page import Page

FORMS: Mapping[str, Callable[[], list[list[Page]]]] = {
    form.__name__: form
    for form in (
        national.ministry, national.transfer, national.investment, national.monitoring, national.declaration,
        national.department, provinces.sichuan, provinces.hubei, provinces.guangdong, provinces.henan,
        provinces.chongqing, provinces.hunan, provinces.city, provinces.review, together.three_forms,
        together.two_sheets, oddities.two_tiers_of_titles, oddities.side_by_side, oddities.shared_points,
        oddities.turned_money, oddities.split_target, oddities.tasks, oddities.subtotals,
        oddities.rows_as_levels, oddities.tiers_of_money, oddities.amounts_by_tier,
    )
}  # fmt: skip
"""Each form of a layout that none of our own templates has."""
