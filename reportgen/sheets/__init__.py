"""The workbook as a thing people fill in: a new folder to work in, and a checked copy with notes."""
