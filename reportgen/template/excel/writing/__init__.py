"""The filled sheets into the parts of a package, formulas computed."""
