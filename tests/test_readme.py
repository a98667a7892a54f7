"""README tells of every command and option, and .ci/run runs its lines as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import typer.main

from reportgen.cli.commands import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = typer.main.get_command(app)
COMMANDS = getattr(PROGRAM, "commands")  # noqa: B009 - the group's class is private to Typer
OPTIONS = sorted(
    {name for command in (PROGRAM, *COMMANDS.values()) for option in command.params for name in option.opts}
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`reportgen {command} " in README


@pytest.mark.parametrize("option", [name for name in OPTIONS if name.startswith("-")])
def test_every_option_is_in_the_readme(option: str) -> None:
    assert re.search(rf"`[^`\n]*{option}(?![\w-])", README)


def test_every_command_in_the_readme_is_there() -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?reportgen ([a-z]+)", README))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("kind", sorted(folder.name for folder in (ROOT / "inputs").iterdir()))
def test_every_kind_stands_in_the_readme_with_its_command_and_its_pages(kind: str) -> None:
    assert f"`reportgen build inputs/{kind}/{kind}.xlsx -o out`" in README
    picture = ROOT / "templates" / "样张" / f"{kind}.png"
    assert f"templates/样张/{kind}.png" in README
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000


@pytest.mark.parametrize("start", ["python3 -m venv .venv", ".venv/bin/python -m pytest"])
def test_ci_takes_its_lines_from_the_readme(start: str) -> None:
    assert f"readme_line '{start}'" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [line for line in README.splitlines() if line.startswith(start)], "the line starts a line of its own"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_pin_by_hash_and_name_no_host_or_folder(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9-]+==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z]", lock, re.MULTILINE)) > 10
    assert not re.search(r"https?:|file:|--(?:extra-)?index|--find-links|/home|/tmp", lock)


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_folder(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path / "installed")
    (tmp_path / "空").mkdir()
    line = [sys.executable, "-m", "reportgen", "new", "综述", "稿"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONUTF8": "1"}
    subprocess.run(line, cwd=tmp_path / "空", env=environment, check=True)
    assert (tmp_path / "空" / "稿" / "综述.xlsx").is_file()
    assert (tmp_path / "空" / "稿" / "模板" / "综述" / "正文.docx").is_file()
