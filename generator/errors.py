"""The one exception a command turns into a message and an exit code, and the words for what the system refuses."""

import errno


class JixiaoError(Exception):
    """Stop the command: the text says, in Chinese, what is wrong and what to do.

    Only for what makes going on pointless (no configuration, an output folder that cannot be written).
    Bad content is never raised: it is a `Finding`.
    """


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘的限额",
    errno.ENOTDIR: "路径中间的一级是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "正被其他程序使用",
    errno.EMFILE: "打开的文件太多",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EADDRINUSE: "已被其他程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def disk_reason(error: OSError) -> str:
    """Return in Chinese why the disk refused; where there are no words for it, what the system says."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or error.strerror or str(error)
