"""The Word and Excel files that come along say nothing of who made them, when and with what machine."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from reportgen.resources import inputs_root, templates_root

FILES = sorted(
    path for root in (templates_root(), inputs_root()) for kind in ("*.docx", "*.xlsx") for path in root.rglob(kind)
)
# A sample is dated by its 编发日期, a template by a sample or the first of January 2025.
LAST_YEAR = 2025
# Names a person, or the machine: a folder, a printer, a company that is no tag.
TELLING = ("Manager", "HyperlinkBase", "Template", "TotalTime")


def values(xml: str, name: str) -> list[str]:
    return re.findall(rf"<(?:\w+:)?{name}\b[^>]*>([^<]+)<", xml)


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.name}" for path in FILES])
def test_a_file_that_comes_along_names_no_maker(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("docProps/")}
        years = {entry.date_time[0] for entry in archive.infolist()}
        odd = [name for name in archive.namelist() if re.search(r"printerSettings|thumbnail|custom\.xml", name)]
    core, app = parts["docProps/core.xml"], parts["docProps/app.xml"]
    makers = [*values(core, "creator"), *values(core, "lastModifiedBy"), *values(app, "Company")]
    assert [maker for maker in makers if maker != "reportgen" and "{{" not in maker] == []
    dates = [*values(core, "created"), *values(core, "modified"), *values(core, "lastPrinted")]
    assert [day for day in dates if int(day[:4]) > LAST_YEAR] == []
    assert max(years) <= LAST_YEAR
    assert [name for name in TELLING if values(app, name)] == []
    assert odd == []
