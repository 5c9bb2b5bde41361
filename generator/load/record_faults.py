"""The faults of decoding: what a record says wrongly once its file can be read; one code each, never reused."""

from generator.finding import Severity
from generator.load.faults import Fault

UNKNOWN_KEY = Fault("REC001", "unknown-key", Severity.ERROR, "不认识的栏目")
MISSING_FIELD = Fault("REC002", "missing-field", Severity.ERROR, "缺少必填栏目")
WRONG_SHAPE = Fault("REC003", "wrong-shape", Severity.ERROR, "写法的形状不对")
DUPLICATE_FIELD = Fault("REC004", "field-under-two-names", Severity.ERROR, "同一栏用两个名称各写了一次")
BAD_NUMBER = Fault("REC005", "bad-number", Severity.ERROR, "不是数字")
BAD_DATE = Fault("REC006", "bad-date", Severity.ERROR, "不是日期")
BAD_YEAR = Fault("REC007", "bad-year", Severity.ERROR, "年度不是四位数字")
YEAR_AGAINST_FOLDER = Fault("REC008", "year-differs-from-folder", Severity.ERROR, "年度与所在文件夹不一致")
UNKNOWN_FORM = Fault("REC009", "unknown-form", Severity.ERROR, "不认识的表样")
UNKNOWN_LAYOUT = Fault("REC010", "unknown-layout", Severity.ERROR, "这张表没有这种版式")
BAD_MONEY_UNIT = Fault("REC011", "bad-money-unit", Severity.ERROR, "金额单位不认识")
TOO_MANY_LEVELS = Fault("REC012", "too-many-levels", Severity.ERROR, "指标层次太多")
BAD_PROJECT_KEY = Fault("REC013", "bad-project-key", Severity.ERROR, "项目标识不能用作网址")
UNEVEN_TABLE_ROW = Fault("REC014", "uneven-table-row", Severity.ERROR, "附表的行与表头栏数不同")
UNIT_NOT_REGISTERED = Fault("REC015", "unit-not-registered", Severity.WARNING, "单位没有登记")
DEPARTMENT_NOT_REGISTERED = Fault("REC016", "department-not-registered", Severity.ERROR, "主管部门没有登记")
BAD_REGISTRY_SLUG = Fault("REC017", "bad-registry-slug", Severity.ERROR, "登记表里的标识不能用作网址")
NAME_NOT_REGISTERED = Fault("REC018", "name-not-registered", Severity.WARNING, "表中名称与登记名称不符")
UNKNOWN_RULE_PACK = Fault("REC019", "unknown-rule-pack", Severity.ERROR, "没有这个规则包")
INCOMPLETE_WAIVER = Fault("REC020", "incomplete-waiver", Severity.ERROR, "豁免没有写全")
INCOMPLETE_REPLY = Fault("REC021", "incomplete-reply", Severity.ERROR, "答复没有写全")
UNCONFIRMED_VALUE = Fault("REC022", "unconfirmed-value", Severity.ERROR, "有一栏还没有与原件核对")
INCOMPLETE_UNCONFIRMED = Fault("REC023", "incomplete-unconfirmed", Severity.ERROR, "待确认没有写全")
UNCONFIRMED_NOTHING = Fault("REC024", "unconfirmed-names-nothing", Severity.ERROR, "待确认写的栏不存在")
UNKNOWN_DEBTOR = Fault("REC025", "obliged-not-registered", Severity.ERROR, "公开义务里的单位或主管部门没有登记")
BAD_DEADLINE = Fault("REC026", "bad-deadline", Severity.ERROR, "公开期限不是日期")
INCOMPLETE_CORRECTION = Fault("REC027", "incomplete-correction", Severity.ERROR, "更正没有写全")

RECORD_FAULTS: dict[str, Fault] = {
    fault.code: fault
    for fault in (
        UNKNOWN_KEY, MISSING_FIELD, WRONG_SHAPE, DUPLICATE_FIELD, BAD_NUMBER, BAD_DATE, BAD_YEAR, YEAR_AGAINST_FOLDER,
        UNKNOWN_FORM, UNKNOWN_LAYOUT, BAD_MONEY_UNIT, TOO_MANY_LEVELS, BAD_PROJECT_KEY, UNEVEN_TABLE_ROW,
        UNIT_NOT_REGISTERED, DEPARTMENT_NOT_REGISTERED, BAD_REGISTRY_SLUG, NAME_NOT_REGISTERED,
        UNKNOWN_RULE_PACK, INCOMPLETE_WAIVER, INCOMPLETE_REPLY, UNCONFIRMED_VALUE, INCOMPLETE_UNCONFIRMED,
        UNCONFIRMED_NOTHING, UNKNOWN_DEBTOR, BAD_DEADLINE, INCOMPLETE_CORRECTION,
    )
}  # fmt: skip
"""Every fault of decoding by its code."""
