"""Rules over the numbers as they read in the article."""
