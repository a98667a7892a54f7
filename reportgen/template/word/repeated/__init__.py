"""What a loop repeats beside text, and what must be different each time."""
