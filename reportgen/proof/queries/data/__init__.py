"""Rules over the rows of 指标 and 活动. Each goes over the rows a fixed number of times, however many there are."""
