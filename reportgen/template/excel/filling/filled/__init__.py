"""What filling leaves behind of a sheet: its rows as text, and what must wait until every row is known."""
