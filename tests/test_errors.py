"""What a disk refuses is said in Chinese."""

import errno

import pytest

from generator.errors import disk_reason


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EISDIR])
def test_the_common_reasons_have_words(number: int) -> None:
    assert not disk_reason(OSError(number, "in English")).isascii()


def test_what_has_no_words_is_told_as_the_system_says_it() -> None:
    assert disk_reason(OSError(9999, "strange")) == "strange"
    assert disk_reason(OSError("no number")) == "no number"
