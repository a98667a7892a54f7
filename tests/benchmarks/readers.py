"""The ways to read a workbook that are measured, and the libraries that each of them imports."""

from __future__ import annotations

from pathlib import Path

# Function below → what must be imported before it is called.
LIBRARIES = {
    "read": ("reportgen.read",),
    "check": ("reportgen.read", "reportgen.validate"),
    "by_openpyxl": ("openpyxl",),
    "by_pandas": ("pandas", "python_calamine"),
}


def read(path: Path) -> None:
    """reportgen's first stage: every value with what values alone would hide."""
    from reportgen.read import read_workbook  # noqa: PLC0415

    assert read_workbook(path).value is not None


def check(path: Path) -> None:
    """reportgen's first two stages: typed records, every fault of the data."""
    from reportgen.read import read_workbook  # noqa: PLC0415
    from reportgen.validate import validate  # noqa: PLC0415

    workbook = read_workbook(path).value
    assert workbook is not None
    outcome = validate(workbook)
    assert not any(fault.is_error for fault in outcome.diagnostics), outcome.diagnostics[:3]


def by_openpyxl(path: Path) -> None:
    """Every value, as openpyxl's own tutorial reads them."""
    import openpyxl  # noqa: PLC0415

    for sheet in openpyxl.load_workbook(path):
        for _row in sheet.iter_rows(values_only=True):
            pass


def by_pandas(path: Path) -> None:
    """Every sheet as a frame, parsed by calamine."""
    import pandas  # noqa: PLC0415

    pandas.read_excel(path, sheet_name=None, engine="calamine")
