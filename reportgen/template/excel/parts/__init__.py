"""The parts of an .xlsx package that follow when rows move, sheets repeat and names change."""
