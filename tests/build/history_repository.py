"""Repositories whose commits have fixed days, and what is known of the files in them."""

import os
import shutil
import subprocess
from pathlib import Path

from generator.build.file_versions import FileHistory
from generator.build.history import NO_LOG, Log, head_of
from generator.build.unit_histories import Histories, Kept, last_changes

RECORDS = "content/records"


def git(folder: Path, *words: str, day: str = "2025-01-01") -> str:
    when = f"{day}T12:00:00Z"
    environment = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    options = (
        "user.name=示例", "user.email=a@example.invalid", "core.autocrlf=false", "protocol.file.allow=always",
        "commit.gpgsign=false", "merge.renames=true",
    )  # fmt: skip
    words = (*(part for option in options for part in ("-c", option)), *words)
    done = subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def new_repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    return folder


def put(project: Path, name: str, content: str | None) -> None:
    """Write a file of a record, or remove it."""
    path = project / RECORDS / name
    if content is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")


def commit(project: Path, subject: str, files: dict[str, str | None] | None = None, day: str = "2025-01-01") -> None:
    for name, content in (files or {}).items():
        put(project, name, content)
    git(project, "add", "-A")
    git(project, "commit", "-q", "--allow-empty", "-m", subject, day=day)


def silenced(folder: Path, word: str) -> str:
    """Return a search path on which git does not know a command."""
    folder.mkdir()
    text = f'#!/bin/sh\ncase " $* " in *" {word} "*) exit 1;; esac\nexec {shutil.which("git")} "$@"\n'
    (folder / "git").write_text(text, encoding="utf-8")
    (folder / "git").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


class Known:
    """What builds one after the other know of the files of a project."""

    def __init__(self, project: Path, kept: Path) -> None:
        self.project = project
        self.kept = Kept(kept / "former", kept / "new")
        self.log = NO_LOG
        kept.mkdir(exist_ok=True)

    def look(self) -> tuple[Log, Histories]:
        head = head_of(self.project)
        self.log, histories = last_changes(self.project, self.project / RECORDS, head, self.log, self.kept)
        return self.log, histories

    def histories(self) -> dict[str, FileHistory]:
        """Look, and return the histories by path below the records."""
        log, histories = self.look()
        found = {path: one for slug in log.units for path, one in histories.of(slug).items()}
        if self.kept.new.exists():
            self.kept.new.replace(self.kept.former)
        return {path.removeprefix(f"{RECORDS}/"): one for path, one in sorted(found.items())}


def subjects(history: FileHistory) -> list[str]:
    return [version.subject for version in history.versions]
