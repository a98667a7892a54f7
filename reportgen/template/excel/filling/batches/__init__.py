"""Rows of plain values printed in one go."""
