"""What is wished for where a target does not say it: more, or at least so many."""

from generator.check.across.sizes import is_time_or_money
from generator.check.levels import Level1, Level2
from generator.check.subject import Row
from generator.model.values import Range
from generator.patterns import lazy_pattern

_AGAINST = lazy_pattern(
    "成本|费用|标准|投诉|事故|差错|失误|错误|违|逾期|超|延|损|故障|缺陷|信访|案件|能耗|排放|率降|下降|减少"
)


def more_is_better(row: Row) -> bool:
    """Tell whether more of what a row counts is plainly better, so that an exact target can be a lower one."""
    if row.level1 not in (Level1.OUTPUT, Level1.SATISFACTION) or row.level2 is Level2.COST:
        return False
    return row.level2 in (Level2.QUANTITY, Level2.QUALITY, Level2.SATISFACTION) and not _AGAINST.search(row.name)


def floor_is_promised(row: Row) -> bool:
    """Tell whether a range stands for at least so many: not of costs, of time, or of what should be rare."""
    if row.level1 is Level1.COST or row.level2 in (Level2.COST, Level2.TIMELINESS) or _AGAINST.search(row.name):
        return False
    return isinstance(row.target, Range) and not is_time_or_money(row.target.unit)
