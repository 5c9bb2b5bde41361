"""Which day it is: the one place that reads the clock, for waivers end on a day."""

import os
from datetime import UTC, date, datetime

from generator.errors import JixiaoError


def this_day() -> date:
    """Return today on this machine, or the day that SOURCE_DATE_EPOCH names, so that a build can be repeated."""
    said = said_moment()
    return datetime.now().astimezone().date() if said is None else said.date()


def said_moment() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names, or None where it names none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise JixiaoError(
            f"环境变量 SOURCE_DATE_EPOCH 写的是“{epoch}”，应是 1970 年以来的秒数，例如 1735689600。"
        ) from error
