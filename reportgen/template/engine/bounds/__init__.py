"""What keeps a template from filling the memory or keeping a computer busy for hours: sizes, and counted work."""
