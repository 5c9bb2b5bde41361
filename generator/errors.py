"""The one exception a command turns into a message and an exit code."""


class JixiaoError(Exception):
    """Stop the command: the text says, in Chinese, what is wrong and what to do.

    Only for what makes going on pointless (no configuration, an output folder that cannot be written).
    Bad content is never raised: it is a `Finding`.
    """
