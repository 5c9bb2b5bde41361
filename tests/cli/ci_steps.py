"""Run the steps of a workflow file as the code host would: in order, with its shell and its variables."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Expressions = Mapping[str, Any]
"""What each expression of a file stands for; one that is not named here must not occur."""

_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


class _Loader(yaml.SafeLoader):
    """Takes `on` for a word, as YAML 1.2 and the code hosts do."""

    yaml_implicit_resolvers = {  # noqa: RUF012  as its base has it
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":bool") or first in "tTfF"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def load_workflow(file: Path) -> Any:  # noqa: ANN401  a file of another program
    """Return what a workflow file says."""
    return yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe loader


@dataclass
class Runner:
    """A machine of the code host, with the commands that a test puts on it."""

    folder: Path
    """Where the repository is checked out."""
    commands: Path
    """Programs that are found first."""
    variables: dict[str, str]
    said: str = ""
    """All output so far."""
    codes: dict[str, int] = field(default_factory=dict)
    """Exit codes by the name of the step."""

    def run(self, name: str, script: str, working_directory: str = ".", **variables: str) -> int:
        """Run one script with bash, ending at the first command that fails."""
        environment = {**self.variables, **variables}
        environment["PATH"] = f"{self.commands}:{environment['PATH']}"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.folder / working_directory, env=environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        self.said += done.stdout
        self.codes[name] = done.returncode
        return done.returncode


def run_steps(
    steps: list[dict[str, Any]], runner: Runner, expressions: Expressions, working_directory: str = "."
) -> list[dict[str, Any]]:
    """Run the steps of a job or an action; return the actions of others that would have run."""
    failed, used = False, []
    for step in steps:
        condition = step.get("if")
        if condition is None and failed:
            continue
        if condition is not None and not _value(str(condition), expressions):
            continue
        if "uses" in step:
            used.append({key: _value(value, expressions) for key, value in step.get("with", {}).items()} | step)
            continue
        variables = {key: str(_value(value, expressions) or "") for key, value in step.get("env", {}).items()}
        folder = str(_value(step.get("working-directory", working_directory), expressions))
        failed |= bool(runner.run(step["name"], step["run"], folder, **variables))
    return used


def _value(text: object, expressions: Expressions) -> object:
    """Return a text with what its expressions stand for; one that is an expression alone keeps its type."""
    if not isinstance(text, str):
        return text
    whole = _EXPRESSION.fullmatch(text)
    return expressions[whole[1]] if whole else _EXPRESSION.sub(lambda match: str(expressions[match[1]]), text)
