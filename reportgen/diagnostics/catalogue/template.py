"""Txxx: faults of compiling and rendering a template."""
