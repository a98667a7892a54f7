"""What stands around the cells of a sheet and hangs on it: moved and grown with its rows and columns."""
