"""Lets `python -m generator.cli` stand in for the command `jixiao`."""

from generator.cli import run_and_leave

run_and_leave()
