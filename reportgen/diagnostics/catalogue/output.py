"""Oxxx: faults of writing files and using the machine."""
