"""path → Workbook: every value of every visible sheet, with what the values alone would hide."""

from reportgen.read.workbook import read_workbook

__all__ = ["read_workbook"]
