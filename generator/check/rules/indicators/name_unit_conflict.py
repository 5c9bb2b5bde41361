"""IND049: a name that says what is counted, and a unit of something else."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import plain_name
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.indicator_units import name_clashes
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Frequency


@rule(
    "IND049",
    "name-unit-conflict",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE,),
    formula="名称以“人数”“人次”“户数”“次数”“天数”结尾时，单位与之相符",
    otherwise="没有一行的名称以所数的东西结尾而指标值有单位",
)
def name_unit_conflict(subject: Subject) -> Iterator[Verdict]:
    """名称里数的东西和单位对不上。

    “参与人数 ≥3000 人次”：来了三千人，还是来了三千次？一个人来十次，人数是一，人次是十。
    只看名称以人数、人次、户数、次数、天数、家数结尾而单位明显是别的东西的；拿不准的不判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人数, 年度指标值: ≥3000人次}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人次, 年度指标值: ≥3000人次}
    """
    for row in subject.scored:
        unit = row.values.units[0] if row.words.says_what_is_counted else ""
        if not unit or isinstance(row.target, Frequency):
            continue
        if not name_clashes(row.name, unit):
            yield PASSED
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”的单位是{unit}，与名称所数的不同",
            found=row.target_cell.text,
            expected=f"与“{plain_name(row.name)[-2:]}”相符的单位",
            hint="改正单位，或改正名称",
        )
