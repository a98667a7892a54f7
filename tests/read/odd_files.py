"""Makes one file of every odd kind, each in a folder of its own: python tests/read/odd_files.py FOLDER"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))  # the builders that all tests share

from faulty_workbooks import TOLD
from odd_workbooks import READ
from raw_books import Make
from unreadable_files import REFUSED


def kinds() -> Iterator[tuple[str, Make]]:
    """Every kind there is: its name and how it is made."""
    for name, make, *_ in (*READ, *TOLD, *REFUSED):
        yield name, make


def make_all(folder: Path) -> None:
    for number, (name, make) in enumerate(kinds(), 1):
        place = folder / f"{number:03} {name}"
        place.mkdir(parents=True)
        make(place)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
