"""Pxxx: faults of proofreading what was printed (疑点)."""
