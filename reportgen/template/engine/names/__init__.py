"""What a template reads from its data, and what of it the data lacks."""
