"""One cell's value → what it says: numbers, words, dates, choices; and whole columns of them."""
