"""Sheets of one workbook brought into another, and put in order, before either is compiled."""

from reportgen.template.excel.joining.sheets import with_last, with_sheets

__all__ = ["with_last", "with_sheets"]
