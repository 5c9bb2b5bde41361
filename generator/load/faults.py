"""The faults of reading: one code each, never used again for another fault.

SRC001 to SRC019 are about files and folders, SRC020 to SRC029 about their bytes, SRC030 to SRC049 about the tree,
SRC050 to SRC079 about typical slips in YAML, SRC080 to SRC089 about Markdown records.
"""

from msgspec import Struct

from generator.finding import Finding, Severity
from generator.origin import Origin


class Fault(Struct, frozen=True):
    """One kind of fault a reader can find."""

    code: str
    """Family letters and number, such as SRC032."""
    name: str
    """The fault's name in English, such as duplicate-key."""
    severity: Severity
    title: str
    """The fault in Chinese, as a heading."""

    def at(
        self, origin: Origin, message: str, *, found: str = "", expected: str = "", hint: str = "", field: str = ""
    ) -> Finding:
        """Return a finding of this fault at one place."""
        return Finding(self.code, self.name, self.severity, message, origin, found, expected, hint, field)


FAULTS: dict[str, Fault] = {}
"""Every fault of reading by its code."""


def _fault(code: str, name: str, title: str, severity: Severity = Severity.ERROR) -> Fault:
    """Register a fault; a code or a name given twice is a slip in this module."""
    if code in FAULTS or any(fault.name == name for fault in FAULTS.values()):
        raise ValueError(f"fault given twice: {code} {name}")
    FAULTS[code] = Fault(code, name, severity, title)
    return FAULTS[code]


RECORDS_FOLDER_MISSING = _fault("SRC001", "records-folder-missing", "找不到记录文件夹")
UNREADABLE_FOLDER = _fault("SRC002", "unreadable-folder", "文件夹打不开")
WRONG_DEPTH = _fault("SRC003", "wrong-depth", "文件不在“年度/单位/项目”这一层")
WRONG_YEAR_FOLDER = _fault("SRC004", "wrong-year-folder", "年度文件夹不是四位数字")
UNFIT_ADDRESS = _fault("SRC005", "unfit-address", "文件名或文件夹名不能用作网址")
HIDDEN_SUFFIX = _fault("SRC006", "hidden-suffix", "记录文件多了一个扩展名")
SAME_ADDRESS = _fault("SRC007", "same-address", "两个记录同一网址")
DIFFERS_IN_CASE = _fault("SRC008", "differs-only-in-case", "名称只有大小写不同")
LINK_LEAVES_CONTENT = _fault("SRC009", "link-leaves-content", "符号链接指到内容文件夹之外")
BROKEN_LINK = _fault("SRC010", "broken-link", "符号链接失效或循环")
FOREIGN_FILE = _fault("SRC011", "foreign-file", "不是记录文件", Severity.WARNING)
NOT_A_FILE = _fault("SRC012", "not-a-file", "不是普通文件")
DEAD_LINK = _fault("SRC013", "dead-link", "链接指向不存在的页面或文件", Severity.WARNING)

UNREADABLE_FILE = _fault("SRC020", "unreadable-file", "文件打不开")
FILE_TOO_LARGE = _fault("SRC021", "file-too-large", "文件过大")
EMPTY_FILE = _fault("SRC022", "empty-file", "文件是空的")
NOT_UTF8 = _fault("SRC023", "not-utf-8", "文件不是 UTF-8 编码")
UTF16 = _fault("SRC024", "utf-16", "文件是 UTF-16 编码")
BYTE_ORDER_MARK = _fault("SRC025", "byte-order-mark", "文件开头带有 BOM 标记", Severity.NOTE)
CONTROL_CHARACTER = _fault("SRC026", "control-character", "文中有看不见的控制字符")
LONE_CARRIAGE_RETURN = _fault("SRC027", "lone-carriage-return", "换行符是旧式的单个回车", Severity.WARNING)
UNSETTLED_CONFLICT = _fault("SRC028", "unsettled-conflict", "合并冲突还没有解决")

