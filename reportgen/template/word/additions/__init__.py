"""What a filling adds to the package beside the text of its parts."""
