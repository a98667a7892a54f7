"""Cxxx: faults of resolving references and assembling the issue."""
