"""The faults of rule packs: one code each, never reused."""

from generator.finding import Severity
from generator.load.faults import Fault

UNKNOWN_KEY = Fault("PAK001", "unknown-pack-key", Severity.ERROR, "规则包里有不认识的项目")
MISSING_KEY = Fault("PAK002", "missing-pack-key", Severity.ERROR, "规则包缺少必须写的项目")
WRONG_SHAPE = Fault("PAK003", "wrong-pack-shape", Severity.ERROR, "规则包里写法的形状不对")
BAD_NUMBER = Fault("PAK004", "bad-pack-number", Severity.ERROR, "规则包里的数字不对")
UNKNOWN_WORD = Fault("PAK005", "unknown-pack-word", Severity.ERROR, "规则包里有不认识的写法")
UNKNOWN_RULE = Fault("PAK006", "unknown-rule-in-pack", Severity.ERROR, "规则包里有不存在的规则代码")
UNKNOWN_BASE = Fault("PAK007", "unknown-base-pack", Severity.ERROR, "继承的规则包不存在")
BASE_CYCLE = Fault("PAK008", "base-pack-cycle", Severity.ERROR, "规则包互相继承，成了圈")
BAD_NAME = Fault("PAK009", "bad-pack-name", Severity.ERROR, "规则包的文件名不能用")
DISORDER = Fault("PAK010", "pack-out-of-order", Severity.ERROR, "规则包里的数字互相矛盾")
WITHOUT_RECORDS = Fault("PAK011", "pack-without-records", Severity.WARNING, "选用的规则包没有一份表适用")

PACK_FAULTS: dict[str, Fault] = {
    fault.code: fault
    for fault in (
        UNKNOWN_KEY, MISSING_KEY, WRONG_SHAPE, BAD_NUMBER, UNKNOWN_WORD, UNKNOWN_RULE, UNKNOWN_BASE, BASE_CYCLE, BAD_NAME,
        DISORDER, WITHOUT_RECORDS,
    )
}  # fmt: skip
"""Every fault of rule packs by its code."""
