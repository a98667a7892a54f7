"""The .xlsx format (ECMA-376): where the parts of a package lie, and what calamine hides of its sheets."""

from reportgen.read.xlsx.package import XlsxParts, xlsx_parts
from reportgen.read.xlsx.rewriting import plain_package
from reportgen.read.xlsx.stream import scan_xlsx

__all__ = ["XlsxParts", "plain_package", "scan_xlsx", "xlsx_parts"]
