"""Lets `python -m generator.cli` stand in for the command `jixiao`."""

import sys

from generator.cli import main

sys.exit(main())
