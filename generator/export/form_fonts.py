"""Fonts of printed forms, those of official Chinese documents first, then what machines have instead."""

TEXT_FONTS = (
    "SimSun",
    "NSimSun",
    "STSong",
    "Songti SC",
    "FZShuSong-Z01",
    "FZShuSong-Z01S",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Source Han Serif",
    "AR PL UMing CN",
    "FangSong",
    "STFangsong",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Source Han Sans",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "STHeiti",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""宋体 and its kin, then 仿宋, then 黑体."""

TITLE_FONTS = (
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "STZhongsong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Songti SC",
    "SimHei",
)
"""小标宋, then a 宋体 that has a bold cut, then 黑体: 宋体 of Windows has none."""
