"""Rules over the words of the article."""
