"""Vxxx: faults of turning cells into typed records."""
