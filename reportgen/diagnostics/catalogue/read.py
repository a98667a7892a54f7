"""Rxxx: faults of reading a file into a Workbook."""
