"""Units of indicators: which words are one, and when two spellings are the same."""

from generator.patterns import lazy_pattern

_COUNTS = """
个 项 次 人 人次 名 位 家 家次 户 户次 场 场次 期 批 批次 份 件 本 册 张 幅 块 面 篇 条 则 台 台次 套 部 辆 辆次
架 架次 艘 艘次 支 只 头 羽 尾 株 棵 亩 片 栋 幢 座 间 处 所 桶 箱 袋 盒 瓶 组 组次 队 对 双 班 班次 节 课 课时 课次
学时 学分 门 类 种 例 起 宗 笔 单 票 届 轮 轮次 遍 级 层 倍 分 星 岁 度 卷 集 版 页 字 段 标段 床 床位 车次 车辆
人天 人日 人月 人年 工日 工时 户数 人数 次数 社区 村 村居 居委 居委会 街镇 乡镇 街道 区 县 学校 企业 单位 部门 机构
个社区 个村 个居委 个居委会 个村居 个街镇 个街道 个乡镇 个区 个单位 个部门 个项目 个点 个点位 个站点 个班 个标段
个品种 个小区 个季度 个百分点 百分点
"""
_MEASURES = """
元 角 美元 欧元 港元 米 公里 里 厘米 毫米 平方米 平方公里 平米 立方米 公顷 吨 公斤 斤 克 升 毫升 瓦 瓦时 伏 摄氏度 分贝
% ‰ ℃ °C dB km m cm mm m² m2 ㎡ m³ m3 km² kg g t L mL ml kW kWh MW MB GB TB Mbps mg/L μg/m³ μg/m3 mg/m³ mg/m3
"""
DURATIONS = frozenset(
    ("年", "个月", "周", "星期", "天", "日", "工作日", "个工作日", "自然日", "个自然日", "小时", "个小时", "分钟", "秒")
)
"""Units of time that can be counted; behind them a bare 内 means "at most"."""

# "5月" is May and "4季度" the fourth quarter: as the whole unit these stand for dates, below a slash they count.
_ONLY_BELOW_A_SLASH = frozenset(("月", "日", "季", "季度", "年度", "学期", "半年"))

_UNITS = frozenset((*_COUNTS.split(), *_MEASURES.split())) | (DURATIONS - {"日"})
_DENOMINATORS = _UNITS | _ONLY_BELOW_A_SLASH

_SPELLINGS = {"百分比": "%", "百分率": "%", "千分比": "‰", "°C": "℃", "m2": "㎡", "m²": "㎡", "m3": "m³", "ml": "mL"}
_SEPARATOR = lazy_pattern(r"[/·]")
_LONGEST_COMPOUND = 3
_MAGNITUDE_BELOW = lazy_pattern(r"[十百千]?[千万亿](?!分)")

# A bracket behind a number announces a unit, so units of any trade are read there; not remarks such as (全年) or (含).
_BRACKETED = lazy_pattern(
    r"(?![每含不约第其预暂按共全已未超达各均即以与较同])[\u3400-\u9fffA-Za-zμ%‰℃°㎡²³]{1,8}"
    r"(?:[/·][\u3400-\u9fffA-Za-zμ%‰℃°㎡²³]{1,8}){0,2}(?<!完成)(?<!以上)(?<!以下)(?<!以内)(?<!左右)(?<!之内)"
)


def normalised_unit(unit: str) -> str:
    """Return a folded unit without blanks and in its usual spelling (百分比 is %)."""
    bare = "".join(unit.split())
    return _SPELLINGS.get(bare, bare)


def is_unit(unit: str) -> bool:
    """Tell whether a normalised unit is a known one, so that it needs no brackets."""
    if unit in _UNITS:
        return True
    first, *below = _SEPARATOR.split(unit)
    if not below or len(below) >= _LONGEST_COMPOUND or first not in _UNITS:
        return False
    return all(part in _DENOMINATORS or _MAGNITUDE_BELOW.sub("", part, count=1) in _UNITS for part in below)


def is_bracketed_unit(unit: str) -> bool:
    """Tell whether a normalised text in brackets behind a number is a unit."""
    return is_unit(unit) or _BRACKETED.fullmatch(unit) is not None
