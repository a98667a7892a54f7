"""Tables: measure words, set phrases and names with numerals."""
