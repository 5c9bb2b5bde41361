"""SCO024: full marks in every row."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.scores.points import SCORED_FORMS, column_of, counted, execution_of, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import exact_sum


@rule(
    "SCO024",
    "all-full-marks",
    reads="indicator.points indicator.score",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="各行得分不全等于分值（行数达到规则包所定的才看）",
    otherwise="指标行数少，或者有的行没有印出分值和得分",
    record_types=SCORED_FORMS,
)
def all_full_marks(subject: Subject) -> Iterator[Verdict]:
    """每一项指标都得满分。

    全部满分不一定有错，但往往说明目标定得低，或者自评没有认真扣分，值得问一句。行数少的表不看。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 10, 得分: 10}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 10, 得分: 10}
              - {三级指标: 教材册数, 年度指标值: ≥80册, 实际完成值: 80册, 分值: 10, 得分: 10}
              - {三级指标: 课时, 年度指标值: ≥32课时, 实际完成值: 32课时, 分值: 10, 得分: 10}
              - {三级指标: 讲师人数, 年度指标值: ≥4人, 实际完成值: 4人, 分值: 10, 得分: 10}
              - {三级指标: 考核次数, 年度指标值: ≥2次, 实际完成值: 2次, 分值: 10, 得分: 10}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 10, 得分: 10}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 76人, 分值: 10, 得分: 9.5}
              - {三级指标: 教材册数, 年度指标值: ≥80册, 实际完成值: 80册, 分值: 10, 得分: 10}
              - {三级指标: 课时, 年度指标值: ≥32课时, 实际完成值: 32课时, 分值: 10, 得分: 10}
              - {三级指标: 讲师人数, 年度指标值: ≥4人, 实际完成值: 4人, 分值: 10, 得分: 10}
              - {三级指标: 考核次数, 年度指标值: ≥2次, 实际完成值: 2次, 分值: 10, 得分: 10}
    """
    if not is_evaluation(subject):
        return
    rows = counted(subject)
    if len(rows) < subject.pack.thresholds.full_rows:
        return
    if any(row.points is None or row.score is None for row in rows):
        return
    if any(row.points != row.score for row in rows) or not column_of(subject, "score"):
        yield PASSED
        return
    total = exact_sum(row.score for row in rows if row.score is not None)
    execution = execution_of(subject)
    also = (
        execution is not None
        and execution.points.number is not None
        and execution.points.number == execution.score.number
    )
    said = f"全部 {len(rows)} 项指标都得满分，共 {total:f} 分{'，预算执行率也得满分' if also else ''}"
    yield failed(
        subject.block_spot("indicators"),
        f"{said}，目标是否定得太低，自评是否如实",
        found=f"{len(rows)} 项满分",
        expected="按实际完成情况给分；确实全部完成的，说明依据",
        hint="逐项核对完成值的依据；目标偏低的，下一年提高",
    )
