"""`jixiao check --fix` and `--diff`: what is mended, said file by file."""

import sys
from collections.abc import Callable, Sequence
from itertools import groupby

from generator.build.fixes import Fix, apply_fix, find_fixes, format_diff
from generator.check.report.terminal import plain
from generator.settings import Settings


def show_fixes(settings: Settings, is_wanted_path: Callable[[str], bool]) -> bool:
    """Print what could be mended as a diff and tell whether there is anything; write nothing."""
    fixes = find_fixes(settings, is_wanted_path)
    changes = [fix for fix in fixes if fix.is_safe]
    for fix in changes:
        _say_mends(fix, "可改正")
        for line in format_diff(fix).split("\n"):
            print(plain(line))
    _say_left(fixes)
    _say(f"可以改正 {len(changes)} 个文件，都没有写入；用 --fix 写入。" if changes else "没有可以自动改正的。")
    return bool(changes)


def fix_files(settings: Settings, is_wanted_path: Callable[[str], bool]) -> None:
    """Mend what is safe to mend and say what it was, beside the report."""
    fixes = find_fixes(settings, is_wanted_path)
    changes = [fix for fix in fixes if fix.is_safe]
    for fix in changes:
        apply_fix(fix)
        _say_mends(fix, "已改正")
    _say_left(fixes)
    _say(f"改正了 {len(changes)} 个文件。" if changes else "没有可以自动改正的。")


def _say_mends(fix: Fix, word: str) -> None:
    for line, mends in groupby(fix.mended.mends, key=lambda mend: mend.line):
        _say(f"{fix.file.path}:{line}: {word}：{'；'.join(mend.what for mend in mends)}")


def _say_left(fixes: Sequence[Fix]) -> None:
    for fix in fixes:
        if not fix.is_safe:
            _say(f"{fix.file.path}: 没有改动：{fix.mended.reason}")


def _say(line: str) -> None:
    print(plain(line), file=sys.stderr)
