"""LibreOffice as the one who checks sums: every formula of a workbook recalculated, beside the value written."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def office() -> str | None:
    """The LibreOffice there is, if any."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def resaved(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice opens, recalculates and saves it."""
    profile = (folder / "profile").as_uri()
    command = [
        str(office()),
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(folder / "out"), str(path)], check=True, capture_output=True, timeout=120)
    return folder / "out" / path.name


def differences(path: Path, folder: Path) -> Iterator[tuple[str, str, object, object]]:
    """(sheet, cell, value written, value recalculated) of the formulas whose values differ.

    LibreOffice keeps the values of a file it trusts, so they are taken out before it opens a copy.
    """
    bare = folder / path.name
    formulas = openpyxl.load_workbook(path)
    formulas.save(bare)  # openpyxl writes formulas without their values
    written = openpyxl.load_workbook(path, data_only=True)
    computed = openpyxl.load_workbook(resaved(bare, folder), data_only=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = (
                        written[sheet.title][cell.coordinate].value,
                        computed[sheet.title][cell.coordinate].value,
                    )
                    if not _same(ours, theirs):
                        yield sheet.title, cell.coordinate, ours, theirs


def changed_by_saving(path: Path, folder: Path) -> Iterator[tuple[str, str, object, object]]:
    """(sheet, what, as written, as LibreOffice saves it) of cells, merged ranges and repeated header rows that differ.

    Frozen panes do not count: without a window it saves none.
    """
    before, after = (openpyxl.load_workbook(p, data_only=True) for p in (path, resaved(path, folder)))
    yield from _differing("", {"sheets": before.sheetnames}, {"sheets": after.sheetnames})
    for title in before.sheetnames:
        yield from _differing(title, _contents(before[title]), _contents(after[title]))


def _contents(sheet: Worksheet) -> dict[str, object]:
    """What a sheet holds, by address; and what lies around it."""
    cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
    return {**cells, "merged": sorted(map(str, sheet.merged_cells.ranges)), "header": sheet.print_title_rows}


def _differing(
    title: str, before: dict[str, object], after: dict[str, object]
) -> Iterator[tuple[str, str, object, object]]:
    for what in sorted({*before, *after}):
        if not _same(before.get(what), after.get(what)):
            yield title, what, before.get(what), after.get(what)


def _same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one or "") == (other or "")
