"""Where the templates and the sample workbooks that come with the program are.

They lie at the top of the repository and travel inside the wheel as reportgen/bundled, so that an installed
reportgen works in an empty folder.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

# The folder beside a workbook where `reportgen new` puts templates to change, and where a build looks first.
OWN_TEMPLATES = "模板"


def templates_root() -> Path:
    """The folder with one template folder per 文种."""
    return _root("templates")


def inputs_root() -> Path:
    """The folder with one sample folder per 文种: a workbook and its pictures."""
    return _root("inputs")


def proof_sheets() -> Path:
    """The workbook with 核数表 and 疑点 for templates that lack them."""
    return templates_root() / "核数表和疑点.xlsx"


def kinds() -> tuple[str, ...]:
    """The 文种 there are templates for, by name."""
    root = templates_root()
    if not root.is_dir():
        return ()
    return tuple(sorted(folder.name for folder in root.iterdir() if (folder / "正文.docx").is_file()))


def _root(name: str) -> Path:
    package = Path(str(files("reportgen")))
    bundled = package / "bundled" / name
    return bundled if bundled.is_dir() else package.parent / name


def is_there(path: Path) -> bool:
    """True when there is such a file; a name that no system could hold is that of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