BROKEN_YAML = _fault("SRC030", "broken-yaml", "YAML 写法有误")
NOT_A_MAPPING = _fault("SRC031", "not-a-mapping", "文件内容不是“键: 值”")
DUPLICATE_KEY = _fault("SRC032", "duplicate-key", "同一个键写了两次")
UNSUPPORTED_TAG = _fault("SRC033", "unsupported-tag", "使用了 YAML 标签")
TOO_MANY_ALIASES = _fault("SRC034", "too-many-aliases", "YAML 别名过多")
MERGE_KEY = _fault("SRC035", "merge-key", "使用了合并键 <<")
KEY_NOT_TEXT = _fault("SRC036", "key-not-text", "键不是文字")
SEVERAL_DOCUMENTS = _fault("SRC037", "several-documents", "一个文件里有几份文档")
TOO_DEEP = _fault("SRC038", "too-deep", "层次过深")
TOO_MANY_VALUES = _fault("SRC039", "too-many-values", "内容过多")
UNKNOWN_ALIAS = _fault("SRC040", "unknown-alias", "引用了没有定义的 YAML 别名")
ALIAS_TO_ITSELF = _fault("SRC041", "alias-to-itself", "YAML 别名引用了自身")
EMPTY_KEY = _fault("SRC042", "empty-key", "冒号前没有键")

COMPARATOR_UNQUOTED = _fault("SRC050", "comparator-unquoted", "以大于号开头的值没有加引号")
BAR_UNQUOTED = _fault("SRC051", "bar-unquoted", "以竖线开头的值没有加引号")
TEXT_AFTER_QUOTE = _fault("SRC052", "text-after-quote", "引号之后还有文字")
SIGN_UNQUOTED = _fault("SRC053", "sign-unquoted", "含特殊符号的值没有加引号")
BRACKET_UNBALANCED = _fault("SRC054", "bracket-unbalanced", "括号不成对")
DASH_UNQUOTED = _fault("SRC055", "dash-unquoted", "短横的写法不对")
COLON_IN_VALUE = _fault("SRC056", "colon-in-value", "值里有冒号加空格")
TAB_INDENTATION = _fault("SRC057", "tab-indentation", "用制表符缩进")
MISSING_BLANK_AFTER_COLON = _fault("SRC058", "missing-blank-after-colon", "冒号后缺少空格")
FULL_WIDTH_COLON = _fault("SRC059", "full-width-colon", "键后用了全角冒号")
FULL_WIDTH_QUOTE = _fault("SRC060", "full-width-quote", "用中文引号代替英文引号", Severity.WARNING)
WRONG_INDENTATION = _fault("SRC061", "wrong-indentation", "缩进没有对齐")
MISSING_COLON = _fault("SRC062", "missing-colon", "这一行缺少冒号")
QUOTE_UNCLOSED = _fault("SRC063", "quote-unclosed", "引号没有成对")
TEXT_CUT_OFF = _fault("SRC064", "text-cut-off", "井号之后的文字被当作注释", Severity.WARNING)
BLOCK_SWALLOWED = _fault("SRC065", "block-swallowed", "值被当作多行文字的标记，内容丢失")
FULL_WIDTH_BLANK = _fault("SRC066", "full-width-blank", "用全角空格缩进")
UNKNOWN_ESCAPE = _fault("SRC067", "unknown-escape", "双引号里的反斜杠写法有误")
FULL_WIDTH_COMMA = _fault("SRC068", "full-width-comma", "花括号里用了中文标点")
LOOKS_LIKE_KEY = _fault("SRC069", "looks-like-key", "像是“键: 值”，却被当作文字", Severity.WARNING)
TEXT_AFTER_BRACKET = _fault("SRC070", "text-after-bracket", "括号之后还有文字")

NO_FRONT_MATTER = _fault("SRC080", "no-front-matter", "Markdown 记录开头缺少“---”数据区")
FRONT_MATTER_UNCLOSED = _fault("SRC081", "front-matter-unclosed", "“---”数据区没有结束")
UNKNOWN_SECTION = _fault("SRC082", "unknown-section", "不认识的小节标题")
DUPLICATE_SECTION = _fault("SRC083", "duplicate-section", "同一小节写了两次")
TEXT_BEFORE_SECTION = _fault("SRC084", "text-before-section", "第一个小节之前有文字")
GIVEN_TWICE = _fault("SRC085", "given-twice", "数据区和正文里都写了同一栏")
BLANK_AFTER_HASH = _fault("SRC086", "missing-blank-after-hash", "标题的 ## 之后缺少空格")
