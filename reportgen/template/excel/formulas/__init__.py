"""Formulas of a filled workbook: where rows went, references re-aimed at them, values computed."""
