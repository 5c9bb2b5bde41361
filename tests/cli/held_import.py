"""The command with a worker that stops at the sixth file, so that a test can interrupt it there: 00.xlsx, 01.xlsx ..."""

import sys
import time

from generator.cli import main
from generator.exchange import import_run
from generator.exchange.gathering import Source
from generator.exchange.importing import Surroundings

READ = 5
"""Files that are read before."""

read_one = import_run._work  # noqa: SLF001  what a worker does has no other name


def work(around: Surroundings, source: Source) -> bytes:
    """Read one file, or none for ever."""
    if int(source.path.stem) >= READ:
        time.sleep(600)
    return read_one(around, source)


if __name__ == "__main__":
    import_run._work = work  # noqa: SLF001
    sys.exit(main(sys.argv[1:]))
