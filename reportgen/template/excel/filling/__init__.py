"""A template sheet as a program, and the printer through which it writes rows and cells."""
